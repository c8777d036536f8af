from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from live.web.checked import request_hash
from live.web.command_models import StartSession
from live.web.commands import KNOWN, MAX_BODY_BYTES, parse
from live.web.problems import ProblemRaised
from tests.web.shop import EGG, ROOM, START, bring, comment, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop

SECTION_3 = (
    "start_session end_session add_offer update_offer restock open_offer pin_offer close_offer open_prompt close_prompt "
    "reserve set_quantity cancel_reservation accept_comment dismiss_comment "
    "close_cycle move_pickup mark_ready collect undo_collect mark_no_show set_basket redeem_points answer_ticket "
    "close_ticket "
    "start_flash_sale stop_flash_sale pause_flash_sale resume_flash_sale extend_flash_sale "
    "open_giveaway draw_giveaway redraw_giveaway claim_giveaway open_poll close_poll "
    "show_comment hide_comment show_order_code hide_order_code block_viewer unblock_viewer "
    "answer_question keep_faq drop_faq undo_comment add_host remove_host set_aside_comment bring_back_comment "
    "update_script"
)


def test_the_commands_are_those_of_the_contract() -> None:
    assert " ".join(KNOWN) == SECTION_3


def refusal(data: object) -> tuple[int, str, dict[str, str]]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(ProblemRaised) as raised:
        parse(raw)
    problem = raised.value.problem
    return problem.status, problem.code, {fault.field: fault.message for fault in problem.errors}


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"nonsense", b"\xff\xfe", b"[]", b"1", b"null", b'{"a":NaN}', b'{"a":Infinity}', b"[" * 100_000),
        b'{"type":"pin_offer","offer_id":"\\ud800"}',
        b'{"type":"start_session","script":{"a":1e999}}',
        b'{"type":"start_session","script":{"a":%s}}' % (b"[" * 500 + b"]" * 500),
    ],
    ids=range(13),
)
def test_what_is_no_json_object_is_400(data: bytes) -> None:
    assert refusal(data) == (400, "invalid_json", {})


@pytest.mark.parametrize("kind", ["launch_rocket", "", None, 1, ["end_session"], {"a": 1}])
def test_an_unknown_command_is_422_and_lists_the_known(kind: object) -> None:
    status, code, faults = refusal({"type": kind})
    assert (status, code) == (422, "unknown_command")
    assert SECTION_3 in faults["type"]


def test_all_faults_come_at_once_with_their_places() -> None:
    bad = {
        "type": "start_session",
        "titel": "拼错了",
        "offers": [
            {"id": "a", "number": 0, "title": "", "price": 39.9, "quota": -1},
            {"id": "b", "title": "乙", "price": "1.234", "quota": "3", "variants": [{"id": "s"}]},
        ],
        "cycle": {"cutoff_at": "今晚九点半", "pickup_at": "2026-01-07T21:30:00"},
        "policy": {"repeat": "twice"},
    }
    _, code, faults = refusal(bad)
    assert code == "invalid_command"
    assert set(faults) == {
        "title",
        "titel",
        "offers[0].number",
        "offers[0].title",
        "offers[0].price",
        "offers[0].quota",
        "offers[1].price",
        "offers[1].quota",
        "offers[1].variants[0].name",
        "cycle.cutoff_at",
        "cycle.pickup_at",
        "policy.repeat",
    }
    assert not [message for message in faults.values() if message.isascii()]


@pytest.mark.parametrize(
    "price", ["39.905", "-1", "1e3", " 1", "1.", ".5", "", "一百", "99999999", "NaN", 39.9, 39, None]
)
def test_a_price_is_a_decimal_string_with_at_most_two_decimals(price: object) -> None:
    _, _, faults = refusal({"type": "add_offer", "offer": {**EGG, "price": price}})
    assert list(faults) == ["offer.price"]
    assert '"39.90"' in faults["offer.price"]


