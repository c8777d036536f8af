"""What a test asks of a running service: commands, snapshots, comments and both sockets of one room."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import ClientSession, ClientTimeout, WSMsgType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence

    from aiohttp import ClientWebSocketResponse

Json = dict[str, Any]

PATIENCE_S = 60.0
PAGE = 500
LATER = "2099-01-07T21:30:00+08:00"
STILL_LATER = "2099-01-08T10:00:00+08:00"


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One room of a service at `base_url`, with all tokens at hand."""

    base_url: str
    tokens: Mapping[str, str]
    room: str
    client: ClientSession

    async def do(self, body: Json, *, key: str | None = None) -> list[Json]:
        """Have a command carried out; its events."""
        status, told = await self.ask(body, key=key)
        assert status == 200, told
        events: list[Json] = told["events"]
        return events

    async def ask(self, body: Json, *, key: str | None = None) -> tuple[int, Json]:
        """Give a command; the status and the body of its answer."""
        headers = self.bearer("host") | ({} if key is None else {"Idempotency-Key": key})
        url = f"{self.base_url}/api/v1/rooms/{self.room}/commands"
        async with self.client.post(url, json=body, headers=headers) as answer:
            told: Json = await answer.json(content_type=None)
            return answer.status, told

    async def open(self, *offers: Json, **more: object) -> None:
        """Begin the evening; asked again, nothing happens twice."""
        await self.do(session(*offers, **more), key=f"open-{self.room}")

    async def get(self, path: str, **query: object) -> Json:
        """Read something of the room with the host's token."""
        url = f"{self.base_url}/api/v1/rooms/{self.room}/{path}"
        asked = {name: str(value) for name, value in query.items()}
        async with self.client.get(url, params=asked, headers=self.bearer("host")) as answer:
            told: Json = await answer.json(content_type=None)
            assert answer.status == 200, told
            return told

    async def snapshot(self) -> Json:
        """The room as it is committed."""
        return await self.get("snapshot")

    async def comments(self) -> list[Json]:
        """Every stored comment in order of arrival, page by page."""
        found: list[Json] = []
        while True:
            page = await self.get("comments", after=found[-1]["n"] if found else 0, limit=PAGE)
            if not page["comments"]:
                return found
            found += page["comments"]

    async def ready(self) -> tuple[int, Json]:
        """What `/readyz` says."""
        async with self.client.get(f"{self.base_url}/readyz") as answer:
            return answer.status, await answer.json(content_type=None)

    async def gauge(self, name: str) -> float:
        """One number of `/metrics`."""
        async with self.client.get(f"{self.base_url}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return next(float(line.split()[-1]) for line in lines if line.startswith(f"{name} "))

    async def until_gauge(self, name: str, right: Callable[[float], bool]) -> None:
        """Wait until one number of `/metrics` is right."""
        async with asyncio.timeout(PATIENCE_S):
            while not right(await self.gauge(name)):  # noqa: ASYNC110  # the same
                await asyncio.sleep(0.01)

    @asynccontextmanager
    async def ingest(self) -> AsyncIterator[ClientWebSocketResponse]:
        """A connection that brings comments."""
        url = f"{self.base_url}/ws/ingest?room={self.room}"
        async with self.client.ws_connect(url, headers=self.bearer("ingest"), max_msg_size=0) as socket:
            yield socket

    @asynccontextmanager
    async def events(self, *, since: int | None = None, role: str = "host") -> AsyncIterator[ClientWebSocketResponse]:
        """A page."""
        url = f"{self.base_url}/ws/events?room={self.room}" + ("" if since is None else f"&since={since}")
        async with self.client.ws_connect(url, headers=self.bearer(role), max_msg_size=0) as socket:
            yield socket

    def bearer(self, role: str) -> dict[str, str]:
        """The header that shows a token."""
        return {"Authorization": f"Bearer {self.tokens[role]}"}


class Address(Protocol):
    """Where a service is, and its tokens by role."""

    @property
    def base_url(self) -> str: ...

    @property
    def tokens(self) -> Mapping[str, str]: ...


@asynccontextmanager
async def a_desk(address: Address, room: str) -> AsyncIterator[Desk]:
    """Sit down at a room. The desk outlives a restart of its service."""
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE_S)) as client:
        yield Desk(base_url=address.base_url, tokens=address.tokens, room=room, client=client)


