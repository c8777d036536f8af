"""Goods outlive their evening: what is done about an earlier session, on a real SQLite file."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic_core import from_json

from live.domain import commands as c
from live.domain.session import Policy
from live.domain.standing import Standing
from live.service.sessions import AT_HAND, contribution, holds, kept, owners, spread, target_of, trace_of
from live.service.view import RoomView, view_of
from live.store.port import Change, Stale, StoreUnavailable, Trace
from live.store.sqlite import SqliteStore
from tests.domain.factories import CUTOFF_MS, EVENING_MS, MINUTE_MS, Evening, an_evening, apple, egg, start, viewer
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from live.domain.offer import Offer
    from live.domain.state import RoomState
    from live.service.worker import RoomWorker
    from live.store.port import SessionRecord
    from tests.service.rig import Shop

ZHANG, LI = viewer("张姐"), viewer("李叔")
DAY_MS = 24 * 60 * MINUTE_MS


def next_evening(
    shop: Shop, session_id: str = "s2", offer: Offer | None = None, policy: Policy | None = None
) -> c.StartSession:
    """An evening that begins now and is cut off three hours later."""
    begun = start(offer or egg(quota=4), session_id=session_id, policy=policy)
    now_ms = shop.clock.now_ms
    period = replace(begun.cycle, id=session_id, cutoff_at_ms=now_ms + 180 * MINUTE_MS, pickup_at_ms=now_ms + DAY_MS)
    return replace(begun, cycle=period)


async def done(shop: Shop, *commands: c.Command) -> list[dict[str, Any]]:
    """Give orders that must be taken; returns their events."""
    events: list[dict[str, Any]] = []
    for command in commands:
        status, body = await shop.do(command)
        assert status == 200, body
        events += body["events"]
    return events


async def refused(shop: Shop, command: c.Command) -> str:
    """Have an order refused that leaves no trace."""
    before = shop.snapshot()
    status, body = await shop.do(command)
    assert status >= 400, body
    assert shop.snapshot() == before
    return str(body["code"])


async def reserve(shop: Shop, of: str = "张姐", quantity: int = 1) -> str:
    """Let a viewer order; returns their pickup code."""
    await shop.say(shop.comment(f"要{quantity}箱鸡蛋", by=of))
    rows = shop.snapshot()["reservations"]
    return str(next(r["pickup_code"] for r in rows if r["viewer"]["name"] == of))


async def kept_of(shop: Shop, session_id: str) -> SessionRecord:
    record = await shop.store.session(session_id)
    assert record is not None
    return record


async def states(shop: Shop, session_id: str) -> list[tuple[str, int]]:
    return [(r.state.value, r.quantity) for r in (await kept_of(shop, session_id)).reservations]


async def yesterday(shop: Shop, *, policy: Policy | None = None) -> str:
    """张姐 has two boxes of eggs at the counter, and tonight's session runs; returns her code."""
    await shop.open(egg(quota=10), policy=policy)
    code = await reserve(shop, quantity=2)
    await done(shop, c.CloseCycle(), c.MarkReady(), c.EndSession())
    shop.clock.now_ms += DAY_MS
    await done(shop, next_evening(shop))
    return code


# While tonight's session runs


