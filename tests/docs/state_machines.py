"""Draws the diagrams of `docs/state-machines.md` from the transition tables: `python -m tests.docs.state_machines`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from live.domain.flash import FLASH_TRANSITIONS, FlashState
from live.domain.giveaway import GIVEAWAY_TRANSITIONS, PRIZE_TRANSITIONS, GiveawayState, PrizeState
from live.domain.offer import PHASE_TRANSITIONS, OfferPhase
from live.domain.poll import POLL_TRANSITIONS, PollState
from live.domain.question import QUESTION_TRANSITIONS, QuestionState
from live.domain.reservation import TRANSITIONS, ReservationState
from live.domain.session import SESSION_TRANSITIONS, SessionState
from live.domain.source import HEARING_TRANSITIONS, Hearing
from live.domain.ticket import TICKET_TRANSITIONS, TicketState
from tests.docs.pages import DOCS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from enum import StrEnum

    Table = Mapping[Any, Collection[StrEnum]]

PAGE = DOCS / "state-machines.md"

BEGINNINGS: Mapping[str, Collection[StrEnum]] = {
    "live.domain.session.SESSION_TRANSITIONS": [SessionState.RUNNING],
    "live.domain.offer.PHASE_TRANSITIONS": [OfferPhase.LISTED, OfferPhase.OPEN],
    "live.domain.reservation.TRANSITIONS": [ReservationState.RESERVED, ReservationState.WAITLISTED],
    "live.domain.ticket.TICKET_TRANSITIONS": [TicketState.OPEN],
    "live.domain.source.HEARING_TRANSITIONS": list(Hearing),
    "live.domain.flash.FLASH_TRANSITIONS": [FlashState.ANNOUNCED],
    "live.domain.giveaway.GIVEAWAY_TRANSITIONS": [GiveawayState.OPEN],
    "live.domain.giveaway.PRIZE_TRANSITIONS": [PrizeState.WON],
    "live.domain.poll.POLL_TRANSITIONS": [PollState.OPEN],
    "live.domain.question.QUESTION_TRANSITIONS": [QuestionState.OPEN],
}
"""The states in which something begins, by the name of its table."""

TABLES: Mapping[str, Table] = {
    "live.domain.session.SESSION_TRANSITIONS": SESSION_TRANSITIONS,
    "live.domain.offer.PHASE_TRANSITIONS": PHASE_TRANSITIONS,
    "live.domain.reservation.TRANSITIONS": TRANSITIONS,
    "live.domain.ticket.TICKET_TRANSITIONS": TICKET_TRANSITIONS,
    "live.domain.source.HEARING_TRANSITIONS": HEARING_TRANSITIONS,
    "live.domain.flash.FLASH_TRANSITIONS": FLASH_TRANSITIONS,
    "live.domain.giveaway.GIVEAWAY_TRANSITIONS": GIVEAWAY_TRANSITIONS,
    "live.domain.giveaway.PRIZE_TRANSITIONS": PRIZE_TRANSITIONS,
    "live.domain.poll.POLL_TRANSITIONS": POLL_TRANSITIONS,
    "live.domain.question.QUESTION_TRANSITIONS": QUESTION_TRANSITIONS,
}

_DRAWN = re.compile(r"<!-- drawn from (\S+) -->\n+```mermaid\n.*?```\n", re.DOTALL)


def diagram(table: Table, beginnings: Collection[StrEnum]) -> str:
    """Draw a table as a Mermaid state diagram: states in the table's order, their ends in the order of the states."""
    order = list(table)
    lines = [f"    [*] --> {state}" for state in order if state in beginnings]
    for state, following in table.items():
        lines += [f"    {state} --> {each}" for each in order if each in following]
        lines += [] if following else [f"    {state} --> [*]"]
    return "\n".join(["stateDiagram-v2", *lines])


def redraw(text: str) -> str:
    """The page with its diagrams drawn anew; KeyError for a table that is not known here."""
    return _DRAWN.sub(lambda found: drawn(found[1]), text)


def drawn(name: str) -> str:
    """The marked block of one table."""
    return f"<!-- drawn from {name} -->\n\n```mermaid\n{diagram(TABLES[name], BEGINNINGS[name])}\n```\n"


def names(text: str) -> list[str]:
    """The tables that a page draws."""
    return [found[1] for found in _DRAWN.finditer(text)]


if __name__ == "__main__":
    PAGE.write_text(redraw(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
