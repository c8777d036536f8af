from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.sources.clean import clean, clean_or_fail


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("要两箱", "要两箱"),
        ("  要 两箱 ", "要 两箱"),
        ("鸡蛋\n\n两箱\t大的", "鸡蛋 两箱 大的"),
        ("\x00要\x1b[31m两箱\x9f", "要[31m两箱"),
        ("鸡\u200b蛋\ufeff", "鸡蛋"),
        ("\u202e角九十三\u202c", "角九十三"),
        ("看\U000e0069\U000e0067好", "看好"),
        ("👍\ud83d", "👍"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u3000要", "要"),
    ],
)
def test_what_nobody_sees_is_stripped_and_the_words_stay(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters()))
def test_a_clean_text_holds_no_control_character_and_stays_clean(text: str) -> None:
    cleaned = clean(text)
    assert not {unicodedata.category(each) for each in cleaned} & {"Cc", "Cs"}
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("text", ["\u200b\x00", "\u200d", " \u200c\ufe0f "])
def test_a_text_of_which_nothing_is_left_to_see_fails(text: str) -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        clean_or_fail(text)
