from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.options import beside, chosen, folded, is_number, says

FRUIT = (("1", "草莓"), ("2", "荔枝"), ("3", "草莓酱"))
LETTERS = (("A", "红富士"), ("B", "黄元帅"))


@pytest.mark.parametrize(("text", "form"), [("１", "1"), ("1️⃣", "1"), (" ＡＢ ", "ab"), ("福\u200b袋", "福袋")])
def test_what_looks_alike_has_one_form(text: str, form: str) -> None:
    assert folded(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "福袋",
        "福 袋",
        " 福　袋 ",
        "福袋福袋福袋",
        "晚上好，福袋",
        "来了来了福袋冲",
        "福袋！！！",
        "福\u200b袋",
        "要两箱鸡蛋 福袋",
    ],
)
def test_a_keyword_is_said_however_it_is_spaced_repeated_or_greeted(text: str) -> None:
    assert says(text, "福袋")


@pytest.mark.parametrize("text", ["福", "袋福", "福-袋", "", "福气满满一袋"])
def test_what_only_resembles_a_keyword_does_not_say_it(text: str) -> None:
    assert not says(text, "福袋")


@pytest.mark.parametrize("text", ["1", "１", "1️⃣", "111", "1 1 1", "扣1", "来了 1", "1。"])
def test_a_number_is_said_alone_or_often(text: str) -> None:
    assert says(text, "1")
    assert says(text, "１")


@pytest.mark.parametrize("text", ["12点开吗", "21", "1a", "a1", "100"])
def test_a_number_within_another_is_not_that_number(text: str) -> None:
    assert not says(text, "1")


@pytest.mark.parametrize(
    ("text", "said"), [("666", True), ("66666", True), ("6 6 6", True), ("66", False), ("1666", False)]
)
def test_one_letter_of_a_keyword_may_go_on(text: str, said: bool) -> None:
    assert says(text, "666") is said


@pytest.mark.parametrize(("text", "said"), [("ＡＢＣ", True), ("abcabc", True), ("a b c", True), ("abcd", False)])
def test_latin_letters_are_said_in_any_case_and_alone(text: str, said: bool) -> None:
    assert says(text, "Abc") is said


def test_nothing_says_an_empty_keyword() -> None:
    assert not says("福袋", " ")
    assert beside("福袋", " ") == "福袋"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("福袋", ""),
        ("福袋福袋！", ""),
        ("要两箱鸡蛋 福袋", "要两箱鸡蛋"),
        ("福袋，鸡蛋多少钱", ",鸡蛋多少钱"),
        ("晚上好", "晚上好"),
    ],
)
def test_what_stands_beside_a_keyword_is_read_by_itself(text: str, rest: str) -> None:
    assert beside(text, "福袋") == rest


@pytest.mark.parametrize(("keyword", "number"), [("1", True), ("６６", True), ("福1", False), ("一", False)])
def test_a_number_is_told_from_a_word(keyword: str, number: bool) -> None:
    assert is_number(keyword) is number


@pytest.mark.parametrize(
    ("keyword", "text"), [("666", "6" * 499 + "x"), ("ab", "ab" * 250 + "x"), ("福福", "袋" * 500)]
)
def test_a_long_comment_is_searched_through(keyword: str, text: str) -> None:
    assert not says(text, keyword)


@given(st.text(max_size=20), st.text(max_size=200))
def test_any_keyword_and_any_comment_can_be_looked_at(keyword: str, text: str) -> None:
    rest = beside(text, keyword)
    assert not says(rest, keyword) or not folded(keyword) or says(text, keyword)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "1"), ("１", "1"), ("2️⃣", "2"), ("222", "2"), ("投2", "2"), ("投 2", "2"), ("选2", "2"), ("选项2", "2"), ("扣2", "2"),
        ("我选2吧", "2"), ("2号", "2"), ("投草莓", "1"), ("草莓！！", "1"), ("荔枝荔枝", "2"), ("选荔枝", "2"), ("草莓酱", "3"),
    ],
)  # fmt: skip
def test_a_vote_names_an_option_by_key_or_label(text: str, key: str) -> None:
    assert chosen(text, FRUIT) == key


@pytest.mark.parametrize("text", ["草莓和荔枝", "4", "12", "都行", "", "草莓荔枝都要"])
def test_what_names_none_or_several_is_no_vote(text: str) -> None:
    assert chosen(text, FRUIT) is None


@pytest.mark.parametrize(("text", "key"), [("a", "A"), ("Ａ", "A"), ("选b 不耐脏", "B"), ("bbb", "B"), ("ab", None)])
def test_keys_may_be_letters(text: str, key: str | None) -> None:
    assert chosen(text, LETTERS) == key
