from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, cast

from live.bench.load import Page

if TYPE_CHECKING:
    from aiohttp import ClientWebSocketResponse


def page() -> Page:
    return Page(socket=cast("ClientWebSocketResponse", None), noting=True)


def told(page: Page, *seqs: int) -> None:
    page._take(json.dumps({"type": "snapshot", "seq": 10}))
    for seq in seqs:
        page._take(json.dumps({"type": "event", "seq": seq, "data": {"comment_id": f"c-{seq}"}}))


def test_a_page_notes_when_it_first_heard_of_each_comment() -> None:
    listening = page()
    told(listening, 11, 12)
    assert (list(listening.heard), listening.events, listening.last_seq) == (["c-11", "c-12"], 2, 12)


def test_a_page_counts_every_break_in_the_numbers() -> None:
    listening = page()
    told(listening, 11, 13, 13)
    assert listening.gaps == 2


async def test_an_event_can_be_waited_for_whether_it_has_come_or_not() -> None:
    listening = page()
    waiting = asyncio.create_task(listening.until(12))
    told(listening, 11, 12)
    await waiting
    await listening.until(11)


async def test_a_snapshot_that_is_as_new_ends_the_wait() -> None:
    listening = page()
    waiting = asyncio.create_task(listening.until(10))
    await asyncio.sleep(0)
    told(listening)
    await waiting
