from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.outbound.post import open_client
from live.outbound.run import Tools, _targets
from live.outbound.target import delivery_id, event_delivery, host_of, wants
from live.reports.plain_table import write_table
from live.store.port import StoredEvent
from live.store.sqlite import SqliteStore
from tests.domain.factories import CUTOFF_MS, EVENING_MS, PICKUP_MS
from tests.outbound.factories import Clock, group, system
from tests.outbound.rig import a_rig, outbound_settings, until
from tests.outbound.servers import KEY, a_group, a_receiver

if TYPE_CHECKING:
    from pathlib import Path

EVENT = StoredEvent(seq=7, at_ms=EVENING_MS, kind="goods_ready", data='{"session":{"名":"蛋"}}'.encode())


def test_the_body_of_an_event_is_the_frame_of_the_pages_with_its_room_and_its_id() -> None:
    delivery = event_delivery("erp", "main", EVENT)
    assert json.loads(delivery.body) == {
        "id": delivery.id,
        "type": "event",
        "room": "main",
        "seq": 7,
        "at": "2026-01-07T20:00:00.000+08:00",
        "kind": "goods_ready",
        "data": {"session": {"名": "蛋"}},
    }
    assert delivery.body.endswith(b'"data":' + EVENT.data + b"}")


def test_an_id_is_the_same_for_the_same_event_and_another_for_any_other() -> None:
    later = StoredEvent(seq=7, at_ms=EVENING_MS + 1, kind="goods_ready", data=b"{}")
    ids = [
        delivery_id("erp", "main", EVENT),
        delivery_id("erp", "main", EVENT, 1),
        delivery_id("erp", "other", EVENT),
        delivery_id("erq", "main", EVENT),
        delivery_id("erp", "main", later),
    ]
    assert len(set(ids)) == 5
    assert ids[0] == delivery_id("erp", "main", EVENT)


@pytest.mark.parametrize(
    ("kinds", "kind", "wanted"),
    [
        ((), "offer_opened", True),
        (("reservation",), "reservation_made", True),
        (("reservation_made",), "reservation_made", True),
        (("reservation",), "reservations", False),
        (("goods_ready", "cycle"), "cycle_closed", True),
        (("reservation",), "offer_opened", False),
    ],
)
def test_a_list_of_kinds_holds_kinds_and_families(kinds: tuple[str, ...], kind: str, wanted: bool) -> None:
    assert wants(kinds, kind) is wanted


def test_of_an_address_only_the_host_is_shown() -> None:
    assert host_of("https://u:geheim@erp.example:8443/geheim?token=geheim") == "erp.example:8443"


async def test_a_target_shows_nothing_of_its_secrets() -> None:
    settings = outbound_settings(group("http://127.0.0.1:1"), system("http://u:geheim@127.0.0.1:2"))
    async with open_client() as client:
        tools = Tools(now_ms=Clock(), chance=lambda: 1.0, write_table=write_table)
        targets = _targets(settings, client, SqliteStore("unused.db"), tools)
    assert [(t.name, t.form, t.to, t.window) for t in targets] == [
        ("tuan", "wecom", "127.0.0.1:1", 1),
        ("erp", "webhook", "127.0.0.1:2", 50),
    ]
    shown = repr(targets)
    assert "geheim" not in shown
    assert KEY not in shown


async def test_a_group_is_told_of_the_cut_off_the_arrival_and_another_time(tmp_path: Path) -> None:
    async with a_group() as robot, a_rig(tmp_path, group(robot.base)) as rig:
        await rig.shop.open()
        await rig.shop.say(rig.shop.comment("要两箱鸡蛋", by="张姐"))
        rig.shop.clock.now_ms = CUTOFF_MS
        await rig.shop.do(c.CloseCycle())
        await until(lambda: len(robot.posts) == 3)
        await rig.shop.do(c.MovePickup(pickup_at_ms=PICKUP_MS + 60_000, notice="货车晚到"))
        await rig.shop.do(c.MarkReady())
        await until(lambda: len(robot.posts) == 5)
    assert [post["msgtype"] for post in robot.posts] == ["markdown", "text", "file", "text", "text"]
    summary, picks, moved, arrived = robot.texts()
    assert "**土鸡蛋 30 枚** 2 箱" in summary
    assert "1. 张* 土鸡蛋 30 枚 2 箱" in picks
    assert moved.endswith("货车晚到")
    assert arrived.startswith("到货了\n东门便利店（东门路 1 号）：土鸡蛋 30 枚")
    ((name, body),) = robot.files.values()
    assert (name, body[:2]) == ("拣货单0107.xlsx", b"PK")


async def test_a_robot_that_is_gone_is_said_so_and_orders_go_on(tmp_path: Path) -> None:
    async with a_group() as robot, a_rig(tmp_path, group(robot.base, key="00000000-0000")) as rig:
        await rig.shop.open()
        await rig.shop.say(rig.shop.comment("要两箱鸡蛋", by="张姐"))
        await rig.shop.do(c.CloseCycle())
        await until(lambda: rig.outbound.lines[0].watch.counts["dead"] == 3)
        await until(lambda: rig.outbound.lines[0].watch.waiting_since_ms is None)
        report = json.dumps(await rig.outbound.report(), ensure_ascii=False)
    assert "重新复制 Webhook 地址" in report
    assert "00000000-0000" not in report


async def test_more_than_twenty_messages_wait_for_the_next_minute(tmp_path: Path) -> None:
    async with a_group() as robot, a_rig(tmp_path, group(robot.base, messages=["moved"])) as rig:
        await rig.shop.open()
        for number in range(25):
            await rig.shop.do(c.MovePickup(pickup_at_ms=PICKUP_MS + number * 60_000, notice=f"第 {number} 次"))
        await until(lambda: len(robot.posts) == 20 and rig.outbound.lines[0]._holding)
        rig.shop.clock.now_ms += 60_000
        robot.now_ms += 60_000
        await until(lambda: len(robot.posts) == 25)
    assert [text.rsplit("\n", 1)[1] for text in robot.texts()] == [f"第 {number} 次" for number in range(25)]


async def test_a_group_and_a_system_are_told_of_the_same(tmp_path: Path) -> None:
    async with (
        a_group() as robot,
        a_receiver() as receiver,
        a_rig(tmp_path, group(robot.base), system(receiver.base, kinds=["cycle"])) as rig,
    ):
        await rig.shop.open()
        await rig.shop.do(c.CloseCycle())
        await until(lambda: bool(robot.posts) and bool(receiver.got))
    assert receiver.kinds() == ["cycle_closed"]
