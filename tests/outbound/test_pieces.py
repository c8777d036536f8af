from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.outbound.pieces import clusters, numbered, pieces, size

FAMILY, THUMB, FLAG, KEYCAP = "👨\u200d👩\u200d👧", "👍🏽", "🇨🇳", "1\ufe0f\u20e3"
TEXTS = st.text(alphabet=st.sampled_from("蛋箱a \né" + "e\u0301" + FAMILY + THUMB + FLAG + KEYCAP))


def test_a_short_text_is_one_piece_as_it_stands() -> None:
    assert pieces("拣货单\n1. 张* 鸡蛋 2 箱", 2048) == ["拣货单\n1. 张* 鸡蛋 2 箱"]


def test_bytes_count_and_not_characters() -> None:
    assert pieces("蛋" * 4, 12) == ["蛋" * 4]
    assert pieces("蛋" * 5, 12) == ["蛋" * 4, "蛋"]


def test_a_text_is_cut_between_lines_as_late_as_they_fit() -> None:
    assert pieces("12345\n678\nabc\nd", 9) == ["12345\n678", "abc\nd"]


def test_only_a_line_that_is_longer_by_itself_is_cut_inside() -> None:
    assert pieces("ab\nabcdefghij\nk", 8) == ["ab", "abcdefgh", "ij\nk"]


@pytest.mark.parametrize("whole", [FAMILY, THUMB, FLAG, KEYCAP, "e\u0301", "한"])
def test_what_looks_like_one_character_is_one(whole: str) -> None:
    assert list(clusters(f"a{whole}b")) == ["a", whole, "b"]


def test_two_flags_are_two() -> None:
    assert list(clusters("🇨🇳🇭🇰")) == ["🇨🇳", "🇭🇰"]


def test_no_character_is_torn() -> None:
    assert pieces(f"aaaa{FAMILY}", size(FAMILY) + 2) == ["aaaa", FAMILY]


def test_a_character_without_end_is_cut_all_the_same() -> None:
    assert all(size(piece) <= 32 for piece in pieces("e" + "\u0301" * 100, 32))


def test_no_message_is_blank() -> None:
    assert pieces("", 20) == []
    assert pieces("\n \n\n", 20) == []
    assert pieces("头\n\n\n\n\n\n尾", 4) == ["头", "尾"]


@given(TEXTS, st.integers(8, 40))
def test_every_piece_fits_and_nothing_but_breaks_is_lost(text: str, limit: int) -> None:
    cut = pieces(text, limit)
    assert all(size(piece) <= limit for piece in cut)
    assert "".join(cut).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(TEXTS, st.integers(size(FAMILY), 60))
def test_the_characters_of_the_pieces_are_those_of_the_text(text: str, limit: int) -> None:
    seen = [c for line in text.split("\n") for c in clusters(line) if c.strip()]
    assert [
        c for piece in pieces(text, limit) for line in piece.split("\n") for c in clusters(line) if c.strip()
    ] == seen


@given(TEXTS, st.integers(40, 80))
def test_the_parts_of_a_long_text_say_which_they_are_and_fit_too(text: str, limit: int) -> None:
    parts = numbered(text, limit)
    assert all(size(part) <= limit for part in parts)
    if len(parts) > 1:
        assert [part.rsplit("\n", 1)[1] for part in parts] == [
            f"（{n}/{len(parts)}）" for n in range(1, len(parts) + 1)
        ]


def test_a_limit_that_nothing_fits_in_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="3 bytes"):
        pieces("蛋", 3)
