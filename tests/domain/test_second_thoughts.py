"""Sequences that would give a wrong promise or lose an order if each comment were looked at alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.offer import OfferPhase
from live.domain.refusal import RefusalCode
from live.domain.reservation import ReservationState
from live.domain.session import Policy
from nlp.types import Intent, PromptMeaning, Route
from tests.domain.factories import add, an_evening, apple, cancel, egg, read_as, set_to, viewer


def claim_of(offer_id: str) -> c.OpenPrompt:
    return c.OpenPrompt(prompt_id="p", keyword="1", meaning=PromptMeaning.CLAIM, ref_id=offer_id, seconds=60)


def test_a_clear_order_takes_the_older_doubt_off_the_queue() -> None:
    evening = an_evening()
    evening.say("多来点鸡蛋", read_as(Intent.BUY, set_to(None), route=Route.CONFIRM), id="old")
    evening.buys(3)
    assert not evening.state.pending
    assert evening.refuse(c.AcceptComment(comment_id="old", actions=(set_to(1),))).code is RefusalCode.UNKNOWN_COMMENT
    assert evening.has() == [("reserved", 3)]


@pytest.mark.parametrize("later", [add(1), set_to(1, "apple", "l")])
def test_an_addition_or_another_offer_leaves_the_older_doubt(later: object) -> None:
    evening = an_evening(egg(), apple())
    evening.buys(1)
    evening.say("多来点鸡蛋", read_as(Intent.BUY, set_to(None), route=Route.CONFIRM), id="old")
    evening.say("再来", read_as(Intent.BUY, later))  # type: ignore[arg-type]  # parametrize types its cases as object
    assert [p.id for p in evening.state.pending.values()] == ["old"]


def test_somebody_elses_order_leaves_a_doubt_alone() -> None:
    evening = an_evening()
    evening.say("多来点鸡蛋", read_as(Intent.BUY, set_to(None), route=Route.CONFIRM), id="old")
    evening.buys(3, by=viewer("老李"))
    assert evening.state.pending


def test_a_hold_begins_anew_with_every_addition() -> None:
    evening = an_evening(policy=Policy(hold_minutes=30))
    evening.buys(1)
    evening.wait(29)
    evening.changes(add(1))
    evening.wait(2)
    assert evening.has() == [("reserved", 2)]
    evening.wait(28)
    assert evening.only().state is ReservationState.EXPIRED


def test_whom_the_host_has_turned_away_is_not_booked_again_by_a_comment() -> None:
    evening = an_evening()
    evening.buys(2)
    evening.do(c.CancelReservation(reservation_id=evening.only().id, reason="恶意"))
    assert evening.buys(2) == "needs_confirmation"
    assert evening.buys(2, by=viewer("老李")) == "reserved"


def test_who_cancelled_by_themselves_may_order_again() -> None:
    evening = an_evening()
    evening.buys(2)
    evening.cancels(cancel())
    assert evening.buys(1) == "reserved"


def test_who_had_the_host_accept_a_cancellation_may_order_again() -> None:
    evening = an_evening(policy=Policy(cancel_by_comment=False))
    evening.buys(2)
    evening.say("不要了", read_as(Intent.CANCEL, cancel()), id="x")
    evening.do(c.AcceptComment(comment_id="x"))
    assert evening.buys(1) == "reserved"


def test_small_additions_do_not_pass_the_largest_automatic_quantity() -> None:
    evening = an_evening(egg(quota=100), policy=Policy(max_auto_quantity=20))
    assert evening.buys(15) == "reserved"
    assert evening.changes(add(5)) == "reserved"
    assert evening.changes(add(1)) == "needs_confirmation"


def test_claims_are_asked_for_only_of_what_is_on_sale() -> None:
    evening = an_evening()
    evening.do(c.CloseOffer(offer_id="egg"))
    assert evening.refuse(claim_of("egg")).code is RefusalCode.OFFER_NOT_OPEN


def test_closing_an_offer_closes_the_prompt_that_claims_it() -> None:
    evening = an_evening(egg(), apple())
    evening.do(claim_of("egg"))
    evening.do(c.CloseOffer(offer_id="apple"))
    assert evening.state.prompt is not None
    evening.do(c.CloseOffer(offer_id="egg"))
    assert evening.state.prompt is None


@pytest.mark.parametrize("word", ["鸡蛋", "土鸡蛋 30 枚", " 鸡蛋 "])
def test_a_word_that_names_an_offer_is_no_word_for_a_draw(word: str) -> None:
    evening = an_evening()
    draw = c.OpenPrompt(prompt_id="p", keyword=word, meaning=PromptMeaning.GIVEAWAY, seconds=60)
    assert evening.refuse(draw).code is RefusalCode.KEYWORD_TAKEN
    evening.do(replace(draw, keyword="福袋"))
    assert evening.state.prompt is not None


def test_an_update_begins_and_ends_the_sale_as_the_taps_do() -> None:
    evening = an_evening()
    evening.do(claim_of("egg"))
    evening.do(c.UpdateOffer(offer_id="egg", changes={"title": "柴鸡蛋", "phase": OfferPhase.CLOSED}))
    assert evening.kinds()[-3:] == [EventKind.OFFER_CHANGED, EventKind.OFFER_CLOSED, EventKind.PROMPT_CLOSED]
    evening.do(c.UpdateOffer(offer_id="egg", changes={"phase": OfferPhase.OPEN}))
    assert evening.kinds()[-1] is EventKind.OFFER_OPENED
    assert (evening.offer().title, evening.offer().phase) == ("柴鸡蛋", OfferPhase.OPEN)


def test_what_was_never_on_sale_need_not_be_taken_off() -> None:
    evening = an_evening(egg(phase=OfferPhase.LISTED))
    assert evening.do(c.UpdateOffer(offer_id="egg", changes={"phase": OfferPhase.CLOSED})) == []
