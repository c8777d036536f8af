from __future__ import annotations

from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.refusal import RefusalCode
from nlp.types import PromptMeaning
from tests.domain.bags import a_bag, bag, close, enter, rules, witness
from tests.domain.factories import Evening, an_evening, apple, egg
from tests.domain.stage_factories import lucky_bag, question


def prompt(keyword: str, meaning: PromptMeaning = PromptMeaning.CLAIM, ref_id: str | None = None) -> c.OpenPrompt:
    ref_id = "egg" if meaning is PromptMeaning.CLAIM else ref_id
    return c.OpenPrompt(prompt_id="p", keyword=keyword, meaning=meaning, ref_id=ref_id, seconds=60)


def poll_of(*options: tuple[str, str]) -> s.OpenPoll:
    return replace(question(), options=options)


def is_taken(evening: Evening, order: c.Command) -> bool:
    return evening.refuse(order).code is RefusalCode.KEYWORD_TAKEN


@pytest.mark.parametrize("keyword", ["鸡蛋", "土鸡蛋 30 枚", "红富士", "苹果"])
def test_a_pass_phrase_is_no_offers_name_nor_a_part_of_one(keyword: str) -> None:
    assert is_taken(an_evening(egg(), apple()), lucky_bag(rules(keyword=keyword)))


@pytest.mark.parametrize("keyword", ["3", "30", "福袋", "鸡蛋福袋", "我爱苹果"])
def test_a_number_or_a_longer_word_is_a_pass_phrase(keyword: str) -> None:
    a_bag(rules(keyword=keyword), evening=an_evening(egg(), apple()))


@pytest.mark.parametrize("keyword", ["abc", "ＡＢＣ", "Abc"])
def test_words_that_look_alike_are_one_word(keyword: str) -> None:
    evening = an_evening(replace(egg(), aliases=("ABC",)))
    assert is_taken(evening, lucky_bag(rules(keyword=keyword)))


def test_no_offer_gets_the_open_bags_keyword_for_a_name() -> None:
    evening = a_bag(rules(keyword="福袋"))
    assert is_taken(evening, c.AddOffer(offer=replace(apple(), title="福袋礼盒")))
    assert is_taken(evening, c.UpdateOffer(offer_id="egg", changes={"aliases": ("福袋",)}))
    evening.do(c.UpdateOffer(offer_id="egg", changes={"quota": 50}))
    evening.do(c.AddOffer(offer=apple()))


def test_when_the_bag_is_drawn_its_keyword_is_free_again() -> None:
    evening = a_bag(rules(keyword="福袋"))
    close(evening)
    assert is_taken(evening, prompt("福袋"))
    witness(evening)
    evening.do(prompt("福袋"))
    evening.do(c.AddOffer(offer=replace(apple(), title="福袋礼盒")))


@pytest.mark.parametrize("meaning", [PromptMeaning.CLAIM, PromptMeaning.PRESENCE])
@pytest.mark.parametrize("keyword", ["1", "１"])
def test_a_bag_does_not_take_the_word_of_an_open_prompt_nor_the_other_way_round(
    meaning: PromptMeaning, keyword: str
) -> None:
    evening = an_evening()
    evening.do(prompt("1", meaning))
    assert is_taken(evening, lucky_bag(rules(keyword=keyword)))
    evening.do(c.ClosePrompt())
    a_bag(rules(keyword=keyword), evening=evening)
    assert is_taken(evening, prompt("1", meaning))


def test_a_prompt_may_ask_for_the_bag_with_its_own_word_or_another() -> None:
    evening = a_bag(rules(keyword="福袋"))
    for keyword in ("福袋", "1"):
        evening.do(prompt(keyword, PromptMeaning.GIVEAWAY))
        assert evening.state.prompt is not None
        assert evening.state.prompt.ref_id == "g-1"
    assert enter(evening, "张姐", text="1") == ["entered"]


def test_a_bag_may_be_announced_by_a_prompt_with_its_word() -> None:
    evening = an_evening()
    evening.do(prompt("福袋", PromptMeaning.GIVEAWAY))
    a_bag(rules(keyword="福袋"), evening=evening)


def test_one_would_be_both_the_claim_and_the_vote_so_the_second_is_refused() -> None:
    evening = an_evening()
    evening.do(prompt("1"))
    assert is_taken(evening, question())
    evening.do(replace(question(), options=(("A", "草莓"), ("B", "荔枝"))))
    assert is_taken(evening, prompt("a"))
    assert is_taken(evening, prompt("荔枝", PromptMeaning.PRESENCE))
    evening.do(prompt("1"))


def test_when_the_poll_is_over_its_keys_are_free_again() -> None:
    evening = an_evening()
    evening.do(question())
    refused = evening.refuse(prompt("1"))
    assert (refused.code, "明天上什么？" in refused.detail) == (RefusalCode.KEYWORD_TAKEN, True)
    evening.do(s.ClosePoll(poll_id="p-1"))
    evening.do(prompt("1"))


def test_a_prompt_may_ask_for_the_open_poll_with_one_of_its_keys() -> None:
    evening = an_evening()
    evening.do(question())
    evening.do(prompt("1", PromptMeaning.POLL))
    assert evening.state.prompt is not None
    assert evening.state.prompt.ref_id == "p-1"


def test_a_poll_and_a_bag_do_not_share_a_word() -> None:
    evening = a_bag(rules(keyword="草莓"))
    assert is_taken(evening, question())
    close(evening)
    witness(evening)
    evening.do(question())
    again = replace(lucky_bag(rules(keyword="２")), giveaway_id="g-2")
    assert is_taken(evening, again)
    assert bag(evening).rules.keyword == "草莓"


def test_a_poll_may_ask_about_goods_that_are_on_sale() -> None:
    an_evening().do(poll_of(("1", "鸡蛋"), ("2", "苹果")))
