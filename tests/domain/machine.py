"""A room, its twin that sees the events alone, and the log of what was said and done: what the random evenings drive."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant

from live.domain.flash import awaited
from live.domain.handle import handle
from live.domain.offer import OfferPhase
from live.domain.receive import receive
from live.domain.refusal import Refused
from live.domain.reservation import CHANGEABLE
from live.domain.state import RoomState
from tests.domain import laws
from tests.domain.factories import CODES, CUTOFF_MS, EVENING_MS, HOST_NAME, comment, pickup_code, viewer

if TYPE_CHECKING:
    from live.domain.commands import Command
    from live.domain.events import Event
    from live.domain.reservation import Reservation
    from live.domain.session import LiveSession
    from live.domain.viewer import Viewer
    from nlp.types import Classification

PEOPLE = [viewer("张姐"), viewer("李叔"), viewer("赵奶奶", platform="douyin")]
HOST = viewer(HOST_NAME)
ACTED = {"reserved", "partly_waitlisted", "waitlisted", "changed", "cancelled"}


class Room(RuleBasedStateMachine):
    """Every step is checked against the laws, against the twin, and at the end against the log."""

    def __init__(self) -> None:
        super().__init__()
        self.state = RoomState(room="r1")
        self.twin = RoomState(room="r1")
        self.now_ms = EVENING_MS
        self.cutoff_ms = CUTOFF_MS
        self.log: list[tuple[int, str, Command | tuple[Viewer, Classification]]] = []
        self.complaints = 0
        self.began = 0

    def changeable(self) -> list[Reservation]:
        """What may still change and has a viewer who can be told from others."""
        rows = self.state.reservations.values()
        return [r for r in rows if r.state in CHANGEABLE and not r.viewer.weak]

    def code(self, who: Viewer) -> str:
        """A viewer's pickup code of this evening."""
        return pickup_code(self.session.id, who.key)

    def since_the_start(self) -> int:
        """How many steps this evening has had."""
        return len(self.log) - self.began

    @property
    def session(self) -> LiveSession:
        assert self.state.session is not None
        return self.state.session

    @property
    def over(self) -> bool:
        """Whether the cut-off has come, told or not."""
        return not self.session.takes_orders(self.now_ms)

    @invariant()
    def the_laws_hold(self) -> None:
        if self.state.session is not None:
            laws.check_promises(self.state)
            laws.check_rest(self.state)
            laws.check_cycle(self.state)
            laws.check_counter(self.state)
            laws.check_tickets(self.state, self.complaints)
        self.twin.n, self.twin.comments = self.state.n, self.state.comments
        laws.check_same(self.state, self.twin)

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

    def say(self, who: Viewer, read: Classification) -> str:
        """Let somebody say something; returns the outcome."""
        before, cause = laws.priced(self.state), f"m-{len(self.log)}"
        self.log.append((self.now_ms, cause, (who, read)))
        said = comment(by=who, id=cause, at_ms=self.now_ms)
        answered, events = receive(self.state, said, read, received_ms=self.now_ms, pickup_code=CODES)
        self._take_in(events, before)
        note(f"{cause}: {answered.outcome} {answered.reason}")
        return answered.outcome

    def do(self, command: Command) -> bool:
        """Give an order; returns whether it was taken. One that is refused changes nothing."""
        before, cause = laws.priced(self.state), f"c-{len(self.log)}"
        untouched = deepcopy(self.state)
        self.log.append((self.now_ms, cause, command))
        result = handle(self.state, command, now_ms=self.now_ms, cause=cause, pickup_code=CODES)
        if isinstance(result, Refused):
            note(f"{cause}: {result.code} {result.detail}")
            laws.check_same(self.state, untouched)
            return False
        self._take_in(result, before)
        return True

    def _take_in(self, events: list[Event], before: laws.Priced) -> None:
        laws.fold(self.twin, events)
        laws.check_limits(self.state, before)

    def touching_no_one(self, command: Command) -> bool:
        """Give an order that is nobody's reservation's business."""
        before = laws.totals(self.state)
        done = self.do(command)
        assert laws.totals(self.state) == before
        return done

    def check_no_one_else_is_touched(self, who: Viewer, before: laws.Totals) -> None:
        """What others hold and wait for is as it was; who is promoted has as much as before."""
        after = laws.totals(self.state)
        assert [item for item in after.items() if item[0][0] != who.key] == [
            item for item in before.items() if item[0][0] != who.key
        ]

    def check_what_a_viewer_may_do(self, who: Viewer, known: RoomState, *, may_cancel: bool) -> None:
        """More only of what is open, within the shop's measure; nothing of what the host has decided."""
        session = known.session
        assert session is not None
        before, after = laws.totals(known), laws.totals(self.state)
        missed, most = known.standing(who.key).no_shows, session.policy.max_no_shows
        for offer in known.offers.values():
            had, has = before[who.key, offer.id], after[who.key, offer.id]
            assert has == had or not self.over
            assert has <= had or offer.phase is OfferPhase.OPEN
            assert has <= had or not awaited(known.flash_of(offer.id, self.now_ms), self.now_ms)
            assert has <= had or not known.turned_away(who.key, offer.id)
            assert has <= had or most is None or missed < most
            assert has - had <= session.policy.max_auto_quantity
            assert has or not had or may_cancel
        assert _handled(self.state, who) == _handled(known, who)


def _handled(state: RoomState, who: Viewer) -> Counter[str]:
    """What a viewer has by the host's own hand."""
    found: Counter[str] = Counter()
    for r in state.reservations.values():
        if r.viewer.key == who.key and r.handled:
            found[r.offer_id] += r.holds + r.waits
    return found
