"""Evenings that are over, for the tests of what a group is told: driven by the real rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from live.domain import commands as c
from live.domain.session import OrderCycle, PickupPoint, Policy
from live.outbound.messages import Style, Told, posts_of
from live.reports.plain_table import write_table
from live.service.wire import event_data
from tests.domain.factories import CUTOFF_MS, PICKUP_MS, Evening, apple, egg, viewer

if TYPE_CHECKING:
    from live.domain.offer import Offer
    from live.outbound.messages import Post

ALL = ("summary", "pick_list", "pick_file", "arrived", "moved")
EAST = PickupPoint(id="p1", name="东门便利店", address="东门路 1 号")
NORTH = PickupPoint(id="p2", name="北桥快递站")


def an_evening(*offers: Offer, title: str = "周三的晚市") -> Evening:
    """An evening with two pickup points."""
    evening = Evening()
    cycle = OrderCycle(cutoff_at_ms=CUTOFF_MS, pickup_at_ms=PICKUP_MS, pickup_points=(EAST, NORTH))
    start = c.StartSession(
        session_id="s1",
        title=title,
        offers=offers or (egg(quota=100), apple(quota=100)),
        cycle=cycle,
        policy=Policy(),
    )
    evening.do(start)
    return evening


def a_sold_evening() -> Evening:
    """张姐 and 李叔 fetch at the first point, 王婶 at the second."""
    evening = an_evening()
    evening.buys(2, by=viewer("张姐"))
    evening.buys(3, by=viewer("王婶"))
    evening.buys(1, "apple", "l", by=viewer("张姐"))
    evening.buys(4, "apple", "s", by=viewer("李叔"))
    choose(evening, "王婶", point="p2", tail="5678")
    choose(evening, "张姐", tail="1234")
    return evening


def choose(evening: Evening, name: str, *, point: str | None = None, tail: str | None = None) -> None:
    """A viewer says how they will fetch their goods."""
    code = evening.of(viewer(name))[0].pickup_code
    evening.do(c.SetBasket(pickup_code=code, pickup_point_id=point, phone_tail=tail))


def told(evening: Evening, command: c.Command) -> Told:
    """The last event of a command, as it is told, with the session as it is kept."""
    event = evening.do(command)[-1]
    data = from_json(to_json(event_data(event)))
    return Told(at_ms=event.at_ms, kind=event.kind.value, data=data, state=evening.state)


def posts(evening: Evening, command: c.Command, *messages: str, phone_tails: bool = False) -> list[Post]:
    """What a group is told of a command."""
    style = Style(messages=frozenset(messages or ALL), phone_tails=phone_tails, write_table=write_table)
    return posts_of(told(evening, command), style)
