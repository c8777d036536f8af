"""The owner of a room: the order of work, and what becomes of it when things go wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain.session import Policy
from live.service.items import Asked, in_order
from live.streams.port import Arrival
from nlp.types import PromptMeaning
from tests.domain.factories import EVENING_MS, comment, egg, start
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.service.results import Answer


async def asked_at(at_ms: int, command: c.Command) -> Asked:
    answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    return Asked(command=command, asked_ms=at_ms, cause="c", idempotency=None, answer=answer)


def arrived_at(at_ms: int) -> Arrival:
    return Arrival(comment=comment("1", id=f"m-{at_ms}"), received_ms=at_ms)


async def test_commands_stand_among_the_comments_by_the_time_they_came_in() -> None:
    before, after = arrived_at(10), arrived_at(30)
    asked = await asked_at(20, c.ClosePrompt())
    assert in_order([asked], [before, after]) == [before, asked, after]


async def test_comments_keep_their_order_of_arrival() -> None:
    arrivals = [arrived_at(10), arrived_at(10), arrived_at(11)]
    assert in_order([], arrivals) == arrivals


async def test_a_clock_that_is_set_back_turns_neither_comments_nor_commands_around() -> None:
    first, second = arrived_at(20), arrived_at(10)
    tap, again = await asked_at(40, c.ClosePrompt()), await asked_at(30, c.EndSession())
    assert in_order([tap, again], [first, second]) == [first, second, tap, again]


async def test_a_one_from_before_the_prompt_claims_nothing(tmp_path: Path) -> None:
    prompt = c.OpenPrompt(prompt_id="p", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=60)
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        early = await shop.service.ingest(ROOM, [shop.comment("1", by="老李")], EVENING_MS - 5)
        opened = asyncio.create_task(shop.do(prompt))
        await asyncio.gather(early, opened)
        await shop.say(shop.comment("1"))
        kept = await shop.store.comments_after(ROOM, 0, 10)
        assert [(k.comment.viewer.name, k.outcome) for k in kept] == [("老李", "none"), ("张姐", "reserved")]


async def test_nothing_that_came_in_before_the_end_is_lost_by_the_next_evening(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        last = await shop.service.ingest(ROOM, [shop.comment("要两箱鸡蛋")], EVENING_MS)
        ended = asyncio.create_task(shop.do(c.EndSession()))
        await asyncio.gather(last, ended)
        record = await shop.service.session_record("s1")
        assert record is not None
        assert [r.quantity for r in record.reservations] == [2]


async def test_holds_that_end_as_the_next_evening_begins_are_given_back_in_the_old_one(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=10), policy=Policy(hold_minutes=30))
        await shop.say(shop.comment("要两箱鸡蛋"))
        await shop.do(c.EndSession())
        shop.clock.now_ms += 31 * 60_000
        await shop.do(start(egg(quota=4), session_id="s2"))
        record = await shop.service.session_record("s1")
        assert record is not None
        assert [(r.state.value, o.reserved) for r, o in zip(record.reservations, record.offers, strict=True)] == [
            ("expired", 0)
        ]


async def test_a_command_that_meets_a_fault_of_ours_fails_alone(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg(quota=10))
        broken = c.UpdateOffer(offer_id="egg", changes={"variants": "no tuple"})
        answers = await asyncio.gather(
            shop.do(c.Restock(offer_id="egg", quantity=1)),
            shop.do(broken),
            shop.do(c.Restock(offer_id="egg", quantity=1)),
        )
        assert [status for status, _ in answers] == [200, 500, 200]
        await shop.say(shop.comment("要两箱鸡蛋"))
        (offer,) = shop.snapshot()["offers"]
        assert (offer["quota"], offer["reserved"]) == (12, 2)
