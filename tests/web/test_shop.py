"""The public list of a room."""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from live.domain import commands as c
from live.service.view import view_of
from live.web.shop import shop_page
from live.web.views import public_snapshot
from tests.domain.factories import Evening, an_evening, apple, egg, viewer
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Shop


class Text(HTMLParser):
    """Collects what a reader sees, and the names of the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the base's shape
        self.tags.add(tag)


def page_of(evening: Evening) -> Text:
    state: dict[str, Any] = public_snapshot(view_of(evening.state).snapshot())
    text = Text()
    text.feed(shop_page(state))
    return text


def seen(evening: Evening) -> str:
    return "".join(page_of(evening).text)


def test_the_list_shows_price_and_what_is_left() -> None:
    evening = an_evening(egg(quota=10), apple())
    evening.buys(3)
    assert "土鸡蛋 30 枚¥39.90 / 箱还剩 7 箱" in seen(evening)
    assert "大果（剩 4） · 小果" in seen(evening)
    assert "“1号+2”" in seen(evening)


def test_cut_off_pickup_and_place_are_told_apart() -> None:
    assert "截单1月7日 周三 23:00自提1月8日 周四 16:00自提点东门便利店" in seen(an_evening())


def test_what_is_sold_out_can_be_waited_for_and_what_is_closed_is_gone() -> None:
    evening = an_evening(egg(quota=1), apple())
    evening.buys(3)
    evening.do(c.CloseOffer(offer_id="apple"))
    assert "已订满，2 箱在排队" in seen(evening)
    assert "红富士" not in seen(evening)


def test_no_viewer_is_named() -> None:
    evening = an_evening()
    evening.buys(1, by=viewer("张姐"))
    assert "张" not in seen(evening)


def test_a_title_cannot_bring_markup_in() -> None:
    evening = an_evening(egg())
    evening.do(c.UpdateOffer(offer_id="egg", changes={"title": "<img src=x onerror=alert(1)>", "unit": "<i>"}))
    assert page_of(evening).tags.isdisjoint({"img", "i"})
    assert "<img src=x onerror=alert(1)>" in seen(evening)


def test_how_to_order_names_a_kind_that_is_left_where_there_are_several() -> None:
    evening = an_evening(apple())
    assert "“2号大果+2”" in seen(evening)
    evening.buys(4, "apple", "l")
    assert "“2号小果+2”" in seen(evening)


async def test_without_a_running_session_the_page_says_so(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert "现在没有开播" in await told(shop, ROOM)
        await shop.start()
        assert "现在没有开播" not in await told(shop, ROOM)
        await shop.done({"type": "end_session"})
        assert "现在没有开播" in await told(shop, ROOM)


async def test_a_stranger_who_asks_for_made_up_rooms_brings_none_into_being(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        owners = {task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("room ")}
        assert "现在没有开播" in await told(shop, "made-up")
        assert {task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("room ")} == owners


async def told(shop: Shop, room: str) -> str:
    async with shop.client.get(f"{shop.base}/shop/{room}") as answer:
        assert answer.status == 200
        return await answer.text()
