from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.llm_opinion import MAX_BATCH, Batch, Doubtful, Opinions, Terms, build, check, is_doubtful
from nlp.maker import ClassifierMaker
from nlp.types import Action, Classification, Context, Evidence, Intent, Op, Route, Stage, Topic
from nlp.wire import load_catalogues
from tests.nlp.llm.shop import folding
from tests.nlp.shop import OFFERS

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
TWO_BEEF = Action(op=Op.SET, offer="beef", variant=None, quantity=2)


def read(intent: Intent = Intent.BUY, route: Route = Route.ASK, *actions: Action) -> Classification:
    return Classification(
        intent=intent, topic=None, confidence=0.5, route=route, actions=actions,
        evidence=(Evidence(text="两盒", role="quantity"),), stage=Stage.RULES, reason="没说是哪样",
    )  # fmt: skip


def batch_of(*reads: Classification, pinned: str | None = "beef") -> Batch:
    doubtful = [Doubtful(id=f"7001{n}", text="来两盒", read=each, pinned=pinned) for n, each in enumerate(reads)]
    return build(doubtful, OFFERS, folding(), deadline_ms=1500)


def item(id_: str = "c1", intent: str = "buy", actions: Sequence[Any] | None = None, **more: object) -> dict[str, Any]:
    given_ = [action()] if actions is None else actions
    return {"id": id_, "intent": intent, "topic": None, "confidence": 0.95, "actions": list(given_)} | more


def action(op: str = "set", offer: str | None = "o1", variant: str | None = None, quantity: Any = 2) -> dict[str, Any]:
    return {"op": op, "offer": offer, "variant": variant, "quantity": quantity}


def answer(*items: dict[str, Any]) -> Opinions:
    return Opinions.model_validate({"items": list(items)})


def one(found: dict[str, Any], known: Classification | None = None, terms: Terms | None = None) -> Classification | str:
    """What is made of one opinion, or why it was dropped."""
    judged = check(batch_of(known or read()), answer(found), terms or Terms())
    return next(iter(judged.found.values()), None) or next(iter(judged.dropped), "shape")


def test_the_question_holds_short_ids_and_no_price_and_no_id_of_ours() -> None:
    data = json.loads(batch_of(read(), read(), pinned="ball").ask.data)
    assert data["comments"][1] == {"id": "c2", "text": "来两盒", "pinned": "o3"}
    assert data["offers"][2] == {
        "id": "o3",
        "number": 3,
        "names": ["潮汕牛肉丸 1 斤", "牛肉丸"],
        "unit": "袋",
        "variants": [{"id": "v1", "name": "牛筋丸"}, {"id": "v2", "name": "纯肉丸"}],
    }
    text = batch_of(read()).ask.data
    assert not [word for word in ("beef", "7001", "39", "price", "tendon") if word in text]


def test_a_pinned_offer_that_is_not_in_the_catalogue_is_not_told() -> None:
    assert json.loads(batch_of(read(), pinned="gone").ask.data)["comments"][0]["pinned"] is None


def test_of_too_many_comments_the_first_are_asked() -> None:
    assert len(batch_of(*[read()] * 50).comments) == MAX_BATCH


def test_an_order_known_in_full_is_raised_from_ask_to_confirm() -> None:
    found = one(item())
    assert isinstance(found, Classification)
    assert (found.intent, found.route, found.stage, found.actions) == (
        Intent.BUY,
        Route.CONFIRM,
        Stage.LLM,
        (TWO_BEEF,),
    )
    assert (found.reason, found.evidence) == ("大模型看是下单", read().evidence)
    assert found.confidence < Terms().auto


@pytest.mark.parametrize(
    "partly",
    [action(offer=None), action(quantity=None), action(offer="o3")],
    ids=["no offer", "no quantity", "no variant of several"],
)
def test_an_order_that_lacks_something_still_asks_but_a_confirm_stays_one(partly: dict[str, Any]) -> None:
    asked, confirmed = one(item(actions=[partly])), one(item(actions=[partly]), read(Intent.BUY, Route.CONFIRM))
    assert isinstance(asked, Classification)
    assert isinstance(confirmed, Classification)
    assert (asked.route, confirmed.route) == (Route.ASK, Route.CONFIRM)


