"""The shop's list and its order form, as a phone asks for them and as a stranger might."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from live.web.viewer_access import MAX_BODY_BYTES
from live.web.viewer_identity import COOKIE
from tests.web.shop import EGG, ROOM, bring, comment, open_shop
from tests.web.viewers import EVENING, a_phone, an_evening, only, short, told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop

SHOP = f"/api/v1/shops/{ROOM}"
ORDERS = f"{SHOP}/orders"


async def test_the_list_shows_price_stock_limit_and_what_a_case_lacks(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, a_phone(shop) as phone:
        egg = EGG | {"quota": 20, "case_size": 12, "min_quantity": 6, "per_viewer_limit": 5}
        await shop.done(EVENING | {"offers": [egg, EVENING["offers"][1]]})
        await phone.buys(("egg", 2), ("tofu/firm", 2))
        _, answer = await phone.get(SHOP)
        one, tofu = answer["shop"]["offers"]
        assert {name: one[name] for name in ("price", "state", "available", "limit", "unit")} == {
            "price": "39.90",
            "state": "open",
            "available": 18,
            "limit": 5,
            "unit": "箱",
        }
        assert (one["missing_to_case"], one["missing_to_minimum"]) == (10, 4)
        assert [(v["name"], v["available"]) for v in tofu["variants"]] == [("老豆腐", 1), ("嫩豆腐", 22)]


async def test_nothing_of_the_shop_or_of_other_viewers_is_in_the_list(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other):
        await one.buys(("egg", 2), name="张桂花", phone_tail="4711")
        for path in (SHOP, ORDERS):
            status, answer = await (other.get(path) if path == SHOP else other.orders(("egg", 1)))
            assert status == 200
            text = json.dumps(answer, ensure_ascii=False)
            hidden = ["张桂花", "4711", "梅姐本人", "先讲鸡蛋", "page/id", "supplier", "aliases", "quota", "reserved_"]
            assert [each for each in hidden if each in text] == []
        assert shop.tokens.host not in text


async def test_an_order_says_what_is_reserved_what_waits_and_the_code(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, other):
        await one.buys(("egg", 8))
        mine = await other.buys(("egg", 3), ("tofu/soft", 1), pickup_point_id="p2", phone_tail="4711")
        line = only(mine)
        assert (line["quantity"], line["waiting"], line["place"], line["amount"]) == (2, 1, 1, "79.80")
        assert (mine["amount"], mine["point_id"], mine["has_phone_tail"]) == ("86.60", "p2", True)
        assert len(mine["code"]) == 12
        assert mine["name"] == "东*"


async def test_the_same_order_sent_twice_is_one_order(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        key = {"Idempotency-Key": "0123456789abcdef"}
        body = {"session_id": await one.session(), "name": "王姐", "lines": [{"offer_id": "egg", "quantity": 2}]}
        answers = await asyncio.gather(*[one.post(ORDERS, body, **key) for _ in range(5)])
        assert [status for status, _ in answers] == [200] * 5
        assert (await shop.snapshot())["totals"]["reserved_quantity"] == 2
        status, answer = await one.post(ORDERS, body | {"name": "李姐"}, **key)
        assert (status, answer["code"]) == (422, "idempotency_key_reused")


async def test_a_browser_that_keeps_no_cookies_orders_once_all_the_same(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        body = {"session_id": await one.session(), "name": "王姐", "lines": [{"offer_id": "egg", "quantity": 2}]}
        for _ in range(2):
            one.client.cookie_jar.clear()
            status, answer = await one.post(ORDERS, body, **{"Idempotency-Key": "0123456789abcdef"})
            assert status == 200
            assert only(answer["mine"])["quantity"] == 2
        assert (await shop.snapshot())["totals"]["reserved_quantity"] == 2
        _, again = await one.get(SHOP)
        assert only(again["mine"])["quantity"] == 2, "the answer brought the cookie"


async def test_the_cookie_is_hidden_from_scripts_and_nobody_gets_back_to_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(EVENING)
        async with shop.client.get(f"{shop.base}/shop/{ROOM}") as answer:
            cookie = answer.cookies[COOKIE]
            assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
            assert answer.headers["Cache-Control"] == "no-store"
        async with shop.client.get(f"{shop.base}/shop/{ROOM}") as answer:
            assert COOKIE not in answer.cookies
        async with a_phone(shop) as phone:
            await phone.buys(("egg", 1))
            [secret] = [each.value for each in phone.client.cookie_jar if each.key == COOKIE]
        assert secret not in json.dumps(await shop.snapshot())


@pytest.mark.parametrize("value", ["x", "A" * 23, "../../etc/passwd", "%00" * 8, "A" * 4000])
async def test_a_cookie_that_is_not_ours_is_nobody_s(tmp_path: Path, value: str) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(EVENING)
        headers = {"Cookie": f"{COOKIE}={value}"}
        async with shop.client.get(f"{shop.base}{SHOP}", headers=headers) as answer:
            assert (answer.status, (await answer.json())["mine"]) == (200, None)


async def test_an_offer_can_be_ordered_after_the_broadcast_until_the_cut_off_and_not_after(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        await shop.done({"type": "end_session"})
        await one.buys(("egg", 1))
        await shop.done({"type": "close_cycle"})
        status, answer = await one.orders(("egg", 2))
        assert (status, answer["code"]) == (409, "cutoff_passed")
        _, listed = await one.get(SHOP)
        assert listed["shop"]["cycle"]["state"] == "closed"
        assert len(listed["shop"]["offers"]) == 2
        assert short(listed["mine"]) == [("locked", 1, 0)]


async def test_a_list_from_the_evening_before_orders_nothing_of_the_next(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        seen = await one.session()
        await one.buys(("egg", 1))
        await shop.done({"type": "end_session"})
        await shop.done(EVENING)
        _, answer = await one.get(SHOP)
        assert answer["mine"] is None, "tonight nothing is ordered yet"
        status, answer = await one.orders(("egg", 2), session_id=seen)
        assert (status, answer["code"]) == (404, "unknown_session")
        assert "刷新" in answer["detail"]
        assert (await shop.snapshot())["reservations"] == []


async def test_nothing_of_an_order_is_taken_when_one_line_cannot_be(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        status, answer = await one.orders(("egg", 1), ("tofu/firm", 5))
        assert (status, answer["code"]) == (409, "over_limit")
        await shop.done({"type": "close_offer", "offer_id": "tofu"})
        status, answer = await one.orders(("egg", 1), ("tofu/firm", 1))
        assert (status, answer["code"]) == (409, "offer_not_open")
        assert (await shop.snapshot())["reservations"] == []


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([{"offer_id": "egg", "quantity": -1}], 422),
        ([{"offer_id": "egg", "quantity": 10**9}], 422),
        ([{"offer_id": "egg", "quantity": 2**63}], 422),
        ([{"offer_id": "egg", "quantity": "2"}], 422),
        ([{"offer_id": "egg", "quantity": 1.5}], 422),
        ([{"offer_id": "egg", "quantity": True}], 422),
        ([{"offer_id": "egg", "quantity": None}], 422),
        ([{"offer_id": "egg", "quantity": 0}], 409),
        ([{"offer_id": "egg", "quantity": 999}], 409),
        ([{"offer_id": "nothing", "quantity": 1}], 404),
        ([{"offer_id": "egg", "variant_id": "l", "quantity": 1}], 404),
        ([{"offer_id": "tofu", "quantity": 1}], 404),
        ([{"offer_id": "egg", "quantity": 1}] * 2, 422),
        ([], 422),
        ([{"offer_id": f"o{n}", "quantity": 1} for n in range(51)], 422),
        ("egg", 422),
        ([{"offer_id": "egg", "quantity": 1, "price": "0.01"}], 422),
    ],
)
async def test_what_is_no_order_is_refused_and_changes_nothing(tmp_path: Path, lines: Any, status: int) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        seq = (await shop.snapshot())["seq"]
        found, answer = await one.post(ORDERS, {"session_id": await one.session(), "name": "王姐", "lines": lines})
        assert found == status, answer
        assert answer["detail"]
        assert (await shop.snapshot())["seq"] == seq


@pytest.mark.parametrize("name", ["", "   ", "x" * 21, "王\u202e姐", "王\x00姐", "*", "！！", "王\n姐", None, 7])
async def test_a_name_is_something_to_be_called_by(tmp_path: Path, name: object) -> None:
    async with an_evening(tmp_path) as (_shop, one, _other):
        status, answer = await one.orders(("egg", 1), name=name)
        assert (status, answer["errors"][0]["field"]) == (422, "name")


async def test_a_name_with_markup_or_with_stars_stays_a_name(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other):
        mine = await one.buys(("egg", 1), name="<b onload=x>王")
        assert mine["name"] == "<*"
        await other.buys(("egg", 1), name="张*")
        assert only(await other.buys(("egg", 3), name="张*"))["quantity"] == 3
        names = [each["viewer"]["name"] for each in (await shop.snapshot())["reservations"]]
        assert names == ["<b onload=x>王", "张*"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://tool.example"])
async def test_a_foreign_page_orders_nothing_not_even_one_that_may_watch(tmp_path: Path, origin: str) -> None:
    async with an_evening(tmp_path, allowed_origins=["https://tool.example"]) as (shop, one, _other):
        status, _ = await one.orders(("egg", 1), headers={"Origin": origin})
        assert status == 403
        assert (await shop.snapshot())["reservations"] == []


async def test_a_post_that_does_not_say_which_page_it_comes_from_is_refused(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        body = {"session_id": await one.session(), "name": "王姐", "lines": [{"offer_id": "egg", "quantity": 1}]}
        headers = {"Idempotency-Key": "0123456789abcdef"}
        for more, status in (
            ({}, 403),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "same-origin"}, 200),
        ):
            async with one.client.post(f"{shop.base}{ORDERS}", json=body, headers=headers | more) as answer:
                assert answer.status == status


async def test_only_json_of_a_bounded_size_is_read(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        ours = {"Origin": shop.base, "Idempotency-Key": "0123456789abcdef"}
        for kind, data, status in (
            ("text/plain", b"{}", 415),
            ("application/x-www-form-urlencoded", b"a=1", 415),
            ("application/xml", b"<a/>", 415),
            ("application/json", b"{", 400),
            ("application/json", b"[1]", 400),
            ("application/json", b'{"a": NaN}', 400),
            ("application/json", b"[" * 10_000, 400),
            ("application/json", b'"' + b"x" * MAX_BODY_BYTES + b'"', 413),
        ):
            headers = ours | {"Content-Type": kind}
            async with one.client.post(f"{shop.base}{ORDERS}", data=data, headers=headers) as answer:
                assert answer.status == status, (kind, data[:20])


@pytest.mark.parametrize("key", ["short", "x" * 256, "键" * 10])
async def test_an_order_without_a_good_key_is_refused(tmp_path: Path, key: str) -> None:
    async with an_evening(tmp_path) as (_shop, one, _other):
        status, answer = await one.orders(("egg", 1), headers={"Idempotency-Key": key})
        assert (status, answer["code"]) == (422, "invalid_key")


async def test_two_viewers_with_the_same_key_meet_no_answers_of_each_other_nor_of_the_host(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other):
        key = {"Idempotency-Key": "the-same-key-for-all"}
        assert (await shop.command({"type": "open_offer", "offer_id": "egg"}, **key)).status in {200, 409}
        mine = await one.buys(("egg", 1), headers=key)
        its = await other.buys(("egg", 1), headers=key)
        assert mine["code"] != its["code"]


async def test_orders_of_one_browser_are_limited_and_those_of_others_are_taken(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, other):
        answers = [await one.orders(("egg", 1)) for _ in range(14)]
        refused = [answer for status, answer in answers if status == HTTPStatus.TOO_MANY_REQUESTS]
        assert refused
        assert refused[0]["code"] == "too_many_requests"
        await other.buys(("egg", 1))


async def test_a_room_that_was_never_used_shows_nothing_and_takes_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, a_phone(shop) as phone:
        owners = {task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("room ")}
        assert await phone.get("/api/v1/shops/made-up") == (200, {"now": _any(), "shop": None, "mine": None})
        body = {"session_id": "s", "name": "王姐", "lines": [{"offer_id": "egg", "quantity": 1}]}
        status, _ = await phone.post("/api/v1/shops/made-up/orders", body)
        assert status == 404
        assert (await phone.get("/api/v1/shops/No!"))[0] == 404
        assert {task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("room ")} == owners


def _any() -> Any:
    class Anything:
        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 0

    return Anything()


async def test_after_a_restart_a_list_that_is_cut_off_is_still_shown(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        await one.buys(("egg", 1))
        await shop.done({"type": "end_session"})
        await shop.done({"type": "close_cycle"})
    async with open_shop(tmp_path) as shop, a_phone(shop) as phone:
        _, answer = await phone.get(SHOP)
        assert [each["id"] for each in answer["shop"]["offers"]] == ["egg", "tofu"]


async def test_a_page_hears_the_stock_move_and_its_own_orders_and_no_one_else_s(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other), one.hears(f"/ws/shops/{ROOM}") as page:
        listed = await told(page, "shop")
        assert [each["available"] for each in listed["offers"]] == [10, 24]
        assert await told(page, "mine") is None
        await other.buys(("egg", 4), name="张桂花")
        [egg] = [each for each in await _changed(page) if each["id"] == "egg"]
        assert egg["available"] == 6
        await one.buys(("egg", 1))
        mine = await told(page, "mine")
        assert short(mine) == [("open", 1, 0)]
        await bring(shop, [comment("c-1", "要两箱鸡蛋", name="李大爷")])
        text = json.dumps(await _changed(page), ensure_ascii=False)
        assert "李大爷" not in text
        await shop.done({"type": "end_session"})
        assert (await told(page, "shop"))["session"]["state"] == "ended"


async def _changed(page: Any) -> list[Json]:
    """The goods that the next frame about them shows: all, or those that have changed."""
    while True:
        heard = json.loads((await page.receive(timeout=20)).data)
        if heard["type"] == "offers":
            found: list[Json] = heard["offers"]
            return found
        if heard["type"] == "shop":
            return list(heard["shop"]["offers"])


async def test_the_shell_of_the_page_is_there_for_every_room_name_and_for_no_other(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert await _status(shop, "/shop/never-used") == 200
        assert await _status(shop, "/shop/No!") == 404


async def _status(shop: Shop, path: str) -> int:
    async with shop.client.get(f"{shop.base}{path}") as answer:
        return answer.status
