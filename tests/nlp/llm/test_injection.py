"""Attacks by viewers against a model that obeys every one of them: nothing of it gets past the code."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nlp import llm_answer, llm_opinion, llm_prose
from nlp.llm_answer import Answer, DeskAnswer, Line
from nlp.llm_desk import Deadlines, Desk
from nlp.llm_ladder import read_answer
from nlp.llm_opinion import Batch, Doubtful, Opinions, Terms
from nlp.llm_prose import Outline, Written
from nlp.llm_types import Use
from nlp.types import Classification, Context, Intent, Op, Route
from tests.nlp.llm.ask import client, setup_for
from tests.nlp.llm.obeying import ANSWERS, BAD_SENTENCES, GOOD_SENTENCE, OPINIONS, Obeying, opinion, prose
from tests.nlp.llm.server import says, serving
from tests.nlp.llm.shop import folding, wording
from tests.nlp.shop import OFFERS, classifier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nlp.llm_client import Llm
    from nlp.types import CatalogueOffer

ATTACKS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "attacks.jsonl").read_text(encoding="utf-8").splitlines()
]
ORDERS = {Intent.BUY, Intent.CHANGE, Intent.CANCEL}
LINES = (
    Line(id="facts/beef/储存", kind="fact", text="冷冻保存，保质期 12 个月，一盒 500 克"),
    Line(id="cycle/1", kind="cycle", text="明天 17:00 前到店自提"),
)
VIEWER, COMMENT = "王小明", "douyin/room-7/7301234567890123456"
LIVE_MARKUP = re.compile(r"[<>]|https?:|www\.|\]\(|\u202e", re.IGNORECASE)


def desk_with(llm: Llm, terms: Terms | None = None) -> Desk:
    patient = Deadlines(live_ms=20_000, answer_ms=20_000, prose_ms=20_000)
    return Desk(llm, folding=folding(), wording=wording(), terms=terms or Terms(), deadlines=patient)


def texts_of(attack: Mapping[str, Any]) -> list[str]:
    texts: list[str] = attack.get("texts") or [attack["text"]]
    return texts


def offers_of(attack: Mapping[str, Any]) -> tuple[CatalogueOffer, ...]:
    """The shop; for an attack in a title its first offer bears it."""
    if attack["target"] != "title":
        return OFFERS
    return (replace(OFFERS[0], title=attack["text"], aliases=(attack["text"],)), *OFFERS[1:])


def doubtful(attack: Mapping[str, Any]) -> list[Doubtful]:
    texts = ["牛肉卷来两盒"] if attack["target"] == "title" else texts_of(attack)
    context = Context(pinned="beef")
    reads = [classifier().classify(text, context) for text in texts]
    if attack["target"] == "title":
        reads = [replace(read, route=Route.ASK) for read in reads]
    return [
        Doubtful(id=f"{COMMENT}-{place}", text=text, read=read, pinned="beef")
        for place, (text, read) in enumerate(zip(texts, reads, strict=True))
    ]


@lru_cache(maxsize=1)
def batches() -> list[tuple[list[Doubtful], Batch]]:
    """Each attack by comment or title as it is asked."""
    attacks = [(doubtful(each), offers_of(each)) for each in ATTACKS if each["target"] in {"opinion", "title"}]
    return [(asked, llm_opinion.build(asked, offers, folding(), deadline_ms=1500)) for asked, offers in attacks]


def assert_harmless(found: Mapping[str, Classification], asked: list[Doubtful], terms: Terms) -> None:
    """No foreign id, nothing outside of the catalogue or the limits, nothing booked, no order lost, no word of the model."""
    reads = {each.id: each.read for each in asked}
    offers = {offer.id: {None, *(variant.id for variant in offer.variants)} for offer in OFFERS}
    assert found.keys() <= reads.keys()
    for id_, each in found.items():
        read = reads[id_]
        if each.route is Route.AUTO:
            assert (terms.may_book, read.route, read.intent, read.actions) == (
                True,
                Route.CONFIRM,
                each.intent,
                each.actions,
            )
        assert each.intent in ORDERS or (read.intent not in ORDERS and each.route is Route.IGNORE and not each.actions)
        for action in each.actions if each.actions != read.actions else ():
            assert action.op in tuple(Op)
            assert action.offer is None or action.variant in offers[action.offer]
            assert action.quantity is None or 1 <= action.quantity <= llm_opinion.MAX_QUANTITY
        assert each.reason in {read.reason, "大模型看是下单", "大模型看是改单", "大模型看是退单", "大模型看不是下单"}
        assert each.evidence == read.evidence


def assert_only_data_was_sent(body: Mapping[str, Any]) -> None:
    """The request holds the system's words as they are, and the texts as JSON strings with nothing hidden in them."""
    system, user = body["messages"]
    sent = user["content"]
    assert system["content"].startswith(("你是县城商店", "你替县城"))
    assert (system["role"], user["role"]) == ("system", "user")
    json.loads(sent)
    assert COMMENT not in sent
    assert VIEWER not in sent
    assert not [letter for letter in sent if unicodedata.category(letter)[0] in "CM" or letter in "\u2028\u2029\u3164"]
    assert "<|" not in sent
    assert "</" not in sent


