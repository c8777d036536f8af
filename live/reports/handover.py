"""What became of the goods after the cut-off: handed over, still waiting, never fetched, and what the scales changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.reservation import ReservationState
from live.reports.figures import Handover, Pile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.reservation import Reservation

OUTSTANDING = frozenset({ReservationState.LOCKED, ReservationState.READY})
"""Goods that somebody is still expected to fetch."""


def handover_of(reservations: Sequence[Reservation]) -> Handover:
    """Count by what each reservation came to; nothing of it before the cut-off."""
    collected = [r for r in reservations if r.state is ReservationState.COLLECTED]
    differences = [r.difference_fen for r in collected if r.weighed_milli is not None]
    return Handover(
        collected=_pile(collected),
        outstanding=_pile(r for r in reservations if r.state in OUTSTANDING),
        missed=_pile(r for r in reservations if r.state is ReservationState.NO_SHOW),
        weighed=len(differences),
        paid_on_top_fen=sum(fen for fen in differences if fen > 0),
        given_back_fen=-sum(fen for fen in differences if fen < 0),
    )


def _pile(reservations: Iterable[Reservation]) -> Pile:
    found = list(reservations)
    return Pile(
        reservations=len(found),
        quantity=sum(r.quantity for r in found),
        viewers=len({r.viewer.key for r in found}),
        amount_fen=sum(r.amount_fen for r in found),
    )
