"""A flash deal (秒杀): a part of an offer's stock at another price, for a short time, first come first served."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.offer import Offer


class FlashState(StrEnum):
    """The life of a flash deal."""

    ANNOUNCED = "announced"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


FLASH_TRANSITIONS: Mapping[FlashState, frozenset[FlashState]] = {
    FlashState.ANNOUNCED: frozenset({FlashState.RUNNING, FlashState.ENDED}),
    FlashState.RUNNING: frozenset({FlashState.PAUSED, FlashState.ENDED}),
    FlashState.PAUSED: frozenset({FlashState.RUNNING, FlashState.ENDED}),
    FlashState.ENDED: frozenset(),
}
"""The one table of a flash deal's life, held by `RoomState.apply`."""


class Window(StrEnum):
    """What a flash deal says to an order of one moment."""

    EARLY = "early"
    OPEN = "open"
    HELD = "held"
    OVER = "over"


@dataclass(frozen=True, kw_only=True, slots=True)
class FlashSale:
    """So many units at `price_fen` from `starts_ms` until `ends_ms`; `sold + available == quota` at every moment.

    `waitlisted` are the units that viewers wait for at this price. While it is paused the time left is
    `ends_ms - paused_ms`. Units that are given back after the end go to those who wait, and to nobody else.
    """

    id: str
    session_id: str
    offer_id: str
    price_fen: int
    regular_price_fen: int
    quota: int
    per_viewer_limit: int | None
    state: FlashState
    announced_ms: int
    starts_ms: int
    ends_ms: int
    paused_ms: int | None = None
    ended_ms: int | None = None
    sold: int = 0
    waitlisted: int = 0

    @property
    def available(self) -> int:
        """What is left at this price."""
        return self.quota - self.sold

    @property
    def kept(self) -> int:
        """What of the offer's stock is set aside for it: until it ends nobody else gets what it shows as left."""
        return 0 if self.ended else self.available

    @property
    def room_in_line(self) -> int:
        """How many more units may be waited for: a line longer than the deal itself would be a false hope."""
        return max(0, self.quota - self.waitlisted)

    @property
    def ended(self) -> bool:
        """Whether it takes no more orders."""
        return self.state is FlashState.ENDED

    def window(self, at_ms: int) -> Window:
        """What it says to an order that arrived at a moment, whenever it is worked: the order of arrival decides."""
        if at_ms < self.announced_ms or (self.ended_ms is not None and at_ms >= self.ended_ms):
            return Window.OVER
        if at_ms < self.starts_ms:
            return Window.EARLY
        if self.paused_ms is not None and at_ms >= self.paused_ms:
            return Window.HELD
        return Window.OPEN if at_ms < self.ends_ms else Window.OVER

    def with_sold(self, delta: int) -> FlashSale:
        """Promise `delta` more (or fewer) at this price."""
        return replace(self, sold=self.sold + delta)

    def with_waitlisted(self, delta: int) -> FlashSale:
        """Let `delta` more (or fewer) wait."""
        return replace(self, waitlisted=self.waitlisted + delta)


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """At what price, and how many a viewer, an offer sells at one moment; `flash` where that is a flash deal's."""

    price_fen: int
    per_viewer_limit: int | None
    flash: FlashSale | None = None

    @property
    def flash_id(self) -> str | None:
        """The id that reservations under these terms carry."""
        return None if self.flash is None else self.flash.id


def awaited(flash: FlashSale | None, at_ms: int) -> bool:
    """Whether orders that arrive at a moment must wait: the deal has been announced and not begun, or is held."""
    return flash is not None and flash.window(at_ms) in (Window.EARLY, Window.HELD)


def terms_of(offer: Offer, flash: FlashSale | None, at_ms: int) -> Terms:
    """The terms of an offer for an order that arrived at a moment; `flash` is the deal that had been announced by then."""
    if flash is not None and flash.window(at_ms) is Window.OPEN:
        return Terms(price_fen=flash.price_fen, per_viewer_limit=flash.per_viewer_limit, flash=flash)
    return Terms(price_fen=offer.price_fen, per_viewer_limit=offer.per_viewer_limit)
