"""Small builders for the tests of the domain: an evening at 20:00, a room that is driven by commands and comments."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from live.domain import commands as c
from live.domain.comment import AnsweredComment, Comment
from live.domain.events import Event, EventKind
from live.domain.handle import handle
from live.domain.offer import Offer, OfferPhase, Variant
from live.domain.receive import receive
from live.domain.refusal import Refused
from live.domain.reservation import Reservation, ReservationState
from live.domain.session import LiveSession, OrderCycle, PickupPoint, Policy, Repeat, SessionState
from live.domain.state import RoomState
from live.domain.viewer import Viewer, identify
from nlp.types import Action, Classification, Intent, Op, Route, Stage

if TYPE_CHECKING:
    from live.domain.basket import Basket
    from live.domain.commands import Command
    from live.domain.draft import PickupCodes
    from nlp.asking import Asking

EVENING_MS = 1_767_787_200_000
"""2026-01-07 20:00 in Beijing."""
MINUTE_MS = 60_000
CUTOFF_MS = EVENING_MS + 180 * MINUTE_MS
PICKUP_MS = EVENING_MS + 20 * 60 * MINUTE_MS
POINT = PickupPoint(id="p1", name="东门便利店", address="东门路 1 号")
WEST = PickupPoint(id="p2", name="西关小学", address="西关路 8 号")
CYCLE = OrderCycle(cutoff_at_ms=CUTOFF_MS, pickup_at_ms=PICKUP_MS, pickup_points=(POINT,))
TWO_POINTS = replace(CYCLE, pickup_points=(POINT, WEST))
NO_POINTS = replace(CYCLE, pickup_points=())
HOST_NAME = "小王助播"


def pickup_code(session_id: str, viewer_key: str) -> str:
    """A code that says whom it is for: tests read it."""
    return f"code/{session_id}/{viewer_key}"


CODES: PickupCodes = pickup_code


def viewer(name: str = "张姐", *, platform: str = "wechat_channels") -> Viewer:
    """A viewer whose id is known."""
    return identify(platform=platform, user_id=f"u-{name}", name=name, cause="unused")


def stranger(cause: str, name: str = "堂***") -> Viewer:
    """A viewer whom the platform hides."""
    return identify(platform="douyin", user_id="111111", name=name, cause=cause)


def egg(*, quota: int = 10, limit: int | None = None, phase: OfferPhase = OfferPhase.OPEN) -> Offer:
    """An offer without variants."""
    return Offer(
        id="egg",
        number=1,
        title="土鸡蛋 30 枚",
        aliases=("鸡蛋",),
        unit="箱",
        price_fen=3990,
        quota=quota,
        per_viewer_limit=limit,
        phase=phase,
    )


def apple(*, quota: int = 10, large: int | None = 4, small: int | None = None, limit: int | None = None) -> Offer:
    """An offer with two variants: 大果 with a quota of its own, 小果 sharing the offer's unless told."""
    return Offer(
        id="apple",
        number=2,
        title="红富士苹果",
        unit="箱",
        price_fen=5900,
        quota=quota,
        per_viewer_limit=limit,
        variants=(Variant(id="l", name="大果", quota=large), Variant(id="s", name="小果", quota=small)),
    )


def session(*, policy: Policy | None = None, hosts: tuple[str, ...] = (HOST_NAME,)) -> LiveSession:
    """A running session."""
    return LiveSession(
        id="s1",
        room="r1",
        title="周三的晚市",
        state=SessionState.RUNNING,
        cycle=CYCLE,
        policy=policy or Policy(),
        hosts=hosts,
        started_ms=EVENING_MS,
    )


def start(
    *offers: Offer, policy: Policy | None = None, session_id: str = "s1", cycle: OrderCycle = CYCLE
) -> c.StartSession:
    """The order that begins the evening."""
    return c.StartSession(
        session_id=session_id,
        title="周三的晚市",
        offers=offers,
        cycle=cycle,
        policy=policy or Policy(),
        hosts=(HOST_NAME,),
    )


