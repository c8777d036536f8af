from __future__ import annotations

from dataclasses import replace

import pytest

from live.domain.offer import Offer, Variant
from live.store.port import OfferChange
from live.store.stock import StockRows, stock_rows
from live.store.tables import offer as offer_table
from live.store.tables import variant as variant_table
from tests.domain.factories import apple, egg


def columns(rows: list[tuple[object, ...]], *names: str, table: str = "offer") -> list[tuple[object, ...]]:
    """Read some columns of rows by their names."""
    places = [list((offer_table if table == "offer" else variant_table).c.keys()).index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows]


def moved(before: Offer, after: Offer) -> StockRows:
    return stock_rows("s1", [OfferChange(before=before, after=after)])


def test_stock_is_written_as_a_difference() -> None:
    before = replace(egg(quota=10), reserved=4, waitlisted=2)
    rows = moved(before, replace(before, quota=15, reserved=6, waitlisted=0))
    assert columns(rows.moved_offers, "id", "quota", "reserved", "waitlisted") == [("egg", 5, 2, -2)]


def test_all_else_is_written_as_it_is() -> None:
    rows = moved(egg(), replace(egg(), title="蛋", price_fen=1, number=None, case_size=12))
    assert columns(rows.moved_offers, "title", "price_fen", "number", "case_size") == [("蛋", 1, None, 12)]


def test_a_new_offer_is_written_whole_with_its_variants() -> None:
    rows = stock_rows("s1", [OfferChange(before=None, after=egg()), OfferChange(before=None, after=apple(quota=7))])
    assert columns(rows.new_offers, "id", "place", "quota", "reserved") == [("egg", 1, 10, 0), ("apple", 2, 7, 0)]
    assert columns(rows.new_variants, "offer_id", "id", "place", "quota", table="variant") == [
        ("apple", "l", 0, 4),
        ("apple", "s", 1, None),
    ]
    assert rows.moved_offers == []


def test_a_variant_with_a_quota_moves_by_differences_and_one_without_by_what_is_reserved() -> None:
    before = apple(quota=9, large=4)
    rows = moved(before, before.with_reserved(2, "l").with_reserved(1, "s").with_quota(3, "l"))
    assert columns(rows.moved_variants, "id", "quota", "reserved", table="variant") == [("l", 3, 2), ("s", None, 1)]


def test_a_variant_that_stays_as_it_is_is_not_written() -> None:
    rows = moved(apple(), replace(apple(), title="苹果"))
    assert (rows.gone_variants, rows.moved_variants, rows.new_variants) == ([], [], [])


def test_a_variant_that_changes_its_place_is_moved() -> None:
    rows = moved(apple(), replace(apple(), variants=apple().variants[::-1]))
    assert columns(rows.moved_variants, "id", "place", table="variant") == [("s", 0), ("l", 1)]


def test_a_variant_that_is_gone_goes_with_what_was_reserved_of_it() -> None:
    before = apple().with_reserved(3, "l")
    rows = moved(before, replace(before, variants=before.variants[1:]))
    assert columns(rows.gone_variants, "offer_id", "id", "reserved", table="variant") == [("apple", "l", 3)]


@pytest.mark.parametrize(("old", "new"), [(None, 5), (5, None)])
def test_a_quota_that_comes_or_goes_makes_the_variant_anew(old: int | None, new: int | None) -> None:
    one = replace(apple(), variants=(Variant(id="l", name="大果", quota=old, reserved=2),))
    rows = moved(one, replace(one, variants=(Variant(id="l", name="大果", quota=new, reserved=2),)))
    assert columns(rows.gone_variants, "id", "reserved", table="variant") == [("l", 2)]
    assert columns(rows.new_variants, "id", "quota", "reserved", table="variant") == [("l", new, 2)]
    assert rows.moved_variants == []


def test_an_offer_may_stand_once_in_a_batch() -> None:
    change = OfferChange(before=egg(), after=egg().with_reserved(1, None))
    with pytest.raises(AssertionError, match="twice"):
        stock_rows("s1", [change, change])
