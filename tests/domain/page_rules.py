"""What viewers do on their own pages, and the cut-off that ends it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from live.domain import commands as c
from live.domain.reservation import ReservationState
from tests.domain import laws
from tests.domain.factories import MINUTE_MS
from tests.domain.machine import PEOPLE, Room
from tests.domain.strategies import few, lines, offer_ids, point_ids, tails

if TYPE_CHECKING:
    from live.domain.viewer import Viewer

BEGUN = 12
"""So many steps an evening has before it may be cut off."""

begun = precondition(lambda self: self.since_the_start() > BEGUN)
cut_off = precondition(lambda self: self.session.cycle.closed)
wholes = st.sampled_from([None, ("egg",), ("apple", "pear"), ("litchi",)])


class PageRules(Room):
    """Orders by form, changes by code, how goods are fetched; the cut-off and the arrival."""

    # Pages

    @rule(who=st.sampled_from(PEOPLE), found=st.lists(lines, max_size=3), point=point_ids, tail=tails)
    def a_viewer_orders_by_form(
        self, who: Viewer, found: list[c.PageLine], point: str | None, tail: str | None
    ) -> None:
        self._on_a_page(who, c.PageOrder(viewer=who, lines=tuple(found), pickup_point_id=point, phone_tail=tail))

    @rule(who=st.sampled_from(PEOPLE), offer_id=offer_ids, quantity=few)
    def a_viewer_orders_something_that_there_is(self, who: Viewer, offer_id: str, quantity: int) -> None:
        variant = "s" if offer_id == "apple" else None
        line = c.PageLine(offer_id=offer_id, variant_id=variant, quantity=quantity)
        self._on_a_page(who, c.PageOrder(viewer=who, lines=(line,)))

    @rule(who=st.sampled_from(PEOPLE), line=lines)
    def a_viewer_changes_a_line(self, who: Viewer, line: c.PageLine) -> None:
        self._on_a_page(who, c.PageChange(pickup_code=self.code(who), line=line))

    @precondition(lambda self: self.changeable())
    @rule(data=st.data(), quantity=st.integers(0, 6))
    def a_viewer_changes_what_is_theirs(self, data: st.DataObject, quantity: int) -> None:
        mine = data.draw(st.sampled_from(self.changeable()))
        line = c.PageLine(offer_id=mine.offer_id, variant_id=mine.variant_id, quantity=quantity)
        self._on_a_page(mine.viewer, c.PageChange(pickup_code=mine.pickup_code, line=line))

    @rule(who=st.sampled_from(PEOPLE), point=point_ids, tail=tails, bag=st.none() | st.booleans())
    def a_viewer_says_how_they_fetch(self, who: Viewer, point: str | None, tail: str | None, bag: bool | None) -> None:
        before = deepcopy(self.state.reservations)
        said = c.SetBasket(pickup_code=self.code(who), pickup_point_id=point, phone_tail=tail, own_bag=bag)
        self.touching_no_one(said)
        assert self.state.reservations == before

    def _on_a_page(self, who: Viewer, command: c.PageOrder | c.PageChange) -> None:
        known = deepcopy(self.state)
        self.do(command)
        self.check_no_one_else_is_touched(who, laws.totals(known))
        self.check_what_a_viewer_may_do(who, known, may_cancel=True)

    # The cycle

    @begun
    @rule()
    def the_host_cuts_off(self) -> None:
        self._cut_off(c.CloseCycle())

    @begun
    @rule()
    def the_cutoff_comes(self) -> None:
        self.now_ms = max(self.now_ms, self.cutoff_ms)
        self._cut_off(c.Tick())

    def _cut_off(self, command: c.Command) -> None:
        """Nobody gets more than they had, and who keeps anything keeps it of an offer that did not fail."""
        before = laws.totals(self.state)
        self.do(command)
        after = laws.totals(self.state)
        assert all(after[key] <= before[key] for key in {*after, *before})

    @rule(minutes=st.sampled_from([-60, 0, 60, 24 * 60]))
    def the_pickup_is_moved(self, minutes: int) -> None:
        at_ms = self.session.cycle.pickup_at_ms + minutes * MINUTE_MS
        self.touching_no_one(c.MovePickup(pickup_at_ms=at_ms, notice="路上堵车"))

    @cut_off
    @rule(point=point_ids, only=wholes)
    def the_goods_come(self, point: str | None, only: tuple[str, ...] | None) -> None:
        locked = {r.id for r in self.state.reservations.values() if r.state is ReservationState.LOCKED}
        self.touching_no_one(c.MarkReady(pickup_point_id=point, offer_ids=only))
        left = {r.id for r in self.state.reservations.values() if r.state is ReservationState.LOCKED}
        assert {self.state.reservations[rid].state for rid in locked - left} <= {ReservationState.READY}
