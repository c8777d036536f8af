"""Cuts a question into names of goods, ways of asking that the words know, amounts, and letters that nothing knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.askwords import Kind
from nlp.tokens import Quantity, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.askwords import AskWords
    from nlp.tokens import Token

_NAMES = frozenset({Tag.OFFER, Tag.VARIANT, Tag.ABSENT})


@dataclass(kw_only=True, slots=True)
class Scanned:
    """The pieces of a question, in the order met; `clause` counts the breaks passed."""

    names: list[Token] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    #: The rows met, by kind.
    rows: dict[Kind, set[str]] = field(default_factory=lambda: {kind: set() for kind in Kind})
    #: Runs of letters that nothing knows, with their clause.
    unknown: list[tuple[int, str]] = field(default_factory=list)
    #: The clauses in which something is known.
    known: set[int] = field(default_factory=set)
    clause: int = 0

    def left(self) -> set[str]:
        """The unknown runs that count: a clause of nothing else, beside one that is understood, calls somebody (好吃么，敬文)."""
        return {run for clause, run in self.unknown if clause in self.known or not self.known}


def scanned(text: str, tokens: Sequence[Token], words: AskWords) -> Scanned:
    """Cut a folded question, the longest way or name first; each letter is looked at a bounded number of times."""
    held = {token.start: token for token in tokens if token.tag in _NAMES or token.tag is Tag.QUANTITY}
    found = Scanned()
    at = run = 0
    while at < len(text):
        end = _taken(text, at, held.get(at), words, found)
        if end == at and text[at].isalnum():
            at += 1
            continue
        if run < at:
            found.unknown.append((found.clause, text[run:at]))
        if end == at:
            found.clause += 1
        at = run = max(end, at + 1)
    if run < at:
        found.unknown.append((found.clause, text[run:at]))
    return found


def _taken(text: str, at: int, token: Token | None, words: AskWords, found: Scanned) -> int:
    """Note the way or the name that begins here and say where it ends; `at` itself where none does."""
    end = _longest(text, at, words)
    if token is not None and token.end >= end:
        return _noted(token, found)
    for kind, term in words.ways[text[at:end]] if end > at else ():
        found.rows[kind].add(term)
        found.known.add(found.clause)
    return end


def _noted(token: Token, found: Scanned) -> int:
    if isinstance(token.value, Quantity):
        found.amounts.append(token.value)
    else:
        found.names.append(token)
    found.known.add(found.clause)
    return token.end


def _longest(text: str, at: int, words: AskWords) -> int:
    """Where the longest way of asking that begins here ends."""
    for size in range(min(words.longest.get(text[at], 0), len(text) - at), 0, -1):
        if text[at : at + size] in words.ways:
            return at + size
    return at
