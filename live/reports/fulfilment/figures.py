"""Purchase orders, pick lists and labels as plain frozen values. Quantities are in the offer's unit, money in fen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.line_number import LineNumber


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What all documents of a cycle say at their top.

    `final` once every session of the cycle has been cut off; before, all numbers may still change. `open_rooms` are the
    rooms that still take orders, `notice` says why the pickup was moved.
    """

    title: str
    rooms: tuple[str, ...]
    cutoff_at_ms: int
    closed_ms: int | None
    pickup_at_ms: int
    open_rooms: tuple[str, ...] = ()
    notice: str | None = None

    @property
    def final(self) -> bool:
        """Whether the numbers stand."""
        return self.closed_ms is not None and not self.open_rooms


@dataclass(frozen=True, kw_only=True, slots=True)
class Goods:
    """What makes two offers the same thing in the warehouse; `number` is what the stream called it, for finding it."""

    number: int | None
    title: str
    unit: str
    variant: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """The same goods under another number are still the same goods."""
        return (self.title, self.unit, self.variant or "")


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantNeed:
    """How much of one variant is reserved; `name` is None for what names no variant."""

    name: str | None
    reserved: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseLine:
    """So many whole cases of one item.

    `served` of the `reserved` can be handed over, `unfilled` cannot: they are in an open case that is not ordered.
    `surplus` is left to the shop. `amount_fen` is what viewers will pay for what is served, by the prices they reserved
    at; what the supplier asks is not known here.
    """

    goods: Goods
    reserved: int
    case_size: int
    cases: int
    surplus: int
    unfilled: int
    amount_fen: int
    weighed: bool
    variants: tuple[VariantNeed, ...] = ()

    @property
    def quantity(self) -> int:
        """What the ordered cases hold."""
        return self.cases * self.case_size

    @property
    def served(self) -> int:
        """What of it is for viewers."""
        return self.reserved - self.unfilled


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplierOrder:
    """All that is ordered from one supplier; `supplier` is empty where the shop has named none."""

    supplier: str
    lines: tuple[PurchaseLine, ...]

    @property
    def amount_fen(self) -> int:
        """What viewers will pay for it."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedOffer:
    """An offer that fewer wanted than its minimum; `failed` says that the cut-off has decided so."""

    goods: Goods
    room: str
    supplier: str
    min_quantity: int
    wanted: int
    viewers: int
    failed: bool

    @property
    def short(self) -> int:
        """What is missing."""
        return max(0, self.min_quantity - self.wanted)


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseOrder:
    """What to order, per supplier; what has not come together stands apart."""

    heading: Heading
    suppliers: tuple[SupplierOrder, ...]
    failed: tuple[FailedOffer, ...]

    @property
    def amount_fen(self) -> int:
        """What viewers will pay for all of it."""
        return sum(order.amount_fen for order in self.suppliers)


@dataclass(frozen=True, kw_only=True, slots=True)
class PickLine:
    """So much of one thing for one viewer.

    `done`: handed over. `weighed`: paid by weight, so that `amount_fen` is a guess until it is done.
    """

    goods: Goods
    quantity: int
    amount_fen: int
    done: bool = False
    weighed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PickEntry:
    """All that one person fetches at one point. `names` has more than one where identities were joined."""

    number: LineNumber
    names: tuple[str, ...]
    codes: tuple[str, ...]
    lines: tuple[PickLine, ...]
    phone_tail: str | None = None
    own_bag: bool = False
    weak: bool = False

    @property
    def name(self) -> str:
        """What to call out."""
        return "、".join(self.names)

    @property
    def due_fen(self) -> int:
        """What is still to be paid, for goods not yet handed over."""
        return sum(line.amount_fen for line in self.lines if not line.done)

    @property
    def estimated(self) -> bool:
        """Whether the scales have the last word on what is due."""
        return any(line.weighed and not line.done for line in self.lines)

    @property
    def done(self) -> bool:
        """Whether all of it has been handed over."""
        return all(line.done for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsTotal:
    """How much of one thing must lie somewhere."""

    goods: Goods
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PointList:
    """A pickup point with those who come there, by their number in line, and what must lie there for them."""

    name: str
    address: str
    entries: tuple[PickEntry, ...]
    totals: tuple[GoodsTotal, ...]

    @property
    def due_fen(self) -> int:
        """What is still to be paid here."""
        return sum(entry.due_fen for entry in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taker:
    """One who takes some of an item, and where."""

    point: str
    number: LineNumber
    name: str
    quantity: int
    done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsList:
    """One item with those who take it, point by point: for packing by item."""

    goods: Goods
    takers: tuple[Taker, ...]

    @property
    def quantity(self) -> int:
        """All of it."""
        return sum(taker.quantity for taker in self.takers)

    @property
    def points(self) -> tuple[tuple[str, int], ...]:
        """How much goes to each point."""
        summed: dict[str, int] = {}
        for taker in self.takers:
            summed[taker.point] = summed.get(taker.point, 0) + taker.quantity
        return tuple(summed.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class PickList:
    """Who fetches what, point by point; the same again by item."""

    heading: Heading
    points: tuple[PointList, ...]
    goods: tuple[GoodsList, ...]

    @property
    def entries(self) -> int:
        """How many come."""
        return sum(len(point.entries) for point in self.points)


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """What is stuck on one bag: the `part`-th of `parts` of one person."""

    number: LineNumber
    name: str
    point: str
    code: str
    lines: tuple[PickLine, ...]
    part: int = 1
    parts: int = 1
    own_bag: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fulfilment:
    """The documents of one order cycle."""

    purchase: PurchaseOrder
    picks: PickList
    labels: tuple[Label, ...]

    @property
    def heading(self) -> Heading:
        """What they all say at their top."""
        return self.purchase.heading
