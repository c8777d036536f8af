"""Garbage over real sockets: each piece is answered, nobody else notices, and the next order is still taken."""

from __future__ import annotations

import asyncio
import json
import struct
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSMsgType

from tests.faults import garbage
from tests.faults.desk import answer_to, comment, frame, still_sells
from tests.faults.lines import CLOSE, CONTINUATION, PING, TEXT, a_line, handshake, ws_frame

if TYPE_CHECKING:
    from tests.faults.desk import Desk, Json
    from tests.faults.lines import Line
    from tests.faults.serving import House

FACTS = {f"说明{n}": "字" * 500 for n in range(50)}
"""One event of about 75 KB."""

DEAF_PAGES = 10
MOST_GROWTH = 48 * 1024 * 1024
"""What all the garbage of a test may leave in memory: ten deaf pages hold 1 MB each, and the latest events are kept."""


def not_taken(answer: Json) -> None:
    assert answer["type"] == "error", answer
    assert answer["code"] in {"invalid_frame", "invalid_comment", "too_large"}, answer
    assert 0 < len(answer["detail"]) < 1000, answer


async def test_every_piece_of_garbage_is_answered_and_the_connection_stays_open(desk: Desk) -> None:
    async with desk.ingest() as source:
        for data in garbage.frames():
            not_taken(await answer_to(source, data))
        assert (await answer_to(source, json.dumps(comment("g-0", "晚上好"))))["ids"] == ["g-0"]


async def test_every_value_in_every_field_is_taken_or_refused_by_the_name_of_the_field(desk: Desk) -> None:
    taken: list[str] = []
    async with desk.ingest() as source:
        for field in garbage.FIELDS:
            for name, value in garbage.VALUES.items():
                answer = await answer_to(source, garbage.with_field(field, value, id_=f"f-{field}-{name}"))
                if answer["type"] == "ack":
                    taken += answer["ids"]
                elif answer["code"] == "invalid_comment":
                    assert field in answer["detail"], answer
                else:
                    not_taken(answer)
    kept = {c["id"] for c in await desk.comments()}
    assert set(taken) <= kept, "what was acknowledged is kept"
    assert len(taken) < len(garbage.FIELDS) * len(garbage.VALUES) / 2, "most of this cannot be taken"


async def test_the_good_one_of_a_bad_batch_is_taken(desk: Desk) -> None:
    whole = garbage.batch_of_all()
    acked: list[str] = []
    refused = 0
    async with desk.ingest() as source:
        await source.send_json(whole)
        while len(acked) + refused < len(whole["items"]):
            answer = await frame(source)
            acked += answer.get("ids", [])
            refused += answer["type"] == "error"
    assert "b-good" in acked
    assert refused > len(whole["items"]) / 2


@pytest.mark.parametrize("kind", ["text", "binary"])
async def test_a_frame_of_300_kib_closes_its_connection_with_1009(desk: Desk, kind: str) -> None:
    huge = json.dumps(comment("huge", "长" * 100_000), ensure_ascii=False)
    assert len(huge.encode()) > 300 * 1000
    async with desk.ingest() as other, desk.ingest() as source:
        await (source.send_str(huge) if kind == "text" else source.send_bytes(bytes(300 * 1024)))
        assert (await source.receive(timeout=30)).type is WSMsgType.CLOSE
        assert source.close_code == 1009
        assert (await answer_to(other, json.dumps(comment(f"beside-{kind}", "晚上好"))))["type"] == "ack"


BROKEN = {
    "300-kib-in-pieces": (
        [ws_frame(bytes(30 * 1024), last=False)]
        + [ws_frame(bytes(30 * 1024), opcode=CONTINUATION, last=False) for _ in range(9)],
        1009,
    ),
    "a-length-of-2-to-the-62": ([bytes([0x81, 0xFF]) + struct.pack("!Q", 2**62) + bytes(4)], 1009),
    "reserved-bits": ([ws_frame(b"{}", reserved=7)], 1002),
    "an-unknown-opcode": ([ws_frame(b"{}", opcode=0x5)], 1002),
    "a-long-ping": ([ws_frame(bytes(1000), opcode=PING)], 1002),
    "a-ping-in-pieces": ([ws_frame(b"x", opcode=PING, last=False)], 1002),
    "a-continuation-of-nothing": ([ws_frame(b"x", opcode=CONTINUATION)], 1002),
    "text-within-text": ([ws_frame(b"x", last=False), ws_frame(b"y", opcode=TEXT)], 1002),
    "a-close-code-that-is-none": ([ws_frame(struct.pack("!H", 1), opcode=CLOSE)], 1002),
    "text-that-is-no-utf-8": ([ws_frame(b"\xff\xfe\xfd")], 1007),
}


