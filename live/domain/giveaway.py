"""A lucky bag (福袋): a draw with rules that are published first and frozen, which anybody can check afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.viewer import Viewer

WITNESSES = 5
WITNESS_MS = 10_000
"""Section 6 of the contract: the first five comments after closing, waited for ten seconds at most."""

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


class GiveawayState(StrEnum):
    """The life of a draw: entries are taken, the list is frozen and the witness awaited, the winners are known."""

    OPEN = "open"
    CLOSED = "closed"
    DRAWN = "drawn"


GIVEAWAY_TRANSITIONS: Mapping[GiveawayState, frozenset[GiveawayState]] = {
    GiveawayState.OPEN: frozenset({GiveawayState.CLOSED}),
    GiveawayState.CLOSED: frozenset({GiveawayState.DRAWN}),
    GiveawayState.DRAWN: frozenset(),
}
"""The one table of a draw's life, held by `RoomState.apply`."""


class PrizeState(StrEnum):
    """What became of a prize."""

    WON = "won"
    CLAIMED = "claimed"
    FORFEITED = "forfeited"


PRIZE_TRANSITIONS: Mapping[PrizeState, frozenset[PrizeState]] = {
    PrizeState.WON: frozenset({PrizeState.CLAIMED, PrizeState.FORFEITED}),
    PrizeState.CLAIMED: frozenset(),
    PrizeState.FORFEITED: frozenset(),
}
"""The one table of a prize's life, held by `RoomState.apply`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawRules:
    """What is published before anybody enters, and never changes after that."""

    kind: str
    title: str
    prize: str
    prize_value_fen: int
    winners: int
    keyword: str
    must_have_reserved: bool = False
    not_won_within_days: int | None = None
    claim_hours: int = 48
    claim_how: str = "到自提点出示提货码"


@dataclass(frozen=True, kw_only=True, slots=True)
class Beacon:
    """A public source of randomness (drand): round r is made known at `genesis_ms + (r - 1) * period_ms`."""

    url: str
    genesis_ms: int
    period_ms: int

    def round_after(self, at_ms: int) -> int:
        """The first round that nobody can know at a moment, whatever a clock is off by: one is left out."""
        return max(0, at_ms - self.genesis_ms) // self.period_ms + 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """A comment that came after closing: what the host could not choose."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Somebody's place in a draw; `id` is opaque to everybody but them (a keyed hash of the viewer)."""

    id: str
    giveaway_id: str
    viewer: Viewer
    entered_ms: int
    comment_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Prize:
    """A winner's prize."""

    entry_id: str
    round: int
    viewer: Viewer
    pickup_code: str
    won_ms: int
    state: PrizeState = PrizeState.WON
    changed_ms: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawRound:
    """One drawing: entry ids in the order in which they were drawn, and why there was a further one."""

    number: int
    winners: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Giveaway:
    """A draw. `seed` and `salt` (32 bytes, hex) are secret, the seed until the drawing, the salt for ever.

    `entered` counts entries while it is open; `entries` is the frozen, sorted list. `witness_until_ms` ends the wait for
    witnesses; with a beacon it is `beacon_round` that is waited for, and `randomness` what it brought.
    """

    id: str
    session_id: str
    rules: DrawRules
    state: GiveawayState
    opened_ms: int
    closes_ms: int
    seed: str
    salt: str
    commitment: str
    entered: int = 0
    closed_ms: int | None = None
    entries: tuple[str, ...] = ()
    list_hash: str | None = None
    beacon: Beacon | None = None
    beacon_round: int | None = None
    randomness: str | None = None
    witness_until_ms: int | None = None
    witnesses: tuple[Witness, ...] = ()
    witness_hash: str | None = None
    drawn_ms: int | None = None
    rounds: tuple[DrawRound, ...] = ()
    prizes: tuple[Prize, ...] = ()

    @property
    def claim_until_ms(self) -> int | None:
        """Until when the prizes of the last round may be claimed."""
        last = max((prize.won_ms for prize in self.prizes), default=self.drawn_ms)
        return None if last is None else last + self.rules.claim_hours * HOUR_MS

    def takes(self, at_ms: int) -> bool:
        """Whether an entry that arrived at a moment is taken."""
        return self.state is GiveawayState.OPEN and self.opened_ms <= at_ms < self.closes_ms

    def bears(self, at_ms: int) -> bool:
        """Whether a comment that arrived at a moment is a witness: after the closing, while it is waited for."""
        if self.state is not GiveawayState.CLOSED or self.closed_ms is None or self.witness_until_ms is None:
            return False
        return self.closed_ms <= at_ms < self.witness_until_ms

    def claimable_until_ms(self, prize: Prize) -> int:
        """Until when a prize may be claimed: each round has its own hours, however late another is drawn."""
        return prize.won_ms + self.rules.claim_hours * HOUR_MS

    def prize(self, entry_id: str) -> Prize | None:
        """What an entry has won."""
        return next((prize for prize in self.prizes if prize.entry_id == entry_id), None)
