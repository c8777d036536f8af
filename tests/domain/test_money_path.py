"""Random evenings: whatever viewers say and hosts do, no promise is broken and none is lost."""

from __future__ import annotations

import os
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from live.domain import commands as c
from live.domain.handle import handle
from live.domain.offer import Offer, OfferPhase, Variant
from live.domain.receive import receive
from live.domain.refusal import Refused
from live.domain.reservation import CHANGEABLE, Reservation
from live.domain.session import Policy, Repeat
from live.domain.state import RoomState
from nlp.types import Action, Classification, Intent, Op, PromptMeaning, Route
from tests.domain import laws
from tests.domain.factories import CODES, CUTOFF_MS, EVENING_MS, HOST_NAME, comment, read_as, start, stranger, viewer

if TYPE_CHECKING:
    from live.domain.commands import Command
    from live.domain.events import Event
    from live.domain.viewer import Viewer

EVENINGS = int(os.environ.get("LINBO_EVENINGS", "100"))
"""How many random evenings a run goes through; more of them for a night's search."""

PEOPLE = [viewer("张姐"), viewer("李叔"), viewer("赵奶奶", platform="douyin")]
HOST = viewer(HOST_NAME)
CHANGES = [Intent.CHANGE, Intent.CANCEL, Intent.BUY]
ACTED = {"reserved", "partly_waitlisted", "waitlisted", "changed", "cancelled"}

quotas = st.integers(0, 8)
few = st.integers(1, 5)
limits = st.none() | st.integers(1, 5)
offer_ids = st.sampled_from(["egg", "apple", "pear"])
variant_ids = st.sampled_from([None, "l", "s"])
policies = st.builds(
    Policy,
    repeat=st.sampled_from(Repeat),
    cancel_by_comment=st.booleans(),
    hold_minutes=st.none() | st.integers(1, 20),
    max_auto_quantity=st.integers(2, 20),
)
actions = st.builds(
    Action,
    op=st.sampled_from(Op),
    offer=offer_ids | st.sampled_from([None, "litchi"]),
    variant=variant_ids | st.just("xl"),
    quantity=st.integers(1, 6) | st.sampled_from([None, 0, -2]),
)
plain = st.builds(Action, op=st.just(Op.SET), offer=offer_ids, variant=variant_ids, quantity=few)
readings = st.builds(
    lambda intent, found, route: read_as(intent, *found, route=route),
    st.sampled_from([Intent.BUY, Intent.BUY, Intent.CHANGE, Intent.CANCEL]),
    st.lists(actions, min_size=1, max_size=3) | st.lists(plain, min_size=1, max_size=2),
    st.sampled_from([Route.AUTO, Route.AUTO, Route.AUTO, Route.CONFIRM, Route.ASK, Route.IGNORE]),
)


@st.composite
def offers(draw: st.DrawFn) -> tuple[Offer, ...]:
    """Three offers: one plain, one with variants and quotas of their own, one for later."""
    apple_quota = draw(st.none() | quotas)
    plain_one = Offer(
        id="egg", number=1, title="土鸡蛋", price_fen=3990, quota=draw(quotas), per_viewer_limit=draw(limits)
    )
    sized = Offer(
        id="apple",
        number=2,
        title="红富士",
        price_fen=5900,
        quota=draw(quotas),
        per_viewer_limit=draw(limits),
        variants=(Variant(id="l", name="大果", quota=draw(quotas)), Variant(id="s", name="小果", quota=apple_quota)),
    )
    later = Offer(id="pear", number=3, title="皇冠梨", price_fen=2990, quota=draw(quotas), phase=OfferPhase.LISTED)
    return plain_one, sized, later