def reservation(
    *,
    id: str = "r-1",  # noqa: A002  # the field is called id
    of: Viewer | None = None,
    quantity: int = 1,
    state: ReservationState = ReservationState.RESERVED,
    position: int = 1,
) -> Reservation:
    """A reservation of the egg offer."""
    return Reservation(
        id=id,
        session_id="s1",
        viewer=of or viewer(),
        offer_id="egg",
        variant_id=None,
        quantity=quantity,
        unit_price_fen=3990,
        state=state,
        pickup_code="code",
        position=position,
        made_ms=EVENING_MS,
        changed_ms=EVENING_MS,
    )


def act(op: Op, offer: str | None = "egg", quantity: int | None = None, variant: str | None = None) -> Action:
    """One action."""
    return Action(op=op, offer=offer, variant=variant, quantity=quantity)


def set_to(quantity: int | None, offer: str | None = "egg", variant: str | None = None) -> Action:
    """要 n 箱 · 改成 n 箱."""
    return act(Op.SET, offer, quantity, variant)


def add(quantity: int | None, offer: str | None = "egg", variant: str | None = None) -> Action:
    """再加 n 箱."""
    return act(Op.ADD, offer, quantity, variant)


def reduce(quantity: int | None, offer: str | None = "egg", variant: str | None = None) -> Action:
    """少要 n 箱."""
    return act(Op.REDUCE, offer, quantity, variant)


def cancel(offer: str | None = "egg", variant: str | None = None) -> Action:
    """不要了."""
    return act(Op.CANCEL, offer, None, variant)


def read_as(intent: Intent, *actions: Action, route: Route = Route.AUTO, reason: str = "") -> Classification:
    """What a comment was understood as."""
    return Classification(
        intent=intent,
        topic=None,
        confidence=0.98,
        route=route,
        actions=actions,
        evidence=(),
        stage=Stage.RULES,
        reason=reason,
    )


def comment(
    text: str = "要两箱鸡蛋",
    *,
    by: Viewer | None = None,
    id: str = "m-1",  # noqa: A002  # the field is called id
    at_ms: int = EVENING_MS,
) -> Comment:
    """A comment of a viewer, on the viewer's platform."""
    writer = by or viewer()
    return Comment(platform=writer.platform, id=id, viewer=writer, text=text, at_ms=at_ms)


