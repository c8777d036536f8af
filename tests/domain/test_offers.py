from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.offer import OfferPhase, Variant
from live.domain.refusal import RefusalCode
from tests.domain.factories import Evening, an_evening, apple, egg, start, viewer

ZHANG, LI = viewer("张姐"), viewer("李叔")


def update(offer_id: str, **changes: object) -> c.UpdateOffer:
    return c.UpdateOffer(offer_id=offer_id, changes=changes)


# Add


@pytest.mark.parametrize(
    ("phase", "kind"), [(OfferPhase.OPEN, EventKind.OFFER_OPENED), (OfferPhase.LISTED, EventKind.OFFER_ADDED)]
)
def test_a_new_offer_is_told_as_what_it_is(phase: OfferPhase, kind: EventKind) -> None:
    evening = an_evening(apple())
    events = evening.do(c.AddOffer(offer=egg(phase=phase)))
    assert [(e.kind, e.offer) for e in events] == [(kind, egg(phase=phase))]


@pytest.mark.parametrize(
    ("added", "word"),
    [(replace(egg(), number=9), "id 重复：egg"), (replace(egg(), id="egg2"), "number 重复：1 号")],
)
def test_two_offers_never_share_an_id_or_a_number(added: object, word: str) -> None:
    evening = an_evening()
    before = deepcopy(evening.state)
    refused = evening.refuse(c.AddOffer(offer=added))  # type: ignore[arg-type]  # parametrize loses the type
    assert refused.code is RefusalCode.DUPLICATE_OFFER
    assert word in refused.detail
    assert evening.state == before


def test_all_that_is_double_in_a_list_is_told_at_once() -> None:
    evening = Evening()
    refused = evening.refuse(start(egg(), egg(), replace(apple(), number=1)))
    assert "id 重复：egg" in refused.detail
    assert "number 重复：1 号" in refused.detail
    assert evening.state.session is None


def test_offers_without_a_number_are_never_double() -> None:
    an_evening(replace(egg(), number=None), replace(apple(), number=None))


# Update


def test_a_higher_quota_serves_those_who_wait() -> None:
    evening = an_evening(egg(quota=1))
    evening.buys(3)
    events = evening.do(update("egg", quota=3))
    assert [e.kind for e in events] == [EventKind.OFFER_CHANGED, EventKind.RESERVATION_PROMOTED]
    assert evening.offer().waitlisted == 0


def test_a_quota_never_falls_below_what_is_promised() -> None:
    evening = an_evening(egg(quota=10))
    evening.buys(4)
    before = deepcopy(evening.state)
    refused = evening.refuse(update("egg", quota=3))
    assert refused.code is RefusalCode.QUOTA_BELOW_RESERVED
    assert "4 箱" in refused.detail
    assert evening.state == before
    evening.do(update("egg", quota=4))
    assert evening.offer().available == 0


def test_a_variants_quota_never_falls_below_what_is_promised_of_it() -> None:
    evening = an_evening(apple())
    evening.buys(3, "apple", "l")
    variants = (Variant(id="l", name="大果", quota=2), Variant(id="s", name="小果"))
    assert evening.refuse(update("apple", variants=variants)).code is RefusalCode.QUOTA_BELOW_RESERVED


def test_a_quota_given_to_a_variant_counts_what_is_promised_already() -> None:
    evening = an_evening(apple(large=None))
    evening.buys(3, "apple", "l")
    evening.do(update("apple", variants=(Variant(id="l", name="大果", quota=3), Variant(id="s", name="小果"))))
    assert evening.buys(1, "apple", "l", by=LI) == "waitlisted"


def test_a_quota_taken_off_a_variant_serves_those_who_wait_for_it() -> None:
    evening = an_evening(apple(quota=10, large=1))
    evening.buys(2, "apple", "l")
    evening.do(update("apple", variants=(Variant(id="l", name="大果"), Variant(id="s", name="小果"))))
    assert evening.offer("apple").waitlisted == 0


def test_a_variant_that_somebody_has_or_waits_for_stays() -> None:
    evening = an_evening(apple(quota=10, large=0))
    evening.buys(1, "apple", "l")
    before = deepcopy(evening.state)
    refused = evening.refuse(update("apple", variants=(Variant(id="s", name="小果"),)))
    assert refused.code is RefusalCode.VARIANT_IN_USE
    assert "大果" in refused.detail
    assert evening.state == before


