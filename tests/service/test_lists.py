from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from live.domain import commands as c
from live.service.lists import Lists, NoSession, UnknownOffer
from live.web.command_orders import to_order
from live.web.commands import parse
from nlp.maker import ClassifierMaker
from tests.domain.factories import egg, viewer
from tests.service.lists import OFFERS
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.rig import Shop

LIST = "#接龙\n1. 张姐 鸡蛋2箱\n2. 李叔 大果1箱，鸡蛋1箱\n3. 王婶 随便"


def lists(shop: Shop) -> Lists:
    return Lists(shop.store, ClassifierMaker())


async def proposals(shop: Shop, text: str = LIST) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await lists(shop).read(ROOM, text, None))["proposals"]  # type: ignore[assignment]  # JSON
    return found


async def send(shop: Shop, proposal: dict[str, Any]) -> int:
    """Send a proposal as the console does."""
    command = to_order(parse(json.dumps(proposal["command"]).encode()), lambda: proposal["key"])
    status, _ = await shop.do(command, key=proposal["key"], body=str(proposal["command"]))
    return status


async def test_reading_books_nothing(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(*OFFERS.values())
        before = shop.snapshot()
        await proposals(shop)
        assert shop.snapshot() == before


async def test_what_is_proposed_can_be_sent_as_it_is(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(*OFFERS.values())
        found = await proposals(shop)
        assert [(p["line"], p["name"], p["has"]) for p in found] == [(2, "张姐", 0), (3, "李叔", 0), (3, "李叔", 0)]
        assert [await send(shop, proposal) for proposal in found] == [200, 200, 200]
        assert [(r["viewer"]["name"], r["offer_id"], r["quantity"]) for r in shop.snapshot()["reservations"]] == [
            ("张姐", "egg", 2),
            ("李叔", "apple", 1),
            ("李叔", "egg", 1),
        ]


async def test_a_list_that_has_grown_books_only_what_is_new(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(*OFFERS.values())
        for text in (LIST, LIST + "\n4. 赵姐 鸡蛋1箱"):
            for proposal in await proposals(shop, text):
                assert await send(shop, proposal) == 200
        assert [r["quantity"] for r in shop.snapshot()["reservations"]] == [2, 1, 1, 1]
        assert [p["has"] for p in await proposals(shop)] == [2, 1, 1]


async def test_a_line_that_cannot_be_read_is_told_beside_the_others(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(*OFFERS.values())
        found = await lists(shop).read(ROOM, LIST, None)
        assert [(f["line"], f["text"]) for f in found["faults"]] == [(4, "王婶 随便")]  # type: ignore[attr-defined]  # JSON


async def test_where_there_is_one_offer_a_number_is_enough(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        assert [p["command"]["quantity"] for p in await proposals(shop, "1. 张姐 2\n2. 李叔 +1")] == [2, 1]


async def test_the_host_may_say_what_the_list_is_about(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(*OFFERS.values())
        found = await lists(shop).read(ROOM, "1. 张姐 2", "egg")
        assert [p["command"]["offer_id"] for p in found["proposals"]] == ["egg"]  # type: ignore[attr-defined]  # JSON
        with pytest.raises(UnknownOffer):
            await lists(shop).read(ROOM, "1. 张姐 2", "none")


async def test_what_is_on_sale_and_who_ordered_is_written(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(replace(egg(), aliases=("鸡蛋",)))
        await shop.say(shop.comment("要两箱鸡蛋", by="张姐"))
        assert "1号 土鸡蛋 30 枚" in await lists(shop).offers(ROOM)
        assert (await lists(shop).orders(ROOM, mask_names=True)).endswith("1. 张* 鸡蛋2箱")
        await shop.do(c.EndSession())
        assert (await lists(shop).orders(ROOM, mask_names=False)).endswith("1. 张姐 鸡蛋2箱")


async def test_a_room_without_a_session_has_nothing_to_list(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        for asked in (
            lists(shop).offers(ROOM),
            lists(shop).orders(ROOM, mask_names=True),
            lists(shop).read(ROOM, "", None),
        ):
            with pytest.raises(NoSession):
                await asked


async def test_a_line_that_was_refused_is_booked_once_the_host_has_made_room_and_then_once(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(limit=2))
        taken, other = await proposals(shop, "1. 张姐 鸡蛋1箱\n2. 张姐 鸡蛋2箱")
        assert [await send(shop, each) for each in (taken, other, other)] == [200, 409, 409]
        (held,) = shop.snapshot()["reservations"]
        await shop.do(c.CancelReservation(reservation_id=held["id"], reason=""))
        assert [await send(shop, each) for each in (other, other, taken)] == [200, 200, 200]
        assert [(r["quantity"], r["state"]) for r in shop.snapshot()["reservations"]] == [
            (1, "cancelled"),
            (2, "reserved"),
        ]


async def test_any_other_key_keeps_its_refusal(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(limit=2))
        taken, more = (c.Reserve(viewer=viewer("张姐"), offer_id="egg", quantity=n) for n in (1, 2))
        await shop.do(taken)
        first = await shop.do(more, key="k1")
        (held,) = shop.snapshot()["reservations"]
        await shop.do(c.CancelReservation(reservation_id=held["id"], reason=""))
        assert (first[0], await shop.do(more, key="k1")) == (409, first)
        assert (await shop.do(more, key="k2"))[0] == 200
