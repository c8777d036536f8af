from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from live.domain import commands as c
from live.outbound.line import CLAIM_ATTEMPTS, Pace
from live.outbound.pace import MAX_ATTEMPTS, MOST_MS
from live.store.port import StoreUnavailable
from live.store.sqlite import SqliteStore
from tests.outbound.factories import system
from tests.outbound.rig import AT_ONCE, a_rig, until
from tests.outbound.servers import a_receiver
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from live.store.deliveries import Settled, Taken
    from live.store.sqlite_deliveries import SqliteDeliveries
    from tests.outbound.rig import Rig
    from tests.outbound.servers import Receiver

CLAIM_MS = CLAIM_ATTEMPTS * 5_000


async def buy(rig: Rig, *names: str) -> None:
    await rig.shop.say(*(rig.shop.comment("要一箱鸡蛋", by=name) for name in names))


async def failed(rig: Rig, receiver: Receiver, attempt: int) -> None:
    """Wait until so many attempts have failed and the line waits for the next."""
    await until(lambda: len(receiver.ids) == attempt and rig.outbound.lines[0]._holding)


def seqs(got: Sequence[dict[str, object]]) -> list[object]:
    return [event["seq"] for event in got]


async def test_every_event_arrives_once_in_order_as_pages_get_it(tmp_path: Path) -> None:
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base)) as rig:
        await rig.shop.open()
        await buy(rig, "张姐", "李叔", "王婶")
        told = rig.shop.events()
        await until(lambda: len(receiver.got) == len(told))
        assert [(e["room"], e["seq"], e["at"], e["kind"], e["data"]) for e in receiver.got] == [
            (ROOM, e.seq, e.at, e.kind, e.data) for e in told
        ]
        assert receiver.ids == [event["id"] for event in receiver.got]
        assert len(set(receiver.ids)) == len(told)
        assert not receiver.faults


async def test_only_the_kinds_and_rooms_that_were_asked_for_are_sent(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        some = system(receiver.base, kinds=["reservation", "session_ended"])
        none = system(receiver.base, name="other", rooms=["somewhere-else"])
        async with a_rig(tmp_path, some, none) as rig:
            await rig.shop.open()
            await buy(rig, "张姐")
            await rig.shop.do(c.EndSession())
            await until(lambda: receiver.kinds()[-1:] == ["session_ended"])
            assert receiver.kinds() == ["reservation_made", "session_ended"]


async def test_what_fails_is_sent_again_under_the_same_id_before_what_comes_after(tmp_path: Path) -> None:
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base)) as rig:
        receiver.statuses = [503, 429, 200]
        await rig.shop.open()
        for attempt in (1, 2):
            await failed(rig, receiver, attempt)
            rig.shop.clock.now_ms += 2_000
        await until(lambda: len(receiver.got) == len(rig.shop.events()))
        assert receiver.ids[0] == receiver.ids[1] == receiver.ids[2]
        assert seqs(receiver.got) == [event.seq for event in rig.shop.events()]


async def test_a_refusal_is_a_dead_letter_at_once_and_holds_nothing_up(tmp_path: Path) -> None:
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base)) as rig:
        receiver.statuses = [404]
        await rig.shop.open()
        await until(lambda: len(receiver.ids) == len(rig.shop.events()))
        await until(lambda: rig.outbound.lines[0].watch.waiting_since_ms is None)
        (dead,) = await letters(rig)
        assert (dead["seq"], dead["attempts"], dead["id"]) == (1, 1, receiver.ids[0])
        assert str(dead["error"]).startswith("HTTP 404")


async def letters(rig: Rig) -> list[dict[str, object]]:
    report = await rig.outbound.report()
    found: list[dict[str, object]] = report["dead"]  # type: ignore[assignment]  # JSON
    return found


async def test_after_the_last_attempt_it_is_given_up(tmp_path: Path) -> None:
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base, kinds=["session_started"])) as rig:
        receiver.statuses = [500] * MAX_ATTEMPTS
        await rig.shop.open()
        for attempt in range(1, MAX_ATTEMPTS):
            await failed(rig, receiver, attempt)
            rig.shop.clock.now_ms += MOST_MS
        await until(lambda: len(receiver.ids) == MAX_ATTEMPTS)
        line = rig.outbound.lines[0]
        await until(lambda: line.watch.counts["dead"] == 1)
        await until(lambda: line.watch.waiting_since_ms is None)
        (dead,) = await letters(rig)
        assert (dead["attempts"], dead["error"]) == (MAX_ATTEMPTS, "试了 20 次都没送到：HTTP 500：对方暂时不行")


