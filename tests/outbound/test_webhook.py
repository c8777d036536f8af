from __future__ import annotations

import asyncio

import pytest

from live.outbound.outcome import Dead, Later, Sent
from live.outbound.post import open_client
from live.outbound.webhook import Webhook
from tests.outbound.factories import Clock, a_delivery, system, why
from tests.outbound.servers import Receiver, a_receiver

EVENT = '{"kind":"cycle_closed","名":"蛋"}'


async def send(receiver: Receiver, **settings: object) -> Sent | Later | Dead:
    async with open_client() as client:
        return await Webhook(system(receiver.base, **settings), client, Clock()).send(a_delivery(EVENT, form="event"))


async def test_an_event_arrives_signed_and_byte_for_byte() -> None:
    async with a_receiver() as receiver:
        assert await send(receiver) == Sent()
        assert (receiver.got, receiver.ids, receiver.faults) == ([{"kind": "cycle_closed", "名": "蛋"}], ["d-1"], [])


async def test_another_secret_is_another_signature() -> None:
    async with a_receiver() as receiver:
        await send(receiver, secret="not-the-one-they-have")
        assert len(receiver.faults) == 1


@pytest.mark.parametrize(("status", "outcome"), [(204, Sent), (404, Dead), (429, Later), (503, Later), (302, Later)])
async def test_the_status_decides(status: int, outcome: type) -> None:
    async with a_receiver() as receiver:
        receiver.statuses, receiver.headers = [status], {"Retry-After": "9"}
        found = await send(receiver)
    assert isinstance(found, outcome)
    assert not (isinstance(found, Later) and status != 302) or found.after_ms == 9_000


async def test_what_they_answer_is_not_said_to_anybody() -> None:
    async with a_receiver() as receiver:
        receiver.statuses, receiver.body = [400], "张姐 13812345678".encode()
        assert "张姐" not in why(await send(receiver))


async def test_a_system_that_never_answers_is_given_its_time_and_no_more() -> None:
    async with a_receiver() as receiver:
        receiver.hold = asyncio.Event()
        found = await send(receiver, timeout_s=1)
        receiver.hold.set()
    assert isinstance(found, Later)
    assert found.why.startswith("1 秒没有回应")
