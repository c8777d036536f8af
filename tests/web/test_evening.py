"""Setting an evening up over HTTP: the last one copied, lists read, the whole looked over."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from live.goods.template import template_xlsx
from live.web.evening import MOST_BYTES
from tests.web.shop import APPLE, EGG, LATER, ROOM, START, STILL_LATER, Shop, open_shop

if TYPE_CHECKING:
    from pathlib import Path

CHAT = "1. 土鸡蛋 30枚 39.9元/箱 限100\n2. 红富士 12.8"


async def asked(
    shop: Shop, path: str, body: object = None, *, room: str = ROOM, data: bytes | None = None
) -> tuple[int, Any]:
    url = f"{shop.base}/api/v1/rooms/{room}/{path}"
    method = "GET" if body is None and data is None else "POST"
    sent = {"json": body} if data is None and body is not None else {"data": data}
    answer = await shop.client.request(method, url, headers=shop.bearer(shop.tokens.host), **sent)
    return answer.status, await answer.json(content_type=None)


async def test_the_last_evening_can_be_started_again_as_it_comes(tmp_path: Path) -> None:
    offers = [
        EGG
        | {"facts": {"产地": "柳树湾"}, "per_viewer_limit": 5, "variants": [{"id": "l", "name": "大号", "quota": 40}]},
        APPLE | {"open": False},
    ]
    cycle = {
        "cutoff_at": LATER,
        "pickup_at": STILL_LATER,
        "pickup_points": [{"id": "p1", "name": "桥头便利店", "address": "人民路"}],
    }
    async with open_shop(tmp_path) as shop:
        await shop.done(START | {"offers": offers, "cycle": cycle, "policy": {"repeat": "add"}})
        await shop.done({"type": "reserve", "viewer": "张姐", "offer_id": "egg", "variant_id": "l", "quantity": 3})
        await shop.done({"type": "restock", "offer_id": "egg", "quantity": 20})
        await shop.done({"type": "end_session"})
        status, body = await asked(shop, "last-session")
        assert status == 200
        assert (body["title"], body["hosts"], body["script"], body["policy"]["repeat"]) == (
            START["title"],
            START["hosts"],
            START["script"],
            "add",
        )
        assert body["cycle"] == cycle | {
            "cutoff_at": "2099-01-07T21:30:00.000+08:00",
            "pickup_at": "2099-01-08T10:00:00.000+08:00",
        }
        assert [offer["open"] for offer in body["offers"]] == [True, False]
        assert (body["offers"][0]["quota"], body["offers"][0]["facts"]) == (120, {"产地": "柳树湾"})
        await shop.done(body)
        assert (await shop.snapshot())["offers"][0]["reserved"] == 0


async def test_a_room_without_an_evening_has_none_to_copy_and_does_not_come_into_being(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, problem = await asked(shop, "last-session", room="new")
        assert (status, problem["code"]) == (404, "no_session")
        await asked(shop, "check", START, room="new")
        assert not await shop.service.exists("new")


@pytest.mark.parametrize("data", [CHAT.encode(), CHAT.encode("gb18030")], ids=["utf-8", "gb18030"])
async def test_a_chat_list_becomes_offers_that_can_be_started(tmp_path: Path, data: bytes) -> None:
    async with open_shop(tmp_path) as shop:
        status, read = await asked(shop, "offers/read", data=data)
        assert (status, read["faults"]) == (200, [])
        assert [(o["number"], o["title"], o["price"]) for o in read["offers"]] == [
            (1, "土鸡蛋 30枚", "39.90"),
            (2, "红富士", "12.80"),
        ]
        await shop.done(START | {"offers": read["offers"]})


async def test_a_workbook_is_read_and_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        status, read = await asked(shop, "offers/read", data=template_xlsx())
        assert (status, len(read["offers"]), read["faults"]) == (200, 2, [])
        status, problem = await asked(shop, "offers/read", data=b"%PDF-1.7 ...")
        assert (status, problem["code"]) == (422, "unreadable_list")
        status, problem = await asked(shop, "offers/read", data=b"x" * (MOST_BYTES + 1))
        assert (status, problem["code"]) == (413, "too_large")


async def test_faults_of_a_json_list_are_told_by_offer_and_field(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        _, read = await asked(
            shop, "offers/read", data=b'{"title": "x", "offers": [{"id": "a", "title": "egg", "price": 3}]}'
        )
        assert {(fault["row"], fault["column"]) for fault in read["faults"]} == {(1, "price"), (1, "quota")}
        assert read["given"] == {"title": "x"}


async def test_looking_over_tells_every_fault_and_every_clash_and_starts_nothing(tmp_path: Path) -> None:
    clash = APPLE | {"id": "gala", "number": 1, "title": "嘎啦", "price": "1.234"}
    other = APPLE | {"id": "other", "number": 9}
    async with open_shop(tmp_path) as shop:
        status, found = await asked(shop, "check", START | {"offers": [EGG, APPLE, clash, other], "title": ""})
        assert status == 200
        assert {fault["field"] for fault in found["faults"]} == {"title", "offers[2].price", "offers[2].number"}
        assert [warning["offers"] for warning in found["warnings"]][:1] == [["apple", "other"]]
        assert not await shop.service.exists(ROOM)


async def test_a_time_that_has_passed_is_told_at_its_field(tmp_path: Path) -> None:
    past = {"cutoff_at": "2020-01-01T20:00:00+08:00", "pickup_at": "2020-01-02T20:00:00+08:00"}
    async with open_shop(tmp_path) as shop:
        _, found = await asked(shop, "check", START | {"cycle": past})
        assert [fault["field"] for fault in found["faults"]] == ["cycle.cutoff_at"]


async def test_what_is_there_twice_is_told_once_at_the_later_one(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        _, found = await asked(shop, "check", START | {"offers": [EGG, APPLE | {"number": 1, "id": "egg"}]})
        assert [fault["field"] for fault in found["faults"]] == ["offers[1].number", "offers[1].id"]


async def test_a_picture_that_is_not_here_and_an_evening_on_air_are_faults(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        _, found = await asked(shop, "check", START | {"offers": [EGG | {"picture": f"{'0f' * 16}.jpg"}]})
        assert [fault["field"] for fault in found["faults"]] == ["offers[0].picture", ""]
        assert START["title"] in found["faults"][1]["message"]


async def test_a_good_evening_has_nothing_to_mend(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert await asked(shop, "check", START | {"script": None}) == (200, {"faults": [], "warnings": []})
        status, problem = await asked(shop, "check", [])
        assert (status, problem["code"]) == (400, "invalid_json")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_template_comes_as_a_file(tmp_path: Path, kind: str) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(
            f"{shop.base}/api/v1/offers-template.{kind}", headers=shop.bearer(shop.tokens.host)
        )
        assert answer.status == 200
        assert f"offers.{kind}" in answer.headers["Content-Disposition"]


async def test_nobody_but_the_host_sets_an_evening_up(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        base = f"{shop.base}/api/v1"
        asks = [
            shop.client.get(f"{base}/rooms/{ROOM}/last-session", headers=shop.bearer(shop.tokens.overlay)),
            shop.client.post(f"{base}/rooms/{ROOM}/check", json=START, headers=shop.bearer(shop.tokens.overlay)),
            shop.client.post(f"{base}/rooms/{ROOM}/offers/read", data=b"x", headers=shop.bearer(shop.tokens.ingest)),
            shop.client.get(f"{base}/offers-template.csv"),
        ]
        assert [answer.status for answer in await asyncio.gather(*asks)] == [401] * 4
