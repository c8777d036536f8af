from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.catalogue import build_catalogue
from nlp.scan import scan
from nlp.tokens import OfferRef, Quantity, Tag, Token
from tests.nlp.shop import OFFERS

CATALOGUE = build_catalogue(OFFERS)


def tokens(text: str) -> list[Token]:
    return scan(CATALOGUE.folding.fold(text), CATALOGUE)


def kinds(text: str) -> list[str]:
    return [str(token.tag) for token in tokens(text)]


@given(st.text(max_size=120))
def test_tokens_cover_the_text_without_gap(text: str) -> None:
    folded = CATALOGUE.folding.fold(text)
    found = scan(folded, CATALOGUE)
    assert [token.start for token in found] == [0, *(token.end for token in found)][: len(found)]
    assert (found[-1].end if found else 0) == len(folded)


@pytest.mark.parametrize(
    "text",
    [
        "7点",
        "晚上7-9点",
        "19:30",
        "3楼",
        "2岁",
        "8折",
        "13800001234",
        "3号楼",
        "5号我去拿",
        "5月2号",
        "第2个",
        "三个月",
        "两斤装",
    ],
)
def test_remarks_that_hold_a_number_count_nothing(text: str) -> None:
    assert not {Tag.QUANTITY, Tag.OFFER, Tag.NUMBER} & {token.tag for token in tokens(text)}


@pytest.mark.parametrize(("text", "fen"), [("12块5", 1250), ("3元", 300), ("5毛", 50), ("39.9", 3990), ("60米", 6000)])
def test_money_is_read_in_fen(text: str, fen: int) -> None:
    assert [(token.tag, token.value) for token in tokens(text)] == [(Tag.MONEY, fen)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("3号", ("ball",)),
        ("三号链接", ("ball",)),
        ("1、2号", ("beef", "lamb")),
        ("4-6号", ("honey", "jujube", "walnut")),
        ("68的", ("honey",)),
        ("99号", ()),
    ],
)
def test_offers_by_number_and_price(text: str, ids: tuple[str, ...]) -> None:
    (token,) = tokens(text)
    assert isinstance(token.value, OfferRef)
    assert token.value.ids == ids


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("两箱", Quantity(2, "箱")), ("+3", Quantity(3, None, "+")), ("x2袋", Quantity(2, "袋", "*")), ("两香", Quantity(2, "箱", "", heard=True)),
        ("半箱", Quantity(None, "箱")), ("十来袋", Quantity(None, "袋")),
    ],
)  # fmt: skip
def test_amounts(text: str, quantity: Quantity) -> None:
    assert [token.value for token in tokens(text)] == [quantity]


def test_a_homophone_counts_only_where_something_is_sold_by_it() -> None:
    assert kinds("两平") == ["quantity"]
    assert "quantity" not in kinds("两桐")


def test_a_name_inside_another_name_does_not_count() -> None:
    assert kinds("核桃酥") == ["absent"]
    assert kinds("核桃们")[0] == "absent"


def test_a_name_of_one_letter_needs_known_neighbours() -> None:
    assert "offer" in kinds("蒜来两斤")
    assert "offer" not in kinds("腊八蒜薹")


def test_a_measure_word_after_a_verb_is_one() -> None:
    assert [token.value for token in tokens("来瓶")][1] == Quantity(1, "瓶")
