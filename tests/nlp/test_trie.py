from __future__ import annotations

from nlp.tokens import Tag
from nlp.trie import build_trie, longest, opens

TRIE = build_trie(
    [("要", Tag.TAKE, None), ("不要了", Tag.CANCEL, None), ("不", Tag.FILLER, None), ("要", Tag.SHOP, None)]
)


def test_the_longest_word_wins() -> None:
    assert longest(TRIE, "不要了吧", 0) == (3, Tag.CANCEL, None)
    assert longest(TRIE, "不要", 0) == (1, Tag.FILLER, None)


def test_of_equal_words_the_first_stays() -> None:
    assert longest(TRIE, "要", 0) == (1, Tag.TAKE, None)


def test_what_begins_no_word_is_nothing() -> None:
    assert longest(TRIE, "箱", 0) is None


def test_an_empty_word_is_left_out() -> None:
    assert longest(build_trie([("", Tag.TAKE, None)]), "要", 0) is None


def test_a_letter_opens_a_word_that_ends_there_or_goes_on_as_the_text_does() -> None:
    assert opens(TRIE["要"], "")
    assert opens(TRIE["不"], "要")
    assert not opens({"要": {}}, "好")
