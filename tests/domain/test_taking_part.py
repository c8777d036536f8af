from __future__ import annotations

import pytest

from live.domain import commands as c
from nlp.types import Intent, PromptMeaning
from tests.domain.bags import CHAT, READ, a_bag, entered, rules
from tests.domain.factories import Evening, an_evening, read_as, set_to, viewer
from tests.domain.stage_factories import question

ZHANG = viewer("张姐")


def says(evening: Evening, text: str, intent: Intent = Intent.GIVEAWAY) -> str:
    return evening.say(text, read_as(intent), by=ZHANG).outcome


@pytest.mark.parametrize("text", ["福袋", "福 袋", "福袋福袋", "晚上好 福袋", "福袋！"])
@pytest.mark.parametrize("intent", [Intent.GIVEAWAY, Intent.CHAT, Intent.PRAISE, Intent.WISH])
def test_who_says_the_keyword_is_in(text: str, intent: Intent) -> None:
    evening = a_bag(rules(keyword="福袋"))
    assert says(evening, text, intent) == "entered"
    assert entered(evening) == ["张姐"]


@pytest.mark.parametrize("intent", [Intent.QUESTION, Intent.COMPLAINT, Intent.CANCEL, Intent.SPAM])
def test_who_asks_about_the_bag_or_complains_of_it_is_not_in(intent: Intent) -> None:
    evening = a_bag(rules(keyword="福袋"))
    says(evening, "福袋什么时候开", intent)
    assert entered(evening) == []


def test_the_wish_to_be_drawn_without_the_keyword_is_not_enough() -> None:
    evening = a_bag(rules(keyword="福袋"))
    assert says(evening, "抽我") == "none"


def test_who_orders_and_says_the_keyword_has_ordered_and_is_in() -> None:
    evening = a_bag(rules(keyword="福袋"))
    said = evening.say("要两箱鸡蛋 福袋", read_as(Intent.BUY, set_to(2)), by=ZHANG)
    assert (said.outcome, entered(evening)) == ("reserved", ["张姐"])


@pytest.mark.parametrize("keyword", ["1", "66", "抽"])
def test_a_number_or_a_single_letter_in_an_order_enters_nothing(keyword: str) -> None:
    evening = a_bag(rules(keyword=keyword))
    evening.say(f"要 {keyword} 箱", read_as(Intent.BUY, set_to(1)), by=ZHANG)
    assert entered(evening) == []
    assert says(evening, keyword) == "entered"


def test_the_word_of_a_prompt_enters_the_bag_that_it_asks_for_within_its_seconds() -> None:
    evening = a_bag(rules(keyword="福袋"), seconds=600)
    evening.do(c.OpenPrompt(prompt_id="p", keyword="8", meaning=PromptMeaning.GIVEAWAY, ref_id="g-1", seconds=10))
    evening.now_ms += 10_000
    assert says(evening, "8") == "none"
    evening.now_ms -= 1
    assert says(evening, "8") == "entered"


def test_the_word_of_another_prompt_does_not_enter_the_bag() -> None:
    evening = a_bag(rules(keyword="福袋"))
    evening.do(c.OpenPrompt(prompt_id="p", keyword="8", meaning=PromptMeaning.PRESENCE, seconds=10))
    assert says(evening, "8") == "none"


def test_with_a_bag_and_a_poll_open_each_comment_counts_where_it_belongs() -> None:
    evening = a_bag(rules(keyword="福袋"))
    evening.do(question())
    assert [says(evening, "福袋"), says(evening, "1", Intent.VOTE)] == ["entered", "voted"]


def test_a_vote_that_was_not_read_as_one_is_none() -> None:
    evening = an_evening()
    evening.do(question())
    assert says(evening, "荔枝不好吃", Intent.COMPLAINT) == "none"


def test_nobody_is_in_where_no_bag_is_open() -> None:
    evening = an_evening()
    assert evening.say("福袋", READ, by=ZHANG).outcome == "none"
    assert evening.say("你好", CHAT, by=ZHANG).outcome == "none"