class AnyEvening(RuleBasedStateMachine):
    """A room, its twin that sees the events alone, and the log of what was said and done."""

    def __init__(self) -> None:
        super().__init__()
        self.state = RoomState(room="r1")
        self.twin = RoomState(room="r1")
        self.now_ms = EVENING_MS
        self.log: list[tuple[int, str, Command | tuple[Viewer, Classification]]] = []

    @initialize(found=offers(), policy=policies)
    def begin(self, found: tuple[Offer, ...], policy: Policy) -> None:
        assert self._do(start(*found, policy=policy))

    @rule(who=st.sampled_from(PEOPLE), read=readings)
    def a_viewer_says_something(self, who: Viewer, read: Classification) -> None:
        before, known = laws.totals(self.state), deepcopy(self.state)
        outcome = self._say(who, read)
        self._check_no_one_else_is_touched(who, before)
        self._check_what_a_comment_may_do(who, known)
        if outcome not in ACTED:
            assert self.state.reservations == known.reservations
            assert self.state.offers == known.offers

    @rule(who=st.sampled_from(PEOPLE), action=plain)
    def a_viewer_orders(self, who: Viewer, action: Action) -> None:
        self.a_viewer_says_something(who, read_as(Intent.BUY, action))

    @precondition(lambda self: self._changeable())
    @rule(data=st.data(), op=st.sampled_from(Op), quantity=few, intent=st.sampled_from(CHANGES))
    def a_viewer_changes_what_they_have(self, data: st.DataObject, op: Op, quantity: int, intent: Intent) -> None:
        mine = data.draw(st.sampled_from(self._changeable()))
        said = Action(op=op, offer=mine.offer_id, variant=mine.variant_id, quantity=quantity)
        self.a_viewer_says_something(mine.viewer, read_as(intent, said))

    @rule(read=readings)
    def somebody_hidden_says_something(self, read: Classification) -> None:
        before = deepcopy(self.state.reservations)
        assert self._say(stranger(f"m-{len(self.log)}"), read) not in ACTED
        assert self.state.reservations == before

    @rule(read=readings)
    def the_host_says_something(self, read: Classification) -> None:
        before = deepcopy((self.state.reservations, self.state.pending))
        assert self._say(HOST, read) == "host"
        assert (self.state.reservations, self.state.pending) == before

    @rule(who=st.sampled_from(PEOPLE), offer_id=offer_ids, variant_id=variant_ids, quantity=st.integers(0, 6))
    def the_host_reserves_for_a_viewer(self, who: Viewer, offer_id: str, variant_id: str | None, quantity: int) -> None:
        before = laws.totals(self.state)
        order = c.Reserve(viewer=who, offer_id=offer_id, variant_id=variant_id, quantity=quantity)
        if self._do(order):
            before[who.key, offer_id] += quantity
        assert +laws.totals(self.state) == +before

    @precondition(lambda self: self.state.reservations)
    @rule(data=st.data(), quantity=st.integers(0, 6))
    def the_host_sets_a_quantity_twice(self, data: st.DataObject, quantity: int) -> None:
        found = data.draw(st.sampled_from(list(self.state.reservations.values())))
        order = c.SetQuantity(reservation_id=found.id, quantity=quantity)
        before = laws.totals(self.state)
        self._do(order)
        self._check_no_one_else_is_touched(found.viewer, before)
        once = laws.totals(self.state)
        self._do(order)
        assert laws.totals(self.state) == once

    @precondition(lambda self: self.state.reservations)
    @rule(data=st.data())
    def the_host_cancels(self, data: st.DataObject) -> None:
        found = data.draw(st.sampled_from(list(self.state.reservations.values())))
        before = laws.totals(self.state)
        self._do(c.CancelReservation(reservation_id=found.id, reason="顾客打电话来"))
        self._check_no_one_else_is_touched(found.viewer, before)

    @precondition(lambda self: self.state.pending)
    @rule(data=st.data(), corrected=st.none() | st.lists(actions, max_size=2).map(tuple))
    def the_host_accepts(self, data: st.DataObject, corrected: tuple[Action, ...] | None) -> None:
        found = data.draw(st.sampled_from(list(self.state.pending.values())))
        before = laws.totals(self.state)
        done = self._do(c.AcceptComment(comment_id=f"{found.platform}/{found.id}", actions=corrected))
        self._check_no_one_else_is_touched(found.viewer, before)
        assert ((found.platform, found.id) in self.state.pending) is not done

    @precondition(lambda self: self.state.pending)
    @rule(data=st.data())
    def the_host_dismisses(self, data: st.DataObject) -> None:
        found = data.draw(st.sampled_from(list(self.state.pending.values())))
        before = laws.totals(self.state)
        assert self._do(c.DismissComment(comment_id=f"{found.platform}/{found.id}"))
        assert laws.totals(self.state) == before

    @rule(offer_id=offer_ids, variant_id=variant_ids | st.just("xl"), quantity=st.integers(0, 5))
    def goods_arrive(self, offer_id: str, variant_id: str | None, quantity: int) -> None:
        self._touching_no_one(c.Restock(offer_id=offer_id, variant_id=variant_id, quantity=quantity))

    @rule(offer_id=offer_ids, quota=quotas, limit=limits, price_fen=st.sampled_from([2990, 3990]))
    def the_host_changes_an_offer(self, offer_id: str, quota: int, limit: int | None, price_fen: int) -> None:
        changes = {"quota": quota, "per_viewer_limit": limit, "price_fen": price_fen}
        self._touching_no_one(c.UpdateOffer(offer_id=offer_id, changes=changes))

    @rule(large=st.none() | quotas, small=st.none() | quotas, both=st.booleans())
    def the_host_changes_the_variants(self, large: int | None, small: int | None, both: bool) -> None:
        variants = (Variant(id="l", name="大果", quota=large), Variant(id="s", name="小果", quota=small))
        self._touching_no_one(c.UpdateOffer(offer_id="apple", changes={"variants": variants if both else variants[:1]}))

    @rule(offer_id=offer_ids, tap=st.sampled_from([c.OpenOffer, c.CloseOffer, c.PinOffer]))
    def the_host_taps_an_offer(self, offer_id: str, tap: type[c.OpenOffer | c.CloseOffer | c.PinOffer]) -> None:
        self._touching_no_one(tap(offer_id=offer_id))

    @rule(ref_id=st.none() | offer_ids, meaning=st.sampled_from(PromptMeaning))
    def the_host_opens_a_prompt(self, ref_id: str | None, meaning: PromptMeaning) -> None:
        prompt = c.OpenPrompt(prompt_id=f"p-{len(self.log)}", keyword="1", meaning=meaning, ref_id=ref_id, seconds=90)
        self._touching_no_one(prompt)

    @rule()
    def the_host_closes_the_prompt(self) -> None:
        self._touching_no_one(c.ClosePrompt())

    @rule(minutes=st.sampled_from([1, 5, 20]))
    def time_passes(self, minutes: int) -> None:
        self.now_ms += minutes * 60_000
        due = {
            r.id
            for r in self.state.reservations.values()
            if r.state == "reserved" and r.expires_ms is not None and r.expires_ms <= self.now_ms
        }
        before = laws.totals(self.state)
        for rid in due:
            gone = self.state.reservations[rid]
            before[gone.viewer.key, gone.offer_id] -= gone.quantity
        self._do(c.Tick())
        assert +laws.totals(self.state) == +before
        assert {self.state.reservations[rid].state.value for rid in due} <= {"expired"}

    @precondition(lambda self: len(self.log) > 30)
    @rule()
    def the_cutoff_comes(self) -> None:
        self.now_ms = max(self.now_ms, CUTOFF_MS)
        self._do(c.Tick())

    @precondition(lambda self: len(self.log) > 30)
    @rule()
    def the_broadcast_ends(self) -> None:
        self._touching_no_one(c.EndSession())

    @invariant()
    def the_laws_hold(self) -> None:
        laws.check_promises(self.state)
        laws.check_rest(self.state)
        self.twin.n, self.twin.comments = self.state.n, self.state.comments
        laws.check_same(self.state, self.twin)

    def _changeable(self) -> list[Reservation]:
        rows = self.state.reservations.values()
        return [r for r in rows if r.state in CHANGEABLE and not r.viewer.weak]

    def teardown(self) -> None:
        """The same log gives the same state and the same ids again."""
        again = RoomState(room="r1")
        for now_ms, cause, entry in self.log:
            if isinstance(entry, tuple):
                said = comment(by=entry[0], id=cause, at_ms=now_ms)
                receive(again, said, entry[1], received_ms=now_ms, pickup_code=CODES)
            else:
                handle(again, entry, now_ms=now_ms, cause=cause, pickup_code=CODES)
        laws.check_same(self.state, again)

    def _say(self, who: Viewer, read: Classification) -> str:
        before, cause = laws.totals(self.state), f"m-{len(self.log)}"
        self.log.append((self.now_ms, cause, (who, read)))
        said = comment(by=who, id=cause, at_ms=self.now_ms)
        answered, events = receive(self.state, said, read, received_ms=self.now_ms, pickup_code=CODES)
        self._take_in(events, before)
        note(f"{cause}: {answered.outcome} {answered.reason}")
        return answered.outcome

    def _do(self, command: Command) -> bool:
        before, cause = laws.totals(self.state), f"c-{len(self.log)}"
        untouched = deepcopy(self.state)
        self.log.append((self.now_ms, cause, command))
        result = handle(self.state, command, now_ms=self.now_ms, cause=cause, pickup_code=CODES)
        if isinstance(result, Refused):
            note(f"{cause}: {result.code} {result.detail}")
            laws.check_same(self.state, untouched)
            return False
        self._take_in(result, before)
        return True

    def _take_in(self, events: list[Event], before: laws.Totals) -> None:
        laws.fold(self.twin, events)
        laws.check_limits(self.state, before)

    def _touching_no_one(self, command: Command) -> None:
        before = laws.totals(self.state)
        self._do(command)
        assert laws.totals(self.state) == before

    def _check_no_one_else_is_touched(self, who: Viewer, before: laws.Totals) -> None:
        after = laws.totals(self.state)
        assert [item for item in after.items() if item[0][0] != who.key] == [
            item for item in before.items() if item[0][0] != who.key
        ]

    def _check_what_a_comment_may_do(self, who: Viewer, known: RoomState) -> None:
        """More only of what is open, within the shop's measure; all of it gone only where comments may cancel."""
        session = known.session
        assert session is not None
        before, after = laws.totals(known), laws.totals(self.state)
        over = not session.running or self.now_ms >= session.cycle.cutoff_at_ms
        for offer in known.offers.values():
            had, has = before[who.key, offer.id], after[who.key, offer.id]
            assert has == had or (offer.phase is OfferPhase.OPEN and not over)
            assert has - had <= session.policy.max_auto_quantity
            assert has or not had or session.policy.cancel_by_comment
        assert _handled(self.state, who) == _handled(known, who)


def _handled(state: RoomState, who: Viewer) -> Counter[str]:
    """What a viewer has by the host's own hand."""
    found: Counter[str] = Counter()
    for r in state.reservations.values():
        if r.viewer.key == who.key and r.handled:
            found[r.offer_id] += r.holds + r.waits
    return found


TestAnyEvening = AnyEvening.TestCase
TestAnyEvening.settings = settings(
    max_examples=EVENINGS,
    report_multiple_bugs=False,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