def session(*offers: Json, **more: object) -> Json:
    """The command that begins an evening."""
    cycle = {"cutoff_at": LATER, "pickup_at": STILL_LATER}
    return {"type": "start_session", "title": "周三晚场", "offers": list(offers), "cycle": cycle} | more


def offer(id_: str, number: int, title: str, *, quota: int, **more: object) -> Json:
    """An offer as a host writes it."""
    return {"id": id_, "number": number, "title": title, "price": "39.90", "unit": "箱", "quota": quota} | more


def egg(quota: int) -> Json:
    """Eggs, so many boxes."""
    return offer("egg", 1, "土鸡蛋 30 枚", quota=quota, aliases=["鸡蛋"])


def comment(id_: str, text: str = "要一箱鸡蛋", *, user: str = "u-1", name: str = "张姐") -> Json:
    """A comment as a source sends it."""
    return {"type": "comment", "platform": "kuaishou", "id": id_, "user": {"id": user, "name": name}, "text": text}


def batch(items: Iterable[Json]) -> Json:
    """Several comments in one frame."""
    return {"type": "batch", "items": list(items)}


async def frame(socket: ClientWebSocketResponse) -> Json:
    """The next frame as JSON."""
    message = await socket.receive(timeout=PATIENCE_S)
    assert message.type is WSMsgType.TEXT, message
    told: Json = json.loads(message.data)
    return told


async def acknowledged(socket: ClientWebSocketResponse, number: int) -> list[str]:
    """Wait for so many acks; anything else is wrong."""
    ids: list[str] = []
    while len(ids) < number:
        answer = await frame(socket)
        assert answer["type"] == "ack", answer
        ids += answer["ids"]
    assert len(ids) == number
    return ids


async def bring(desk: Desk, comments: Sequence[Json], *, at_once: int = 100) -> None:
    """Send comments and wait until all are acknowledged, each once."""
    async with desk.ingest() as socket:
        for start in range(0, len(comments), at_once):
            items = comments[start : start + at_once]
            await socket.send_json(batch(items))
            assert sorted(await acknowledged(socket, len(items))) == sorted(c["id"] for c in items)


async def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(PATIENCE_S):
        while not true():  # noqa: ASYNC110  # what is waited for is another process's
            await asyncio.sleep(0.001)


def sums_of(state: Json) -> None:
    """Check what must always hold: nothing is promised beyond its quota, and the offers tell what the orders say."""
    for each in state["offers"]:
        assert each["reserved"] + each["available"] == each["quota"], each
        assert 0 <= each["reserved"] <= each["quota"], each
        orders = [r for r in state["reservations"] if r["offer_id"] == each["id"]]
        assert each["reserved"] == sum(r["quantity"] for r in orders if r["state"] == "reserved"), each
        assert each["waitlisted"] == sum(r["quantity"] for r in orders if r["state"] == "waitlisted"), each


def without_sources(state: Json) -> Json:
    """A snapshot as it would be had no source come or gone since: the service looks at them once a second."""
    return {name: value for name, value in state.items() if name not in ("seq", "sources")}


async def still_sells(desk: Desk, id_: str) -> None:
    """Have somebody order a box of eggs: it is acknowledged and reserved."""
    async with desk.ingest() as source:
        await source.send_json(comment(id_, "要一箱鸡蛋", user=id_, name="王婶"))
        assert await acknowledged(source, 1) == [id_]
    state = await desk.snapshot()
    (made,) = [r for r in state["reservations"] if r["comment_id"] == id_]
    assert (made["state"], made["quantity"]) == ("reserved", 1)
    sums_of(state)


async def answer_to(source: ClientWebSocketResponse, data: str | bytes) -> Json:
    """What one frame is answered with."""
    await (source.send_bytes(data) if isinstance(data, bytes) else source.send_str(data))
    return await frame(source)
