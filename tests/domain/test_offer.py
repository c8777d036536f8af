from __future__ import annotations

from itertools import product

import pytest

from live.domain import commands as c
from live.domain.offer import PHASE_TRANSITIONS, OfferPhase
from live.domain.refusal import RefusalCode
from tests.domain.factories import an_evening, apple, egg

TAPS: dict[OfferPhase, c.Command] = {
    OfferPhase.OPEN: c.OpenOffer(offer_id="egg"),
    OfferPhase.CLOSED: c.CloseOffer(offer_id="egg"),
}


def test_every_phase_has_its_row_in_the_table() -> None:
    assert set(PHASE_TRANSITIONS) == set(OfferPhase)


@pytest.mark.parametrize(("phase", "to"), list(product(OfferPhase, TAPS)))
def test_a_tap_moves_an_offer_as_the_table_says_or_not_at_all(phase: OfferPhase, to: OfferPhase) -> None:
    evening = an_evening(egg(phase=phase))
    if to in PHASE_TRANSITIONS[phase]:
        assert [event.offer for event in evening.do(TAPS[to])] == [egg(phase=to)]
    elif to is phase:
        assert evening.do(TAPS[to]) == []
    else:
        failed = phase is OfferPhase.FAILED
        assert evening.refuse(TAPS[to]).code is (RefusalCode.OFFER_FAILED if failed else RefusalCode.OFFER_NOT_OPEN)
        assert evening.offer().phase is phase


def test_a_variant_without_a_quota_shares_the_offers() -> None:
    offer = apple(quota=10, large=4).with_reserved(3, "l")
    assert offer.available_of("l") == 1
    assert offer.available_of("s") == 7
    assert offer.available_of(None) == 7
    assert offer.available == 7


def test_a_variant_never_has_more_than_the_offer_has_left() -> None:
    offer = apple(quota=5, large=4).with_reserved(3, "s")
    assert offer.available_of("l") == 2


def test_what_is_taken_and_given_back_leaves_the_offer_as_it_was() -> None:
    offer = apple()
    assert offer.with_reserved(2, "l").with_reserved(-2, "l") == offer
    assert offer.with_waitlisted(2).with_waitlisted(-2) == offer


def test_a_restock_of_a_variant_raises_the_offer_and_the_variant() -> None:
    offer = apple(quota=10, large=4).with_quota(5, "l")
    assert (offer.quota, [v.quota for v in offer.variants]) == (15, [9, None])


def test_a_restock_of_a_variant_without_a_quota_raises_the_offer_alone() -> None:
    offer = apple(quota=10, large=4).with_quota(5, "s")
    assert (offer.quota, [v.quota for v in offer.variants]) == (15, [4, None])


def test_an_open_offer_with_nothing_left_says_sold_out() -> None:
    assert egg(quota=1).state == "open"
    assert egg(quota=1).with_reserved(1, None).state == "sold_out"
    assert egg(quota=0, phase=OfferPhase.LISTED).state == "listed"
    assert egg(quota=0, phase=OfferPhase.CLOSED).state == "closed"


def test_an_unknown_variant_is_no_variant() -> None:
    assert apple().variant("xl") is None
    assert apple().variant(None) is None