def test_a_whole_withdrawal_needs_no_quantity() -> None:
    found = one(item(intent="cancel", actions=[action("cancel", quantity=None)]), read(Intent.CANCEL))
    assert isinstance(found, Classification)
    assert found.route is Route.CONFIRM


def test_a_variant_is_told_by_its_own_id() -> None:
    found = one(item(actions=[action(offer="o3", variant="v2", quantity=1)]))
    assert isinstance(found, Classification)
    assert found.actions == (Action(op=Op.SET, offer="ball", variant="meat", quantity=1),)


@pytest.mark.parametrize(
    "bad",
    [
        item(actions=[]),
        item(actions=[action()] * 2),
        item(actions=[action(offer=f"o{n}") for n in range(1, 8)]),
        item(actions=[action(offer="o12")]),
        item(actions=[action(offer="beef")]),
        item(actions=[action(offer="")]),
        item(actions=[action(variant="v1")]),
        item(actions=[action(offer="o3", variant="tendon")]),
        item(actions=[action(offer=None, variant="v1")]),
        item(actions=[action(quantity=0)]),
        item(actions=[action(quantity=-1)]),
        item(actions=[action(quantity=1000)]),
        item(actions=[action(quantity=10**30)]),
        item(actions=[action("cancel")]),
        item(actions=[action("reduce")]),
        item(intent="cancel", actions=[action("set")]),
        item(intent="chat"),
        item(intent="question"),
    ],
)
def test_an_opinion_with_an_action_that_cannot_be_is_dropped(bad: dict[str, Any]) -> None:
    assert one(bad) == "actions"


@pytest.mark.parametrize("confidence", [-0.1, 1.1, 1e300, math.nan, math.inf])
def test_an_opinion_that_is_more_than_sure_is_dropped(confidence: float) -> None:
    assert one(item(confidence=confidence)) == "confidence"


@pytest.mark.parametrize(
    "bad",
    [
        item(intent="order"),
        item(topic="money"),
        item(actions=[action("book")]),
        item(actions=[action(quantity=2.5)]),
        item(actions=[action(quantity="2")]),
        item(actions=[action(quantity=True)]),
        item(actions=None) | {"actions": None},
        item() | {"id": 1},
        {"id": "c1"},
        [],
        "c1",
    ],
)
def test_an_item_of_another_shape_costs_itself_and_no_other(bad: Any) -> None:
    judged = check(batch_of(read(), read()), Opinions.model_validate({"items": [bad, item("c2")]}), Terms())
    assert list(judged.found) == ["70011"]


def test_ids_that_were_not_asked_and_ids_said_twice_are_dropped() -> None:
    judged = check(batch_of(read(), read()), answer(item("c1"), item("c9"), item("c2"), item("c1")), Terms())
    assert (list(judged.found), dict(judged.dropped)) == (["70011"], {"twice": 2, "unknown_id": 1})


def test_an_order_that_the_rules_saw_is_never_taken_from_the_host() -> None:
    known = read(Intent.BUY, Route.CONFIRM, TWO_BEEF)
    assert one(item(intent="chat", actions=[]), known) == replace(known, reason="大模型看不是下单")


def test_what_is_no_order_may_be_understood_otherwise() -> None:
    found = one(item(intent="question", actions=[], topic="price"), read(Intent.CHAT, Route.IGNORE))
    assert isinstance(found, Classification)
    assert (found.intent, found.topic, found.route, found.actions) == (Intent.QUESTION, Topic.PRICE, Route.IGNORE, ())
    untold = one(item(intent="question", actions=[]), read(Intent.CHAT, Route.IGNORE))
    assert isinstance(untold, Classification)
    assert untold.topic is Topic.OTHER
    praised = one(item(intent="praise", actions=[], topic="price"), read(Intent.CHAT, Route.IGNORE))
    assert isinstance(praised, Classification)
    assert praised.topic is None


