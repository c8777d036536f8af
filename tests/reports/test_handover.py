from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from live.domain.reservation import ReservationState
from live.reports.facts import facts_of
from live.reports.figures import Pile
from live.reports.handover import handover_of
from tests.reports.cycles import a_fetched_evening, cycles
from tests.reports.factories import a_small_evening

if TYPE_CHECKING:
    from live.store.port import CycleRecord

NOTHING = Pile(reservations=0, quantity=0, viewers=0, amount_fen=0)


def test_goods_are_counted_by_what_became_of_them() -> None:
    handover = facts_of(a_fetched_evening()).handover
    assert handover.collected == Pile(reservations=3, quantity=5, viewers=2, amount_fen=2 * 3990 + 5762 + 2412)
    assert handover.outstanding == Pile(reservations=1, quantity=1, viewers=1, amount_fen=3990)
    assert handover.missed == Pile(reservations=1, quantity=1, viewers=1, amount_fen=3990)


def test_what_the_scales_changed_is_told_both_ways() -> None:
    handover = facts_of(a_fetched_evening()).handover
    assert (handover.weighed, handover.paid_on_top_fen, handover.given_back_fen) == (2, 402, 268)


def test_before_the_cut_off_nothing_is_outstanding() -> None:
    handover = facts_of(a_small_evening()).handover
    assert (handover.collected, handover.outstanding, handover.missed) == (NOTHING, NOTHING, NOTHING)


@given(cycles())
def test_all_that_holds_after_the_cut_off_is_in_one_pile(cycle: CycleRecord) -> None:
    for record in cycle.sessions:
        handover = handover_of(record.reservations)
        piles = (handover.collected, handover.outstanding, handover.missed)
        held = [r for r in record.reservations if r.holds and r.state is not ReservationState.RESERVED]
        assert sum(pile.reservations for pile in piles) == len(held)
        assert sum(pile.amount_fen for pile in piles) == sum(r.amount_fen for r in held)
        gained = handover.paid_on_top_fen - handover.given_back_fen
        assert gained == sum(r.difference_fen for r in held)
