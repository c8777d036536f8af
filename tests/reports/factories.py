"""Records of evenings for the tests of the report: driven through the real rules, so that the books are real."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain.comment import AnsweredComment, Comment
from live.domain.handle import handle
from live.domain.offer import Offer, Variant
from live.domain.orders import Outcome
from live.domain.receive import receive
from live.domain.refusal import Refused
from live.domain.session import OrderCycle, PickupPoint, Policy
from live.domain.state import RoomState
from live.domain.viewer import identify
from live.store.port import SessionRecord
from nlp.asking import Asking
from nlp.types import Action, Classification, Intent, Op, Route, Stage, Topic

if TYPE_CHECKING:
    from live.domain.commands import Command
    from live.domain.events import Event
    from live.domain.reservation import Reservation
    from live.domain.viewer import Viewer

EVENING_MS = 1_767_787_200_000
"""2026-01-07 20:00 in Beijing."""
MINUTE_MS = 60_000
CYCLE = OrderCycle(
    cutoff_at_ms=EVENING_MS + 120 * MINUTE_MS,
    pickup_at_ms=EVENING_MS + 21 * 60 * MINUTE_MS,
    pickup_points=(
        PickupPoint(id="p1", name="东门便利店", address="东门路 1 号"),
        PickupPoint(id="p2", name="北桥快递站", address="北桥头"),
    ),
)
HOST = "小王助播"


def egg(*, quota: int = 10) -> Offer:
    return Offer(
        id="egg",
        number=1,
        title="柳树湾土鸡蛋 30 枚",
        aliases=("鸡蛋", "土鸡蛋"),
        unit="箱",
        price_fen=3990,
        quota=quota,
        case_size=12,
    )


def apple(*, quota: int = 20) -> Offer:
    variants = (Variant(id="l", name="大果", aliases=("大的",), quota=8), Variant(id="s", name="小果"))
    return Offer(
        id="apple",
        number=2,
        title="红富士苹果",
        aliases=("苹果",),
        unit="箱",
        price_fen=5900,
        quota=quota,
        min_quantity=5,
        variants=variants,
    )


def person(name: str = "张姐") -> Viewer:
    return identify(platform="wechat_channels", user_id=f"wx-id-{name}", name=name, cause="unused")


def hidden(cause: str, name: str = "堂***") -> Viewer:
    return identify(platform="douyin", user_id="111111", name=name, cause=cause)


def wants(
    offer: str | None, quantity: int | None, variant: str | None = None, route: Route = Route.AUTO
) -> Classification:
    return read_as(Intent.BUY, Action(op=Op.SET, offer=offer, variant=variant, quantity=quantity), route=route)


def drops(offer: str) -> Classification:
    return read_as(Intent.CANCEL, Action(op=Op.CANCEL, offer=offer, variant=None, quantity=None))


def asks(topic: Topic | None) -> Classification:
    return replace(read_as(Intent.QUESTION, route=Route.IGNORE), topic=topic)


def chats(intent: Intent = Intent.CHAT) -> Classification:
    return read_as(intent, route=Route.IGNORE)


def read_as(intent: Intent, *actions: Action, route: Route = Route.AUTO) -> Classification:
    return Classification(
        intent=intent,
        topic=None,
        confidence=0.98,
        route=route,
        actions=actions,
        evidence=(),
        stage=Stage.RULES,
        reason="没说清要几份" if route is Route.CONFIRM else "",
    )


@dataclass(kw_only=True, slots=True)
class Stream:
    """A broadcast that is spoken into; `record()` is what a store would keep of it."""

    state: RoomState = field(default_factory=lambda: RoomState(room="dongmen"))
    now_ms: int = EVENING_MS
    comments: list[AnsweredComment] = field(default_factory=list)
    offers: dict[str, Offer] = field(default_factory=dict)
    causes: int = 0

    def do(self, command: Command) -> list[Event]:
        done = self.handle(command)
        assert not isinstance(done, Refused), done
        return done

    def handle(self, command: Command) -> list[Event] | Refused:
        return handle(self.state, command, now_ms=self.now_ms, cause=self.cause(), pickup_code=code)

    def say(
        self, by: Viewer, text: str, read: Classification, *, delay_ms: int = 400, asking: Asking | None = None
    ) -> AnsweredComment:
        said = Comment(platform=by.platform, id=self.cause(), viewer=by, text=text, at_ms=self.now_ms - delay_ms)
        answered, _ = receive(self.state, said, read, received_ms=self.now_ms, pickup_code=code, asking=asking)
        self.comments.append(answered)
        return answered

    def buys(self, by: Viewer, offer: str, quantity: int, variant: str | None = None) -> AnsweredComment:
        return self.say(by, f"{offer} 要{quantity}", wants(offer, quantity, variant))

    def asks(self, by: Viewer, text: str, topic: Topic, *terms: str, offer: str | None = None) -> None:
        """A viewer asks what its terms say."""
        self.say(by, text, asks(topic), asking=Asking(topic=topic, offer=offer, terms=tuple(sorted(terms))))

    def tap(self, waiting: AnsweredComment, *, accept: bool) -> None:
        """The host's one tap; the outcome is kept with the comment, as a store does."""
        key = f"{waiting.comment.platform}/{waiting.comment.id}"
        done = self.handle(c.AcceptComment(comment_id=key) if accept else c.DismissComment(comment_id=key))
        if not isinstance(done, Refused):
            outcome = Outcome.ACCEPTED if accept else Outcome.DISMISSED
            self.comments[waiting.n - 1] = replace(waiting, outcome=outcome.value)

    def end(self) -> SessionRecord:
        self.do(c.EndSession())
        return self.record()

    def record(self) -> SessionRecord:
        assert self.state.session is not None
        return SessionRecord(
            session=self.state.session,
            offers=tuple(self.state.offers.values()),
            reservations=tuple(self.state.reservations.values()),
            comments=tuple(self.comments),
            baskets=tuple(self.state.baskets.values()),
            tickets=tuple(self.state.tickets.values()),
            acts=(*self.state.flash_sales.values(), *self.state.giveaways.values(), *self.state.polls.values()),
            questions=tuple(self.state.questions.values()),
        )

    def fetches(
        self, by: Viewer, *, at: str | None = None, tail: str | None = None, own_bag: bool | None = None
    ) -> None:
        """A viewer says on their page how they will fetch their goods."""
        self.do(c.SetBasket(pickup_code=self.code_of(by), pickup_point_id=at, phone_tail=tail, own_bag=own_bag))

    def collects(self, by: Viewer, *only: str, weights: dict[str, int] | None = None) -> None:
        """A viewer is handed their goods, all or the named reservations."""
        self.do(c.Collect(pickup_code=self.code_of(by), reservation_ids=only or None, weights_milli=weights or {}))

    def of(self, by: Viewer, offer: str) -> Reservation:
        """A viewer's last reservation of an offer."""
        mine = [r for r in self.state.reservations.values() if (r.viewer.key, r.offer_id) == (by.key, offer)]
        return mine[-1]

    def code_of(self, by: Viewer) -> str:
        assert self.state.session is not None
        return code(self.state.session.id, by.key)

    def cause(self) -> str:
        self.causes += 1
        return f"wxc-{self.causes:05d}"


