"""A script worded by a model over a real socket: what stands is taken, what does not leaves the template's words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from config.settings import LlmSettings
from live.domain.script_draft import draft_script
from live.service.script_writer import heard_before, reworded, with_heard
from nlp.llm_setup import desk_of
from tests.domain.factories import apple, egg
from tests.nlp.llm.server import refuses, said, serving, streams
from tests.service.test_advising import data_of

if TYPE_CHECKING:
    from aiohttp import web

    from live.domain.script_parts import Script
    from live.service.script_writer import Worded
    from tests.nlp.llm.server import Behave, ChatServer

ASKED = {"offer_id": "old", "text": "鸡蛋腥不腥", "askers": 9, "answer": "不腥", "suggestion": None}
SNAPSHOT = {"offers": [{"id": "old", "title": egg().title}], "questions": [ASKED]}


def writes(text: str) -> Behave:
    """This text for every section."""

    async def behave(_: ChatServer, __: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        sections = [{"id": each["id"], "text": text} for each in data_of(body)["sections"]]
        return said(json.dumps({"sections": sections}))

    return behave


async def worded(behave: Behave, script: Script) -> tuple[Worded, list[dict[str, Any]]]:
    heard = heard_before(SNAPSHOT, [egg()])
    async with serving(behave) as server:
        settings = LlmSettings.model_validate({"base_url": server.url, "model": "m"})
        desk = desk_of(settings, auto_confidence=0.9)
        try:
            found = await reworded(script, desk, heard, ["中不中"])
        finally:
            await desk.llm.close()
        return found, server.asked


def points(script: Script, title: str) -> tuple[str, ...]:
    return next(section.points for section in script.sections if section.title == title)


async def test_sentences_that_stand_take_the_place_of_points_and_figures_are_never_lost() -> None:
    script = draft_script([egg(), apple()])
    found, (asked,) = await worded(writes("大家看看今晚的好东西。"), script)
    assert (found.by, found.dropped) == ("model", 0)
    title = script.sections[1].title
    assert points(found.script, title)[-1] == "大家看看今晚的好东西。"
    assert points(script, title)[0] in points(found.script, title)
    assert data_of(asked)["words"] == ["中不中"]


async def test_what_was_heard_before_is_told_to_the_model_and_never_quoted_as_a_figure() -> None:
    _, (asked,) = await worded(writes("好。"), draft_script([egg()]))
    assert ["鸡蛋腥不腥"] in [each["heard"] for each in data_of(asked)["sections"]]


async def test_names_and_phones_of_those_who_asked_and_were_answered_stay_at_home() -> None:
    asked = ASKED | {"text": "@李秀英 我手机13812345678 坏了包赔吗", "answer": "坏了找我，13912345678"}
    heard = heard_before(SNAPSHOT | {"questions": [asked]}, [egg()])
    async with serving(writes("坏了包赔。坏了找我。")) as server:
        desk = desk_of(LlmSettings.model_validate({"base_url": server.url, "model": "m"}), auto_confidence=0.9)
        try:
            found = await reworded(draft_script([egg()]), desk, heard, ())
        finally:
            await desk.llm.close()
        sent = json.dumps(server.asked, ensure_ascii=False)
    assert [secret for secret in ("李秀英", "13812345678", "13912345678") if secret in sent] == []
    assert "坏了找我。" in str(found.script)
    assert "坏了包赔" not in str(found.script)


async def test_a_script_of_many_goods_is_read_to_its_end() -> None:
    goods = [replace(egg(), id=f"e{n}", number=n, title=f"土鸡蛋{n}号") for n in range(1, 36)]
    section = {"id": "", "text": "大家看看今晚的好东西。" * 20}

    async def behave(server: ChatServer, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        sections = [section | {"id": each["id"]} for each in data_of(body)["sections"]]
        return await streams(json.dumps({"sections": sections}, ensure_ascii=False))(server, request, body)

    found, _ = await worded(behave, draft_script(goods))
    assert (found.by, found.trouble) == ("model", None)


async def test_a_wrong_figure_or_a_promise_drops_the_sentence_and_the_template_stands() -> None:
    script = draft_script([egg()])
    found, _ = await worded(writes("今晚只要 1 元！全国最好的鸡蛋。"), script)
    assert found.script == script
    assert (found.by, found.dropped > 0) == ("template", True)


async def test_where_the_model_does_not_answer_the_template_stands_and_says_why() -> None:
    script = draft_script([egg()])
    found, _ = await worded(refuses(500), script)
    assert found.script == script
    assert found.trouble


def test_what_was_asked_about_the_same_goods_is_answered_beforehand() -> None:
    heard = heard_before(SNAPSHOT, [egg(), apple()])
    assert list(heard) == ["egg"]
    script = with_heard(draft_script([egg(), apple()]), heard)
    assert points(script, script.sections[1].title)[-1] == "上回有人问“鸡蛋腥不腥”：不腥"


def test_last_night_s_figures_are_none_of_tonight_s() -> None:
    figure = ASKED | {"answer": None, "suggestion": {"text": "39.90 元一箱", "source": "price", "key": None}}
    heard = heard_before(SNAPSHOT | {"questions": [figure]}, [egg()])
    script = draft_script([egg()])
    assert with_heard(script, heard) == script
