from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain import commands as orders
from live.domain.offer import OfferPhase
from live.domain.session import Policy, Repeat
from live.service.wire import yuan
from live.web.command_orders import to_order
from live.web.commands import parse
from live.web.moments import ms
from live.web.money import fen
from nlp.types import Action, Op
from tests.web.shop import EGG, START

if TYPE_CHECKING:
    from tests.web.shop import Json


def order(command: Json) -> orders.Command:
    ids = count(1)
    return to_order(parse(json.dumps(command).encode()), lambda: f"id-{next(ids)}")


@given(st.integers(0, 999_999_999))
def test_a_price_is_exact_whatever_it_is(price_fen: int) -> None:
    assert fen(yuan(price_fen)) == price_fen


@pytest.mark.parametrize(("price", "price_fen"), [("39.90", 3990), ("39.9", 3990), ("39", 3900), ("0.01", 1), ("0", 0)])
def test_a_price_may_leave_out_what_is_nought(price: str, price_fen: int) -> None:
    assert fen(price) == price_fen


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001  # the offset comes next
def test_a_moment_is_exact_in_every_time_zone(moment: datetime, offset: int) -> None:
    aware = moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=timezone(timedelta(hours=offset)))
    assert datetime.fromtimestamp(0, tz=aware.tzinfo) + timedelta(milliseconds=ms(aware)) == aware


def test_a_session_begins_with_its_offers_policy_and_cycle() -> None:
    start = order(
        {
            **START,
            "offers": [{**EGG, "open": False, "variants": [{"id": "l", "name": "大号", "quota": 4}]}],
            "cycle": {
                "cutoff_at": "2026-01-07T21:30:00+08:00",
                "pickup_at": "2026-01-08T09:00:00.500+08:00",
                "pickup_points": [{"id": "p1", "name": "东门便利店"}],
            },
            "policy": {"repeat": "ask", "hold_minutes": 30},
        }
    )
    assert isinstance(start, orders.StartSession)
    assert (start.session_id, start.hosts, start.script) == ("id-1", ("梅姐本人",), {"cues": ["先讲鸡蛋"]})
    assert start.policy == Policy(repeat=Repeat.ASK, hold_minutes=30)
    assert (start.cycle.cutoff_at_ms, start.cycle.pickup_at_ms) == (1767792600000, 1767834000500)
    [offer] = start.offers
    assert (offer.phase, offer.price_fen, offer.variants[0].quota) == (OfferPhase.LISTED, 3990, 4)


def test_an_update_holds_what_was_given_and_nothing_else() -> None:
    update = order(
        {"type": "update_offer", "offer_id": "egg", "price": "35", "per_viewer_limit": None, "aliases": ["蛋"]}
    )
    assert isinstance(update, orders.UpdateOffer)
    assert update.changes == {"price_fen": 3500, "per_viewer_limit": None, "aliases": ("蛋",)}


def test_a_viewer_by_name_alone_is_somebody_the_host_wrote_down() -> None:
    reserve = order({"type": "reserve", "viewer": "李婶", "offer_id": "egg", "quantity": 2})
    assert isinstance(reserve, orders.Reserve)
    assert (reserve.viewer.key, reserve.viewer.platform, reserve.viewer.id) == ("manual/name/李婶", "manual", None)


def test_a_viewer_with_platform_and_id_is_the_one_of_the_comments() -> None:
    viewer = {"platform": "kuaishou", "id": "u-1", "name": "张姐"}
    reserve = order({"type": "reserve", "viewer": viewer, "offer_id": "egg", "quantity": 2})
    assert isinstance(reserve, orders.Reserve)
    assert reserve.viewer.key == "kuaishou/id/u-1"


def test_masked_names_by_hand_are_never_merged() -> None:
    viewer = {"platform": "douyin", "name": "薛***"}
    reserve = order({"type": "reserve", "viewer": viewer, "offer_id": "egg", "quantity": 2})
    assert isinstance(reserve, orders.Reserve)
    assert (reserve.viewer.weak, reserve.viewer.key) == (True, "douyin/weak/id-1")


def test_the_hosts_corrections_become_actions() -> None:
    actions = [{"op": "set", "offer": "egg", "variant": "l", "quantity": 2}, {"op": "cancel", "offer": "apple"}]
    accept = order({"type": "accept_comment", "comment_id": "m-1", "actions": actions})
    assert accept == orders.AcceptComment(
        comment_id="m-1",
        actions=(
            Action(op=Op.SET, offer="egg", variant="l", quantity=2),
            Action(op=Op.CANCEL, offer="apple", variant=None, quantity=None),
        ),
    )
    assert order({"type": "accept_comment", "comment_id": "m-1"}) == orders.AcceptComment(comment_id="m-1")
