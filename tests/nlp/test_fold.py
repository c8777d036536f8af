from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.fold import MAX_CHARACTERS, build_folding

FOLDING = build_folding()


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("４號＋２", "4号+2"), ("8️⃣號➕1", "8号+1"), ("②份❷份", "2份2份"), ("雞蛋兩隻", "鸡蛋两只"), ("要[玫瑰][赞]两箱", "要 两箱"),
        ("@老李 5号", "  5号"), ("ABC", "abc"), ("🔟袋", "10袋"),
    ],
)  # fmt: skip
def test_every_way_of_typing_becomes_one(raw: str, folded: str) -> None:
    assert FOLDING.fold(raw) == folded


@given(st.text(max_size=80))
def test_every_folded_character_has_its_origin(raw: str) -> None:
    folded = FOLDING.fold(raw)
    origins = FOLDING.origins(raw)
    assert len(origins) == len(folded) + 1
    assert origins == sorted(origins)
    assert origins[-1] <= len(raw)


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(raw: str) -> None:
    once = FOLDING.fold(raw)
    if "[" not in once and "@" not in once:
        assert FOLDING.fold(once) == once


def test_only_the_first_five_hundred_characters_count() -> None:
    assert len(FOLDING.fold("要" * 900)) == MAX_CHARACTERS