async def test_a_dead_letter_is_sent_when_the_host_says_so(tmp_path: Path) -> None:
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base, kinds=["session_started"])) as rig:
        receiver.statuses = [410]
        await rig.shop.open()
        await until(lambda: rig.outbound.lines[0].watch.counts["dead"] == 1)
        await until(lambda: rig.outbound.lines[0].watch.waiting_since_ms is None)
        assert await rig.outbound.retry(receiver.ids[0])
        await until(lambda: receiver.kinds() == ["session_started"])
        await until(lambda: rig.outbound.lines[0].watch.waiting_since_ms is None)
        assert receiver.ids[0] == receiver.ids[1]
        assert not await rig.outbound.retry(receiver.ids[0]), "what has arrived is gone"
        assert await letters(rig) == []


async def test_what_waits_is_tried_at_once_when_the_host_says_so(tmp_path: Path) -> None:
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base, kinds=["session_started"])) as rig:
        receiver.statuses, receiver.headers = [503], {"Retry-After": "3600"}
        await rig.shop.open()
        await until(lambda: rig.outbound.lines[0]._holding)
        assert await rig.outbound.retry(receiver.ids[0])
        await until(lambda: receiver.kinds() == ["session_started"])


async def test_a_server_that_never_answers_delays_no_comment_and_no_command(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        receiver.hold = asyncio.Event()
        async with a_rig(tmp_path, system(receiver.base, timeout_s=60)) as rig:
            await rig.shop.open()
            await until(lambda: receiver.waiting == 1)
            for number in range(50):
                await buy(rig, f"顾客{number}")
            status, _ = await rig.shop.do(c.EndSession())
            assert (status, receiver.waiting, receiver.got) == (200, 1, [])
            assert rig.shop.snapshot()["totals"]["comments"] == 50
            receiver.hold.set()
            await until(lambda: len(receiver.got) == len(rig.shop.events()))


async def test_one_target_that_hangs_does_not_hold_up_another(tmp_path: Path) -> None:
    async with a_receiver() as slow, a_receiver() as quick:
        slow.hold = asyncio.Event()
        targets = system(slow.base, timeout_s=60), system(quick.base, name="quick")
        async with a_rig(tmp_path, *targets) as rig:
            await rig.shop.open()
            await until(lambda: len(quick.got) == len(rig.shop.events()))
            assert slow.got == []
            slow.hold.set()


async def test_what_was_not_sent_before_the_end_is_sent_after_the_next_start(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        receiver.statuses = [503]
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            await rig.shop.open()
            await until(lambda: rig.outbound.lines[0]._holding)
        assert receiver.got == []
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            rig.shop.clock.now_ms += 60_000
            await until(lambda: len(receiver.got) == 2)
            assert receiver.kinds() == ["session_started", "offer_opened"]
            assert receiver.ids[0] == receiver.ids[1]


async def test_an_attempt_that_nobody_knows_the_end_of_is_made_again_under_its_id(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        receiver.hold = asyncio.Event()
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            await rig.shop.open()
            await until(lambda: receiver.waiting == 1)
        receiver.hold = None
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            rig.shop.clock.now_ms += CLAIM_MS
            await until(lambda: len(receiver.got) == 2)
        assert receiver.kinds() == ["session_started", "offer_opened"]


async def test_a_target_that_is_new_is_told_of_nothing_that_was_before(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open()
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base)) as rig:
        await rig.shop.do(c.EndSession())
        await until(lambda: receiver.kinds() == ["session_ended"])


async def test_a_target_that_was_taken_out_for_a_while_is_not_told_of_it(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            await rig.shop.open()
            await until(lambda: len(receiver.got) == 2)
        async with a_rig(tmp_path) as rig:
            await buy(rig, "张姐")
            report = await rig.outbound.report()
            assert [(each["name"], each["state"]) for each in report["targets"]] == [("erp", "off")]  # type: ignore[attr-defined]  # JSON
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            await rig.shop.do(c.EndSession())
            await until(lambda: receiver.kinds()[-1] == "session_ended")
        assert receiver.kinds() == ["session_started", "offer_opened", "session_ended"]


async def test_events_that_are_no_longer_kept_are_told_of_and_stepped_over(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        async with a_rig(tmp_path, system(receiver.base)):
            pass
        async with a_shop(tmp_path) as shop:
            await shop.open()
            await shop.do(c.EndSession())
            assert isinstance(shop.store, SqliteStore)
            await shop.store._writer.run(lambda connection: connection.execute("DELETE FROM event WHERE seq < 3"))
        with capture_logs() as logs:
            async with a_rig(tmp_path, system(receiver.base)) as rig:
                await until(lambda: receiver.kinds() == ["session_ended"])
                assert rig.outbound.lines[0].watch.counts["skipped"] == 2
        assert "有 2 条事件发不了：已经不在数据库里了" in str(logs)


async def test_all_of_a_rooms_events_may_be_gone(tmp_path: Path) -> None:
    async with a_receiver() as receiver:
        async with a_rig(tmp_path, system(receiver.base)):
            pass
        async with a_shop(tmp_path) as shop:
            await shop.open()
            assert isinstance(shop.store, SqliteStore)
            await shop.store._writer.run(lambda connection: connection.execute("DELETE FROM event"))
        async with a_rig(tmp_path, system(receiver.base)) as rig:
            await rig.shop.do(c.EndSession())
            await until(lambda: receiver.kinds() == ["session_ended"])


async def test_an_event_that_cannot_be_made_into_a_message_is_skipped_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("odd")

    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base)) as rig:
        monkeypatch.setattr("live.outbound.target.event_delivery", broken)
        with capture_logs() as logs:
            await rig.shop.open()
            await until(lambda: rig.outbound.lines[0].watch.counts["skipped"] == 2)
        monkeypatch.undo()
        await rig.shop.do(c.EndSession())
        await until(lambda: receiver.kinds() == ["session_ended"])
    assert "第 1 条 session_started 写不成消息" in str(logs)


class Forgetful(SqliteStore):
    """A store that cannot be written just when a delivery is to be settled."""

    refusals = 3

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._settle = self.deliveries.settle
        self.deliveries.settle = self.settle  # type: ignore[method-assign]  # the fault of this test

    async def settle(self, taken: Taken, settled: Sequence[Settled], *, target: str, now_ms: int) -> None:
        if self.refusals:
            self.refusals -= 1
            raise StoreUnavailable("磁盘已满")
        await self._settle(taken, settled, target=target, now_ms=now_ms)


async def test_what_was_sent_is_not_sent_again_because_the_disk_was_full(tmp_path: Path) -> None:
    store = Forgetful(tmp_path / "linbo.db")
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base), store=store) as rig:
        await rig.shop.open()
        await until(lambda: store.refusals == 0)
        await rig.shop.do(c.EndSession())
        await until(lambda: receiver.kinds()[-1:] == ["session_ended"])
        assert receiver.kinds() == ["session_started", "offer_opened", "session_ended"]


