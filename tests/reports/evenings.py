"""Any evening, for properties: viewers and hosts do what they like, through the real rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from live.domain import commands as c
from nlp.types import Route, Topic
from tests.reports.factories import MINUTE_MS, a_stream, apple, asks, drops, egg, hidden, person, wants

if TYPE_CHECKING:
    from live.store.port import SessionRecord
    from tests.reports.factories import Stream

NAMES = ("张姐", "李哥", "=1+1", "小雨")
GOODS = (("egg", None), ("apple", "l"), ("apple", "s"), ("apple", None))
KINDS = ("buy", "buy", "buy", "drop", "hand", "restock", "unclear", "weak", "ask", "wait")

Step = tuple[str, str, tuple[str, str | None], int]


@st.composite
def evenings(draw: st.DrawFn) -> SessionRecord:
    """A record of up to 30 steps; running or ended."""
    stream = a_stream(egg(quota=draw(st.integers(1, 8))), apple(quota=draw(st.integers(8, 15))))
    step = st.tuples(st.sampled_from(KINDS), st.sampled_from(NAMES), st.sampled_from(GOODS), st.integers(1, 4))
    for each in draw(st.lists(step, max_size=30)):
        _take(stream, each)
    return stream.end() if draw(st.booleans()) else stream.record()


def _take(stream: Stream, step: Step) -> None:
    kind, name, (offer, variant), quantity = step
    by = person(name)
    match kind:
        case "buy":
            stream.buys(by, offer, quantity, variant)
        case "drop":
            stream.say(by, "不要了", drops(offer))
        case "hand":
            stream.handle(c.Reserve(viewer=by, offer_id=offer, variant_id=variant, quantity=quantity))
        case "restock":
            stream.handle(c.Restock(offer_id=offer, variant_id=variant, quantity=quantity))
        case "unclear":
            said = stream.say(by, "来点", wants(offer, quantity, variant, route=Route.CONFIRM))
            stream.tap(said, accept=quantity > 2)
        case "weak":
            stream.tap(stream.say(hidden(stream.cause()), "来点", wants(offer, quantity, variant)), accept=quantity > 1)
        case "ask":
            stream.say(by, "鸡蛋多少钱", asks(Topic.PRICE))
        case _:
            stream.now_ms += quantity * MINUTE_MS
