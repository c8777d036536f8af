"""Flash deals among everything else: announced, held, made longer, ended, and bought from at every moment of their lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.flash import awaited
from nlp.types import Action, Intent, Op
from tests.domain import laws
from tests.domain.factories import EVENING_MS, read_as
from tests.domain.machine import ACTED, PEOPLE, Room
from tests.domain.strategies import few, limits, offer_ids, variant_ids

if TYPE_CHECKING:
    from live.domain.flash import FlashSale
    from live.domain.viewer import Viewer

PRICES = [990, 1990]
"""What no offer costs: a reservation tells by its price where it was made."""

NOTHING_NOW = {"flash_not_open", "cutoff_passed", "session_ended"}

under_way = precondition(lambda self: self.deal() is not None)
ever = precondition(lambda self: self.state.flash_sales)


def sold_as(deal: FlashSale) -> str | None:
    """The variant that people want of the goods of a deal."""
    return "s" if deal.offer_id == "apple" else None


class FlashRules(Room):
    """秒杀 by the host's taps and by the clock."""

    def deal(self) -> FlashSale | None:
        """The deal that is under way."""
        return next((deal for deal in self.state.flash_sales.values() if not deal.ended), None)

    def current(self) -> FlashSale:
        """The deal that is under way; the rules have made sure that there is one."""
        found = self.deal()
        assert found is not None
        return found

    def last(self) -> FlashSale:
        """The latest deal, under way or over."""
        return list(self.state.flash_sales.values())[-1]

    def line_of(self, who: Viewer, deal: FlashSale) -> int:
        """What somebody has of the goods of a deal, at whatever price."""
        rows = self.state.of_viewer(who.key, deal.offer_id)
        return sum(r.quantity for r in rows if r.variant_id == sold_as(deal))

    @rule(
        data=st.data(),
        offer_id=offer_ids,
        price_fen=st.sampled_from(PRICES),
        limit=limits,
        seconds=st.sampled_from([20, 60, 300]),
        countdown=st.sampled_from([0, 0, 10, 60]),
    )
    def a_deal_is_announced(
        self,
        data: st.DataObject,
        offer_id: str,
        price_fen: int,
        limit: int | None,
        seconds: int,
        countdown: int,
    ) -> None:
        available = self.state.offers[offer_id].available
        quota = data.draw(st.integers(1, available + 1))
        announced = s.StartFlashSale(
            flash_id=f"f-{len(self.log)}",
            offer_id=offer_id,
            price_fen=price_fen,
            quota=quota,
            per_viewer_limit=limit,
            seconds=seconds,
            countdown_seconds=countdown,
        )
        assert not self.touching_no_one(announced) or quota <= available

    @under_way
    @rule(tap=st.sampled_from([s.PauseFlashSale, s.ResumeFlashSale, s.StopFlashSale]))
    def the_host_taps_the_deal(self, tap: type[s.PauseFlashSale | s.ResumeFlashSale | s.StopFlashSale]) -> None:
        self.touching_no_one(tap(offer_id=self.current().offer_id))

    @under_way
    @rule(seconds=st.sampled_from([0, 30]), quantity=st.integers(0, 3))
    def the_deal_is_extended(self, seconds: int, quantity: int) -> None:
        self.touching_no_one(
            s.ExtendFlashSale(offer_id=self.current().offer_id, seconds=seconds, quantity=quantity),
        )

    @under_way
    @rule(seconds=st.sampled_from([1, 10, 30, 60]), looked_at=st.booleans())
    def seconds_pass(self, seconds: int, looked_at: bool) -> None:
        """The clock may be late to look: what was said by then is decided by the times of the deal all the same."""
        self.now_ms += seconds * 1000
        if looked_at:
            before = +laws.totals(self.state)
            self.do(c.Tick())
            assert self.session.policy.hold_minutes is not None or +laws.totals(self.state) == before

    @under_way
    @rule(who=st.sampled_from(PEOPLE), quantity=few, variant_id=variant_ids)
    def somebody_buys_in_the_rush(self, who: Viewer, quantity: int, variant_id: str | None) -> None:
        deal, known = self.current(), len(self.state.reservations)
        variant = variant_id and sold_as(deal)
        action = Action(op=Op.SET, offer=deal.offer_id, variant=variant, quantity=quantity)
        outcome = self.say(who, read_as(Intent.BUY, action))
        if awaited(deal, self.now_ms):
            assert outcome in NOTHING_NOW
        new = list(self.state.reservations.values())[known:]
        inside = deal.starts_ms <= self.now_ms < deal.ends_ms
        assert {r.flash_id for r in new} <= {deal.id if inside else None}

    @ever
    @rule(who=st.sampled_from(PEOPLE), quantity=st.integers(0, 4))
    def somebody_taps_in_the_rush(self, who: Viewer, quantity: int) -> None:
        """A page's line is for all prices together, and it is whole or not at all."""
        deal = self.last()
        line = c.PageLine(offer_id=deal.offer_id, variant_id=sold_as(deal), quantity=quantity)
        before, known = laws.totals(self.state), self.line_of(who, deal)
        if self.do(c.PageOrder(viewer=who, lines=(line,))):
            assert self.line_of(who, deal) == quantity
        else:
            assert self.line_of(who, deal) == known
        self.check_no_one_else_is_touched(who, before)

    @ever
    @rule(
        data=st.data(),
        op=st.sampled_from([Op.SET, Op.ADD, Op.REDUCE, Op.CANCEL]),
        quantity=few,
    )
    def somebody_thinks_again(self, data: st.DataObject, op: Op, quantity: int) -> None:
        """改成 · 再加 · 少要 · 不要了: nobody has more than before beyond what they asked for."""
        who, deal = data.draw(st.sampled_from(PEOPLE)), self.last()
        before, known = laws.totals(self.state), self.line_of(who, deal)
        action = Action(op=op, offer=deal.offer_id, variant=sold_as(deal), quantity=quantity)
        outcome = self.say(who, read_as(Intent.CANCEL if op is Op.CANCEL else Intent.CHANGE, action))
        if outcome in ACTED:
            most = {Op.SET: quantity, Op.ADD: known + quantity, Op.REDUCE: known - quantity, Op.CANCEL: 0}[op]
            assert self.line_of(who, deal) <= most
        self.check_no_one_else_is_touched(who, before)

    @ever
    @rule(data=st.data(), quantity=st.integers(0, 4))
    def the_host_mends_what_somebody_has(self, data: st.DataObject, quantity: int) -> None:
        found = [r for r in self.changeable() if r.offer_id == self.last().offer_id]
        if not found:
            return
        mine, before = data.draw(st.sampled_from(found)), laws.totals(self.state)
        order = c.SetQuantity(reservation_id=mine.id, quantity=quantity)
        self.do(order if quantity else c.CancelReservation(reservation_id=mine.id, reason="打电话来不要了"))
        self.check_no_one_else_is_touched(mine.viewer, before)

    @ever
    @rule(
        who=st.sampled_from(PEOPLE),
        quantity=few,
        op=st.sampled_from([Op.SET, Op.ADD]),
        late_ms=st.sampled_from([1, 5_000, 60_000]),
    )
    def a_comment_is_worked_late(self, who: Viewer, quantity: int, op: Op, late_ms: int) -> None:
        """It is decided by when it came: also after the end, also where the clock was set back."""
        deal = self.last()
        now_ms, self.now_ms = self.now_ms, max(EVENING_MS, self.now_ms - late_ms)
        action = Action(op=op, offer=deal.offer_id, variant=sold_as(deal), quantity=quantity)
        self.say(who, read_as(Intent.BUY, action))
        self.now_ms = now_ms