async def test_two_processes_on_one_store_send_nothing_twice(tmp_path: Path) -> None:
    async with a_receiver() as receiver, a_rig(tmp_path, system(receiver.base)) as first:
        twin = SqliteStore(tmp_path / "linbo.db")
        async with a_rig(tmp_path, system(receiver.base), store=twin):
            await first.shop.open()
            for number in range(20):
                await buy(first, f"顾客{number}")
            told = first.shop.events()
            await until(lambda: len(receiver.got) >= len(told))
            assert seqs(receiver.got) == [event.seq for event in told]


async def test_a_rush_is_written_down_in_few_steps(tmp_path: Path) -> None:
    store = Counting(tmp_path / "linbo.db")
    async with a_receiver() as receiver:
        pace = Pace(gather_s=0.2, look_s=AT_ONCE.look_s, hold_off_s=AT_ONCE.hold_off_s)
        async with a_rig(tmp_path, system(receiver.base), store=store, pace=pace) as rig:
            await rig.shop.open()
            await buy(rig, *(f"顾客{number}" for number in range(200)))
            await until(lambda: len(receiver.got) == len(rig.shop.events()))
    assert len(receiver.got) > 200
    assert store.writes < len(receiver.got) / 4


class Counting(SqliteStore):
    """A store that counts what is written for deliveries."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.writes = 0
        deliveries: SqliteDeliveries = self.deliveries
        feed, settle = deliveries.feed, deliveries.settle

        async def counted_feed(*given: object, **named: object) -> None:
            self.writes += 1
            await feed(*given, **named)  # type: ignore[arg-type]  # handed on

        async def counted_settle(*given: object, **named: object) -> None:
            self.writes += 2  # it was taken as well
            await settle(*given, **named)  # type: ignore[arg-type]  # handed on

        deliveries.feed = counted_feed  # type: ignore[method-assign]  # counts
        deliveries.settle = counted_settle  # type: ignore[method-assign]  # counts
