"""Where things are sent: what each place wants of the events, what is made of them, and who carries it there."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic_core import from_json, to_json

from live.outbound.messages import Style, Told, kinds_for, posts_of
from live.outbound.webhook import Webhook
from live.outbound.wecom import TIMEOUT_S, Robot
from live.service.wire import objects_of, rfc3339
from live.store.deliveries import NewDelivery

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    import aiohttp

    from config.settings import WebhookSettings, WecomSettings
    from live.domain.state import RoomState
    from live.outbound.messages import WriteTable
    from live.outbound.outcome import Outcome
    from live.store.deliveries import Delivery
    from live.store.port import StoredEvent

    ReadSession = Callable[[str, str], Awaitable[RoomState | None]]
    """Read a session by its room and its id, as it is kept; None where it is not."""

EVENT = "event"
"""The form of a delivery to another system: the JSON of an event."""

WINDOW = 50
"""How many events a system is sent before it is written down that they arrived. A crash sends so many again, and each
bears the id that it had; a group knows no ids, so a robot's posts are written down one by one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One place. `rooms` None: all; `to` is its host, all of its address that anybody may see.

    `make` makes of an event what is to be sent (nothing, for most), `send` tries once. `window` deliveries at most are
    taken at a time, and one attempt takes `longest_ms` at most.
    """

    name: str
    form: str
    to: str
    rooms: tuple[str, ...] | None
    wants: Callable[[str], bool]
    make: Callable[[str, StoredEvent], Awaitable[list[NewDelivery]]]
    send: Callable[[Delivery], Awaitable[Outcome]]
    window: int
    longest_ms: int

    def hears(self, room: str) -> bool:
        """Whether it is told of a room at all."""
        return self.rooms is None or room in self.rooms


def system(settings: WebhookSettings, client: aiohttp.ClientSession, now_ms: Callable[[], int]) -> Target:
    """Another system, told of events as they are."""

    async def make(room: str, event: StoredEvent) -> list[NewDelivery]:
        return [event_delivery(settings.name, room, event)]

    return Target(
        name=settings.name,
        form="webhook",
        to=host_of(settings.url),
        rooms=settings.rooms or None,
        wants=lambda kind: wants(settings.kinds, kind),
        make=make,
        send=Webhook(settings, client, now_ms).send,
        window=WINDOW,
        longest_ms=settings.timeout_s * 1000,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Books:
    """What a group's messages are made with: the sessions, and who writes spreadsheets."""

    read: ReadSession
    write_table: WriteTable


def group(settings: WecomSettings, client: aiohttp.ClientSession, now_ms: Callable[[], int], books: Books) -> Target:
    """A group, told in words."""
    kinds = kinds_for(settings.messages)
    style = Style(
        messages=frozenset(settings.messages), phone_tails=settings.phone_tails, write_table=books.write_table
    )

    async def make(room: str, event: StoredEvent) -> list[NewDelivery]:
        data = objects_of(from_json(event.data))
        state = await books.read(room, str(data["session"]["id"]))
        if state is None:
            return []
        told = Told(at_ms=event.at_ms, kind=event.kind, data=data, state=state)
        posts = await asyncio.to_thread(posts_of, told, style)  # a spreadsheet takes a while, and orders come in
        return [
            NewDelivery(
                id=delivery_id(settings.name, room, event, part),
                room=room,
                seq=event.seq,
                kind=event.kind,
                form=post.form,
                body=post.body,
                name=post.name,
            )
            for part, post in enumerate(posts)
        ]

    return Target(
        name=settings.name,
        form="wecom",
        to=host_of(settings.base_url),
        rooms=settings.rooms or None,
        wants=lambda kind: kind in kinds,
        make=make,
        send=Robot(settings, client, now_ms).send,
        window=1,
        longest_ms=int(2 * TIMEOUT_S * 1000),
    )


def wants(kinds: Sequence[str], kind: str) -> bool:
    """Whether a list of kinds and families ("reservation") has a kind; an empty one has all."""
    return not kinds or kind in kinds or any(kind.startswith(f"{family}_") for family in kinds)


def delivery_id(target: str, room: str, event: StoredEvent, part: int = 0) -> str:
    """The id of what a target is sent of an event: the same whenever it is made. Its moment tells a new store's from an old one's."""
    text = f"{target}\n{room}\n{event.seq}\n{event.at_ms}\n{part}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def event_delivery(target: str, room: str, event: StoredEvent) -> NewDelivery:
    """An event as another system gets it: the frame of `/ws/events` with its room and the id of the delivery."""
    id_ = delivery_id(target, room, event)
    head = {"id": id_, "type": EVENT, "room": room, "seq": event.seq, "at": rfc3339(event.at_ms), "kind": event.kind}
    body = b'%s,"data":%s}' % (to_json(head)[:-1], event.data)
    return NewDelivery(id=id_, room=room, seq=event.seq, kind=event.kind, form=EVENT, body=body)


def host_of(url: str) -> str:
    """The host of an address, with its port: no user, no path and no query, which may hold secrets."""
    return urlsplit(url).netloc.rpartition("@")[2]