@pytest.mark.parametrize(
    ("command", "field"),
    [
        ({"type": "restock", "offer_id": "egg", "quantity": 0}, "quantity"),
        ({"type": "restock", "offer_id": "egg", "quantity": 100_001}, "quantity"),
        ({"type": "restock", "offer_id": "egg", "quantity": 1.5}, "quantity"),
        ({"type": "restock", "offer_id": "egg", "quantity": True}, "quantity"),
        ({"type": "restock", "offer_id": "", "quantity": 1}, "offer_id"),
        ({"type": "restock", "offer_id": "a\x00b", "quantity": 1}, "offer_id"),
        ({"type": "end_session", "really": True}, "really"),
        ({"type": "open_prompt", "keyword": "1", "meaning": "order", "seconds": 30}, "meaning"),
        ({"type": "open_prompt", "keyword": " ", "meaning": "claim", "seconds": 30}, "keyword"),
        ({"type": "open_prompt", "keyword": "1", "meaning": "claim", "seconds": 0}, "seconds"),
        ({"type": "cancel_reservation", "reservation_id": "r", "reason": "a\x00b"}, "reason"),
        ({"type": "update_offer", "offer_id": "egg", "facts": {"产地": "a\x1bb"}}, "facts.产地"),
        ({"type": "reserve", "viewer": "", "offer_id": "egg", "quantity": 1}, "viewer"),
        ({"type": "reserve", "viewer": 7, "offer_id": "egg", "quantity": 1}, "viewer"),
        ({"type": "reserve", "viewer": {"id": "u"}, "offer_id": "egg", "quantity": 1}, "viewer.name"),
        ({"type": "reserve", "viewer": {"name": "张姐", "nick": "z"}, "offer_id": "egg", "quantity": 1}, "viewer.nick"),
        ({"type": "accept_comment", "comment_id": "m", "actions": []}, "actions"),
        ({"type": "accept_comment", "comment_id": "m", "actions": [{"op": "set", "offer": "egg"}]}, "actions[0]"),
        ({"type": "update_offer", "offer_id": "egg"}, ""),
        ({"type": "update_offer", "offer_id": "egg", "open": "no"}, "open"),
        ({"type": "update_offer", "offer_id": "egg", "id": "egg2"}, "id"),
        ({"type": "update_offer", "offer_id": "egg", "title": None}, "title"),
        ({"type": "update_offer", "offer_id": "egg", "number": 1000}, "number"),
    ],
)
def test_a_fault_is_told_at_its_field(command: Json, field: str) -> None:
    _, code, faults = refusal(command)
    assert (code, list(faults)) == ("invalid_command", [field])


def test_a_platform_that_is_no_name_is_told_how_one_is_written() -> None:
    viewer = {"name": "张姐", "platform": "抖音"}
    _, _, faults = refusal({"type": "reserve", "viewer": viewer, "offer_id": "egg", "quantity": 1})
    assert faults == {"viewer.platform": "只能用小写字母、数字、_ : 和 -，1 到 40 个字"}


CODE = "7K2MABCDEFGH"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ({"type": "collect", "pickup_code": "提货码"}, "提货码只有字母和数字"),
        ({"type": "set_basket", "pickup_code": CODE, "phone_tail": "12"}, "四位数字"),
        ({"type": "collect", "pickup_code": CODE, "weights": {"r1": "2斤"}}, "三位小数"),
    ],
)
def test_what_is_written_in_its_own_way_is_told_how(command: Json, told: str) -> None:
    _, _, faults = refusal(command)
    assert [told in message for message in faults.values()] == [True]


def test_ids_and_numbers_of_offers_are_unique() -> None:
    twice = {**EGG, "title": "别的"}
    assert refusal({**START, "offers": [EGG, twice]})[2] == {"offers": "商品的 id 重复了：egg"}
    _, _, faults = refusal({**START, "offers": [EGG, {**twice, "id": "egg2"}]})
    assert faults == {"offers": "商品的编号重复了：1"}


def test_offers_without_a_number_do_not_clash() -> None:
    plain = {key: value for key, value in EGG.items() if key != "number"}
    start = parse(json.dumps({**START, "offers": [plain, {**plain, "id": "b"}]}).encode())
    assert isinstance(start, StartSession)
    assert [offer.number for offer in start.offers] == [None, None]


