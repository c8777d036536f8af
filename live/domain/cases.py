"""Whole cases: how an offer's reservations fill the cases that the supplier sells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.offer import Offer


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFill:
    """So many full cases are spoken for; the open one holds `loose` and lacks `missing`.

    `to_order` is how many cases the shop orders at the cut-off; then it is left with `surplus` units of its own, or
    `unfilled` reservations cannot be served.
    """

    full: int
    loose: int
    missing: int
    to_order: int
    surplus: int
    unfilled: int


def case_fill(offer: Offer) -> CaseFill:
    """Count an offer's cases. An open case is ordered if it lacks at most `case_tolerance` (None: always)."""
    full, loose = divmod(offer.reserved, offer.case_size)
    missing = offer.case_size - loose if loose else 0
    ordered = loose > 0 and (offer.case_tolerance is None or missing <= offer.case_tolerance)
    return CaseFill(
        full=full,
        loose=loose,
        missing=missing,
        to_order=full + ordered,
        surplus=missing if ordered else 0,
        unfilled=0 if ordered else loose,
    )
