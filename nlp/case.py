"""A comment laid before the rules, and what they say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.tokens import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.facts import Clause, Facts
    from nlp.resolve import Doubt, Resolved
    from nlp.types import Action, Intent, Topic


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A comment laid before the rules."""

    facts: Facts
    orders: tuple[Resolved, ...]
    left_out: frozenset[str]
    excepted: frozenset[str]
    pinned: str | None
    has_offers: bool
    has_variants: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the rules say: an intent with its actions and doubts; `is_firm` says that the model need not be heard."""

    intent: Intent
    actions: tuple[Action, ...] = ()
    doubts: frozenset[Doubt] = frozenset()
    topic: Topic | None = None
    is_firm: bool = True
    #: The reading left something over (`nlp.gate`).
    left_over: bool = False
    #: Nothing but goods, amounts and soft words was said.
    is_plain: bool = False


def letters_around(clause: Clause, spans: Sequence[tuple[int, int, str]]) -> tuple[int, int]:
    """Letters that no word covers before or within the order, and behind it."""
    if not clause.letters:
        return 0, 0
    end = max((end for _, end, _ in spans), default=0)
    inside = sum(token.tag is Tag.LETTER and token.start < end for token in clause.tokens)
    return inside, clause.letters - inside