def test_a_comment_that_the_rules_booked_is_no_longer_open() -> None:
    assert one(item(), read(Intent.BUY, Route.AUTO, TWO_BEEF)) == "booked"


def test_only_where_the_settings_allow_it_and_both_read_the_same_an_order_is_booked() -> None:
    may, same = Terms(may_book=True), read(Intent.BUY, Route.CONFIRM, TWO_BEEF)

    def route(known: Classification, terms: Terms, found: dict[str, Any]) -> Route:
        judged = one(found, known, terms)
        assert isinstance(judged, Classification)
        return judged.route

    assert route(same, may, item()) is Route.AUTO
    assert route(same, Terms(), item()) is Route.CONFIRM
    assert route(same, may, item(confidence=0.89)) is Route.CONFIRM
    assert route(same, may, item(actions=[action(quantity=3)])) is Route.CONFIRM
    assert route(same, may, item(actions=[action(offer="o2")])) is Route.CONFIRM
    assert route(same, may, item(intent="change")) is Route.CONFIRM
    assert route(replace(same, route=Route.ASK), may, item()) is Route.CONFIRM
    assert route(replace(same, route=Route.IGNORE, intent=Intent.CHAT), may, item()) is Route.CONFIRM


_ANY_ACTION = st.builds(
    action,
    st.sampled_from([*Op, "book"]),
    st.sampled_from([None, "o1", "o3", "o99", "beef"]),
    st.sampled_from([None, "v1", "v9"]),
    st.one_of(st.none(), st.integers(-3, 2000)),
)
_ANY_ITEM = st.builds(
    item,
    st.sampled_from(["c1", "c2", "c3", "x"]),
    st.sampled_from([*Intent, "order"]),
    st.lists(_ANY_ACTION, max_size=8),
    confidence=st.floats(),
)


@given(st.lists(_ANY_ITEM, max_size=8), st.booleans())
def test_whatever_is_answered_only_what_the_catalogue_holds_comes_out(
    items: list[dict[str, Any]], may_book: bool
) -> None:
    known = (read(), read(Intent.BUY, Route.CONFIRM, TWO_BEEF), read(Intent.CHAT, Route.IGNORE))
    batch = batch_of(*known)
    found = check(batch, answer(*items), Terms(may_book=may_book)).found
    offers = {offer.id: {variant.id for variant in offer.variants} for offer in OFFERS}
    for id_, each in found.items():
        assert id_ in {"70010", "70011", "70012"}
        assert each.route is not Route.AUTO or (may_book and id_ == "70011" and each.actions == (TWO_BEEF,))
        for done in each.actions:
            assert done.offer is None or done.offer in offers
            assert done.variant is None or done.variant in offers[done.offer or ""]
            assert done.quantity is None or 1 <= done.quantity <= 999


def test_only_orders_that_were_not_booked_are_doubtful() -> None:
    assert is_doubtful(read(Intent.BUY, Route.ASK))
    assert is_doubtful(read(Intent.CANCEL, Route.CONFIRM))
    assert not is_doubtful(read(Intent.BUY, Route.AUTO))
    assert not is_doubtful(read(Intent.QUESTION, Route.IGNORE))


@pytest.mark.skipif(not SHARED.exists(), reason="the real comments are not here: ../shared/data")
def test_fewer_than_one_comment_in_twenty_of_the_real_rooms_would_be_asked_about() -> None:
    catalogues, make = load_catalogues(SHARED / "catalogs.json"), ClassifierMaker()
    counted: Counter[bool] = Counter()
    for room, name in (("kfc", "kfc"), ("steak", "steak"), ("restaurant", "kfc"), ("dfzx_dev", "dfzx")):
        classify, pinned = make(catalogues[name]).classify, catalogues[name][0].id
        for line in (SHARED / "real" / f"{room}.jsonl").read_text(encoding="utf-8").splitlines():
            counted[is_doubtful(classify(json.loads(line).get("text", ""), Context(pinned=pinned)))] += 1
    assert counted[True] < 0.05 * counted.total()
