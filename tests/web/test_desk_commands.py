"""Questions, slips of the finger, who is of the shop and the script, over the wire as the console sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.web.shop import bring, comment, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop

FACTS = {"产地": "王大叔农场", "保质期": "15 天"}
SCRIPT = {
    "sections": [
        {"id": "s1", "kind": "offer", "title": "土鸡蛋", "offer_id": "egg", "minutes": 3, "points": ["散养的"]}
    ]
}


async def ask(shop: Shop, *texts: str, start: int = 1) -> list[Json]:
    """Every text by a viewer of its own; the questions of the room afterwards."""
    await bring(
        shop,
        [comment(f"q-{n}", text, user=f"u-{n}", name=f"观众{n}") for n, text in enumerate(texts, start)],
    )
    questions: list[Json] = (await shop.snapshot())["questions"]
    return questions


async def test_like_questions_are_one_and_an_answer_settles_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await shop.done({"type": "pin_offer", "offer_id": "egg"})
        await shop.done({"type": "update_offer", "offer_id": "egg", "facts": FACTS})
        (question,) = await ask(shop, "鸡蛋是哪里产的", "产地是哪里", "哪里产的啊")
        assert (question["askers"], question["state"], question["offer_id"]) == (3, "open", "egg")
        assert question["suggestion"] == {"text": "王大叔农场", "source": "fact", "key": "产地", "aloud": None}
        told = await shop.done({"type": "answer_question", "question_id": question["id"], "text": "王大叔农场"})
        assert [event["kind"] for event in told] == ["question_answered", "comment_shown"]
        state = await shop.snapshot()
        assert (state["questions"][0]["answer"], state["shown"]["answer"]) == ("王大叔农场", "王大叔农场")


async def test_an_answer_by_voice_shows_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        (question,) = await ask(shop, "鸡蛋新鲜吗")
        await shop.done({"type": "answer_question", "question_id": question["id"]})
        state = await shop.snapshot()
        assert (state["questions"][0]["voice"], state["shown"]) == (True, None)


async def test_a_kept_answer_is_there_after_a_restart_and_for_the_next_evening(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        (question,) = await ask(shop, "鸡蛋新鲜吗")
        answer = {
            "type": "answer_question",
            "question_id": question["id"],
            "text": "当天捡的",
            "show": False,
            "keep": True,
        }
        await shop.done(answer)
        await shop.done({"type": "end_session"})
    async with open_shop(tmp_path) as shop:
        await shop.start()
        assert [faq["answer"] for faq in (await shop.snapshot())["faq"]] == ["当天捡的"]
        (question,) = await ask(shop, "鸡蛋新鲜不新鲜", start=7)
        assert question["suggestion"]["source"] == "faq"


async def test_an_answer_can_be_kept_before_anybody_asks(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await shop.done({"type": "keep_faq", "question": "鸡蛋新鲜吗", "answer": "当天捡的", "offer_id": "egg"})
        (question,) = await ask(shop, "鸡蛋新鲜不新鲜")
        assert question["suggestion"]["text"] == "当天捡的"
        (faq,) = (await shop.snapshot())["faq"]
        await shop.done({"type": "drop_faq", "faq_id": faq["id"]})
        assert (await shop.snapshot())["faq"] == []


async def test_questions_are_nobody_s_business_but_the_hosts(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await ask(shop, "鸡蛋新鲜吗")
        seen = await shop.snapshot(shop.tokens.overlay)
        assert seen["questions"] == []
        assert "faq" not in seen


async def test_who_gave_a_command_is_told_to_the_other_screens_alone(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events() as host, shop.events(token=shop.tokens.overlay) as picture:
            await host.receive_json()
            await picture.receive_json()
            said = {"type": "pin_offer", "offer_id": "egg"}
            await shop.command(said, **{"Linbo-By": quote("小李")})
            assert (await host.receive_json())["data"]["by"] == "小李"
            assert "by" not in (await picture.receive_json())["data"]


@pytest.mark.parametrize(
    ("sent", "told"), [("", None), ("%00%07", None), (quote("很" * 50), "很" * 20), (quote("小 李\n"), "小 李")]
)
async def test_a_name_is_short_and_plain(tmp_path: Path, sent: str, told: str | None) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        answer = await shop.command({"type": "pin_offer", "offer_id": "egg"}, **{"Linbo-By": sent})
        assert (await answer.json())["events"][0]["data"].get("by") == told


async def test_a_tap_is_taken_back_and_the_comment_waits_again(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await bring(shop, [comment("c-1", "鸡蛋多来点")])
        egg = {"op": "set", "offer": "egg", "quantity": 3}
        await shop.done({"type": "accept_comment", "comment_id": "c-1", "actions": [egg]})
        told = await shop.done({"type": "undo_comment", "comment_id": "c-1"})
        assert [event["kind"] for event in told] == ["reservation_cancelled", "comment_reopened"]
        state = await shop.snapshot()
        assert [pending["id"] for pending in state["confirmations"]] == ["c-1"]
        assert state["offers"][0]["reserved"] == 0
        refused = await shop.command({"type": "undo_comment", "comment_id": "c-1"})
        assert (refused.status, (await refused.json(content_type=None))["code"]) == (409, "too_late_to_undo")


async def test_the_shop_s_own_are_marked_from_a_comment(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await bring(shop, [comment("c-1", "大家晚上好", user="u-li", name="小李")])
        await shop.done({"type": "add_host", "comment_id": "c-1"})
        await bring(shop, [comment("c-2", "要两箱鸡蛋", user="u-li", name="小李")])
        state = await shop.snapshot()
        assert state["session"]["hosts"][-1] == "u-li"
        assert state["reservations"] == []
        await shop.done({"type": "remove_host", "host": "u-li"})


async def test_a_comment_is_set_aside_for_every_console(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await bring(shop, [comment("c-1", "骂人的话")])
        await shop.done({"type": "set_aside_comment", "comment_id": "c-1"})
        assert (await shop.snapshot())["session"]["set_aside"] == ["kuaishou/c-1"]
        await shop.done({"type": "bring_back_comment", "comment_id": "c-1"})
        assert (await shop.snapshot())["session"]["set_aside"] == []


async def test_the_script_can_be_changed_while_the_evening_runs(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await shop.done({"type": "update_script", "script": SCRIPT})
        section = (await shop.snapshot())["session"]["script"]["sections"][0]
        assert (section["kind"], section["points"]) == ("offer", ["散养的"])
        wrong = await shop.command({"type": "update_script", "script": {"sections": [{"id": "s1", "kind": "dance"}]}})
        assert wrong.status == 422


@pytest.mark.parametrize("wish", ["keep", "show"])
async def test_an_answer_without_words_can_neither_be_shown_nor_kept(tmp_path: Path, wish: str) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        (question,) = await ask(shop, "鸡蛋新鲜吗")
        refused = await shop.command({"type": "answer_question", "question_id": question["id"], wish: True})
        told = await refused.json(content_type=None)
        assert refused.status == 422
        assert "没有写答案 text" in told["errors"][0]["message"]
