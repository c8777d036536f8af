from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given

from live.domain.reservation import ReservationState
from live.reports.facts import facts_of
from live.reports.sales import faults_of
from tests.reports.evenings import evenings
from tests.reports.factories import (
    EVENING_MS,
    MINUTE_MS,
    a_quiet_evening,
    a_small_evening,
    a_stream,
    apple,
    drops,
    egg,
    person,
)

if TYPE_CHECKING:
    from live.reports.figures import OfferSales, ReportFacts
    from live.store.port import SessionRecord


def sales_of(facts: ReportFacts, offer_id: str) -> OfferSales:
    return next(sales for sales in facts.offers if sales.offer.id == offer_id)


@given(evenings())
def test_offers_viewers_and_totals_come_to_the_same_sums(record: SessionRecord) -> None:
    facts = facts_of(record)
    totals = facts.totals
    for parts in (facts.offers, facts.viewers):
        assert sum(part.reserved for part in parts) == totals.reserved_quantity
        assert sum(part.waitlisted for part in parts) == totals.waitlisted_quantity
        assert sum(part.amount_fen for part in parts) == totals.amount_fen
    assert sum(line.amount_fen for line in facts.lines) == totals.amount_fen
    assert sum(sales.cancelled for sales in facts.offers) == totals.cancelled_quantity
    assert sum(viewer.reserved > 0 for viewer in facts.viewers) == totals.buyers


@given(evenings())
def test_what_is_reserved_and_what_is_left_make_the_quota(record: SessionRecord) -> None:
    facts = facts_of(record)
    assert facts.faults == ()
    for sales in facts.offers:
        assert sales.reserved + sales.available == sales.offer.quota
        assert sales.available >= 0
        assert sum(each.reserved for each in sales.variants) <= sales.reserved
        assert (sales.sold_out_ms is None) == (sales.available > 0)


@given(evenings())
def test_full_cases_cover_what_is_reserved_and_not_one_more(record: SessionRecord) -> None:
    for sales in facts_of(record).offers:
        size = sales.offer.case_size
        assert sales.cases * size - sales.case_short == sales.reserved
        assert 0 <= sales.case_short < size


def test_an_offer_tells_what_became_of_it() -> None:
    eggs = sales_of(facts_of(a_small_evening()), "egg")
    assert (eggs.reserved, eggs.available, eggs.waitlisted, eggs.buyers) == (5, 0, 2, 2)
    assert eggs.amount_fen == 5 * 3990
    assert (eggs.cases, eggs.case_short) == (1, 7)


def test_variants_are_told_apart() -> None:
    apples = sales_of(facts_of(a_small_evening()), "apple")
    assert [(each.variant.name, each.reserved) for each in apples.variants] == [("大果", 1), ("小果", 0)]
    assert apples.cancelled == 2
    assert apples.minimum_short == 4


def test_an_offer_is_sold_out_at_the_moment_its_quota_is_filled() -> None:
    stream = a_stream(egg(quota=3))
    stream.buys(person("张姐"), "egg", 1)
    stream.now_ms += 5 * MINUTE_MS
    stream.buys(person("李哥"), "egg", 2)
    stream.now_ms += MINUTE_MS
    stream.buys(person("王叔"), "egg", 1)
    assert sales_of(facts_of(stream.end()), "egg").sold_out_ms == EVENING_MS + 5 * MINUTE_MS


def test_an_offer_that_someone_gave_back_is_not_sold_out() -> None:
    stream = a_stream(egg(quota=1))
    stream.buys(person("张姐"), "egg", 1)
    stream.say(person("张姐"), "鸡蛋不要了", drops("egg"))
    assert sales_of(facts_of(stream.end()), "egg").sold_out_ms is None


def test_offers_come_in_the_order_of_their_numbers() -> None:
    offers = (replace(egg(), number=None), apple(), replace(egg(), id="e0", number=1))
    facts = facts_of(a_stream(*offers).end())
    assert [sales.offer.id for sales in facts.offers] == ["e0", "apple", "egg"]


def test_viewers_come_with_the_largest_amount_first() -> None:
    viewers = facts_of(a_small_evening()).viewers
    assert [viewer.name for viewer in viewers] == ["=HYPERLINK(1)", "张姐", "堂***"]
    assert [viewer.weak for viewer in viewers] == [False, False, True]


def test_a_viewer_who_gave_everything_back_is_not_listed_but_the_line_is() -> None:
    facts = facts_of(a_small_evening())
    assert "王叔" not in {viewer.name for viewer in facts.viewers}
    gone = [line for line in facts.lines if line.viewer_name == "王叔"]
    assert [(line.reservation.state, line.amount_fen) for line in gone] == [(ReservationState.CANCELLED, 0)]


def test_namesakes_are_two_viewers() -> None:
    stream = a_stream(egg())
    other = replace(person("小雨"), key="wechat_channels:another", id="another")
    stream.buys(person("小雨"), "egg", 1)
    stream.buys(other, "egg", 2)
    viewers = facts_of(stream.end()).viewers
    assert [(v.name, v.reserved) for v in viewers] == [("小雨", 2), ("小雨", 1)]
    assert len({v.pickup_code for v in viewers}) == 2


def test_names_can_be_masked_for_a_report_that_leaves_the_shop() -> None:
    names = {viewer.name for viewer in facts_of(a_small_evening(), mask_names=True).viewers}
    assert names == {"=*", "张*", "堂*"}


def test_nothing_sold_is_no_fault() -> None:
    facts = facts_of(a_quiet_evening())
    assert (facts.offers, facts.viewers, facts.lines, facts.faults) == ((), (), (), ())


def test_an_offer_that_does_not_balance_is_named() -> None:
    record = a_small_evening()
    wrong = tuple(replace(o, reserved=o.reserved + 1) if o.id == "egg" else o for o in record.offers)
    (fault,) = facts_of(replace(record, offers=wrong)).faults
    assert fault == "柳树湾土鸡蛋 30 枚：商品记着已订 6 箱，逐条加起来是 5 箱，请以明细为准核对"


def test_an_oversold_offer_is_named() -> None:
    record = a_small_evening()
    less = tuple(replace(o, quota=4) if o.id == "egg" else o for o in record.offers)
    (fault,) = facts_of(replace(record, offers=less)).faults
    assert "已订 5 箱，超过名额 4 箱" in fault


def test_a_reservation_of_an_unknown_offer_is_named_and_still_listed() -> None:
    record = a_small_evening()
    facts = facts_of(replace(record, offers=tuple(o for o in record.offers if o.id == "egg")))
    assert faults_of(facts.offers, facts.lines) == ("有预订记在“apple”上，本场商品里没有它，请核对明细",)
    assert {line.title for line in facts.lines} == {"柳树湾土鸡蛋 30 枚", "apple"}
