"""The script over HTTP: text in, script out, and back, before the session and while it runs; for hosts alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from live.web.command_models import StartSession
from live.web.script_models import SCRIPT
from tests.web.shop import APPLE, EGG, LATER, ROOM, STILL_LATER, bring, comment, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.web.shop import Json, Shop

TEXT = """## 开场 3分钟
- 今晚两样
## 1号 土鸡蛋 5分钟
- 散养的
> 扣1 30秒
## 秒杀 1号 土鸡蛋
> 秒杀 29.90元 限量10 每人1 2分钟 预告10秒
## 今晚福袋 2分钟
> 福袋 土鸡蛋一箱 价值39.90元 2名 口令福袋 2分钟 下过单的
## 投票
> 投票 明天上什么？ 2分钟
> 1 草莓
> 2 砂糖橘
"""


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path) as one:
        yield one


async def post(shop: Shop, what: str, body: object, *, token: str | None = None) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    url = f"{shop.base}/api/v1/rooms/{ROOM}/script/{what}"
    async with shop.client.post(url, json=body, headers=headers) as answer:
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def test_a_text_is_read_against_the_goods_of_the_room(shop: Shop) -> None:
    await shop.start()
    status, told = await post(shop, "read", {"markdown": TEXT})
    assert (status, told["faults"]) == (200, [])
    opening, egg, deal, bag, poll = told["script"]["sections"]
    assert opening == {
        "id": "s1",
        "kind": "opening",
        "title": "开场",
        "offer_id": None,
        "minutes": 3,
        "points": ["今晚两样"],
        "launch": None,
    }
    prompt = {"type": "open_prompt", "keyword": "1", "seconds": 30, "meaning": "claim", "ref_id": "egg"}
    assert (egg["offer_id"], egg["launch"]) == ("egg", prompt)
    assert (deal["launch"]["price"], deal["launch"]["offer_id"], deal["launch"]["per_viewer_limit"]) == (
        "29.90",
        "egg",
        1,
    )
    assert bag["kind"] == "talk"
    assert bag["launch"]["eligibility"] == {"must_have_reserved": True, "not_won_within_days": None}
    assert poll["launch"]["options"] == [{"key": "1", "label": "草莓"}, {"key": "2", "label": "砂糖橘"}]


async def test_every_launch_is_a_command_as_it_stands(shop: Shop) -> None:
    await shop.start()
    _, told = await post(shop, "read", {"markdown": TEXT})
    for section in told["script"]["sections"]:
        if section["launch"]:
            assert await shop.done(section["launch"])
        if section["launch"] and section["launch"]["type"] == "open_prompt":
            await shop.done({"type": "close_prompt"})  # "1" is an option of the poll as well


async def test_before_the_session_the_goods_are_sent_along(shop: Shop) -> None:
    _, without = await post(shop, "read", {"markdown": "## 1号"})
    assert without["faults"] == [{"line": 1, "what": "清单里没有 1号", "mend": "清单里的商品还没有编号，写商品名"}]
    _, told = await post(shop, "read", {"markdown": "## 1号", "offers": [EGG, APPLE]})
    assert (told["faults"], told["script"]["sections"][0]["offer_id"]) == ([], "egg")


async def test_a_script_is_written_as_the_text_that_reads_as_it(shop: Shop) -> None:
    await shop.start()
    _, first = await post(shop, "read", {"markdown": TEXT})
    _, written = await post(shop, "write", {"script": first["script"]})
    assert written["script"] == first["script"]
    assert (written["markdown"], written["faults"]) == (first["markdown"], [])
    assert "## 1号 土鸡蛋 5分钟\n- 散养的\n> 扣1 30秒\n" in written["markdown"]


async def test_what_a_form_leaves_wrong_is_told_with_its_line(shop: Shop) -> None:
    await shop.start()
    gone = {"kind": "offer", "title": "草莓", "offer_id": "berry", "launch": None}
    status, told = await post(shop, "write", {"script": {"sections": [gone]}})
    assert status == 200
    assert told["script"]["sections"][0]["offer_id"] is None


async def test_a_script_is_drafted_from_the_goods_and_can_start_the_evening(shop: Shop) -> None:
    cycle = {"cutoff_at": LATER, "pickup_at": STILL_LATER, "pickup_points": [{"id": "p1", "name": "东门便利店"}]}
    _, told = await post(shop, "draft", {"offers": [EGG, APPLE], "cycle": cycle})
    assert [section["kind"] for section in told["script"]["sections"]] == [
        "opening",
        "offer",
        "offer",
        "bag",
        "flash",
        "closing",
    ]
    assert "- 1月8日 周四 10:00 起 东门便利店提货" in told["markdown"]
    begin = {"type": "start_session", "title": "周三", "offers": [EGG, APPLE], "cycle": cycle, "script": told["script"]}
    assert StartSession.model_validate_json(json.dumps(begin)).script == told["script"]
    await shop.done(begin)
    _, again = await post(shop, "draft", {})
    assert again["script"] == told["script"]
    assert len(SCRIPT.validate_json(json.dumps(told["script"])).sections) == len(told["script"]["sections"])


@pytest.mark.parametrize(
    ("what", "body", "status"),
    [
        ("read", {}, 422),
        ("read", {"markdown": 5}, 422),
        ("read", {"markdown": "字" * 60_001}, 422),
        ("write", {"script": {"sections": [{"kind": "dance", "title": "跳舞"}]}}, 422),
        ("write", {"script": {"sections": [{"kind": "talk", "title": "聊", "launch": {"type": "end_session"}}]}}, 422),
        ("draft", [], 400),
    ],
)
async def test_what_is_no_script_is_refused_in_words(shop: Shop, what: str, body: object, status: int) -> None:
    answered, told = await post(shop, what, body)
    assert answered == status
    assert told["detail"]


@pytest.mark.parametrize("what", ["read", "write", "draft"])
async def test_only_a_host_may_ask(shop: Shop, what: str) -> None:
    assert (await post(shop, what, {}, token=shop.tokens.overlay))[0] == 401


async def test_the_page_opens_with_the_token_once_and_with_the_cookie_from_then_on(shop: Shop) -> None:
    url = f"{shop.base}/prompter/{ROOM}"
    async with shop.client.get(url) as answer:
        assert answer.status == 401
    async with shop.client.get(f"{url}?token={shop.tokens.host}", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, f"./{ROOM}")
    async with shop.client.get(url, headers={"Cookie": f"linbo_host={shop.cookie()}"}) as answer:
        assert answer.status == 200


async def test_a_draft_takes_up_what_was_asked_about_the_same_goods_last_time(shop: Shop) -> None:
    await shop.start()
    await shop.done({"type": "update_offer", "offer_id": "egg", "facts": {"产地": "王大叔农场"}})
    await bring(shop, [comment("q-1", "鸡蛋是哪里产的")])
    await shop.done({"type": "end_session"})
    _, told = await post(shop, "draft", {"offers": [EGG | {"id": "tonight"}]})
    (egg,) = [section for section in told["script"]["sections"] if section["kind"] == "offer"]
    assert egg["points"][-1] == "上回有人问“鸡蛋是哪里产的”：王大叔农场"
    assert told["by"] == "template"


async def test_without_a_model_a_draft_is_the_template_s(shop: Shop) -> None:
    await shop.start()
    _, plain = await post(shop, "draft", {})
    _, asked = await post(shop, "draft", {"by": "model"})
    assert asked == plain
    assert (asked["by"], asked["dropped"], asked["trouble"]) == ("template", 0, None)
