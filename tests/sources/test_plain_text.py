from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.sources.plain_text import words_of


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("Some <b>test</b> &amp; 2份", "Some test & 2份"),
        ('要<img src="https://x/1.png" alt="❤">两箱', "要❤两箱"),
        ("一<br>二", "一 二"),
        ("<img src=x>要", "要"),
        ("3 < 5 &lt;3", "3 < 5 <3"),
        ("<a href='x' onclick='y'>要</a>", "要"),
    ],
)
def test_what_a_person_reads_is_left(html: str, words: str) -> None:
    assert words_of(html) == words


def test_broken_markup_is_text() -> None:
    assert words_of("<![foo[ 要2份") == "<![foo[ 要2份"


@given(st.lists(st.sampled_from([*"<>!&/[]- a'\"=;#x", "<img", "alt=", "<![", "<!--", "CDATA["])).map("".join))
def test_no_markup_makes_it_raise(html: str) -> None:
    assert isinstance(words_of(html), str)
