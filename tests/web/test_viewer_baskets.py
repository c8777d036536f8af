"""The page of a pickup code: what its owner may see and do there, and what nobody else may."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import WSServerHandshakeError
from structlog.testing import capture_logs

from live.web import basket_view
from live.web.rate import ADDRESS, Limit
from tests.web.shop import EGG, ROOM, bring, comment, open_shop
from tests.web.viewers import EVENING, POINTS, a_phone, an_evening, only, short, told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop

NOBODY = "ABCDEFGHJKLM"


def line(quantity: object, offer_id: str = "egg", **more: object) -> Json:
    return {"type": "change_line", "offer_id": offer_id, "quantity": quantity} | more


async def test_a_code_shows_what_its_owner_has_under_a_masked_name(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other):
        mine = await one.buys(("egg", 2), ("tofu/soft", 1), name="张桂花", phone_tail="4711", pickup_point_id="p2")
        await other.buys(("egg", 1), name="李大爷")
        shown = await other.basket(mine["code"].lower())
        [part] = shown["parts"]
        assert (shown["code"], part["code"], part["name"]) == (mine["code"], mine["code"], "张*")
        assert short(part) == [("open", 2, 0), ("open", 1, 0)]
        assert (part["amount"], part["point_id"], part["has_phone_tail"]) == ("86.60", "p2", True)
        assert [point["address"] for point in part["cycle"]["pickup_points"]] == ["人民路 18 号", ""]
        text = json.dumps(shown, ensure_ascii=False)
        hidden = [
            "张桂花",
            "李大爷",
            "4711",
            "page/id",
            "梅姐本人",
            "先讲鸡蛋",
            "aliases",
            "supplier",
            "quota",
            "comment_id",
        ]
        assert [each for each in hidden if each in text] == []
        assert shop.tokens.host not in text


async def test_a_viewer_of_the_live_room_has_a_page_too(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        await bring(shop, [comment("c-1", "要两箱鸡蛋")])
        [reservation] = (await shop.snapshot())["reservations"]
        [part] = (await one.basket(reservation["pickup_code"]))["parts"]
        assert short(part) == [("open", 2, 0)]


async def test_the_symbol_is_the_code_itself(tmp_path: Path) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    async with an_evening(tmp_path) as (_shop, one, _other):
        mine = await one.buys(("egg", 1))
        rows = (await one.basket(mine["code"]))["qr"]
        size = len(rows) + 8
        picture = image.new("L", (size, size), 255)
        for y, row in enumerate(rows):
            for x, module in enumerate(row):
                picture.putpixel((x + 4, y + 4), 0 if module == "1" else 255)
        [found] = zxingcpp.read_barcodes(picture.resize((size * 8, size * 8), 0))
        assert found.text == mine["code"]


async def test_a_line_is_changed_and_cancelled_and_who_waits_is_served(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other):
        mine, its = await one.buys(("egg", 9)), await other.buys(("egg", 4))
        assert short(its) == [("open", 1, 3)]
        status, answer = await one.changes(mine["code"], line(7))
        assert (status, short(answer["basket"]["parts"][0])) == (200, [("open", 7, 0)])
        assert short((await other.basket(its["code"]))["parts"][0]) == [("open", 3, 1)]
        status, answer = await one.changes(mine["code"], line(0))
        assert (status, short(answer["basket"]["parts"][0])) == (200, [("cancelled", 7, 0)])
        assert answer["basket"]["parts"][0]["lines"][0]["reason"] == "顾客取消"
        assert short((await other.basket(its["code"]))["parts"][0]) == [("open", 4, 0)]
        [egg, _] = (await shop.snapshot())["offers"]
        assert (egg["reserved"], egg["waitlisted"], egg["available"]) == (4, 0, 6)


async def test_who_orders_again_after_cancelling_reads_only_what_they_have(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, _other):
        mine = await one.buys(("egg", 2))
        await one.changes(mine["code"], line(0))
        assert short(await one.buys(("egg", 3))) == [("open", 3, 0)]


@pytest.mark.parametrize("quantity", [-1, 10**9, 2**63, "2", 1.5, None, True, [2]])
async def test_what_is_no_quantity_is_refused_and_changes_nothing(tmp_path: Path, quantity: object) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        seq = (await shop.snapshot())["seq"]
        status, answer = await one.changes(mine["code"], line(quantity))
        assert (status, answer["errors"][0]["field"]) == (422, "quantity")
        assert (await shop.snapshot())["seq"] == seq


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (line(999), 409, "ask_the_host"),
        (line(5, "tofu", variant_id="soft"), 409, "over_limit"),
        (line(1, "nothing"), 404, "unknown_offer"),
        (line(1, "tofu"), 404, "unknown_variant"),
        (line(0, "tofu", variant_id="soft"), 409, "nothing_reserved"),
        ({"type": "set_basket", "pickup_point_id": "p9"}, 404, "unknown_pickup_point"),
        ({"type": "set_basket", "phone_tail": "471"}, 422, "invalid_command"),
        ({"type": "set_basket", "phone_tail": "４７１１"}, 422, "invalid_command"),
        ({"type": "set_basket", "own_bag": "yes"}, 422, "invalid_command"),
        ({"type": "set_basket", "bag_points": 99}, 422, "invalid_command"),
        ({"type": "collect", "pickup_code": NOBODY}, 422, "invalid_command"),
        ({"type": "set_basket", "own_bag": True, "part": NOBODY}, 404, "unknown_pickup_code"),
        ({}, 422, "invalid_command"),
        ([], 400, "invalid_json"),
    ],
)
async def test_what_cannot_be_done_says_so_and_changes_nothing(
    tmp_path: Path, body: object, status: int, code: str
) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        seq = (await shop.snapshot())["seq"]
        found, answer = await one.post(f"/api/v1/baskets/{mine['code']}/changes", body)
        assert (found, answer["code"]) == (status, code)
        assert not answer["detail"].startswith(("pickup_", "offer_id", "variant"))
        assert (await shop.snapshot())["seq"] == seq


async def test_a_code_changes_nothing_of_anybody_else_s(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, other):
        mine, its = await one.buys(("egg", 2)), await other.buys(("egg", 3))
        status, _ = await one.changes(mine["code"], line(0, part=its["code"]))
        assert status == 404
        assert short((await other.basket(its["code"]))["parts"][0]) == [("open", 3, 0)]


async def test_after_the_cut_off_nothing_is_changed_but_how_the_goods_are_fetched(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        await shop.done({"type": "close_cycle"})
        for quantity in (0, 1, 3):
            status, answer = await one.changes(mine["code"], line(quantity))
            assert (status, answer["code"]) == (409, "cutoff_passed")
        status, answer = await one.changes(
            mine["code"], {"type": "set_basket", "pickup_point_id": "p2", "own_bag": True}
        )
        [part] = answer["basket"]["parts"]
        assert (status, part["point_id"], part["own_bag"], part["may_move"]) == (200, "p2", True, True)
        await shop.done({"type": "mark_ready", "pickup_point_id": "p2"})
        status, answer = await one.changes(mine["code"], {"type": "set_basket", "pickup_point_id": "p1"})
        assert (status, answer["code"]) == (409, "too_late")


async def test_the_whole_way_is_shown_to_the_bag_in_the_hand(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        code, seen = mine["code"], []
        for command in (
            {"type": "close_cycle"},
            {"type": "move_pickup", "pickup_at": "2099-01-09T10:00:00+08:00", "notice": "车坏了，晚一天"},
            {"type": "mark_ready"},
            {"type": "collect", "pickup_code": code, "own_bag": True},
        ):
            await shop.done(command)
            shown = await one.basket(code)
            seen.append((only(shown["parts"][0])["state"], shown["parts"][0]["cycle"]["notice"], shown["points"]))
        moved = "车坏了，晚一天"
        assert seen == [("locked", None, 0), ("locked", moved, 0), ("ready", moved, 0), ("collected", moved, 1)]
        assert only(shown["parts"][0])["collected_at"] is not None


async def test_what_did_not_come_together_says_why(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, a_phone(shop) as one:
        await shop.done(EVENING | {"offers": [EGG | {"min_quantity": 6}]})
        mine = await one.buys(("egg", 2))
        await shop.done({"type": "close_cycle"})
        found = only((await one.basket(mine["code"]))["parts"][0])
        assert (found["state"], found["reason"], found["offer_state"]) == ("cancelled", "没成团：不到 6 箱", "failed")


async def test_weighed_goods_show_what_they_came_to(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, a_phone(shop) as one:
        pork = EGG | {"id": "pork", "title": "五花肉", "unit": "斤", "price": "26.80", "weighed": True}
        await shop.done(EVENING | {"offers": [pork]})
        mine = await one.buys(("pork", 2))
        [reservation] = (await shop.snapshot())["reservations"]
        for command in (
            {"type": "close_cycle"},
            {"type": "mark_ready"},
            {"type": "collect", "pickup_code": mine["code"], "weights": {reservation["id"]: "2.13"}},
        ):
            await shop.done(command)
        found = only((await one.basket(mine["code"]))["parts"][0], "五花肉")
        assert (found["weight"], found["amount"], found["difference"]) == ("2.13", "57.08", "3.48")


async def test_what_the_host_has_handled_is_for_the_host_to_change(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        [reservation] = (await shop.snapshot())["reservations"]
        await shop.done({"type": "set_quantity", "reservation_id": reservation["id"], "quantity": 3})
        assert only((await one.basket(mine["code"]))["parts"][0])["handled"] is True
        status, answer = await one.changes(mine["code"], line(1))
        assert (status, answer["code"]) == (409, "ask_the_host")


async def test_yesterday_s_code_still_opens_its_page_while_tonight_s_stream_runs(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        await shop.done({"type": "end_session"})
        await shop.done({"type": "close_cycle"})
        later = {
            "cutoff_at": "2099-02-07T21:30:00+08:00",
            "pickup_at": "2099-02-08T10:00:00+08:00",
            "pickup_points": POINTS,
        }
        await shop.done(EVENING | {"cycle": later})
        tonight = await one.buys(("egg", 1))
        assert tonight["code"] != mine["code"]
        await shop.done({"type": "mark_ready"})
        assert [short(part) for part in (await one.basket(mine["code"]))["parts"]] == [[("ready", 2, 0)]]
        assert [short(part) for part in (await one.basket(tonight["code"]))["parts"]] == [[("open", 1, 0)]]


async def test_all_of_one_person_in_a_cycle_lies_on_one_page_over_rooms(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        await shop.done(EVENING, room="west")
        _, west = await one.get("/api/v1/shops/west")
        body = {
            "session_id": west["shop"]["session"]["id"],
            "name": "王姐",
            "lines": [{"offer_id": "egg", "quantity": 1}],
        }
        await one.post("/api/v1/shops/west/orders", body)
        shown = await one.basket(mine["code"])
        assert [(part["session"]["room"], short(part)) for part in shown["parts"]] == [
            (ROOM, [("open", 2, 0)]),
            ("west", [("open", 1, 0)]),
        ]
        status, answer = await one.changes(mine["code"], line(3, part=shown["parts"][1]["code"]))
        assert status == 200
        assert [short(part) for part in answer["basket"]["parts"]] == [[("open", 2, 0)], [("open", 3, 0)]]
        assert answer["basket"]["code"] == mine["code"], "the page stays the page of its own code"


async def test_two_of_one_s_own_codes_are_put_together_by_the_phone_that_both_left(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, other):
        mine, its = await one.buys(("egg", 2), phone_tail="4711"), await other.buys(("egg", 3))
        join = f"/api/v1/baskets/{mine['code']}/joins"
        wanted = {"code": its["code"], "phone_tail": "4711"}
        status, answer = await one.post(join, wanted)
        assert (status, answer["code"]) == (409, "other_phone")
        await other.changes(its["code"], {"type": "set_basket", "phone_tail": "4711"})
        status, answer = await one.post(join, wanted)
        assert (status, [short(part) for part in answer["basket"]["parts"]]) == (
            200,
            [[("open", 2, 0)], [("open", 3, 0)]],
        )
        assert len((await other.basket(its["code"]))["parts"]) == 2
        status, answer = await one.post(join, {"code": NOBODY, "phone_tail": "4711"})
        assert (status, answer["code"]) == (404, "unknown_pickup_code")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_foreign_page_changes_nothing_even_with_the_code(tmp_path: Path, origin: str) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        seq = (await shop.snapshot())["seq"]
        for path, body in (("changes", line(0)), ("joins", {"code": mine["code"], "phone_tail": "4711"})):
            status, _ = await one.post(f"/api/v1/baskets/{mine['code']}/{path}", body, Origin=origin)
            assert status == 403
        with pytest.raises(WSServerHandshakeError) as refused:
            async with one.client.ws_connect(f"{shop.base}/ws/baskets/{mine['code']}", headers={"Origin": origin}):
                pass
        assert refused.value.status == 403
        assert (await shop.snapshot())["seq"] == seq


async def test_the_same_change_sent_twice_is_one_change(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 2))
        key = {"Idempotency-Key": "the-same-change"}
        seq = (await shop.snapshot())["seq"]
        answers = await asyncio.gather(*[one.changes(mine["code"], line(3), **key) for _ in range(4)])
        assert [status for status, _ in answers] == [200] * 4
        assert (await shop.snapshot())["seq"] == seq + 1
        status, answer = await one.changes(mine["code"], line(4), **key)
        assert (status, answer["code"]) == (422, "idempotency_key_reused")


WRONG = [
    NOBODY,
    "A",
    "x" * 300,
    "%00",
    "%2e%2e%2f",
    "K7M4-9XQ2",
    "提货码",
    "' OR 1=1--",
    "%F0%9F%A5%9A",
    "0O1I0O1I0O1I",
]


async def test_every_code_of_nobody_gets_the_same_answer_on_the_same_page(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 1))
        async with one.client.get(f"{shop.base}/r/{mine['code']}") as answer:
            known = (answer.status, await answer.read(), _telling(answer.headers))
        assert known[0] == 200
        for code in WRONG:
            async with one.client.get(f"{shop.base}/r/{code}") as answer:
                assert (answer.status, await answer.read(), _telling(answer.headers)) == (404, *known[1:]), code
        answers = {json.dumps(await one.get(f"/api/v1/baskets/{code}")) for code in WRONG[: 20 - len(WRONG)]}
        assert len(answers) == 1


def _telling(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Date"}


async def test_the_page_of_a_code_is_kept_by_nobody_and_found_by_no_search(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        mine = await one.buys(("egg", 1))
        async with one.client.get(f"{shop.base}/r/{mine['code']}") as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert mine["code"] not in await answer.text()


async def test_a_fault_of_ours_is_logged_without_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_evening(tmp_path) as (_shop, one, _other):
        mine = await one.buys(("egg", 1))
        monkeypatch.setattr(basket_view, "lines", lambda _held: 1 / 0)
        with capture_logs() as logs:
            status, answer = await one.get(f"/api/v1/baskets/{mine['code']}")
        assert (status, answer["code"]) == (500, "internal_error")
        [logged] = logs
        assert logged["path"] == "/api/v1/baskets/{code}"
        assert mine["code"] not in str({name: value for name, value in logged.items() if name != "exc_info"})


async def test_without_a_code_the_page_asks_for_one(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.client.get(f"{shop.base}/r") as answer:
        assert (answer.status, answer.url.path) == (200, "/r/")


async def test_who_guesses_codes_is_soon_told_to_wait_and_learns_nothing(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, _other):
        mine = await one.buys(("egg", 1))
        guesses = [(await one.get(f"/api/v1/baskets/{n:012d}"))[0] for n in range(40)]
        assert guesses.count(404) <= ADDRESS[Limit.UNKNOWN_CODE].burst + 2
        assert guesses[-1] == 429
        status, answer = await one.get(f"/api/v1/baskets/{mine['code']}")
        assert (status, answer["code"]) == (429, "too_many_requests")


async def test_ten_thousand_requests_are_answered_and_remembered_by_nobody(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other):
        mine = await one.buys(("egg", 1))
        statuses: set[int] = set()
        began = time.monotonic()

        async def ask(first: int) -> None:
            for n in range(first, first + 500):
                async with other.client.get(f"{shop.base}/api/v1/baskets/{n:012x}") as answer:
                    statuses.add(answer.status)

        await asyncio.gather(*[ask(n * 500) for n in range(20)])
        assert statuses == {404, 429}
        assert time.monotonic() - began < 120, "a refused request costs next to nothing"
        await bring(shop, [comment("c-1", "要两箱鸡蛋", user="u-2")])
        assert (await shop.snapshot())["totals"]["reserved_quantity"] == 3
        assert mine["code"]


async def test_a_basket_hears_its_own_changes_and_those_of_the_line_before_it(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, other):
        await one.buys(("egg", 10), name="张桂花")
        its = await other.buys(("egg", 2))
        [first] = [await _code_of(shop, "张桂花")]
        async with other.hears(f"/ws/baskets/{its['code'].lower()}") as page:
            assert short((await told(page, "basket"))["parts"][0]) == [("open", 0, 2)]
            await one.changes(first, line(9))
            heard = await told(page, "basket")
            assert short(heard["parts"][0]) == [("open", 1, 1)]
            assert "张" not in json.dumps(heard, ensure_ascii=False)
            await shop.done({"type": "close_cycle"})
            assert (await told(page, "basket"))["parts"][0]["cycle"]["state"] == "closed"
            await shop.done({"type": "mark_ready"})
            ready = await told(page, "basket")
            assert ready["parts"][0]["lines"][0]["state"] == "ready"


async def _code_of(shop: Shop, name: str) -> str:
    [reservation] = [each for each in (await shop.snapshot())["reservations"] if each["viewer"]["name"] == name]
    return str(reservation["pickup_code"])


async def test_a_code_of_nobody_opens_no_socket(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (_shop, one, _other):
        with pytest.raises(WSServerHandshakeError) as refused:
            async with one.hears(f"/ws/baskets/{NOBODY}"):
                pass
        assert refused.value.status == 404


BAG: Json = {
    "type": "open_giveaway",
    "title": "今晚福袋",
    "prize": "铁锅一口",
    "prize_value": "99.00",
    "winners": 1,
    "keyword": "福袋",
    "seconds": 600,
    "kind": "lucky_bag",
}


async def test_the_owner_of_a_code_finds_their_entry_once_the_list_is_closed_and_their_prize(tmp_path: Path) -> None:
    async with an_evening(tmp_path) as (shop, one, _other):
        await bring(shop, [comment("c-1", "要两箱鸡蛋")])
        [reservation] = (await shop.snapshot())["reservations"]
        code = reservation["pickup_code"]
        [opened] = await shop.done(BAG)
        giveaway_id = opened["data"]["giveaway"]["id"]
        await bring(shop, [comment("c-2", "福袋")])
        [part] = (await one.basket(code))["parts"]
        assert part["draws"] == []
        await shop.done({"type": "draw_giveaway", "giveaway_id": giveaway_id})
        [part] = (await one.basket(code))["parts"]
        [draw] = part["draws"]
        assert (draw["state"], draw["prize"]) == ("closed", None)
        await bring(shop, [comment(f"w-{n}", "哈哈") for n in range(5)])
        [part] = (await one.basket(code))["parts"]
        assert part["draws"][0]["prize"]["prize"] == "铁锅一口"
        [giveaway] = (await shop.snapshot())["giveaways"]
        assert [won["entry"] for won in giveaway["rounds"][0]["winners"]] == [draw["entry"]]
        await shop.done({"type": "claim_giveaway", "giveaway_id": giveaway_id, "entry": draw["entry"]})
        [part] = (await one.basket(code))["parts"]
        assert part["draws"][0]["prize"]["state"] == "claimed"
