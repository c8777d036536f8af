"""How somebody at the counter is found. `tests/pages/units/search.test.mjs` asks the page the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.basket import Basket
from live.service.counter import Customer, Held, Place
from live.service.counter_search import find, read_query
from tests.domain.factories import reservation, session, viewer

EXAMPLES = json.loads((Path(__file__).parents[1] / "pages" / "units" / "search.json").read_text(encoding="utf-8"))


def customer(name: str, code: str, number: int, letter: str, tail: str | None) -> Customer:
    of = viewer(name)
    basket = Basket(session_id="s1", viewer_key=of.key, pickup_code=code, phone_tail=tail, changed_ms=0)
    reserved = replace(reservation(of=of, position=number), pickup_code=code)
    held = Held(session=session(), place=Place(room=ord(letter) - ord("A")), basket=basket, reservations=(reserved,))
    return Customer(id=name, keys=(of.key,), held=(held,))


PEOPLE = [customer(**each) for each in EXAMPLES["people"]]


@pytest.mark.parametrize("example", EXAMPLES["queries"], ids=lambda example: example["why"])
def test_who_is_meant_is_found(example: dict[str, Any]) -> None:
    assert [each.id for each in find(PEOPLE, read_query(example["text"]))] == example["found"]


def test_who_has_two_baskets_is_found_once() -> None:
    one, other = PEOPLE[0], PEOPLE[1]
    both = replace(one, held=one.held + other.held)
    assert find([both], read_query("姐")) == [both]


@given(st.text(max_size=60))
def test_whatever_is_typed_finds_some_of_those_who_are_there(text: str) -> None:
    found = find(PEOPLE, read_query(text))
    assert len({each.id for each in found}) == len(found) <= len(PEOPLE)
