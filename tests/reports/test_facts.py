from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from live.domain import commands as c
from live.reports.facts import facts_of
from live.service.ledger import ledger_of
from tests.reports.evenings import evenings
from tests.reports.factories import EVENING_MS, HOST, MINUTE_MS, a_quiet_evening, a_stream, chats, egg, hidden, person

if TYPE_CHECKING:
    from live.store.port import SessionRecord


def test_the_totals_are_those_of_the_snapshot() -> None:
    stream = a_stream(egg(quota=3))
    stream.buys(person("张姐"), "egg", 2)
    stream.buys(person("李哥"), "egg", 2)
    told = ledger_of(stream.state).totals(stream.state.comments)
    totals = facts_of(stream.record()).totals
    assert told["comments"] == totals.comments
    assert told["buyers"] == totals.buyers
    assert told["reserved_quantity"] == totals.reserved_quantity
    assert told["waitlisted_quantity"] == totals.waitlisted_quantity
    assert told["amount"] == f"{totals.amount_fen / 100:.2f}"


@given(evenings())
def test_the_same_record_gives_the_same_facts(record: SessionRecord) -> None:
    assert facts_of(record) == facts_of(record)


@given(evenings())
def test_conversion_is_a_part_of_those_who_wrote(record: SessionRecord) -> None:
    totals = facts_of(record).totals
    assert totals.converted <= min(totals.commenters, totals.buyers)
    assert (totals.conversion is None) == (totals.commenters == 0)


def test_hosts_and_hidden_viewers_are_no_commenters() -> None:
    stream = a_stream(egg())
    stream.say(person(HOST), "来了", chats())
    stream.say(hidden("a"), "来了", chats())
    stream.say(person("张姐"), "来了", chats())
    stream.buys(person("李哥"), "egg", 1)
    totals = facts_of(stream.end()).totals
    assert (totals.comments, totals.commenters, totals.converted, totals.conversion) == (4, 2, 1, 0.5)


def test_a_buyer_who_never_wrote_is_not_converted() -> None:
    stream = a_stream(egg())
    stream.do(c.Reserve(viewer=person("张姐"), offer_id="egg", variant_id=None, quantity=1))
    totals = facts_of(stream.end()).totals
    assert (totals.buyers, totals.converted, totals.conversion) == (1, 0, None)


def test_the_report_knows_until_when_it_speaks() -> None:
    assert facts_of(a_quiet_evening()).as_of_ms == EVENING_MS + 3 * MINUTE_MS
    stream = a_stream(egg())
    stream.now_ms += MINUTE_MS
    stream.buys(person(), "egg", 1)
    assert facts_of(stream.record()).as_of_ms == EVENING_MS + MINUTE_MS
