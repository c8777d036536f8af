"""An offer: the sale of an item in this session, with its price, its quota and its state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class OfferPhase(StrEnum):
    """Where an offer stands in the evening."""

    LISTED = "listed"
    OPEN = "open"
    CLOSED = "closed"
    FAILED = "failed"


PHASE_TRANSITIONS: Mapping[OfferPhase, frozenset[OfferPhase]] = {
    OfferPhase.LISTED: frozenset({OfferPhase.OPEN, OfferPhase.FAILED}),
    OfferPhase.OPEN: frozenset({OfferPhase.CLOSED, OfferPhase.FAILED}),
    OfferPhase.CLOSED: frozenset({OfferPhase.OPEN, OfferPhase.FAILED}),
    OfferPhase.FAILED: frozenset(),
}
"""The one table of an offer's life, held by `RoomState.apply`. `FAILED`: the cut-off found fewer than its minimum."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A size, flavour or colour of an offer; with a `quota` of its own, or None to share the offer's."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    quota: int | None = None
    reserved: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """The sale of an item in one session. Prices are in fen; `reserved + available == quota` at every moment.

    It comes from `supplier` in cases of `case_size`; a case that lacks at most `case_tolerance` is still ordered (None:
    however much it lacks). `weighed` goods are paid by what they weigh when they are collected. `picture` is the name of
    an uploaded picture.
    """

    id: str
    number: int | None
    title: str
    aliases: tuple[str, ...] = ()
    unit: str = "份"
    price_fen: int
    quota: int
    per_viewer_limit: int | None = None
    case_size: int = 1
    case_tolerance: int | None = None
    min_quantity: int = 0
    supplier: str = ""
    weighed: bool = False
    picture: str | None = None
    variants: tuple[Variant, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    phase: OfferPhase = OfferPhase.OPEN
    reserved: int = 0
    waitlisted: int = 0

    @property
    def available(self) -> int:
        """What may still be promised over all variants."""
        return self.quota - self.reserved

    @property
    def sold_out(self) -> bool:
        """Whether nothing of it is left to promise."""
        return self.available <= 0

    @property
    def state(self) -> str:
        """The state that others see: `listed`, `open`, `sold_out`, `closed` or `failed`."""
        return "sold_out" if self.phase is OfferPhase.OPEN and self.sold_out else self.phase.value

    def variant(self, variant_id: str | None) -> Variant | None:
        """Find a variant by its id; None for None or an unknown one."""
        return next((v for v in self.variants if v.id == variant_id), None)

    def available_of(self, variant_id: str | None) -> int:
        """What may still be promised of one variant: the smaller of the offer's and the variant's remainder."""
        variant = self.variant(variant_id)
        if variant is None or variant.quota is None:
            return self.available
        return min(self.available, variant.quota - variant.reserved)

    def with_reserved(self, delta: int, variant_id: str | None) -> Offer:
        """Promise `delta` more (or, negative, fewer), in the offer and in the variant."""
        variants = tuple(replace(v, reserved=v.reserved + delta) if v.id == variant_id else v for v in self.variants)
        return replace(self, reserved=self.reserved + delta, variants=variants)

    def with_waitlisted(self, delta: int) -> Offer:
        """Let `delta` more (or fewer) wait."""
        return replace(self, waitlisted=self.waitlisted + delta)

    def with_quota(self, delta: int, variant_id: str | None) -> Offer:
        """Raise the quota, and the variant's own where it has one."""
        variants = tuple(
            replace(v, quota=v.quota + delta) if v.id == variant_id and v.quota is not None else v
            for v in self.variants
        )
        return replace(self, quota=self.quota + delta, variants=variants)