@dataclass(kw_only=True, slots=True)
class Evening:
    """A room with a clock: tests read as what is said and done in it."""

    state: RoomState = field(default_factory=lambda: RoomState(room="r1"))
    now_ms: int = EVENING_MS
    events: list[Event] = field(default_factory=list)
    causes: int = 0

    def sells_at(self, price_fen: int, offer_id: str = "egg") -> None:
        """Let an offer have another price from now on, as a flash deal does."""
        offer = replace(self.state.offers[offer_id], price_fen=price_fen)
        self.state.apply(Event(kind=EventKind.OFFER_CHANGED, at_ms=self.now_ms, offer=offer))

    def do(self, command: Command) -> list[Event]:
        """Carry a command out that must not be refused; returns its events."""
        events = self.handle(command)
        assert not isinstance(events, Refused), events
        return events

    def refuse(self, command: Command) -> Refused:
        """Have a command refused."""
        refused = self.handle(command)
        assert isinstance(refused, Refused), refused
        return refused

    def handle(self, command: Command) -> list[Event] | Refused:
        """Carry a command out or have it refused."""
        result = handle(self.state, command, now_ms=self.now_ms, cause=self._cause("do"), pickup_code=CODES)
        if not isinstance(result, Refused):
            self.events += result
        return result

    def say(
        self,
        text: str,
        read: Classification,
        *,
        by: Viewer | None = None,
        id: str | None = None,  # noqa: A002  # the field is called id
        asking: Asking | None = None,
    ) -> AnsweredComment:
        """Let a viewer say something that is understood so; `asking` is what a question asks for."""
        said = comment(text, by=by, id=id or self._cause("m"), at_ms=self.now_ms)
        answered, events = receive(self.state, said, read, received_ms=self.now_ms, pickup_code=CODES, asking=asking)
        self.events += events
        return answered

    def asks(self, text: str, asking: Asking, *, by: Viewer | None = None) -> AnsweredComment:
        """甜不甜？"""
        return self.say(text, read_as(Intent.QUESTION, route=Route.IGNORE), by=by, asking=asking)

    def buys(self, quantity: int, offer: str = "egg", variant: str | None = None, *, by: Viewer | None = None) -> str:
        """要 n 箱; returns the outcome."""
        read = read_as(Intent.BUY, set_to(quantity, offer, variant))
        return self.say(f"要{quantity}箱", read, by=by).outcome

    def changes(self, *actions: Action, by: Viewer | None = None) -> str:
        """改成 n 箱 · 再加 n 箱 · 少要 n 箱; returns the outcome."""
        return self.say("改一下我的", read_as(Intent.CHANGE, *actions), by=by).outcome

    def cancels(self, *actions: Action, by: Viewer | None = None) -> str:
        """不要了; returns the outcome."""
        return self.say("不要了", read_as(Intent.CANCEL, *actions), by=by).outcome

    def wait(self, minutes: float) -> None:
        """Let time pass and the clock look at the room."""
        self.now_ms += int(minutes * MINUTE_MS)
        self.do(c.Tick())

    def cut_off(self) -> None:
        """Let the cut-off come by the clock."""
        self.now_ms = max(self.now_ms, CUTOFF_MS)
        self.do(c.Tick())

    def arrive(self, point_id: str | None = None) -> list[Event]:
        """Let the cut-off come by hand, if it has not, and then the goods."""
        if not self.cycle.closed:
            self.do(c.CloseCycle())
        return self.do(c.MarkReady(pickup_point_id=point_id))

    def fetches(self, by: Viewer | None = None, **collect: Any) -> list[Event]:
        """A viewer shows their code and gets what is there."""
        return self.do(c.Collect(pickup_code=self.code(by), **collect))

    def code(self, by: Viewer | None = None) -> str:
        """A viewer's pickup code."""
        return pickup_code("s1", (by or viewer()).key)

    @property
    def cycle(self) -> OrderCycle:
        """The session's cycle as it is now."""
        assert self.state.session is not None
        return self.state.session.cycle

    def basket(self, by: Viewer | None = None) -> Basket:
        """A viewer's basket."""
        return self.state.baskets[(by or viewer()).key]

    def offer(self, offer_id: str = "egg") -> Offer:
        """An offer as it is now."""
        return self.state.offers[offer_id]

    def has(self, by: Viewer | None = None) -> list[tuple[str, int]]:
        """A viewer's reservations that still count or wait, as (state, quantity)."""
        return [(r.state.value, r.quantity) for r in self.of(by) if r.holds or r.waits]

    def of(self, by: Viewer | None = None) -> list[Reservation]:
        """All reservations of a viewer, in order."""
        key = (by or viewer()).key
        return [r for r in self.state.reservations.values() if r.viewer.key == key]

    def only(self, by: Viewer | None = None) -> Reservation:
        """The one reservation of a viewer."""
        (one,) = self.of(by)
        return one

    def kinds(self) -> list[EventKind]:
        """What has happened, in order."""
        return [event.kind for event in self.events]

    def _cause(self, prefix: str) -> str:
        self.causes += 1
        return f"{prefix}-{self.causes}"


def an_evening(*offers: Offer, policy: Policy | None = None, cycle: OrderCycle = CYCLE) -> Evening:
    """A room whose session has just begun."""
    evening = Evening()
    evening.do(start(*(offers or (egg(),)), policy=policy, cycle=cycle))
    return evening


def repeating(repeat: Repeat) -> Policy:
    """A policy that differs in its repeat rule alone."""
    return replace(Policy(), repeat=repeat)
