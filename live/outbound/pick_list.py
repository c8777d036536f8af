"""Who fetches what, and where: the pick list of a session, with names that strangers may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.domain.viewer import mask_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.state import RoomState

NOWHERE = "自提"
"""The heading where the shop has named no pickup point."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """So many of one thing: "土鸡蛋 30 枚（大号） 2 箱"."""

    title: str
    variant: str | None
    quantity: int
    unit: str

    def __str__(self) -> str:
        variant = f"（{self.variant}）" if self.variant else ""
        return f"{self.title}{variant} {self.quantity} {self.unit}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Picker:
    """One who comes: their number in line, a masked name, the last four digits of a phone where they are asked for.

    The number is that of their first reservation in the evening, as on the shop's own lists and at the counter.
    """

    number: int
    name: str
    tail: str | None
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        tail = f"（尾号 {self.tail}）" if self.tail else ""
        return f"{self.number}. {self.name}{tail} {'、'.join(map(str, self.lines))}"


@dataclass(frozen=True, kw_only=True, slots=True)
class PointList:
    """A pickup point and those who come there, in the order of their numbers."""

    name: str
    pickers: tuple[Picker, ...]

    @property
    def totals(self) -> tuple[Line, ...]:
        """What must lie there, of each thing."""
        summed: dict[tuple[str, str | None, str], int] = {}
        for line in (line for picker in self.pickers for line in picker.lines):
            key = (line.title, line.variant, line.unit)
            summed[key] = summed.get(key, 0) + line.quantity
        return tuple(
            Line(title=title, variant=variant, quantity=quantity, unit=unit)
            for (title, variant, unit), quantity in summed.items()
        )


def pick_list(state: RoomState, *, phone_tails: bool = False) -> tuple[PointList, ...]:
    """The points at which somebody fetches something, in the shop's order. Who has chosen none fetches at the first."""
    held = sorted((each for each in state.reservations.values() if each.holds), key=lambda each: each.position)
    at: dict[str, dict[str, list[Reservation]]] = {}
    for each in held:
        at.setdefault(point_name(state, each), {}).setdefault(_person(state, each), []).append(each)
    order = {name: place for place, name in enumerate(_names(state))}
    return tuple(
        PointList(name=name, pickers=tuple(_pickers(state, at[name].values(), phone_tails=phone_tails)))
        for name in sorted(at, key=lambda name: order.get(name, len(order)))
    )


def _pickers(state: RoomState, baskets: Iterable[list[Reservation]], *, phone_tails: bool) -> Iterable[Picker]:
    numbers = _numbers(state)
    for held in sorted(baskets, key=lambda held: min(numbers[each.viewer.key] for each in held)):
        yield Picker(
            number=min(numbers[each.viewer.key] for each in held),
            name=mask_name(held[0].viewer.name),
            tail=_tail(state, held) if phone_tails else None,
            lines=tuple(_line(each, state.offers.get(each.offer_id)) for each in held),
        )


def _person(state: RoomState, held: Reservation) -> str:
    """One key for all identities of a person that were joined."""
    return min(state.persons.get(held.viewer.key, (held.viewer.key,)))


def _tail(state: RoomState, held: Iterable[Reservation]) -> str | None:
    baskets = (state.baskets.get(each.viewer.key) for each in held)
    return next((basket.phone_tail for basket in baskets if basket is not None and basket.phone_tail), None)


def _numbers(state: RoomState) -> dict[str, int]:
    """The place of each viewer's first reservation; one that was cancelled since keeps it."""
    numbers: dict[str, int] = {}
    for each in sorted(state.reservations.values(), key=lambda each: each.position):
        numbers.setdefault(each.viewer.key, each.position)
    return numbers


def _line(held: Reservation, offer: Offer | None) -> Line:
    if offer is None:
        return Line(title=held.offer_id, variant=held.variant_id, quantity=held.quantity, unit="份")
    variant = offer.variant(held.variant_id)
    return Line(
        title=offer.title, variant=None if variant is None else variant.name, quantity=held.quantity, unit=offer.unit
    )


def point_name(state: RoomState, held: Reservation) -> str:
    """Where something is fetched; two points that share a name are one line of people."""
    basket = state.baskets.get(held.viewer.key)
    point = None if state.session is None else state.session.cycle.point(basket.pickup_point_id if basket else None)
    return NOWHERE if point is None else point.name


def _names(state: RoomState) -> list[str]:
    return [] if state.session is None else [point.name for point in state.session.cycle.pickup_points]
