"""What is done at the counter, what is complained of, and the next evening."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from live.domain import commands as c
from live.domain.reservation import ReservationState
from nlp.types import STREAM, Evidence, Intent, Route
from tests.domain.factories import MINUTE_MS, read_as, start, stranger
from tests.domain.machine import HOST, PEOPLE, Room
from tests.domain.strategies import (
    cycles,
    offers,
    policies,
    promises,
)

if TYPE_CHECKING:
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.session import OrderCycle, Policy
    from live.domain.ticket import Promise
    from live.domain.viewer import Viewer

LONG = 25
"""So many steps an evening has before the next one may begin."""

BAD = read_as(Intent.COMPLAINT, route=Route.IGNORE)
NO_SOUND = replace(BAD, evidence=(Evidence(text="没声音", role=STREAM),))

somebody = precondition(lambda self: self.state.reservations)
fetching = precondition(lambda self: self.at_the_counter())
complained = precondition(lambda self: self.state.tickets)


class CounterRules(Room):
    """What is handed over, taken back, missed, redeemed and complained of."""

    # The counter

    def at_the_counter(self) -> list[Reservation]:
        there = (ReservationState.READY, ReservationState.NO_SHOW, ReservationState.COLLECTED)
        return [r for r in self.state.reservations.values() if r.state in there]

    @fetching
    @rule(data=st.data(), some=st.booleans(), bag=st.booleans(), weight=st.none() | st.integers(0, 5_000))
    def somebody_fetches(self, data: st.DataObject, some: bool, bag: bool, weight: int | None) -> None:
        found = data.draw(st.sampled_from(self.at_the_counter()))
        weights = {} if weight is None else {found.id: weight}
        self.touching_no_one(
            c.Collect(
                pickup_code=found.pickup_code,
                reservation_ids=(found.id,) if some else None,
                weights_milli=weights,
                own_bag=bag,
            )
        )

    @rule(who=st.sampled_from(PEOPLE), bag=st.booleans())
    def somebody_shows_their_code(self, who: Viewer, bag: bool) -> None:
        self.touching_no_one(c.Collect(pickup_code=self.code(who), own_bag=bag))

    @fetching
    @rule(data=st.data(), some=st.booleans(), seconds=st.sampled_from([0, 30, 90]))
    def a_slip_is_taken_back(self, data: st.DataObject, some: bool, seconds: int) -> None:
        found = data.draw(st.sampled_from(self.at_the_counter()))
        self.now_ms += seconds * 1000
        undo = c.UndoCollect(pickup_code=found.pickup_code, reservation_ids=(found.id,) if some else None)
        self.touching_no_one(undo)

    @fetching
    @rule(data=st.data())
    def nobody_comes(self, data: st.DataObject) -> None:
        found = data.draw(st.sampled_from(self.at_the_counter()))
        self.touching_no_one(c.MarkNoShow(reservation_id=found.id))

    @somebody
    @rule(who=st.sampled_from(PEOPLE), points=st.integers(-1, 3))
    def points_are_redeemed(self, who: Viewer, points: int) -> None:
        had = self.state.standing(who.key).points
        done = self.touching_no_one(c.RedeemPoints(pickup_code=self.code(who), points=points))
        assert not done or 0 < points <= had
        assert self.state.standing(who.key).points == had - (points if done else 0)

    # Complaints

    @rule(who=st.sampled_from([*PEOPLE, None]), live=st.booleans())
    def somebody_complains(self, who: Viewer | None, live: bool) -> None:
        if not self.session.running:
            return
        before = deepcopy((self.state.reservations, self.state.offers))
        said = self.say(who or stranger(f"m-{len(self.log)}"), NO_SOUND if live else BAD)
        self.complaints += 1
        assert said == "none"
        assert (self.state.reservations, self.state.offers) == before

    @rule()
    def the_host_says_that_there_is_no_sound(self) -> None:
        if self.session.running:
            assert self.say(HOST, NO_SOUND) == "host"

    @complained
    @rule(data=st.data(), promise=promises)
    def the_host_answers(self, data: st.DataObject, promise: Promise | None) -> None:
        ticket = data.draw(st.sampled_from(list(self.state.tickets)))
        self.touching_no_one(c.AnswerTicket(ticket_id=ticket, text="这就办", promise=promise))

    @complained
    @rule(data=st.data())
    def the_host_settles(self, data: st.DataObject) -> None:
        ticket = data.draw(st.sampled_from(list(self.state.tickets)))
        self.touching_no_one(c.CloseTicket(ticket_id=ticket))
        assert self.state.tickets[ticket].state == "closed"

    # The next evening

    @precondition(lambda self: self.session.cycle.closed and self.since_the_start() > LONG)
    @rule(found=offers(), policy=policies, cycle=cycles)
    def another_evening_begins(self, found: tuple[Offer, ...], policy: Policy, cycle: OrderCycle) -> None:
        """What this one leaves behind its viewers is remembered; everything else of it is gone from the room."""
        before = {who.key: self._remembered(who) for who in PEOPLE}
        if self.session.running:
            self.touching_no_one(c.EndSession())
        self.cutoff_ms = self.now_ms + 180 * MINUTE_MS
        period = replace(cycle, cutoff_at_ms=self.cutoff_ms, pickup_at_ms=self.cutoff_ms + 600 * MINUTE_MS)
        assert self.do(start(*found, policy=policy, session_id=f"s{len(self.log)}", cycle=period))
        self.complaints, self.began = 0, len(self.log)
        assert not (self.state.reservations)
        assert not (self.state.baskets)
        assert not (self.state.tickets)
        for who in PEOPLE:
            assert (self.state.standing(who.key).no_shows, self.state.standing(who.key).points) == before[who.key]

    def _remembered(self, who: Viewer) -> tuple[int, int]:
        """No-shows and points of a viewer, this evening's too."""
        standing = self.state.standing(who.key)
        rows = self.state.reservations.values()
        missed = sum(r.viewer.key == who.key and r.state is ReservationState.NO_SHOW for r in rows)
        return standing.no_shows + missed, standing.points
