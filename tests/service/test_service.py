"""The service as the web sees it, on a real store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from live.domain import commands as c
from live.domain.session import Policy
from live.service.results import BrokenTask, RoomClosed
from live.store.port import StoreError, StoreUnavailable
from live.store.sqlite import SqliteStore
from nlp.types import PromptMeaning
from tests.domain.factories import egg, reservation, start, viewer
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.store.port import Change


async def test_a_comment_to_a_room_without_a_session_is_refused(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        with pytest.raises(RoomClosed):
            await shop.say(shop.comment("要两箱鸡蛋"))


async def test_a_room_takes_comments_from_the_start_of_its_session_to_the_end(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.service.open("west-gate")
        assert shop.service.running_rooms() == []
        await shop.open(egg())
        assert shop.service.running_rooms() == [ROOM]
        await shop.do(c.EndSession())
        assert shop.service.running_rooms() == []


async def test_a_buy_comment_becomes_a_reservation_that_everybody_is_told_of(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=10))
        await shop.say(shop.comment("要两箱鸡蛋"))
        assert shop.kinds() == ["session_started", "offer_opened", "reservation_made"]
        made: dict[str, Any] = shop.events()[-1].data
        assert made["comment_id"] == "m-1"
        assert [made["reservation"]["quantity"], made["offer"]["reserved"]] == [2, 2]
        assert made["totals"] == shop.snapshot()["totals"]


async def test_the_ack_comes_after_the_commit(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await shop.say(shop.comment("要两箱鸡蛋"))
        kept = await shop.store.comments_after(ROOM, 0, 10)
        assert [k.outcome for k in kept] == ["reserved"]


async def test_a_comment_that_is_sent_again_has_no_effect(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        once = shop.comment("要两箱鸡蛋")
        await shop.say(once, once)
        await shop.say(once)
        seq = shop.snapshot()["seq"]
    async with a_shop(tmp_path) as shop:
        await shop.service.open(ROOM)
        await shop.say(once)
        assert shop.snapshot()["seq"] == seq
        assert shop.snapshot()["totals"]["comments"] == 1


async def test_a_restart_shows_the_same_room(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=3))
        await shop.do(c.PinOffer(offer_id="egg"))
        for name in ("张姐", "老李", "小雨"):
            await shop.say(shop.comment("要两箱鸡蛋", by=name))
        await shop.say(shop.comment("晚上好"))
        before = shop.snapshot()
    async with a_shop(tmp_path) as shop:
        await shop.service.open(ROOM)
        assert shop.snapshot() == before


@pytest.mark.parametrize("before", [0, 4, 8])
async def test_a_restart_in_the_middle_of_a_flood_changes_no_reading(tmp_path: Path, before: int) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        lines = [shop.comment("祝大家天天开心", by=name, id=name) for name in "赵钱孙李周吴郑王"]
        await shop.say(*lines[:before])
    async with a_shop(tmp_path) as shop:
        await shop.service.open(ROOM)
        await shop.say(*lines[before:])
        kept = await shop.store.comments_after(ROOM, 0, 10)
    assert [each.classification.intent for each in kept] == ["chat"] * 4 + ["giveaway"] * 4


async def test_a_retried_command_takes_effect_once_and_is_answered_alike(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=10))
        restock = c.Restock(offer_id="egg", quantity=5)
        first = await shop.do(restock, key="tap-1")
        assert await shop.do(restock, key="tap-1") == first
        both = await asyncio.gather(shop.do(restock, key="tap-2"), shop.do(restock, key="tap-2"))
        assert both[0] == both[1]
        assert shop.snapshot()["offers"][0]["quota"] == 20


async def test_a_key_with_another_command_is_refused(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await shop.do(c.Restock(offer_id="egg", quantity=5), key="tap-1", body="a")
        status, body = await shop.do(c.Restock(offer_id="egg", quantity=6), key="tap-1", body="b")
        assert (status, body["code"]) == (422, "idempotency_key_reused")


async def test_a_refusal_is_a_problem_and_changes_nothing(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        seq = shop.snapshot()["seq"]
        status, body = await shop.do(c.PinOffer(offer_id="milk"))
        assert (status, body["code"]) == (404, "unknown_offer")
        assert shop.snapshot()["seq"] == seq


async def test_an_old_evening_leaves_nothing_in_the_new_one(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=10))
        await shop.say(shop.comment("要两箱鸡蛋"))
        answers = await asyncio.gather(
            shop.do(c.Restock(offer_id="egg", quantity=1)), shop.do(c.EndSession()), shop.do(_next_evening())
        )
        assert [status for status, _ in answers] == [200, 200, 200]
        assert shop.snapshot()["reservations"] == []
        old = await shop.service.session_record("s1")
        assert old is not None
        assert [(o.quota, o.reserved) for o in old.offers] == [(11, 2)]


def _next_evening() -> c.StartSession:
    return start(egg(quota=4), session_id="s2")


async def test_a_prompt_closes_by_itself_and_then_one_is_chat(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        await shop.do(_claim(seconds=5))
        await shop.say(shop.comment("1"))
        shop.clock.now_ms += 6_000
        await shop.say(shop.comment("1", by="老李"))
        kept = await shop.store.comments_after(ROOM, 0, 10)
        assert [k.outcome for k in kept] == ["reserved", "none"]
        assert "prompt_closed" in shop.kinds()


def _claim(*, seconds: int) -> c.OpenPrompt:
    return c.OpenPrompt(prompt_id="p1", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=seconds)


async def test_a_doubtful_order_waits_for_the_hosts_tap(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(policy=Policy(max_auto_quantity=1))
        await shop.say(shop.comment("要两箱鸡蛋"))
        assert [x["id"] for x in shop.snapshot()["confirmations"]] == ["m-1"]
        status, _ = await shop.do(c.AcceptComment(comment_id="m-1"))
        assert status == 200
        assert shop.snapshot()["confirmations"] == []
        kept = await shop.store.comment(ROOM, "m-1")
        assert kept is not None
        assert kept.outcome == "accepted"


class _Failing(SqliteStore):
    """A store whose disk is full for a while."""

    failures = 0

    async def commit(self, change: Change) -> None:
        if self.failures > 0:
            self.failures -= 1
            raise StoreUnavailable("磁盘已满，请清理磁盘")
        await super().commit(change)


async def test_a_full_disk_loses_nothing_and_the_host_is_told(tmp_path: Path) -> None:
    store = _Failing(str(tmp_path / "linbo.db"))
    async with a_shop(tmp_path, store=store) as shop:
        await shop.open()
        store.failures = 3
        await shop.say(shop.comment("要两箱鸡蛋"))
        assert [t and t.detail for t in shop.troubles] == ["磁盘已满，请清理磁盘", None]
        assert shop.snapshot()["totals"]["reserved_quantity"] == 2


async def test_a_command_during_an_outage_is_answered_and_not_done_later(tmp_path: Path) -> None:
    store = _Failing(str(tmp_path / "linbo.db"))
    async with a_shop(tmp_path, store=store) as shop:
        await shop.open(egg(quota=10))
        store.failures = 1
        status, body = await shop.do(c.Restock(offer_id="egg", quantity=5))
        assert (status, body["code"]) == (503, "store_unavailable")
        await shop.say(shop.comment("晚上好"))
        assert shop.snapshot()["offers"][0]["quota"] == 10


async def test_another_owner_of_the_room_is_noticed_and_its_work_is_told(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as one:
        await one.open(egg(quota=5))
        async with a_shop(tmp_path) as two:
            await two.service.open(ROOM)
            await two.say(two.comment("要两箱鸡蛋", id="two-1"))
            await one.say(one.comment("要两箱鸡蛋", by="老李", id="one-1"))
            await two.say(two.comment("要两箱鸡蛋", by="小雨", id="two-2"))
            assert two.snapshot()["totals"]["reserved_quantity"] == 5
            assert [e.seq for e in one.events()] == list(range(1, 4 + 1))
            assert [e.seq for e in two.events()] == list(range(3, 7 + 1))


async def test_a_broken_store_stops_the_service_with_the_rooms_name(tmp_path: Path) -> None:
    class Broken(SqliteStore):
        async def commit(self, change: Change) -> None:  # noqa: ARG002  # it breaks whatever it is given
            raise StoreError("表坏了")

    with pytest.raises(BrokenTask, match=ROOM):
        async with a_shop(tmp_path, store=Broken(str(tmp_path / "linbo.db"))) as shop:
            await shop.open()


async def test_by_hand_reservations_get_the_code_of_their_viewer(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
        for _ in range(2):
            await shop.do(c.Reserve(viewer=viewer(), offer_id="egg", quantity=1))
        codes = {r["pickup_code"] for r in shop.snapshot()["reservations"]}
        assert len(codes) == 1
        assert reservation().pickup_code not in codes
