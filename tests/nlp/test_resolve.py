from __future__ import annotations

import pytest

from nlp.catalogue import build_catalogue
from nlp.drafts import Draft
from nlp.resolve import Doubt, Resolved, resolve
from nlp.tokens import OfferRef, Quantity, Tag, Token
from nlp.types import Op, Route
from tests.nlp.shop import OFFERS, actions, read

CATALOGUE = build_catalogue(OFFERS)


def of(
    *ids: str, kind: str = "name", amount: Quantity | None = None, op: Op | None = None, pinned: str | None = None
) -> Resolved:
    draft = Draft(clause=0, op=op)
    if ids:
        draft.name(Token(Tag.OFFER, 0, 2), OfferRef(ids, kind))
    if amount is not None:
        draft.count(Token(Tag.QUANTITY, 2, 4), amount, None)
    return resolve(draft, CATALOGUE, pinned, is_pointed=False)


def test_nothing_said_is_one() -> None:
    assert of("walnut").actions[0].quantity == 1


def test_an_own_measure_word_counts() -> None:
    assert of("walnut", amount=Quantity(2, "袋")).actions[0].quantity == 2
    assert of("walnut", amount=Quantity(2, "份")).actions[0].quantity == 2


def test_another_measure_word_counts_nothing() -> None:
    found = of("walnut", amount=Quantity(2, "箱"))
    assert found.actions[0].quantity is None
    assert Doubt.UNIT in found.doubts


def test_a_dozen_counts_only_pieces() -> None:
    assert of("towel", amount=Quantity(1, "打")).actions[0].quantity == 12
    assert of("jujube", amount=Quantity(1, "打")).actions[0].quantity is None


def test_a_measure_word_of_other_things_orders_nothing() -> None:
    assert of("walnut", amount=Quantity(1, "首")).is_other_thing


def test_several_offers_mean_the_pinned_one() -> None:
    assert of("pear", "pear2", kind="head", pinned="pear").actions[0].offer == "pear"
    assert of("pear", "pear2", kind="head").doubts == {Doubt.SEVERAL}


def test_a_withdrawal_that_names_nothing_does_not_take_the_pinned_offer() -> None:
    assert of(op=Op.CANCEL, pinned="pear").actions[0].offer is None


def test_more_than_twenty_is_doubted() -> None:
    assert Doubt.MANY in of("walnut", amount=Quantity(21, "袋")).doubts
    assert of("walnut", amount=Quantity(20, "袋")).doubts == frozenset()


def test_an_offer_with_flavours_needs_one() -> None:
    assert of("towel").doubts == {Doubt.VARIANT}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三十八的来一只", ["set duck - 1"]),
        ("六十八的来一瓶", ["set honey - 1"]),
        ("六十八的那个要一瓶", ["set honey - 1"]),
        ("牛肉来两盒", ["set beef - 2"]),
        ("1到2号全要一份", ["set beef - 1", "set lamb - 1"]),
    ],
)
def test_a_spoken_price_a_kind_of_meat_and_all_of_a_range(text: str, expected: list[str]) -> None:
    assert actions(text) == expected


@pytest.mark.parametrize("text", ["五十三的来一瓶", "五十三的给我来一瓶", "71的来一瓶", "71的留一瓶"])
def test_a_price_that_nothing_has_is_asked_after(text: str) -> None:
    assert read(text, "honey").route is not Route.AUTO
