from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nlp.llm_answer import DeskAnswer, Line
from nlp.llm_desk import Deadlines, Desk, version_of
from nlp.llm_opinion import Doubtful, Terms
from nlp.llm_prose import Outline, Written
from nlp.llm_types import Unanswered, Use, Why
from nlp.types import CatalogueOffer, Context, Intent, Route
from tests.nlp.llm.ask import client, setup_for
from tests.nlp.llm.obeying import opinion
from tests.nlp.llm.server import said, says, serving, streams
from tests.nlp.llm.shop import folding, wording
from tests.nlp.shop import OFFERS, classifier

if TYPE_CHECKING:
    from aiohttp import web

    from nlp.llm_client import Llm
    from tests.nlp.llm.server import ChatServer

LINES = (Line(id="f", kind="fact", text="冷冻保存 12 个月"),)
PATIENT = Deadlines(live_ms=20_000, answer_ms=20_000, prose_ms=20_000)


def desk(llm: Llm, uses: frozenset[Use] = frozenset(Use)) -> Desk:
    return Desk(llm, folding=folding(), wording=wording(), terms=Terms(), deadlines=PATIENT, uses=uses)


def doubtful(id_: str, text: str, pinned: str | None = "beef") -> Doubtful:
    read = classifier().classify(text, Context(pinned=pinned))
    return Doubtful(id=id_, text=text, read=replace(read, intent=Intent.BUY, route=Route.ASK), pinned=pinned)


async def agrees(_: ChatServer, __: web.Request, body: dict[str, Any]) -> web.StreamResponse:
    """Read every comment as one of the first offer."""
    comments = json.loads(body["messages"][-1]["content"])["comments"]
    return said(json.dumps({"items": [opinion(each["id"]) for each in comments]}))


def asked_texts(server: ChatServer) -> list[list[str]]:
    return [[each["text"] for each in json.loads(body["messages"][-1]["content"])["comments"]] for body in server.asked]


async def test_comments_alike_are_asked_about_once_in_a_batch_and_once_an_evening() -> None:
    async with serving(agrees) as server, client(setup_for(server.url)) as llm:
        using = desk(llm)
        first = await using.second_opinion(
            [doubtful("a", "整两盒呗"), doubtful("b", "整兩盒呗"), doubtful("c", "整三盒呗")], OFFERS, "v1"
        )
        again = await using.second_opinion([doubtful("d", "整两盒呗"), doubtful("e", "整五盒呗")], OFFERS, "v1")
        assert asked_texts(server) == [["整两盒呗", "整三盒呗"], ["整五盒呗"]]
        assert (set(first.found), set(again.found)) == ({"a", "b", "c"}, {"d", "e"})
        assert {each.route for each in first.found.values()} == {Route.CONFIRM}


async def test_another_catalogue_or_another_pinned_offer_is_another_question() -> None:
    async with serving(agrees) as server, client(setup_for(server.url)) as llm:
        using = desk(llm)
        for version, pinned in (("v1", "beef"), ("v2", "beef"), ("v1", "lamb"), ("v1", "beef")):
            await using.second_opinion([doubtful("a", "整两盒呗", pinned)], OFFERS, version)
        assert len(server.asked) == 3


async def test_what_is_remembered_comes_with_the_evidence_of_the_comment_it_is_for() -> None:
    async with serving(agrees) as server, client(setup_for(server.url)) as llm:
        using = desk(llm)
        typed = [doubtful("a", "整2盒呗"), doubtful("b", "整２盒呗")]
        found = (await using.second_opinion(typed, OFFERS, "v1")).found
        assert {each.id: each.read.evidence for each in typed} == {id_: each.evidence for id_, each in found.items()}