def test_a_variant_that_nobody_has_may_go() -> None:
    evening = an_evening(apple())
    evening.do(update("apple", variants=(Variant(id="s", name="小果"),)))
    assert [v.id for v in evening.offer("apple").variants] == ["s"]


def test_what_is_told_of_a_variant_never_changes_what_is_promised_of_it() -> None:
    evening = an_evening(apple())
    evening.buys(2, "apple", "l")
    evening.do(
        update("apple", variants=(Variant(id="l", name="特大果", quota=4, reserved=0), Variant(id="s", name="小")))
    )
    assert evening.offer("apple").variants[0].reserved == 2


@pytest.mark.parametrize("changes", [{"price_fen": 2990}, {"per_viewer_limit": 1}, {"per_viewer_limit": None}])
@pytest.mark.parametrize("close", [False, True])
def test_price_and_limit_stand_from_the_moment_an_offer_is_on_sale(changes: dict[str, int], close: bool) -> None:
    evening = an_evening(egg(limit=5))
    if close:
        evening.do(c.CloseOffer(offer_id="egg"))
    refused = evening.refuse(update("egg", **changes))
    assert refused.code is RefusalCode.FROZEN
    assert "已经开卖" in refused.detail


def test_price_and_limit_may_change_before_an_offer_is_on_sale() -> None:
    evening = an_evening(egg(phase=OfferPhase.LISTED))
    evening.do(update("egg", price_fen=2990, per_viewer_limit=3))
    assert (evening.offer().price_fen, evening.offer().per_viewer_limit) == (2990, 3)


def test_a_new_price_leaves_what_is_reserved_at_the_old_one() -> None:
    evening = an_evening()
    evening.buys(2)
    evening.sells_at(2990)
    assert evening.only().unit_price_fen == 3990


def test_an_update_that_changes_nothing_tells_nothing() -> None:
    assert an_evening().do(update("egg", quota=10)) == []


def test_a_number_that_another_offer_has_is_refused() -> None:
    assert an_evening(egg(), apple()).refuse(update("egg", number=2)).code is RefusalCode.DUPLICATE_OFFER


# Restock


def test_a_restock_serves_those_who_wait_in_order() -> None:
    evening = an_evening(egg(quota=1))
    evening.buys(2, by=ZHANG)
    evening.buys(2, by=LI)
    evening.do(c.Restock(offer_id="egg", quantity=2))
    assert evening.offer().quota == 3
    assert [(r.viewer.name, r.quantity) for r in evening.state.waiting("egg")] == [("李叔", 1)]


def test_a_restock_of_a_variant_serves_those_who_wait_for_it() -> None:
    evening = an_evening(apple(quota=10, large=1))
    evening.buys(2, "apple", "l")
    evening.do(c.Restock(offer_id="apple", variant_id="l", quantity=1))
    assert (evening.offer("apple").quota, evening.offer("apple").waitlisted) == (11, 0)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.Restock(offer_id="apple", quantity=0), RefusalCode.INVALID_QUANTITY),
        (c.Restock(offer_id="apple", quantity=-5), RefusalCode.INVALID_QUANTITY),
        (c.Restock(offer_id="apple", variant_id="xl", quantity=1), RefusalCode.UNKNOWN_VARIANT),
        (c.Restock(offer_id="litchi", quantity=1), RefusalCode.UNKNOWN_OFFER),
        (c.OpenOffer(offer_id="litchi"), RefusalCode.UNKNOWN_OFFER),
        (c.CloseOffer(offer_id="litchi"), RefusalCode.UNKNOWN_OFFER),
        (c.PinOffer(offer_id="litchi"), RefusalCode.UNKNOWN_OFFER),
        (c.UpdateOffer(offer_id="litchi"), RefusalCode.UNKNOWN_OFFER),
    ],
)
def test_what_cannot_be_done_to_an_offer_is_refused_and_changes_nothing(command: c.Command, code: RefusalCode) -> None:
    evening = an_evening(apple())
    before = deepcopy(evening.state)
    assert evening.refuse(command).code is code
    assert evening.state == before


# Pin and close


def test_a_pin_is_told_with_the_session_and_once() -> None:
    evening = an_evening()
    (event,) = evening.do(c.PinOffer(offer_id="egg"))
    assert event.session is not None
    assert event.session.pinned_offer_id == "egg"
    assert evening.do(c.PinOffer(offer_id="egg")) == []


def test_what_is_reserved_stands_when_the_offer_closes() -> None:
    evening = an_evening()
    evening.buys(2)
    evening.do(c.CloseOffer(offer_id="egg"))
    assert evening.has() == [("reserved", 2)]
