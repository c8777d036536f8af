from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from config.settings import LlmSettings
from live.reports.document import report_json
from live.reports.facts import facts_of
from live.reports.html import report_html
from live.reports.narrative import Narrative, model_of, sentences_of, template_of
from nlp.llm_numbers import all_quoted
from nlp.llm_setup import desk_of
from tests.nlp.llm.obeying import Obeying
from tests.nlp.llm.server import refuses, says, serving
from tests.reports.evenings import evenings
from tests.reports.factories import a_quiet_evening, a_small_evening

if TYPE_CHECKING:
    from live.store.port import SessionRecord


def figures_of(value: object) -> list[str]:
    """Every text and number of a document, and how long its lists are."""
    if isinstance(value, dict):
        return [figure for each in value.values() for figure in figures_of(each)]
    if isinstance(value, list):
        return [str(len(value)), *(figure for each in value for figure in figures_of(each))]
    return [f"{value} 元", str(value)]


@given(evenings())
def test_every_number_of_the_template_stands_in_the_report(record: SessionRecord) -> None:
    document = report_json(facts_of(record))
    for sentence in sentences_of(document):
        assert all_quoted(sentence, figures_of(document)), sentence


def test_an_evening_without_orders_says_so() -> None:
    assert "还没有人订。" in template_of(facts_of(a_quiet_evening())).sentences


async def written(text: str) -> Narrative | None:
    answer = json.dumps({"sections": [{"id": "p1", "text": text}]}, ensure_ascii=False)
    async with serving(says(answer)) as server:
        settings = LlmSettings.model_validate({"base_url": server.url, "model": "m"})
        desk = desk_of(settings, auto_confidence=0.9)
        try:
            return await model_of(desk, facts_of(a_small_evening()))
        finally:
            await desk.llm.close()


async def test_a_model_may_say_it_better_but_not_with_other_numbers() -> None:
    amount = report_json(facts_of(a_small_evening()))["totals"]["amount"]  # type: ignore[index]  # a JSON object
    found = await written(f"今晚卖得顺，金额 {amount} 元。比上次多了 88888 元。<b>大卖</b>。")
    assert found == Narrative(by="model", sentences=(f"今晚卖得顺，金额 {amount} 元。",))


async def test_where_nothing_of_it_stands_there_is_no_narrative_of_the_model() -> None:
    assert await written("成交额 99999 元。") is None


@pytest.mark.parametrize("behave", [refuses(500), Obeying()], ids=["broken", "obeying an attack"])
async def test_a_model_that_fails_or_lies_leaves_the_templates_words(behave: object) -> None:
    async with serving(behave) as server:  # type: ignore[arg-type]  # both behave as servers do
        desk = desk_of(LlmSettings.model_validate({"base_url": server.url, "model": "m"}), auto_confidence=0.9)
        try:
            assert await model_of(desk, facts_of(a_small_evening())) is None
        finally:
            await desk.llm.close()


def test_the_page_says_who_wrote_it_and_shows_no_markup_of_it() -> None:
    facts = facts_of(a_small_evening())
    assert "按下面的数字写的" in report_html(facts)
    page = report_html(facts, narrative=Narrative(by="model", sentences=("<img src=x onerror=alert(1)>",)))
    assert "大模型写的" in page
    assert "<img" not in page


def test_a_model_is_offered_only_where_there_is_one() -> None:
    facts = facts_of(a_small_evening())
    assert "?by=model" not in report_html(facts)
    assert "?by=model" in report_html(facts, may_ask=True)


def test_a_model_that_wrote_nothing_that_stands_is_said_and_may_be_asked_again() -> None:
    page = report_html(facts_of(a_small_evening()), may_ask=True, failed=True)
    assert "大模型这次没写成" in page
    assert page.count("?by=model") == 1