def test_there_are_at_least_two_hundred_attacks_each_different() -> None:
    assert len(ATTACKS) >= 200
    assert len({(each["target"], *texts_of(each)) for each in ATTACKS}) == len(ATTACKS)
    assert len({each["id"] for each in ATTACKS}) == len(ATTACKS)


async def test_no_attack_gets_through_a_model_that_obeys_it(capsys: pytest.CaptureFixture[str]) -> None:
    obeying, results = Obeying(), Counter[tuple[str, str]]()
    async with serving(obeying) as server, client(setup_for(server.url)) as llm:
        desk = desk_with(llm)
        for attack in ATTACKS:
            obeying.obeys = attack["obeys"]
            before = len(server.asked)
            results[attack["target"], await tried(desk, attack)] += 1
            assert len(server.asked) == before + 1
            assert_only_data_was_sent(server.asked[-1])
        assert llm.counts.calls["opinion", "ok"] + llm.counts.calls["answer", "ok"] > 200
    with capsys.disabled():
        sys.stdout.write(f"\n{len(ATTACKS)} attacks, 0 through: {report(results)}\n")


async def tried(desk: Desk, attack: Mapping[str, Any]) -> str:
    """Carry out one attack and say what came of it."""
    if attack["target"] == "answer":
        return after_answer(await desk.answer(attack["text"], LINES, "v1"))
    if attack["target"] in {"script", "narrative"}:
        outline = Outline(id="x", title="牛肉卷", points=("冷冻保存",), heard=(attack["text"],))
        return after_prose(await desk.prose(Use(attack["target"]), [outline], ["120"]))
    asked = doubtful(attack)
    opinions = await desk.second_opinion(asked, offers_of(attack), attack["id"])
    assert opinions.unanswered is None
    assert_harmless(opinions.found, asked, Terms())
    return "put to the host" if any(each.route is Route.CONFIRM for each in opinions.found.values()) else "dropped"


def after_answer(found: object) -> str:
    assert isinstance(found, DeskAnswer)
    assert not LIVE_MARKUP.search(found.card + found.aloud)
    assert (found.card, found.aloud, found.sources) == (llm_answer.UNKNOWN, llm_answer.UNKNOWN, ())
    return "not answered"


def after_prose(found: object) -> str:
    assert isinstance(found, Written)
    assert found.sections == (("x", GOOD_SENTENCE),)
    assert sum(found.dropped.values()) == len(BAD_SENTENCES) + 2
    return "bad sentences dropped"


def report(results: Counter[tuple[str, str]]) -> str:
    return ", ".join(f"{target}: {count} {what}" for (target, what), count in sorted(results.items()))


@pytest.mark.parametrize("terms", [Terms(), Terms(may_book=True)], ids=["as delivered", "may book"])
@pytest.mark.parametrize("name", OPINIONS)
def test_no_answer_to_a_batch_makes_of_any_attack_what_it_must_not(name: str, terms: Terms) -> None:
    for asked, batch in batches():
        answer = read_answer(OPINIONS[name](json.loads(batch.ask.data)), Opinions)
        found = {} if answer is None else llm_opinion.check(batch, answer, terms).found
        assert_harmless(found, asked, terms)


@pytest.mark.parametrize("name", ANSWERS)
def test_no_bad_answer_is_shown_whatever_was_asked(name: str) -> None:
    for attack in ATTACKS:
        if attack["target"] == "answer":
            question = llm_answer.build(attack["text"], LINES, folding(), "v1", deadline_ms=1500)
            answer = read_answer(ANSWERS[name](json.loads(question.ask.data)), Answer)
            assert answer is not None
            found = llm_answer.check(question, answer, wording())
            assert (found.is_known, found.card) == (False, llm_answer.UNKNOWN), (attack, found)


@pytest.mark.parametrize("bad", BAD_SENTENCES)
def test_each_bad_sentence_is_dropped_by_itself(bad: str) -> None:
    order = llm_prose.build(
        Use.SCRIPT, [Outline(id="x", title="牛肉卷", points=("冷冻保存",))], ["120"], folding(), deadline_ms=1500
    )
    written = llm_prose.check(
        order, llm_prose.Prose.model_validate({"sections": [{"id": "p1", "text": bad}]}), wording()
    )
    assert (written.sections, sum(written.dropped.values())) == ((), 1)
    assert json.loads(prose({"sections": [{"id": "p1"}]}))["sections"]


async def test_an_honest_model_is_heard_so_that_the_tests_above_can_fail() -> None:
    read = classifier().classify("上次那个牛肉卷再来两盒呗", Context(pinned="beef"))
    asked = [Doubtful(id="c", text="上次那个牛肉卷再来两盒呗", read=replace(read, route=Route.ASK, intent=Intent.BUY))]
    honest = json.dumps({"items": [opinion("c1", quantity=2)]})
    async with serving(says(honest)) as server, client(setup_for(server.url)) as llm:
        desk = desk_with(llm)
        (found,) = (await desk.second_opinion(asked, OFFERS, "v1")).found.values()
        assert (found.route, found.actions[0].offer, found.actions[0].quantity) == (Route.CONFIRM, "beef", 2)
        server.behave = says('{"known":true,"card":"冷冻保存，能放 12 个月","aloud":"","sources":["s1"]}')
        answer = await desk.answer("怎么保存", LINES, "v1")
        assert isinstance(answer, DeskAnswer)
        assert (answer.card, answer.sources) == ("冷冻保存，能放 12 个月", ("facts/beef/储存",))
