from __future__ import annotations

from nlp.bare import number_first
from nlp.catalogue import build_catalogue
from nlp.scan import scan
from nlp.tokens import Tag
from tests.nlp.shop import OFFERS

CATALOGUE = build_catalogue(OFFERS)


def tags(text: str) -> list[str]:
    return [str(token.tag) for token in number_first(scan(text, CATALOGUE), CATALOGUE) if token.tag is not Tag.SPACE]


def test_two_numbers_alone_are_an_offer_and_an_amount() -> None:
    assert tags("1 2份") == ["offer", "quantity"]
    assert tags("1+1") == ["offer", "quantity"]


def test_a_score_is_none() -> None:
    assert tags("3-2") == ["number", "quantity"]


def test_a_number_that_no_offer_bears_stays_a_number() -> None:
    assert tags("88+1") == ["number", "quantity"]
