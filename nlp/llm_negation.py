"""Whether a text says the opposite of what it rests on: 含花生 made 不含花生, 不能冷冻 made 能冷冻.

Made of the same characters, such a text passes every other check. The rule looks at two characters behind a negation, and is
not grammar: it would rather drop a good sentence than let an allergen be denied.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEGATION = re.compile(r"(?<![分特区级个告])别|非(?!常)|[不没无未勿莫]")
_SIGNS = re.compile(r"[\W_]+")
_LENGTH = 2


@dataclass(frozen=True, kw_only=True)
class Told:
    """A text without blanks, in pieces between signs, for a negation does not reach beyond them."""

    clauses: tuple[str, ...]

    @cached_property
    def denied(self) -> frozenset[str]:
        """The characters behind each negation."""
        return frozenset(word for clause in self.clauses for word in _denied(clause))

    def says(self, word: str) -> bool:
        """Whether the characters stand anywhere without a negation before them."""
        return any(not _is_denied(clause, at) for clause in self.clauses for at in _places(clause, word))


def told_of(text: str) -> Told:
    """Read a text once for all that is held against it."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return Told(clauses=tuple(clause for clause in _SIGNS.split(plain) if clause))


def is_turned(text: str, ground: Told) -> bool:
    """Whether a text denies what its ground says, or says what its ground denies."""
    said = told_of(text)
    denies = any(word not in ground.denied and ground.says(word) for word in said.denied)
    return denies or any(said.says(word) and not ground.says(word) for word in ground.denied)


def only_denied(text: str, ground: Told) -> bool:
    """Whether every negation of a text stands in its ground as it is."""
    return all(
        any(clause[found.start() : found.end() + 1] in told for told in ground.clauses)
        for clause in told_of(text).clauses
        for found in _NEGATION.finditer(clause)
    )


def _denied(clause: str) -> Iterator[str]:
    for found in _NEGATION.finditer(clause):
        word = clause[found.end() : found.end() + _LENGTH]
        if word and not _NEGATION.match(word):
            yield word


def _places(clause: str, word: str) -> Iterator[int]:
    at = clause.find(word)
    while at >= 0:
        yield at
        at = clause.find(word, at + 1)


def _is_denied(clause: str, at: int) -> bool:
    return at > 0 and _NEGATION.match(clause, at - 1) is not None
