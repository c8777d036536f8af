"""What makes classifiers."""

from __future__ import annotations

from nlp.maker import ClassifierMaker
from nlp.types import CatalogueOffer, Context, Intent, Route

PAN = CatalogueOffer(id="pan", number=1, title="不粘炒锅", aliases=("锅",), unit="口")
EGG = CatalogueOffer(id="egg", number=1, title="土鸡蛋", aliases=("鸡蛋",), unit="箱")


def test_one_maker_serves_many_catalogues() -> None:
    make = ClassifierMaker()
    assert make([EGG]).classify("要两箱鸡蛋", Context()).route is Route.AUTO
    assert make([PAN]).classify("要两箱鸡蛋", Context()).route is not Route.AUTO


def test_a_name_cut_out_of_a_longer_word_is_not_booked_unasked() -> None:
    make = ClassifierMaker()
    make.warm()
    assert make([PAN]).classify("要一个高压锅", Context()).route is not Route.AUTO


def test_without_offers_nothing_is_booked() -> None:
    read = ClassifierMaker()([]).classify("要两箱鸡蛋", Context())
    assert read.route is not Route.AUTO
    assert read.intent in (Intent.BUY, Intent.WISH)


def test_an_amount_without_a_number_is_asked_about_on_either_side_of_the_goods() -> None:
    reader = ClassifierMaker()([EGG])
    for text in ("鸡蛋多来点", "多来点鸡蛋", "给我多来点鸡蛋"):
        read = reader.classify(text, Context())
        assert (read.intent, read.route) == (Intent.BUY, Route.CONFIRM)
        assert [(action.offer, action.quantity) for action in read.actions] == [("egg", None)]
    assert reader.classify("多来点", Context(pinned="egg")).route is Route.IGNORE
