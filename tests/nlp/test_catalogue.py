from __future__ import annotations

from dataclasses import replace

from nlp.catalogue import build_catalogue, keyword_clash, shared_names
from nlp.classifier import Classifier
from nlp.types import CatalogueOffer, CatalogueVariant, Context, Route
from tests.nlp.shop import OFFERS


def offer(id_: str, title: str, *aliases: str, unit: str = "箱") -> CatalogueOffer:
    return CatalogueOffer(id=id_, number=None, title=title, aliases=aliases, unit=unit)


def test_a_name_that_two_offers_bear_is_reported() -> None:
    assert shared_names([offer("a", "红富士", "苹果"), offer("b", "冰糖心", "苹果")]) == {"苹果": ("a", "b")}


def test_names_of_one_offer_each_are_no_conflict() -> None:
    assert shared_names(OFFERS) == {}


def test_a_draw_keyword_that_is_an_offers_name_is_found() -> None:
    assert keyword_clash("核桃", OFFERS) == ("walnut",)
    assert keyword_clash("核 桃", OFFERS) == ("walnut",)
    assert keyword_clash("福袋", OFFERS) == ()


def test_a_title_names_without_its_contents() -> None:
    assert build_catalogue(OFFERS).names["薄皮核桃"] == ("walnut",)


def test_offers_are_found_by_number_and_price() -> None:
    catalogue = build_catalogue(OFFERS)
    assert catalogue.by_number[5] == ("jujube",)
    assert catalogue.by_price[6800] == ("honey",)


def test_soy_sauce_is_not_what_oil_means() -> None:
    catalogue = build_catalogue([offer("a", "花生油", unit="桶"), offer("b", "酱油", unit="瓶")])
    assert catalogue.trie["油"][""][1].ids == ("a",)


def test_an_empty_catalogue_compiles() -> None:
    assert build_catalogue([]).offers == {}


def test_a_name_of_an_offer_that_is_one_of_its_variants_too_names_the_variant() -> None:
    variants = (CatalogueVariant(id="firm", name="老豆腐"), CatalogueVariant(id="soft", name="嫩豆腐"))
    tofu = replace(offer("tofu", "豆腐", "老豆腐", unit="份"), variants=variants)
    read = Classifier(build_catalogue([tofu])).classify("老豆腐2份嫩豆腐2份", Context())
    assert [(action.variant, action.quantity) for action in read.actions] == [("firm", 2), ("soft", 2)]
    assert read.route is Route.AUTO