def test_the_cutoff_comes_before_the_pickup() -> None:
    at = "2026-01-07T21:30:00+08:00"
    _, _, faults = refusal({**START, "cycle": {"cutoff_at": at, "pickup_at": at}})
    assert faults == {"cycle": "截单时间 cutoff_at 要早于提货时间 pickup_at"}


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+08:00", "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
)
def test_a_moment_beyond_the_calendar_is_a_fault_of_its_field(at: str) -> None:
    """Nobody could write such a moment in China's time: the room's owner would fail on it."""
    cycle = {"cutoff_at": "2026-01-07T21:30:00+08:00", "pickup_at": at}
    _, code, faults = refusal({**START, "cycle": cycle})
    assert (code, list(faults)) == ("invalid_command", ["cycle.pickup_at"])
    assert "1970" in faults["cycle.pickup_at"]


def test_the_hash_of_a_command_knows_its_meaning_not_its_spaces() -> None:
    assert request_hash(b'{"type":"restock","quantity":1}') == request_hash(b'{ "quantity": 1, "type": "restock" }')
    assert request_hash(b'{"quantity":1}') != request_hash(b'{"quantity":2}')


async def test_a_command_answers_with_its_events(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        events = await shop.done(START)
        assert events[0]["kind"] == "session_started"
        assert events[0]["seq"] == 1
        [pinned] = await shop.done({"type": "pin_offer", "offer_id": "egg"})
        assert (pinned["kind"], pinned["data"]["session"]["pinned_offer_id"]) == ("offer_pinned", "egg")


async def test_every_command_of_an_evening_is_carried_out(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        pear = {"id": "pear", "number": 3, "title": "酥梨", "price": "6.50", "quota": 5, "open": False}
        made: dict[str, list[str]] = {}
        for command in (
            {"type": "add_offer", "offer": pear},
            {"type": "update_offer", "offer_id": "pear", "price": "5.80", "facts": {"产地": "砀山"}, "quota": 6},
            {"type": "open_offer", "offer_id": "pear"},
            {"type": "restock", "offer_id": "pear", "quantity": 4},
            {"type": "pin_offer", "offer_id": "pear"},
            {"type": "open_prompt", "keyword": "1", "meaning": "claim", "ref_id": "pear", "seconds": 60},
            {"type": "close_prompt"},
            {"type": "reserve", "viewer": "李婶", "offer_id": "pear", "quantity": 2},
            {"type": "close_offer", "offer_id": "pear"},
        ):
            made[str(command["type"])] = [event["kind"] for event in await shop.done(command)]
        assert made["reserve"] == ["reservation_made"]
        assert made["update_offer"] == ["offer_changed"]
        state = await shop.snapshot()
        [offer] = [each for each in state["offers"] if each["id"] == "pear"]
        assert (offer["price"], offer["quota"], offer["reserved"], offer["facts"]) == ("5.80", 10, 2, {"产地": "砀山"})
        [reservation] = state["reservations"]
        await shop.done({"type": "set_quantity", "reservation_id": reservation["id"], "quantity": 3})
        await shop.done({"type": "cancel_reservation", "reservation_id": reservation["id"], "reason": "打错了"})
        [ended] = await shop.done({"type": "end_session"})
        assert ended["kind"] == "session_ended"


async def test_the_confirm_queue_is_answered_by_one_tap(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        weak = {"user": "0", "name": "薛***"}
        await bring(shop, [comment("m-1", "要两箱鸡蛋", **weak), comment("m-2", "要一箱鸡蛋", **weak)])
        assert len((await shop.snapshot())["confirmations"]) == 2
        actions = [{"op": "set", "offer": "egg", "quantity": 3}]
        events = await shop.done({"type": "accept_comment", "comment_id": "m-1", "actions": actions})
        assert "reservation_made" in [event["kind"] for event in events]
        await shop.done({"type": "dismiss_comment", "comment_id": "m-2"})
        state = await shop.snapshot()
        assert (state["confirmations"], state["reservations"][0]["quantity"]) == ([], 3)


async def problem_of(shop: Shop, body: object, **headers: str) -> Json:
    answer = await shop.command(body, **headers)
    assert answer.content_type == "application/problem+json"
    told: Json = await answer.json(content_type=None)
    assert told["status"] == answer.status
    return told


async def test_a_refusal_is_a_problem_with_a_stable_code(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        told = await problem_of(shop, {"type": "pin_offer", "offer_id": "egg"})
        assert (told["status"], told["code"]) == (409, "no_session")
        await shop.start()
        told = await problem_of(shop, {"type": "pin_offer", "offer_id": "nothing"})
        assert (told["status"], told["code"]) == (404, "unknown_offer")


async def test_the_faults_of_a_command_are_told_field_by_field(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        told = await problem_of(shop, {"type": "restock", "offer_id": "egg", "quantity": 0})
        assert (told["status"], told["code"]) == (422, "invalid_command")
        assert told["errors"] == [{"field": "quantity", "message": "不能小于 1"}]


async def test_a_command_sent_again_with_its_key_takes_effect_once(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        restock = {"type": "restock", "offer_id": "egg", "quantity": 5}
        answers = [await shop.command(restock, **{"Idempotency-Key": "tap-1"}) for _ in range(3)]
        assert len({await answer.read() for answer in answers}) == 1
        assert {answer.status for answer in answers} == {200}
        assert [o["quota"] for o in (await shop.snapshot())["offers"] if o["id"] == "egg"] == [105]


async def test_a_double_tap_at_the_same_moment_takes_effect_once(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        restock = {"type": "restock", "offer_id": "egg", "quantity": 5}
        answers = await asyncio.gather(*(shop.command(restock, **{"Idempotency-Key": "tap-1"}) for _ in range(8)))
        assert len({await answer.read() for answer in answers}) == 1
        assert [o["quota"] for o in (await shop.snapshot())["offers"] if o["id"] == "egg"] == [105]


async def test_the_same_key_with_another_command_is_422(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        key = {"Idempotency-Key": "tap-1"}
        assert (await shop.command({"type": "restock", "offer_id": "egg", "quantity": 5}, **key)).status == 200
        told = await problem_of(shop, {"type": "restock", "offer_id": "egg", "quantity": 6}, **key)
        assert (told["status"], told["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize("key", ["", "x" * 256])
async def test_a_key_has_1_to_255_characters(tmp_path: Path, key: str) -> None:
    async with open_shop(tmp_path) as shop:
        assert (await problem_of(shop, {"type": "end_session"}, **{"Idempotency-Key": key}))["code"] == "invalid_key"


async def test_a_body_above_the_limit_is_413(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        told = await problem_of(shop, {"type": "end_session", "x": "x" * MAX_BODY_BYTES})
        assert (told["status"], told["code"]) == (413, "too_large")


async def test_a_form_of_a_foreign_page_is_no_command(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/api/v1/rooms/{ROOM}/commands"
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            headers = shop.bearer(shop.tokens.host) | {"Content-Type": kind}
            answer = await shop.client.post(url, data=b'{"type":"end_session"}', headers=headers)
            assert (answer.status, (await answer.json(content_type=None))["code"]) == (415, "not_json")


@pytest.mark.parametrize("room", ["Main", "x" * 41, "%E6%88%BF"])
async def test_what_is_no_room_name_is_404(tmp_path: Path, room: str) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.command({"type": "end_session"}, room=room)
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (404, "unknown_room")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"type": "extend_flash_sale", "offer_id": "egg"}, "没有写加多少"),
        (
            {
                "type": "open_poll",
                "question": "明天上什么？",
                "options": [{"key": "1", "label": "2"}, {"key": "2", "label": "草莓"}],
                "seconds": 60,
            },
            "“2”同时是两个选项的叫法",
        ),
    ],
    ids=["nothing more", "one name twice"],
)
def test_a_rule_over_several_fields_says_what_is_wrong_in_its_own_words(body: dict[str, object], why: str) -> None:
    status, _, faults = refusal(body)
    assert status == 422
    assert any(why in message for message in faults.values())
