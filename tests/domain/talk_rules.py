"""What viewers say, and what the host and the clock do while the broadcast runs."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from live.domain import commands as c
from live.domain.desk_commands import UndoComment
from live.domain.offer import Variant
from nlp.types import Action, Classification, Intent, Op, PromptMeaning
from tests.domain import laws
from tests.domain.factories import read_as, stranger
from tests.domain.machine import ACTED, HOST, PEOPLE, Room
from tests.domain.strategies import actions, few, limits, offer_ids, plain, quotas, readings, variant_ids

if TYPE_CHECKING:
    from live.domain.viewer import Viewer


def _of(who: Viewer, had: laws.Priced) -> laws.Priced:
    return +laws.Priced({key: quantity for key, quantity in had.items() if key[0] == who.key})


CHANGES = [Intent.CHANGE, Intent.CANCEL, Intent.BUY]


class TalkRules(Room):
    """Comments of viewers, strangers and hosts, commands by hand, and the clock."""

    @rule(who=st.sampled_from(PEOPLE), read=readings)
    def a_viewer_says_something(self, who: Viewer, read: Classification) -> None:
        before, known = laws.totals(self.state), deepcopy(self.state)
        outcome = self.say(who, read)
        self.check_no_one_else_is_touched(who, before)
        self.check_what_a_viewer_may_do(who, known, may_cancel=self.session.policy.cancel_by_comment)
        if outcome not in ACTED:
            assert self.state.reservations == known.reservations
            assert self.state.offers == known.offers

    @rule(who=st.sampled_from(PEOPLE), action=plain)
    def a_viewer_orders(self, who: Viewer, action: Action) -> None:
        self.a_viewer_says_something(who, read_as(Intent.BUY, action))

    @precondition(lambda self: self.changeable())
    @rule(data=st.data(), op=st.sampled_from(Op), quantity=few, intent=st.sampled_from(CHANGES))
    def a_viewer_changes_what_they_have(self, data: st.DataObject, op: Op, quantity: int, intent: Intent) -> None:
        mine = data.draw(st.sampled_from(self.changeable()))
        said = Action(op=op, offer=mine.offer_id, variant=mine.variant_id, quantity=quantity)
        self.a_viewer_says_something(mine.viewer, read_as(intent, said))

    @rule(read=readings)
    def somebody_hidden_says_something(self, read: Classification) -> None:
        before = deepcopy(self.state.reservations)
        assert self.say(stranger(f"m-{len(self.log)}"), read) not in ACTED
        assert self.state.reservations == before

    @rule(read=readings)
    def the_host_says_something(self, read: Classification) -> None:
        before = deepcopy((self.state.reservations, self.state.pending))
        assert self.say(HOST, read) == "host"
        assert (self.state.reservations, self.state.pending) == before

    @rule(who=st.sampled_from(PEOPLE), offer_id=offer_ids, variant_id=variant_ids, quantity=st.integers(0, 6))
    def the_host_reserves_for_a_viewer(self, who: Viewer, offer_id: str, variant_id: str | None, quantity: int) -> None:
        before = laws.totals(self.state)
        order = c.Reserve(viewer=who, offer_id=offer_id, variant_id=variant_id, quantity=quantity)
        if self.do(order):
            before[who.key, offer_id] += quantity
        assert +laws.totals(self.state) == +before

    @precondition(lambda self: self.state.reservations)
    @rule(data=st.data(), quantity=st.integers(0, 6))
    def the_host_sets_a_quantity_twice(self, data: st.DataObject, quantity: int) -> None:
        found = data.draw(st.sampled_from(list(self.state.reservations.values())))
        order = c.SetQuantity(reservation_id=found.id, quantity=quantity)
        before = laws.totals(self.state)
        self.do(order)
        self.check_no_one_else_is_touched(found.viewer, before)
        once = laws.totals(self.state)
        self.do(order)
        assert laws.totals(self.state) == once

    @precondition(lambda self: self.state.reservations)
    @rule(data=st.data())
    def the_host_cancels(self, data: st.DataObject) -> None:
        found = data.draw(st.sampled_from(list(self.state.reservations.values())))
        before = laws.totals(self.state)
        self.do(c.CancelReservation(reservation_id=found.id, reason="顾客打电话来"))
        self.check_no_one_else_is_touched(found.viewer, before)

    @precondition(lambda self: self.state.pending)
    @rule(data=st.data(), corrected=st.none() | st.lists(actions, max_size=2).map(tuple))
    def the_host_accepts(self, data: st.DataObject, corrected: tuple[Action, ...] | None) -> None:
        found = data.draw(st.sampled_from(list(self.state.pending.values())))
        before = laws.totals(self.state)
        done = self.do(c.AcceptComment(comment_id=f"{found.platform}/{found.id}", actions=corrected))
        self.check_no_one_else_is_touched(found.viewer, before)
        assert ((found.platform, found.id) in self.state.pending) is not done

    @precondition(lambda self: self.state.pending)
    @rule(data=st.data())
    def the_host_dismisses(self, data: st.DataObject) -> None:
        found = data.draw(st.sampled_from(list(self.state.pending.values())))
        before = laws.totals(self.state)
        assert self.do(c.DismissComment(comment_id=f"{found.platform}/{found.id}"))
        assert laws.totals(self.state) == before

    @precondition(lambda self: self.state.pending)
    @rule(data=st.data(), corrected=st.none() | st.lists(actions, max_size=2).map(tuple))
    def the_host_accepts_and_takes_it_back(self, data: st.DataObject, corrected: tuple[Action, ...] | None) -> None:
        found = data.draw(st.sampled_from(list(self.state.pending.values())))
        queue, before = list(self.state.pending.values()), laws.priced(self.state)
        name = f"{found.platform}/{found.id}"
        if self.do(c.AcceptComment(comment_id=name, actions=corrected)) and self.do(UndoComment(comment_id=name)):
            assert list(self.state.pending.values()) == sorted(queue, key=lambda each: each.n)
            assert _of(found.viewer, laws.priced(self.state)) == _of(found.viewer, before)

    @rule(offer_id=offer_ids, variant_id=variant_ids | st.just("xl"), quantity=st.integers(0, 5))
    def goods_arrive(self, offer_id: str, variant_id: str | None, quantity: int) -> None:
        self.touching_no_one(c.Restock(offer_id=offer_id, variant_id=variant_id, quantity=quantity))

    @rule(offer_id=offer_ids, quota=quotas, limit=limits, price_fen=st.sampled_from([2990, 3990]))
    def the_host_changes_an_offer(self, offer_id: str, quota: int, limit: int | None, price_fen: int) -> None:
        changes = {"quota": quota, "per_viewer_limit": limit, "price_fen": price_fen}
        self.touching_no_one(c.UpdateOffer(offer_id=offer_id, changes=changes))

    @rule(large=st.none() | quotas, small=st.none() | quotas, both=st.booleans())
    def the_host_changes_the_variants(self, large: int | None, small: int | None, both: bool) -> None:
        variants = (Variant(id="l", name="大果", quota=large), Variant(id="s", name="小果", quota=small))
        self.touching_no_one(c.UpdateOffer(offer_id="apple", changes={"variants": variants if both else variants[:1]}))

    @rule(offer_id=offer_ids, tap=st.sampled_from([c.OpenOffer, c.CloseOffer, c.PinOffer]))
    def the_host_taps_an_offer(self, offer_id: str, tap: type[c.OpenOffer | c.CloseOffer | c.PinOffer]) -> None:
        self.touching_no_one(tap(offer_id=offer_id))

    @rule(ref_id=st.none() | offer_ids, meaning=st.sampled_from(PromptMeaning))
    def the_host_opens_a_prompt(self, ref_id: str | None, meaning: PromptMeaning) -> None:
        prompt = c.OpenPrompt(prompt_id=f"p-{len(self.log)}", keyword="1", meaning=meaning, ref_id=ref_id, seconds=90)
        self.touching_no_one(prompt)

    @rule()
    def the_host_closes_the_prompt(self) -> None:
        self.touching_no_one(c.ClosePrompt())

    @rule(minutes=st.sampled_from([1, 5, 20]))
    def time_passes(self, minutes: int) -> None:
        """Up to the cut-off, which has a rule of its own: it ends more than holds."""
        ahead = self.now_ms + minutes * 60_000
        self.now_ms = ahead if self.session.cycle.closed else max(self.now_ms, min(ahead, self.cutoff_ms - 1))
        due = {
            r.id
            for r in self.state.reservations.values()
            if r.state == "reserved" and r.expires_ms is not None and r.expires_ms <= self.now_ms
        }
        before = laws.totals(self.state)
        for rid in due:
            gone = self.state.reservations[rid]
            before[gone.viewer.key, gone.offer_id] -= gone.quantity
        self.do(c.Tick())
        assert +laws.totals(self.state) == +before
        assert {self.state.reservations[rid].state.value for rid in due} <= {"expired"}

    @precondition(lambda self: self.since_the_start() > 30)
    @rule()
    def the_broadcast_ends(self) -> None:
        self.touching_no_one(c.EndSession())