async def test_without_an_answer_what_is_remembered_is_still_given_and_the_reason_told() -> None:
    async with serving(agrees) as server, client(setup_for(server.url)) as llm:
        using = desk(llm)
        await using.second_opinion([doubtful("a", "整两盒呗")], OFFERS, "v1")
        server.behave = says("quatsch")
        found = await using.second_opinion([doubtful("b", "整两盒呗"), doubtful("c", "整五盒呗")], OFFERS, "v1")
        assert list(found.found) == ["b"]
        assert found.unanswered is not None
        assert found.unanswered.why is Why.BAD_ANSWER


async def test_what_is_dropped_is_counted_by_its_reason() -> None:
    async with serving(says(json.dumps({"items": [opinion("c9")]}))) as server, client(setup_for(server.url)) as llm:
        using = desk(llm)
        assert (await using.second_opinion([doubtful("a", "整两盒呗")], OFFERS, "v1")).found == {}
        server.behave = says('{"known":true,"card":"能放 13 个月","aloud":"","sources":["s1"]}')
        assert await using.answer("放多久", LINES, "v1") == DeskAnswer(
            card="不知道，问主播", aloud="不知道，问主播", sources=(), why="numbers"
        )
        server.behave = says('{"sections":[{"id":"p1","text":"卖了 9 盒。好吃。"}]}')
        written = await using.prose(Use.NARRATIVE, [Outline(id="x", title="小结", points=())], [])
        assert isinstance(written, Written)
        assert llm.counts.dropped == {
            ("opinion", "unknown_id"): 1,
            ("answer", "numbers"): 1,
            ("narrative", "numbers"): 1,
        }


async def test_the_same_question_is_answered_from_memory() -> None:
    reply = '{"known":true,"card":"冷冻保存 12 个月","aloud":"","sources":["s1"]}'
    async with serving(says(reply)) as server, client(setup_for(server.url)) as llm:
        found = [await desk(llm).answer(text, LINES, "v1") for text in ("怎么放", "怎麼放", "怎么放")]
        assert [each.is_known for each in found if isinstance(each, DeskAnswer)] == [True] * 3
        assert len(server.asked) == 1


async def test_a_use_that_is_switched_off_and_a_question_without_lines_ask_nobody() -> None:
    async with serving(agrees) as server, client(setup_for(server.url)) as llm:
        using = desk(llm, frozenset({Use.SCRIPT}))
        off = Unanswered(why=Why.OFF)
        assert (await using.second_opinion([doubtful("a", "整两盒呗")], OFFERS, "v1")).unanswered == off
        assert await using.answer("怎么放", LINES, "v1") == off
        assert isinstance(await desk(llm).answer("怎么放", [], "v1"), DeskAnswer)
        assert server.asked == []


async def test_without_a_model_everything_answers_that_it_is_off() -> None:
    async with client(None) as llm:
        using = desk(llm)
        off = Unanswered(why=Why.OFF)
        assert (await using.second_opinion([doubtful("a", "整两盒呗")], OFFERS, "v1")).unanswered == off
        assert await using.answer("怎么放", LINES, "v1") == off
        assert await using.prose(Use.SCRIPT, [Outline(id="x", title="开场", points=())], []) == off


async def test_longer_texts_are_asked_for_and_read_as_a_stream() -> None:
    reply = '{"sections":[{"id":"p1","text":"大家好。"}]}'
    async with serving(streams(reply)) as server, client(setup_for(server.url)) as llm:
        written = await desk(llm).prose(Use.SCRIPT, [Outline(id="x", title="开场", points=())], [])
        assert isinstance(written, Written)
        assert written.sections == (("x", "大家好。"),)
        assert server.asked[0]["stream"] is True
        assert llm.counts.answered_tokens == 20 + 5


def test_a_catalogue_has_another_version_as_soon_as_a_word_differs() -> None:
    assert version_of(OFFERS) == version_of(list(OFFERS))
    egg = CatalogueOffer(id="e", number=1, title="土鸡蛋")
    others = [
        replace(egg, title="鸡蛋"),
        replace(egg, price_fen=1),
        replace(egg, facts={"储存": "冷藏"}),
        replace(egg, number=2),
    ]
    assert len({version_of([each]) for each in (egg, *others)}) == 5
