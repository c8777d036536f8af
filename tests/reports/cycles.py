"""Order cycles for the tests of their documents, driven through the real rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from live.domain import commands as c
from live.domain.offer import Offer, Variant
from live.domain.ticket import Promise
from live.store.port import CycleRecord
from nlp.types import Intent
from tests.reports.factories import CYCLE, MINUTE_MS, a_stream, apple, chats, drops, egg, person

if TYPE_CHECKING:
    from live.domain.viewer import Viewer
    from live.store.port import SessionRecord
    from tests.reports.factories import Stream

NAMES = ("张姐", "李哥", "=1+1", "小雨")
GOODS = (("egg", None), ("apple", "l"), ("apple", "s"), ("pork", None))
KINDS = ("buy", "buy", "buy", "drop", "point", "bag", "wait")
ENDS = ("open", "closed", "ready", "fetched")

Step = tuple[str, str, tuple[str, str | None], int]


def pork(*, quota: int = 60) -> Offer:
    return Offer(
        id="pork",
        number=3,
        title="土猪前腿肉",
        aliases=("猪肉",),
        unit="斤",
        price_fen=2680,
        quota=quota,
        supplier="陈屠户",
        weighed=True,
    )


def pear(**changes: object) -> Offer:
    offer = Offer(id="pear", number=4, title="砀山酥梨 9 斤", unit="箱", price_fen=2990, quota=200, case_size=8)
    return replace(offer, **changes)  # type: ignore[arg-type]  # the test names fields of an offer


def noodle() -> Offer:
    variants = (Variant(id="wide", name="宽面"), Variant(id="thin", name="细面"))
    return Offer(
        id="noodle",
        number=5,
        title="手工挂面",
        unit="袋",
        price_fen=1290,
        quota=300,
        case_size=20,
        supplier="老周粮油",
        variants=variants,
    )


def the_cycle(*streams: Stream, people: dict[str, str] | None = None) -> CycleRecord:
    return CycleRecord(sessions=tuple(stream.record() for stream in streams), people=people or {})


def cut_off(stream: Stream) -> None:
    stream.now_ms += 120 * MINUTE_MS
    stream.do(c.CloseCycle())


def arrive(stream: Stream, point: str | None = None) -> None:
    stream.now_ms += 60 * MINUTE_MS
    stream.do(c.MarkReady(pickup_point_id=point))


@st.composite
def cycles(draw: st.DrawFn) -> CycleRecord:
    """A cycle of one or two rooms, before or after its cut-off."""
    rooms = ("dongmen", "beiqiao")[: draw(st.integers(1, 2))]
    joined = {person(name).key: "person-1" for name in draw(st.sets(st.sampled_from(NAMES), max_size=2))}
    return the_cycle(*(draw(_streams(room)) for room in rooms), people=joined)


@st.composite
def _streams(draw: st.DrawFn, room: str) -> Stream:
    tolerance = draw(st.none() | st.integers(0, 4))
    offers = (
        replace(egg(quota=draw(st.integers(1, 40))), case_size=draw(st.integers(1, 6)), case_tolerance=tolerance),
        replace(apple(quota=draw(st.integers(8, 40))), min_quantity=draw(st.integers(0, 6))),
        pork(),
    )
    stream = a_stream(*offers, room=room, cycle=replace(CYCLE, id="wednesday"))
    step = st.tuples(st.sampled_from(KINDS), st.sampled_from(NAMES), st.sampled_from(GOODS), st.integers(1, 5))
    for each in draw(st.lists(step, max_size=20)):
        _take(stream, each)
    _end(stream, draw(st.sampled_from(ENDS)), draw(st.sets(st.sampled_from(NAMES))))
    return stream


def _take(stream: Stream, step: Step) -> None:
    kind, name, (offer, variant), quantity = step
    by = person(name)
    match kind:
        case "buy":
            stream.buys(by, offer, quantity, variant)
        case "drop":
            stream.say(by, "不要了", drops(offer))
        case "point":
            stream.handle(c.SetBasket(pickup_code=stream.code_of(by), pickup_point_id=f"p{1 + quantity % 2}"))
        case "bag":
            stream.handle(c.SetBasket(pickup_code=stream.code_of(by), phone_tail="0042", own_bag=True))
        case _:
            stream.now_ms += quantity * MINUTE_MS


def _end(stream: Stream, end: str, come: set[str]) -> None:
    if end == "open":
        return
    cut_off(stream)
    if end != "closed":
        stream.handle(c.MarkReady())
    if end == "fetched":
        for name in sorted(come):
            stream.handle(c.Collect(pickup_code=stream.code_of(person(name))))


def complain(stream: Stream, by: Viewer, text: str) -> str:
    """A viewer complains; the id of the ticket."""
    stream.say(by, text, chats(Intent.COMPLAINT))
    return next(reversed(stream.state.tickets))


def a_fetched_evening() -> SessionRecord:
    """The day after, in which each thing that can become of goods and complaints happens once."""
    stream = a_stream(egg(quota=10), apple(), pork())
    zhang, li, wang = person("张姐"), person("李哥"), person("王叔")
    for by, offer, quantity in (
        (zhang, "egg", 2),
        (zhang, "pork", 2),
        (li, "egg", 1),
        (wang, "egg", 1),
        (wang, "pork", 1),
    ):
        stream.buys(by, offer, quantity)
    stream.buys(li, "apple", 1, "l")
    settled = complain(stream, zhang, "上次的鸡蛋碎了三个")
    stream.do(c.AnswerTicket(ticket_id=settled, text="给您补"))
    stream.do(c.CloseTicket(ticket_id=settled))
    promised = complain(stream, li, "苹果坏了，电话13812345678")
    cut_off(stream)
    stream.now_ms += 60 * MINUTE_MS
    stream.do(c.AnswerTicket(ticket_id=promised, text="退您一半", promise=Promise.REFUND))
    arrive(stream)
    stream.collects(zhang, weights={stream.of(zhang, "pork").id: 2150})
    stream.collects(wang, stream.of(wang, "pork").id, weights={stream.of(wang, "pork").id: 900})
    stream.do(c.MarkNoShow(reservation_id=stream.of(wang, "egg").id))
    complain(stream, wang, "肉太肥了")
    return stream.end()
