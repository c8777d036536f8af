"""What random evenings are made of."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from live.domain import commands as c
from live.domain.offer import Offer, OfferPhase, Variant
from live.domain.session import Policy, Repeat
from live.domain.ticket import Promise
from nlp.types import Action, Intent, Op, Route
from tests.domain.factories import CYCLE, NO_POINTS, TWO_POINTS, read_as

OFFER_IDS = ["egg", "apple", "pear"]

quotas = st.sampled_from([3, 5, 2, 8, 1, 0])
few = st.integers(1, 5)
limits = st.none() | st.integers(1, 5)
offer_ids = st.sampled_from(OFFER_IDS)
variant_ids = st.sampled_from([None, "l", "s"])
cycles = st.sampled_from([CYCLE, TWO_POINTS, NO_POINTS])
policies = st.builds(
    Policy,
    repeat=st.sampled_from(Repeat),
    cancel_by_comment=st.booleans(),
    hold_minutes=st.none() | st.integers(1, 20),
    max_auto_quantity=st.integers(2, 20),
    max_no_shows=st.none() | st.integers(1, 2),
    bag_points=st.integers(0, 3),
)
actions = st.builds(
    Action,
    op=st.sampled_from(Op),
    offer=offer_ids | st.sampled_from([None, "litchi"]),
    variant=variant_ids | st.just("xl"),
    quantity=st.integers(1, 6) | st.sampled_from([None, 0, -2]),
)
plain = st.builds(Action, op=st.just(Op.SET), offer=offer_ids, variant=variant_ids, quantity=few)
readings = st.builds(
    lambda intent, found, route: read_as(intent, *found, route=route),
    st.sampled_from([Intent.BUY, Intent.BUY, Intent.CHANGE, Intent.CANCEL]),
    st.lists(actions, min_size=1, max_size=3) | st.lists(plain, min_size=1, max_size=2),
    st.sampled_from([Route.AUTO, Route.AUTO, Route.AUTO, Route.CONFIRM, Route.ASK, Route.IGNORE]),
)
lines = st.builds(
    c.PageLine,
    offer_id=offer_ids | st.just("litchi"),
    variant_id=variant_ids | st.just("xl"),
    quantity=st.integers(0, 6) | st.sampled_from([-1, 10**9]),
)
point_ids = st.sampled_from([None, "p1", "p2", "p9"])
tails = st.none() | st.just("1234")
promises = st.none() | st.sampled_from(Promise)


@st.composite
def packed(draw: st.DrawFn, offer: Offer) -> Offer:
    """The same offer in cases, with a minimum, weighed or not."""
    return replace(
        offer,
        case_size=draw(st.sampled_from([1, 1, 3, 4])),
        case_tolerance=draw(st.none() | st.integers(0, 2)),
        min_quantity=draw(st.sampled_from([0, 0, 2, 5])),
        weighed=draw(st.booleans()),
    )


@st.composite
def offers(draw: st.DrawFn) -> tuple[Offer, ...]:
    """Three offers: one plain, one with variants and quotas of their own, one for later."""
    plain_one = Offer(
        id="egg",
        number=1,
        title="土鸡蛋",
        price_fen=3990,
        quota=draw(quotas),
        per_viewer_limit=draw(limits),
    )
    variants = (
        Variant(id="l", name="大果", quota=draw(quotas)),
        Variant(id="s", name="小果", quota=draw(st.none() | quotas)),
    )
    sized = Offer(
        id="apple",
        number=2,
        title="红富士",
        price_fen=5900,
        quota=draw(quotas),
        per_viewer_limit=draw(limits),
        variants=variants,
    )
    later = Offer(
        id="pear",
        number=3,
        title="皇冠梨",
        price_fen=2990,
        quota=draw(quotas),
        phase=OfferPhase.LISTED,
    )
    return draw(packed(plain_one)), draw(packed(sized)), draw(packed(later))
