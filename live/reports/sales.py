"""From reservations to what was sold: by offer, by viewer, in all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from live.domain.cases import case_fill
from live.domain.reservation import ReservationState
from live.domain.viewer import mask_name
from live.reports.figures import Line, OfferSales, VariantSales, ViewerSales
from live.reports.privacy import mask_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from typing import TypeVar

    from live.domain.offer import Offer, Variant
    from live.domain.reservation import Reservation

    Key = TypeVar("Key", bound=Hashable)
    Item = TypeVar("Item")


def lines_of(reservations: Iterable[Reservation], offers: Mapping[str, Offer], *, mask_names: bool) -> tuple[Line, ...]:
    """All reservations in the order in which they were made, with the names of offer, variant and viewer."""
    ordered = sorted(reservations, key=lambda r: (r.made_ms, r.position))
    return tuple(_line(r, offers.get(r.offer_id), mask_names=mask_names) for r in ordered)


def shown_name(name: str, *, mask_names: bool) -> str:
    """A viewer's name as the report shows it; numbers in it are masked either way."""
    return mask_name(name) if mask_names else mask_numbers(name.strip())


def _line(reservation: Reservation, offer: Offer | None, *, mask_names: bool) -> Line:
    variant = offer.variant(reservation.variant_id) if offer else None
    return Line(
        reservation=reservation,
        number=offer.number if offer else None,
        title=offer.title if offer else reservation.offer_id,
        unit=offer.unit if offer else "份",
        variant=variant.name if variant else reservation.variant_id,
        viewer_name=shown_name(reservation.viewer.name, mask_names=mask_names),
    )


def offers_of(lines: Sequence[Line], offers: Iterable[Offer], *, closed: bool) -> tuple[OfferSales, ...]:
    """What became of each offer, in the order of their numbers; those without one come last.

    `closed`: the cut-off has decided which cases are ordered, and what still holds is in them.
    """
    grouped = _grouped(lines, lambda line: line.reservation.offer_id)
    ordered = sorted(offers, key=lambda o: (o.number is None, o.number or 0, o.id))
    return tuple(_offer_sales(offer, grouped.get(offer.id, []), closed=closed) for offer in ordered)


def _offer_sales(offer: Offer, lines: Sequence[Line], *, closed: bool) -> OfferSales:
    reservations = [line.reservation for line in lines]
    reserved = sum(r.holds for r in reservations)
    fill = case_fill(replace(offer, reserved=reserved, case_tolerance=None if closed else offer.case_tolerance))
    return OfferSales(
        offer=offer,
        reserved=reserved,
        waitlisted=sum(r.waits for r in reservations),
        cancelled=quantity_in(reservations, ReservationState.CANCELLED),
        buyers=len({r.viewer.key for r in reservations if r.holds}),
        amount_fen=sum(line.amount_fen for line in lines),
        sold_out_ms=sold_out_ms(offer, reservations),
        cases=fill.to_order,
        case_short=fill.missing,
        variants=tuple(_variant_sales(variant, reservations) for variant in offer.variants),
    )


def _variant_sales(variant: Variant, reservations: Iterable[Reservation]) -> VariantSales:
    own = [r for r in reservations if r.variant_id == variant.id]
    return VariantSales(variant=variant, reserved=sum(r.holds for r in own), waitlisted=sum(r.waits for r in own))


def sold_out_ms(offer: Offer, reservations: Sequence[Reservation]) -> int | None:
    """When the reservations that stand had filled the quota; `reservations` come in the order in which they were made."""
    holding = [r for r in reservations if r.holds]
    filled = zip(holding, accumulate(r.holds for r in holding), strict=True)
    return next((r.made_ms for r, held in filled if held >= offer.quota), None)


def quantity_in(reservations: Iterable[Reservation], state: ReservationState) -> int:
    """How much stands in one state."""
    return sum(r.quantity for r in reservations if r.state is state)


def viewers_of(lines: Iterable[Line]) -> tuple[ViewerSales, ...]:
    """What each viewer has or waits for, the largest amount first. Who has cancelled all of it is not listed."""
    wanted = [line for line in lines if line.reservation.holds or line.reservation.waits]
    grouped = _grouped(wanted, lambda line: line.reservation.viewer.key)
    viewers = [_viewer_sales(own) for own in grouped.values()]
    return tuple(sorted(viewers, key=lambda v: (-v.amount_fen, -v.reserved, v.name, v.pickup_code)))


def _viewer_sales(lines: Sequence[Line]) -> ViewerSales:
    first = lines[0]
    return ViewerSales(
        name=first.viewer_name,
        weak=first.reservation.viewer.weak,
        pickup_code=first.reservation.pickup_code,
        reserved=sum(line.reservation.holds for line in lines),
        waitlisted=sum(line.reservation.waits for line in lines),
        amount_fen=sum(line.amount_fen for line in lines),
        lines=tuple(lines),
    )


def faults_of(sales: Iterable[OfferSales], lines: Iterable[Line]) -> tuple[str, ...]:
    """Say in a sentence each where an offer's own count differs from its reservations; empty when the books balance."""
    sales = tuple(sales)
    wrong = [fault for each in sales for fault in _count_faults(each)]
    known = {each.offer.id for each in sales}
    strays = sorted({line.title for line in lines if line.reservation.offer_id not in known})
    return tuple(wrong + [f"有预订记在“{title}”上，本场商品里没有它，请核对明细" for title in strays])


def _count_faults(sales: OfferSales) -> list[str]:
    offer, unit = sales.offer, sales.offer.unit
    pairs = (("已订", offer.reserved, sales.reserved), ("排队", offer.waitlisted, sales.waitlisted))
    wrong = [
        f"{offer.title}：商品记着{word} {kept} {unit}，逐条加起来是 {summed} {unit}，请以明细为准核对"
        for word, kept, summed in pairs
        if kept != summed
    ]
    over = f"{offer.title}：已订 {sales.reserved} {unit}，超过名额 {offer.quota} {unit}，请尽快补货或联系顾客"
    return [*wrong, over] if sales.reserved > offer.quota else wrong


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: defaultdict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups
