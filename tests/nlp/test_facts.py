from __future__ import annotations

import pytest

from nlp.catalogue import build_catalogue
from nlp.facts import Facts, gather
from nlp.scan import scan
from nlp.tokens import Tag
from tests.nlp.shop import OFFERS

CATALOGUE = build_catalogue(OFFERS)


def facts(text: str) -> Facts:
    return gather(scan(text, CATALOGUE), text)


@pytest.mark.parametrize(
    "text", ["核桃多少钱", "甜不甜", "甜不", "到了没", "能送到家吗", "核桃？", "两袋还是三袋", "带不带壳"]
)
def test_a_clause_asks(text: str) -> None:
    assert any(clause.asks for clause in facts(text).clauses)


@pytest.mark.parametrize("text", ["核桃两袋", "没了", "还是来两袋", "核桃没了"])
def test_a_clause_tells(text: str) -> None:
    assert not any(clause.asks for clause in facts(text).clauses)


@pytest.mark.parametrize("text", ["几个小的抢着吃", "一抢就没", "念叨好久了", "现金还是微信都方便"])
def test_words_of_asking_may_tell(text: str) -> None:
    assert not any(clause.asks for clause in facts(text).clauses)


@pytest.mark.parametrize("text", ["哪个好闻往后就认哪个", "有啥要啥", "谁先到谁先得"])
def test_a_word_of_asking_that_answers_itself_asks_nothing(text: str) -> None:
    assert not any(clause.asks for clause in facts(text).clauses)


def test_a_nod_is_no_question() -> None:
    (clause,) = facts("取消核桃行不").clauses
    assert clause.nods
    assert not clause.asks


def test_clauses_end_at_breaks_and_spaces() -> None:
    assert [clause.words for clause in facts("核桃 两袋，谢谢").clauses] == [("核桃",), ("两袋",), ("谢谢",)]


def test_letters_are_what_no_word_covers() -> None:
    found = facts("核桃蹦跶")
    assert found.letters == 2
    assert found.has(Tag.OFFER)