def code(session_id: str, viewer_key: str) -> str:
    """A pickup code as short and as unlike the viewer's key as a real one."""
    return hashlib.blake2s(f"{session_id}/{viewer_key}".encode(), digest_size=5).hexdigest().upper()


def a_stream(
    *offers: Offer, title: str = "梅姐明日菜篮子 · 今晚接单明早提", room: str = "dongmen", cycle: OrderCycle = CYCLE
) -> Stream:
    stream = Stream(state=RoomState(room=room))
    stream.do(
        c.StartSession(
            session_id=f"20260107-{room}-a1",
            title=title,
            offers=offers,
            cycle=cycle,
            policy=Policy(),
            hosts=(HOST,),
        )
    )
    return stream


def a_quiet_evening() -> SessionRecord:
    """Nobody came, nothing was listed."""
    stream = a_stream(title="试播")
    stream.now_ms += 3 * MINUTE_MS
    return stream.end()


def a_small_evening() -> SessionRecord:
    """A handful of comments in which each thing that the report tells happens once."""
    stream = a_stream(egg(quota=5), apple())
    zhang, li = person("张姐"), person("=HYPERLINK(1)")
    stream.say(zhang, "鸡蛋多少钱", asks(Topic.PRICE))
    stream.now_ms += MINUTE_MS
    stream.buys(zhang, "egg", 2)
    stream.buys(li, "egg", 4)
    stream.buys(li, "apple", 1, "l")
    stream.now_ms += MINUTE_MS
    stream.buys(person("王叔"), "apple", 2, "s")
    stream.say(person("王叔"), "苹果不要了", drops("apple"))
    stream.tap(stream.say(hidden("a"), "鸡蛋一箱", wants("egg", 1)), accept=True)
    stream.tap(stream.say(person("小雨"), "要点鸡蛋", wants("egg", None, route=Route.CONFIRM)), accept=False)
    stream.say(person("小雨"), "给我留点，电话13812345678", wants(None, 1, route=Route.CONFIRM), delay_ms=25_000)
    stream.say(person(HOST), "几点能提", asks(Topic.PICKUP))
    stream.now_ms += 10 * MINUTE_MS
    return stream.end()
