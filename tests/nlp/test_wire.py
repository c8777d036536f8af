from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nlp.types import Context, Prompt, PromptMeaning
from nlp.wire import WireError, classify_lines, input_lines, load_catalogue, load_catalogues, objects_of, offers_from
from tests.nlp.shop import classifier

if TYPE_CHECKING:
    from pathlib import Path


def test_an_offer_is_read_with_its_price_in_fen() -> None:
    (offer,) = offers_from({"offers": [{
        "id": "egg", "number": 1, "title": "土鸡蛋 30 枚", "aliases": ["鸡蛋"], "unit": "箱", "price": "39.90",
        "variants": [{"id": "l", "name": "大号", "aliases": ["大的"]}], "facts": {"保质期": "15 天"}, "quota": 100,
    }]})  # fmt: skip
    assert (offer.price_fen, offer.unit, offer.variants[0].name, offer.facts["保质期"]) == (3990, "箱", "大号", "15 天")


def test_every_fault_of_a_catalogue_is_told_at_once() -> None:
    with pytest.raises(WireError) as error:
        offers_from({"offers": [{"title": "a", "price": 3}, {"id": "b", "title": "b", "aliases": "c"}, 7]})
    assert error.value.faults == (
        "catalog: offers[2]: an object is needed",
        "catalog: offers[0]: id: a string is needed",
        'catalog: offers[0]: price: a price such as "39.90" is needed',
        "catalog: offers[1]: aliases: a list of strings is needed",
    ) or set(error.value.faults) == {
        "catalog: offers[0]: id: a string is needed",
        'catalog: offers[0]: price: a price such as "39.90" is needed',
        "catalog: offers[1]: aliases: a list of strings is needed",
        "catalog: offers[2]: an object is needed",
    }


@pytest.mark.parametrize("price", ["", "abc", "1.234", "NaN", "Infinity", "1e999999999"])
def test_what_is_no_price_is_told(price: str) -> None:
    with pytest.raises(WireError, match="price"):
        offers_from({"offers": [{"id": "a", "title": "a", "price": price}]})


def test_every_fault_of_the_lines_is_told_with_its_number() -> None:
    with pytest.raises(WireError) as error:
        objects_of(['{"id":"a","text":"b"}', "not json", "", "[1]"])
    assert error.value.faults == ("line 2: not JSON: Expecting value at column 1", "line 4: a JSON object is needed")


def test_a_line_is_read_with_its_pin_and_prompt() -> None:
    prompt = {"keyword": "1", "meaning": "claim", "ref_id": "egg", "options": [{"key": "A", "label": "草莓"}]}
    (line,) = input_lines([(3, {"id": "c1", "text": "1", "pinned": "egg", "prompt": prompt})])
    assert line.context == Context(
        pinned="egg", prompt=Prompt(keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", options=(("A", "草莓"),))
    )


def test_an_unknown_meaning_and_a_missing_text_are_told_together() -> None:
    with pytest.raises(WireError) as error:
        input_lines([(1, {"prompt": {"keyword": "1", "meaning": "shout"}})])
    assert set(error.value.faults) == {
        "line 1: prompt: meaning: one of claim poll giveaway presence is needed",
        "line 1: text: a string is needed",
    }


def test_lines_are_classified_in_order() -> None:
    lines = ['{"id":"a","text":"核桃两袋"}', "", '{"id":"b","text":"晚上好"}']
    found = [json.loads(line) for line in classify_lines(lines, classifier())]
    assert [each["id"] for each in found] == ["a", "b"]
    assert found[0]["actions"] == [{"op": "set", "offer": "walnut", "variant": None, "quantity": 2}]
    assert found[0]["evidence"] == [["核桃", "offer"], ["两袋", "quantity"]]
    assert set(found[0]) == {"id", "intent", "topic", "confidence", "route", "actions", "evidence", "stage", "reason"}


def test_catalogue_files_are_read(tmp_path: Path) -> None:
    one, many = tmp_path / "one.json", tmp_path / "many.json"
    one.write_text('{"offers":[{"id":"a","title":"苹果"}]}', encoding="utf-8")
    many.write_text('{"x":{"offers":[{"id":"a","title":"苹果"}]},"y":{"offers":[]}}', encoding="utf-8")
    assert [offer.title for offer in load_catalogue(one)] == ["苹果"]
    assert {name: len(offers) for name, offers in load_catalogues(many).items()} == {"x": 1, "y": 0}


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe"])
def test_a_catalogue_file_that_is_no_object_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(WireError, match=r"bad\.json"):
        load_catalogue(path)
