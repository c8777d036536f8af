from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from config.setting_types import GROUP_MESSAGES
from live.domain.session import OrderCycle
from live.outbound import pace, post, signature
from live.outbound.line import KEPT_DAYS
from live.outbound.report import outbound_json
from live.outbound.target import event_delivery
from live.parts import now_ms
from live.store.port import StoredEvent
from live.web.export import TABLES
from tests.docs.pages import blocks, inline, read, rows, section
from tests.domain.factories import EVENING_MS, egg, start
from tests.outbound.factories import a_delivery, system
from tests.outbound.lines import a_record, a_target
from tests.outbound.rig import a_rig, until
from tests.outbound.servers import SECRET, closed_port

if TYPE_CHECKING:
    from pathlib import Path

PAGE = read("how-to/outbound.md")
HOUR_MS = 3_600_000


def test_every_message_of_a_robot_is_told_of() -> None:
    assert [inline(name)[0] for name, *_ in rows(section(PAGE, "企业微信群机器人（给团长）"))] == list(GROUP_MESSAGES)


def test_every_header_is_told_of() -> None:
    told = {inline(name)[0] for name, *_ in rows(section(PAGE, "Webhooks")) if name.startswith("`X-")}
    names = {signature.DELIVERY, signature.EVENT, signature.TIMESTAMP, signature.SIGNATURE}
    assert told == names
    assert set(signature.headers("k", delivery_id="d", kind="k", body=b"", now_ms=0)) == names | {"Content-Type"}


def test_the_body_on_the_page_has_the_form_of_the_real_one() -> None:
    (shown,) = (json.loads(block.text) for block in blocks(section(PAGE, "Webhooks"), "json"))
    event = StoredEvent(seq=42, at_ms=EVENING_MS, kind="goods_ready", data=b"{}")
    real = json.loads(event_delivery("erp", "live", event).body)
    assert list(shown) == list(real)
    assert len(shown["id"]) == len(real["id"])


def test_the_answer_on_the_page_has_the_form_of_the_real_one() -> None:
    (shown,) = (json.loads(block.text) for block in blocks(section(PAGE, "What was given up"), "json"))
    real = outbound_json([a_target()], [a_record(failed_ms=1)], [a_delivery()])
    for name in ("targets", "dead"):
        of_page, of_code = shown[name], real[name]
        assert isinstance(of_code, list)
        assert list(of_page[0]) == list(of_code[0])


def test_the_bounds_on_the_page_are_the_ones_that_hold() -> None:
    assert f"After {pace.MAX_ATTEMPTS} attempts" in PAGE
    assert f"{post.ANSWER_BYTES // 1024} KiB of an answer" in PAGE
    assert f"kept for {KEPT_DAYS} days" in PAGE
    assert all(f"`{table}`" in PAGE or f"table={table}" in PAGE for table in TABLES)


async def test_the_program_that_receives_events_takes_ours_and_refuses_all_else(tmp_path: Path) -> None:
    (block,) = blocks(section(PAGE, "Webhooks"), "python")
    program, port = tmp_path / "receive.py", closed_port()
    program.write_text(block.text, encoding="utf-8")
    base = f"http://127.0.0.1:{port}"
    receiving = await asyncio.create_subprocess_exec(
        sys.executable,
        str(program),
        str(port),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | {"LINBO_SECRET": SECRET},
    )
    try:
        assert receiving.stdout is not None
        async with a_rig(tmp_path, system(base), system(base, name="forged", secret="x" * 16)) as rig:
            rig.shop.clock.now_ms = now_ms()
            later = OrderCycle(cutoff_at_ms=now_ms() + HOUR_MS, pickup_at_ms=now_ms() + 2 * HOUR_MS)
            await rig.shop.do(replace(start(egg()), cycle=later))
            told = [f"{event.seq} {event.kind}" for event in rig.shop.events()]
            lines = [(await receiving.stdout.readline()).decode().split(" ", 1)[1].strip() for _ in told]
            assert lines == told
            await until(lambda: rig.outbound.lines[1].watch.counts["dead"] == len(told))
            assert rig.outbound.lines[0].watch.counts["dead"] == 0
    finally:
        receiving.kill()
        await receiving.wait()