async def test_yesterdays_goods_are_fetched_while_tonights_session_runs(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        code = await yesterday(shop)
        before = shop.snapshot()
        (event,) = await done(shop, c.Collect(pickup_code=code))
        assert (event["kind"], event["data"]["earlier_session"]) == ("reservation_collected", "s1")
        assert event["data"]["totals"] == before["totals"]
        assert shop.snapshot() == {**before, "seq": before["seq"] + 1}
        assert await states(shop, "s1") == [("collected", 2)]
        assert await states(shop, "s2") == []


async def test_tonights_orders_and_yesterdays_pickups_do_not_disturb_each_other(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        code = await yesterday(shop)
        orders = [shop.say(shop.comment("要一箱鸡蛋", by=name)) for name in ("老李", "小雨", "王婶")]
        await asyncio.gather(*orders, shop.do(c.Collect(pickup_code=code)))
        assert await states(shop, "s1") == [("collected", 2)]
        assert shop.snapshot()["totals"]["reserved_quantity"] == 3
        assert [e.seq for e in shop.events()] == list(range(1, shop.snapshot()["seq"] + 1))


async def test_a_slip_of_yesterday_is_taken_back(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        code = await yesterday(shop)
        await done(shop, c.Collect(pickup_code=code, own_bag=True), c.UndoCollect(pickup_code=code))
        assert await states(shop, "s1") == [("ready", 2)]
        record = await kept_of(shop, "s1")
        assert [b.bag_points for b in record.baskets] == [0]


async def test_an_earlier_session_is_changed_until_its_own_cut_off(tmp_path: Path) -> None:
    """The broadcast ended early, its list is still open, and another one has begun."""
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=3))
        code = await reserve(shop, quantity=2)
        await reserve(shop, "李叔", quantity=2)
        await done(shop, c.EndSession(), next_evening(shop))
        events = await done(shop, c.PageChange(pickup_code=code, line=c.PageLine(offer_id="egg", quantity=1)))
        assert {e["data"]["earlier_session"] for e in events} == {"s1"}
        assert await states(shop, "s1") == [("reserved", 1), ("reserved", 1), ("reserved", 1)]
        (offer,) = (await kept_of(shop, "s1")).offers
        assert (offer.reserved, offer.waitlisted, offer.available) == (3, 0, 0)


async def test_a_complaint_of_yesterday_is_answered_tonight(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await shop.say(shop.comment("上次的鸡蛋碎了俩，太差了"))
        (ticket,) = shop.snapshot()["tickets"]
        await done(shop, c.EndSession(), next_evening(shop))
        (event,) = await done(shop, c.AnswerTicket(ticket_id=ticket["id"], text="给您补两个"))
        assert (event["data"]["earlier_session"], event["data"]["earlier"]["ticket"]["state"]) == ("s1", "answered")
        assert (await kept_of(shop, "s1")).tickets[0].answer == "给您补两个"
        assert shop.snapshot()["tickets"] == []


async def test_a_pickup_in_the_batch_that_begins_the_next_evening_is_not_lost(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        code = await reserve(shop)
        await done(shop, c.CloseCycle(), c.MarkReady(), c.Collect(pickup_code=code), c.EndSession())
        answers = await asyncio.gather(
            shop.do(next_evening(shop)), shop.do(c.UndoCollect(pickup_code=code)), shop.do(c.Collect(pickup_code=code))
        )
        assert [status for status, _ in answers] == [200, 200, 200]
        assert await states(shop, "s1") == [("collected", 1)]


# The cut-off of what has ended


async def test_an_ended_session_is_cut_off_by_the_clock(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await reserve(shop)
        await done(shop, c.EndSession())
        shop.clock.now_ms = CUTOFF_MS
        status, body = await shop.do(c.Restock(offer_id="egg", quantity=1))
        assert (status, body["code"]) == (409, "cutoff_passed")
        assert await states(shop, "s1") == [("locked", 1)]


async def test_an_earlier_session_is_cut_off_while_the_next_one_runs(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=1))
        await reserve(shop)
        await reserve(shop, "李叔")
        await done(shop, c.EndSession())
        shop.clock.now_ms += 60 * MINUTE_MS
        await done(shop, next_evening(shop))
        tonight = shop.snapshot()["session"]
        shop.clock.now_ms = CUTOFF_MS
        await shop.say(shop.comment("要一箱鸡蛋", by="王婶"))
        assert await states(shop, "s1") == [("locked", 1), ("cancelled", 1)]
        assert shop.snapshot()["session"] == tonight
        assert shop.snapshot()["totals"]["reserved_quantity"] == 1


async def test_an_earlier_session_is_cut_off_after_a_restart(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await reserve(shop)
        await done(shop, c.EndSession(), next_evening(shop))
    async with a_shop(tmp_path, now_ms=CUTOFF_MS, ids_from=100) as shop:
        await until(shop, "s1")
        assert await states(shop, "s1") == [("locked", 1)]
        assert shop.snapshot()["session"]["cycle"]["state"] == "closed"


async def test_a_room_that_nobody_opens_after_a_restart_is_cut_off_all_the_same(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await reserve(shop)
        await done(shop, c.EndSession())
    async with a_shop(tmp_path, now_ms=CUTOFF_MS + DAY_MS) as shop:
        await until(shop, "s1")
        assert await states(shop, "s1") == [("locked", 1)]
        assert (await shop.store.events_since(ROOM, 0, 100))[-1].kind == "cycle_closed"


async def until(shop: Shop, session_id: str) -> None:
    """Wait until a session is cut off; nobody asks the service for anything meanwhile."""
    async with asyncio.timeout(10):
        while not (await kept_of(shop, session_id)).session.cycle.closed:  # noqa: ASYNC110  # the store does not tell
            await asyncio.sleep(0.01)


async def test_a_cut_off_on_a_full_disk_is_carried_out_when_there_is_room_again(tmp_path: Path) -> None:
    store = Failing(str(tmp_path / "linbo.db"))
    async with a_shop(tmp_path, store=store) as shop:
        await shop.open()
        await reserve(shop)
        store.failures = 3
        shop.clock.now_ms = CUTOFF_MS
        await shop.say(shop.comment("晚上好"))
        assert await states(shop, "s1") == [("locked", 1)]
        assert shop.kinds().count("cycle_closed") == 1
        assert [trouble and trouble.code for trouble in shop.troubles] == ["store_unavailable", None]


# Long finished


async def evenings(shop: Shop, count: int) -> list[str]:
    """So many evenings on which 张姐 fetched an egg at once; returns her codes."""
    codes = []
    for number in range(1, count + 1):
        await done(shop, next_evening(shop, f"e{number}"))
        codes.append(await reserve(shop))
        await done(shop, c.CloseCycle(), c.MarkReady(), c.Collect(pickup_code=codes[-1]), c.EndSession())
        shop.clock.now_ms += DAY_MS
    return codes


def worker(shop: Shop) -> RoomWorker:
    return shop.service._workers[ROOM]


async def test_a_session_that_is_finished_is_found_by_what_it_has(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        codes = await evenings(shop, 7)
        await done(shop, next_evening(shop, "tonight"))
        assert len(worker(shop)._earlier) <= AT_HAND
        for number, code in enumerate(codes, 1):
            assert await refused(shop, c.Collect(pickup_code=code)) == "already_collected"
            (event,) = await done(shop, c.SetBasket(pickup_code=code, phone_tail="1234"))
            assert event["data"]["earlier_session"] == f"e{number}"
            (reservation,) = (await kept_of(shop, f"e{number}")).reservations
            assert await refused(shop, c.MarkNoShow(reservation_id=reservation.id)) == "not_ready"
        await done(shop, c.PinOffer(offer_id="egg"))
        assert len(worker(shop)._earlier) <= AT_HAND


async def test_somebody_comes_a_week_late_for_their_eggs(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        code = await yesterday(shop)
        (reservation,) = (await kept_of(shop, "s1")).reservations
        await done(shop, c.MarkNoShow(reservation_id=reservation.id), c.CloseCycle(), c.EndSession())
        await evenings(shop, AT_HAND + 1)
    async with a_shop(tmp_path, now_ms=EVENING_MS + 9 * DAY_MS, ids_from=100) as shop:
        await shop.service.open(ROOM)
        assert worker(shop)._earlier == {}
        await done(shop, c.Collect(pickup_code=code))
        assert await states(shop, "s1") == [("collected", 2)]


async def test_what_nobody_marks_as_fetched_costs_no_memory(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        for number in range(6):
            await done(shop, next_evening(shop, f"e{number}"))
            await reserve(shop)
            await done(shop, c.CloseCycle(), c.EndSession())
            shop.clock.now_ms += DAY_MS
        await done(shop, next_evening(shop, "tonight"))
        await done(shop, c.PinOffer(offer_id="egg"))
        assert len(worker(shop)._earlier) <= AT_HAND
        for number in (0, 5):
            await done(shop, c.MarkReady(session_id=f"e{number}"))
            assert await states(shop, f"e{number}") == [("ready", 1)]


async def test_goods_arrive_for_the_newest_session_that_awaits_them_unless_another_is_named(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        for session_id in ("e1", "e2"):
            await done(shop, next_evening(shop, session_id))
            await reserve(shop)
            await done(shop, c.CloseCycle(), c.EndSession())
            shop.clock.now_ms += DAY_MS
        await done(shop, next_evening(shop, "e3"))
    async with a_shop(tmp_path, now_ms=EVENING_MS + 2 * DAY_MS, ids_from=100) as shop:
        await done(shop, c.MarkReady())
        assert (await states(shop, "e2"), await states(shop, "e1")) == ([("ready", 1)], [("locked", 1)])
        await done(shop, c.MovePickup(pickup_at_ms=shop.clock.now_ms + DAY_MS, notice="改天", session_id="e1"))
        assert (await kept_of(shop, "e1")).session.cycle.notice == "改天"
        await done(shop, c.CloseCycle())
        assert (await kept_of(shop, "e3")).session.cycle.closed


async def test_an_arrival_looks_past_goods_that_have_come_to_those_that_have_not(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        for session_id in ("e1", "e2"):
            await done(shop, next_evening(shop, session_id))
            await reserve(shop)
            await done(shop, c.CloseCycle(), c.EndSession())
            shop.clock.now_ms += DAY_MS
        await done(shop, c.MarkReady(session_id="e2"), next_evening(shop, "e3"))
    async with a_shop(tmp_path, now_ms=EVENING_MS + 2 * DAY_MS, ids_from=100) as shop:
        await done(shop, c.MarkReady())
        assert await states(shop, "e1") == [("ready", 1)]


async def test_goods_of_a_later_session_that_is_still_open_do_not_hide_those_that_have_come(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await reserve(shop)
        await done(shop, c.CloseCycle(), c.EndSession(), next_evening(shop, "s2"))
        await reserve(shop, "李叔")
        await done(shop, c.EndSession(), next_evening(shop, "s3"))
    async with a_shop(tmp_path, ids_from=100) as shop:
        await done(shop, c.MarkReady())
        assert (await states(shop, "s1"), await states(shop, "s2")) == ([("ready", 1)], [("reserved", 1)])


@pytest.mark.parametrize("session_id", ["s9", "theirs"])
async def test_a_session_of_nobody_or_of_another_room_is_refused(tmp_path: Path, session_id: str) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        theirs = next_evening(shop, "theirs")
        answer = await shop.service.command("west-gate", theirs, key=None, request_hash="")
        assert answer.status == 200
        for command in (
            c.CloseCycle(session_id=session_id),
            c.MarkReady(session_id=session_id),
            c.MovePickup(session_id=session_id, pickup_at_ms=CUTOFF_MS + DAY_MS, notice="改天"),
        ):
            assert await refused(shop, command) == "unknown_session"


async def test_a_code_of_another_room_is_refused(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        code = await yesterday(shop)
        answer = await shop.service.command("west-gate", c.Collect(pickup_code=code), key=None, request_hash="")
        assert from_json(answer.body)["code"] == "no_session"
        await shop.service.command("west-gate", next_evening(shop, "theirs"), key=None, request_hash="")
        answer = await shop.service.command("west-gate", c.Collect(pickup_code=code), key=None, request_hash="")
        assert from_json(answer.body)["code"] == "unknown_pickup_code"
        assert await states(shop, "s1") == [("ready", 2)]


# Two at once


async def test_two_hosts_with_the_same_tap_hand_it_over_once(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        code = await yesterday(shop)
        answers = await asyncio.gather(*(shop.do(c.Collect(pickup_code=code)) for _ in range(3)))
        assert sorted((status, body.get("code")) for status, body in answers) == [
            (200, None),
            (409, "already_collected"),
            (409, "already_collected"),
        ]
        assert shop.kinds().count("reservation_collected") == 1


async def test_one_tap_that_is_sent_twice_is_answered_alike(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        code = await yesterday(shop)
        answers = await asyncio.gather(*(shop.do(c.Collect(pickup_code=code), key="tap-1") for _ in range(2)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 200
        assert await shop.do(c.Collect(pickup_code=code), key="tap-1") == answers[0]
        assert shop.kinds().count("reservation_collected") == 1


async def test_two_services_hand_one_bag_over_once(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as one:
        code = await yesterday(one)
        async with a_shop(tmp_path, now_ms=one.clock.now_ms, ids_from=100) as two:
            await two.service.open(ROOM)
            answers = await asyncio.gather(one.do(c.Collect(pickup_code=code)), two.do(c.Collect(pickup_code=code)))
            assert sorted(status for status, _ in answers) == [200, 409]
            assert await states(one, "s1") == [("collected", 2)]


class Failing(SqliteStore):
    """A store whose next commits fail, whole, and by which somebody else may have been first."""

    failures = 0
    stale = 0

    async def commit(self, change: Change) -> None:
        if self.failures > 0:
            self.failures -= 1
            raise StoreUnavailable("磁盘已满，请清理磁盘")
        if self.stale > 0:
            self.stale -= 1
            raise Stale("somebody was first")
        await super().commit(change)


async def test_somebody_who_was_first_makes_it_be_decided_anew(tmp_path: Path) -> None:
    store = Failing(str(tmp_path / "linbo.db"))
    async with a_shop(tmp_path, store=store) as shop:
        code = await yesterday(shop)
        store.stale = 2
        events = await done(shop, c.Collect(pickup_code=code, own_bag=True))
        assert [event["kind"] for event in events] == ["reservation_collected", "basket_changed"]
        assert shop.kinds().count("reservation_collected") == 1
        assert [b.bag_points for b in (await kept_of(shop, "s1")).baskets] == [1]


async def test_what_was_not_committed_has_not_happened(tmp_path: Path) -> None:
    store = Failing(str(tmp_path / "linbo.db"))
    async with a_shop(tmp_path, store=store) as shop:
        code = await yesterday(shop)
        store.failures = 1
        status, body = await shop.do(c.Collect(pickup_code=code))
        assert (status, body["code"]) == (503, "store_unavailable")
        assert await states(shop, "s1") == [("ready", 2)]
        assert "reservation_collected" not in shop.kinds()
        await shop.say(shop.comment("晚上好"))
        await done(shop, c.Collect(pickup_code=code))
        assert await states(shop, "s1") == [("collected", 2)]


# What the shop remembers


async def test_points_earned_yesterday_are_redeemed_tonight_and_no_more_than_once(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        old = await yesterday(shop, policy=Policy(bag_points=2))
        await done(shop, c.Collect(pickup_code=old, own_bag=True))
        new = await reserve(shop)
        await done(shop, c.RedeemPoints(pickup_code=new, points=2))
        assert await refused(shop, c.RedeemPoints(pickup_code=old, points=1)) == "not_enough_points"
        assert await shop.store.points_of(ZHANG.key) == 0
    async with a_shop(tmp_path, now_ms=shop.clock.now_ms, ids_from=100) as shop:
        assert await refused_after_a_restart(shop, c.RedeemPoints(pickup_code=old, points=1)) == "not_enough_points"


async def refused_after_a_restart(shop: Shop, command: c.Command) -> str:
    await shop.service.open(ROOM)
    return await refused(shop, command)


async def test_points_that_were_spent_tonight_are_not_taken_back_with_yesterdays_slip(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        old = await yesterday(shop, policy=Policy(bag_points=2))
        await done(shop, c.Collect(pickup_code=old, own_bag=True))
        new = await reserve(shop)
        await done(shop, c.RedeemPoints(pickup_code=new, points=1), c.UndoCollect(pickup_code=old))
        assert await shop.store.points_of(ZHANG.key) == 0


async def test_the_same_points_are_not_redeemed_in_two_rooms_at_once(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        old = await yesterday(shop, policy=Policy(bag_points=1))
        await done(shop, c.Collect(pickup_code=old, own_bag=True))
        await shop.service.command("west-gate", next_evening(shop, "theirs"), key=None, request_hash="")
        hand = c.Reserve(viewer=ZHANG, offer_id="egg", quantity=1)
        made = from_json((await shop.service.command("west-gate", hand, key=None, request_hash="")).body)
        theirs = made["events"][0]["data"]["reservation"]["pickup_code"]
        both = await asyncio.gather(
            shop.service.command(ROOM, c.RedeemPoints(pickup_code=old, points=1), key=None, request_hash=""),
            shop.service.command("west-gate", c.RedeemPoints(pickup_code=theirs, points=1), key=None, request_hash=""),
        )
        assert sorted(answer.status for answer in both) == [200, 409]
        assert await shop.store.points_of(ZHANG.key) == 0


async def test_points_are_not_taken_back_in_one_room_and_redeemed_in_another(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        old = await yesterday(shop, policy=Policy(bag_points=1))
        await done(shop, c.Collect(pickup_code=old, own_bag=True))
        await shop.service.command("west-gate", next_evening(shop, "theirs"), key=None, request_hash="")
        hand = c.Reserve(viewer=ZHANG, offer_id="egg", quantity=1)
        made = from_json((await shop.service.command("west-gate", hand, key=None, request_hash="")).body)
        theirs = made["events"][0]["data"]["reservation"]["pickup_code"]
        redeem = c.RedeemPoints(pickup_code=theirs, points=1)
        taken = (await shop.service.command("west-gate", redeem, key=None, request_hash="")).status
        await done(shop, c.UndoCollect(pickup_code=old))
        assert (taken, await shop.store.points_of(ZHANG.key)) == (200, 0)
        assert await states(shop, "s1") == [("ready", 2)]


async def test_a_room_learns_at_the_start_of_its_session_who_has_missed_pickups_in_another(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.service.open("west-gate")
        await yesterday(shop)
        (missed,) = (await kept_of(shop, "s1")).reservations
        await done(shop, c.MarkNoShow(reservation_id=missed.id))
        strict = next_evening(shop, "theirs", policy=Policy(max_no_shows=1))
        await shop.service.command("west-gate", strict, key=None, request_hash="")
        order = c.PageOrder(viewer=ZHANG, lines=(c.PageLine(offer_id="egg", quantity=1),))
        answer = await shop.service.command("west-gate", order, key=None, request_hash="")
        assert from_json(answer.body)["code"] == "ask_the_host"


async def test_who_missed_yesterdays_pickup_is_asked_about_tonight(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await reserve(shop)
        await done(shop, c.CloseCycle(), c.MarkReady(), c.EndSession())
        shop.clock.now_ms += DAY_MS
        await done(shop, next_evening(shop, policy=Policy(max_no_shows=1)))
        await shop.say(shop.comment("要一箱鸡蛋"))
        (missed,) = (await kept_of(shop, "s1")).reservations
        await done(shop, c.MarkNoShow(reservation_id=missed.id))
        await shop.say(shop.comment("再加一箱鸡蛋"))
        kept = await shop.store.comments_after(ROOM, 0, 10)
        assert [each.outcome for each in kept] == ["reserved", "reserved", "needs_confirmation"]


# A page that was there all along


async def test_a_page_that_follows_the_events_sees_what_a_new_one_sees(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.service.open(ROOM)
        page = RoomView(room=ROOM, totals=shop.snapshot()["totals"])
        code = await yesterday(shop)
        await reserve(shop)
        await done(
            shop,
            c.Collect(pickup_code=code, own_bag=True),
            c.SetBasket(pickup_code=code, phone_tail="1234"),
            c.UndoCollect(pickup_code=code),
        )
        await shop.say(shop.comment("没声音"), shop.comment("晚上好"))
        for event in shop.events():
            page.apply(event.kind, event.data)
        page.count_comments(shop.snapshot()["totals"]["comments"])
        assert page.snapshot() == shop.snapshot()
        assert view_of(await shop.store.load_room(ROOM)).snapshot() == shop.snapshot()


# Which session it is


def a_room(session_id: str = "s1", *, began_ms: int = EVENING_MS, closed: bool = False, of: str = "张姐") -> RoomState:
    evening = Evening(now_ms=began_ms)
    evening.do(start(egg(), apple(), session_id=session_id))
    evening.buys(1, by=viewer(of))
    if closed:
        evening.do(c.CloseCycle())
    return evening.state


@pytest.mark.parametrize(
    ("command", "trace"),
    [
        (c.Collect(pickup_code="C"), Trace(pickup_code="C")),
        (c.UndoCollect(pickup_code="C"), Trace(pickup_code="C")),
        (c.SetBasket(pickup_code="C"), Trace(pickup_code="C")),
        (c.PageChange(pickup_code="C", line=c.PageLine(offer_id="egg", quantity=1)), Trace(pickup_code="C")),
        (c.RedeemPoints(pickup_code="C", points=1), Trace(pickup_code="C")),
        (c.SetQuantity(reservation_id="r", quantity=1), Trace(reservation_id="r")),
        (c.CancelReservation(reservation_id="r", reason=""), Trace(reservation_id="r")),
        (c.MarkNoShow(reservation_id="r"), Trace(reservation_id="r")),
        (c.AnswerTicket(ticket_id="t", text=""), Trace(ticket_id="t")),
        (c.CloseTicket(ticket_id="t"), Trace(ticket_id="t")),
        (c.EndSession(), None),
        (c.MarkReady(), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_command_is_traced_by_what_it_names(command: c.Command, trace: Trace | None) -> None:
    assert trace_of(command) == trace


def test_a_session_holds_what_it_has_and_nothing_else() -> None:
    evening = an_evening()
    evening.buys(1)
    row = evening.only()
    assert holds(evening.state, Trace(pickup_code=row.pickup_code))
    assert holds(evening.state, Trace(reservation_id=row.id))
    assert not holds(evening.state, Trace(pickup_code="C"))
    assert not holds(evening.state, Trace(reservation_id="r-9"))
    assert not holds(evening.state, Trace(ticket_id="t-9"))


def test_what_nobody_has_is_the_newest_sessions_to_refuse() -> None:
    newest, older = a_room("s2"), a_room("s1")
    assert target_of(c.Collect(pickup_code="C"), newest, {"s1": older}) is newest


@pytest.mark.parametrize(
    ("command", "target"),
    [
        (c.CloseCycle(), "open-new"),
        (c.MarkReady(), "closed-new"),
        (c.MovePickup(pickup_at_ms=1, notice=""), "closed-new"),
        (c.CloseCycle(session_id="open-old"), "open-old"),
        (c.MarkReady(session_id="closed-old"), "closed-old"),
        (c.MarkReady(session_id="tonight"), "tonight"),
        (c.MarkReady(session_id="nobody"), None),
        (c.Restock(offer_id="egg", quantity=1), "tonight"),
    ],
)
def test_a_command_about_a_cycle_means_the_newest_session_that_it_fits(command: c.Command, target: str | None) -> None:
    """However the sessions at hand were come by: the oldest was asked for last."""
    tonight = a_room("tonight", began_ms=EVENING_MS + 4, closed=True)
    for row in list(tonight.reservations.values()):
        tonight.put(replace(row, state=row.state.COLLECTED))
    rooms = {
        "closed-new": a_room("closed-new", began_ms=EVENING_MS + 3, closed=True),
        "open-new": a_room("open-new", began_ms=EVENING_MS + 2),
        "open-old": a_room("open-old", began_ms=EVENING_MS + 1),
        "closed-old": a_room("closed-old", closed=True),
    }
    found = target_of(command, tonight, rooms)
    assert found is ({**rooms, "tonight": tonight}[target] if target else None)


def test_where_everything_is_fetched_an_arrival_means_the_newest_that_was_cut_off() -> None:
    closed = a_room("s1", closed=True)
    for row in list(closed.reservations.values()):
        closed.put(replace(row, state=row.state.COLLECTED))
    assert target_of(c.MarkReady(), a_room("s2"), {"s1": closed}) is closed
    assert target_of(c.MarkReady(), newest := a_room("s2"), {}) is newest
    assert target_of(c.CloseCycle(), closed, {}) is closed


def test_of_what_is_cut_off_the_last_asked_for_stay_at_hand_and_of_the_rest_all() -> None:
    rooms = {f"s{number}": a_room(f"s{number}", closed=number % 2 == 0) for number in range(12)}
    assert list(kept(rooms)) == ["s1", "s3", "s5", "s6", "s7", "s8", "s9", "s10", "s11"]
    assert kept({}) == {}


@pytest.mark.parametrize(
    ("command", "found"),
    [
        (lambda r: c.Collect(pickup_code=r.pickup_code), True),
        (lambda r: c.UndoCollect(pickup_code=r.pickup_code), True),
        (lambda r: c.RedeemPoints(pickup_code=r.pickup_code, points=1), True),
        (lambda r: c.MarkNoShow(reservation_id=r.id), True),
        (lambda r: c.SetBasket(pickup_code=r.pickup_code), False),
        (lambda _: c.MarkNoShow(reservation_id="r-9"), False),
        (lambda _: c.Collect(pickup_code="C"), False),
    ],
)
def test_only_what_changes_a_standing_has_an_owner(command: Callable[[Any], c.Command], found: bool) -> None:
    evening = an_evening()
    evening.buys(1)
    row = evening.only()
    expected = [(row.viewer.key, row.pickup_code)] if found else []
    assert owners(command(row), evening.state) == expected


def test_what_one_session_adds_is_known_to_the_others_and_taken_off_again() -> None:
    evening, other = an_evening(), a_room("s2")
    evening.buys(1, by=ZHANG)
    evening.arrive()
    nothing = contribution(evening.state, ZHANG.key, evening.code(ZHANG))
    evening.do(c.MarkNoShow(reservation_id=evening.only(ZHANG).id))
    missed = contribution(evening.state, ZHANG.key, evening.code(ZHANG))
    assert (nothing, missed) == (Standing(), Standing(no_shows=1))
    spread(ZHANG.key, nothing, missed, [other])
    assert other.standings == {ZHANG.key: Standing(no_shows=1)}
    spread(ZHANG.key, missed, nothing, [other])
    assert other.standings == {}