@pytest.mark.parametrize(("pieces", "code"), BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_frame_ends_its_own_connection_alone(desk: Desk, pieces: list[bytes], code: int) -> None:
    with a_line(desk) as line:
        await line.upgrade(desk, "/ws/ingest", "ingest")
        for piece in pieces:
            await line.send(piece)
        told = await line.rest()
        assert struct.pack("!H", code) in told[:4], told


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00" * 4096,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"HELO linbo\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n",
        b"POST /ingest?room=main HTTP/1.1\r\nHost: localhost\r\nContent-Length: minus\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    ],
    ids=["zeros", "tls", "mail", "version", "path", "header", "length", "two-hosts"],
)
async def test_what_is_no_http_is_refused(desk: Desk, request_: bytes) -> None:
    with a_line(desk) as line:
        await line.send(request_ + b"\r\n\r\n")
        told = await line.rest()
        assert not told.startswith((b"HTTP/1.1 2", b"HTTP/1.1 1")), told


async def one_large_event(desk: Desk, number: int) -> None:
    await desk.do({"type": "update_offer", "offer_id": "egg", "title": f"土鸡蛋 {number}", "facts": FACTS})


async def test_pages_that_never_read_are_dropped_and_the_others_get_every_event(house: House, desk: Desk) -> None:
    before = house.rss_bytes()
    dropped = await desk.gauge("linbo_pages_dropped_total")
    with ExitStack() as lines:
        deaf = [lines.enter_context(a_line(desk)) for _ in range(DEAF_PAGES)]
        for line in deaf:
            await line.send(handshake(desk, "/ws/events", "host"))
        await desk.until_gauge("linbo_pages", lambda pages: pages == DEAF_PAGES)
        async with desk.events() as page:
            seq = (await frame(page))["seq"]
            heard = 0
            while await desk.gauge("linbo_pages") > 1:
                await one_large_event(desk, heard)
                heard += 1
                told = await frame(page)
                assert (told["kind"], told["seq"]) == ("offer_restocked", seq + heard) or told["seq"] == seq + heard
                assert heard < 500, "a page that never reads was not dropped"
        assert await desk.gauge("linbo_pages_dropped_total") == dropped + DEAF_PAGES
        for line in deaf:
            assert (await line.rest()).startswith(b"HTTP/1.1 101")
    bounded(house, before)
    await desk.do({"type": "update_offer", "offer_id": "egg", "title": "土鸡蛋 30 枚", "facts": {}})


def bounded(house: House, before: int | None) -> None:
    after = house.rss_bytes()
    if before is not None and after is not None:
        assert after - before < MOST_GROWTH, f"{(after - before) / 1e6:.0f} MB more"


async def test_a_source_that_sends_garbage_and_never_reads_the_answers_holds_nobody_up(
    house: House, desk: Desk
) -> None:
    before = house.rss_bytes()
    with a_line(desk) as line:
        await line.upgrade(desk, "/ws/ingest", "ingest")
        sent = count(1)
        flooding = asyncio.create_task(flood(line, sent))
        while await moves(sent, desk):
            bounded(house, before)
        line.cut()
        flooding.cancel()
        await asyncio.gather(flooding, return_exceptions=True)
    await desk.until_gauge("linbo_sources", lambda sources: sources == 0)


async def flood(line: Line, sent: count[int]) -> None:
    piece = ws_frame(b"{}") * 500
    while True:
        await line.send(piece)
        next(sent)


async def moves(sent: count[int], desk: Desk) -> bool:
    """Whether the flood still goes on while somebody else orders; it must not, once its answers fill every buffer."""
    before = next(sent)
    await still_sells(desk, f"in-the-flood-{before}")
    await asyncio.sleep(0.2)
    return next(sent) > before + 1


async def test_half_frames_and_half_requests_hold_nobody_up(desk: Desk) -> None:
    with ExitStack() as lines:
        for _ in range(50):
            line = lines.enter_context(a_line(desk))
            await line.upgrade(desk, "/ws/ingest", "ingest")
            await line.send(ws_frame(json.dumps(comment("half")).encode())[:30])
            other = lines.enter_context(a_line(desk))
            await other.send(b"POST /ingest?room=main HTTP/1.1\r\nHost: localhost\r\nContent-Le")
        for number in range(5):
            await still_sells(desk, f"beside-halves-{number}")
        assert "half" not in {c["id"] for c in await desk.comments()}


async def test_two_hundred_connections_come_and_go_and_leave_nothing(desk: Desk) -> None:
    with ExitStack() as lines:
        for number in range(200):
            line = lines.enter_context(a_line(desk))
            path, role = (("/ws/ingest", "ingest"), ("/ws/events", "host"))[number % 2]
            await line.upgrade(desk, path, role)
            if number % 4 < 2:
                await line.send(ws_frame(struct.pack("!H", 1000), opcode=CLOSE))
            elif number % 8 < 4:
                line.cut()
        assert await desk.gauge("linbo_sources") > 0
    await desk.until_gauge("linbo_sources", lambda sources: sources == 0)
    await desk.until_gauge("linbo_pages", lambda pages: pages == 0)
