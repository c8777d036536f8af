"""From committed batches to open pages: every event once, in order, no gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import WSMsgType

from live.service import wire
from live.web.channel import Channel, joined
from live.web.told import Told, View, people_frame, snapshot_frame, trouble_frame
from live.web.topics import wants

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.service.results import Published, Trouble
    from live.service.service import Service
    from live.web.metrics import Metrics
    from live.web.page import Page
    from live.web.sockets import Socket

READ_AT_ONCE = 500
"""How many events are read from the store at a time for a page that comes back."""


class Hub:
    """All channels. It listens to the service from `open` to `close`."""

    def __init__(self, service: Service, metrics: Metrics) -> None:
        self._service = service
        self._metrics = metrics
        self._channels: dict[str, Channel] = {}
        self._unsubscribe: list[Callable[[], None]] = []

    def open(self) -> None:
        """Listen from now on."""
        self._unsubscribe = [
            self._service.subscribe(self._published),
            self._service.on_trouble(self._trouble),
            self._service.on_people(self._people),
        ]

    def close(self) -> None:
        """Stop listening."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []

    def join(self, room: str, page: Page) -> None:
        """Give a page the snapshot and, from then on, every event. No await: nothing can come in between."""
        state = self._service.snapshot(room)
        page.seq = _number(state["seq"])
        self._welcome(room, page, snapshot_frame(state, page.view))

    async def rejoin(self, room: str, page: Page, socket: Socket, since: int) -> None:
        """Give a page the events after `since` and, from then on, every event; the snapshot if they are not kept."""
        page.seq = since
        while not self._continue(room, page):
            stored = await self._service.events_since(room, page.seq, READ_AT_ONCE)
            if not stored or stored[0].seq != page.seq + 1:
                self.join(room, page)
                return
            for event in stored:
                told = Told(seq=event.seq, at=wire.rfc3339(event.at_ms), kind=event.kind, data=event.data)
                await _send(socket, told, page)

    def pages(self, room: str, view: View) -> int:
        """How many pages of a room see this much."""
        channel = self._channels.get(room)
        return 0 if channel is None else channel.pages_of(view)

    def leave(self, room: str, page: Page) -> None:
        """Forget a page."""
        self._channel(room).leave(page)
        self._count()

    def _continue(self, room: str, page: Page) -> bool:
        """Join a page with the events at hand, if these reach back far enough."""
        missing = self._channel(room).after(page.seq)
        if missing is None:
            return False
        page.seq = self._channel(room).seq
        self._welcome(room, page, joined(missing, page.view, page.topics))
        return True

    def _welcome(self, room: str, page: Page, first: bytes) -> None:
        trouble = self._service.trouble()
        warned = trouble is not None and page.view is View.HOST
        page.write_first(first + (trouble_frame(trouble) if warned else b""))
        self._channel(room).join(page)
        self._count()

    def _channel(self, room: str) -> Channel:
        channel = self._channels.get(room)
        if channel is None:
            channel = self._channels[room] = Channel(self._service.seq(room))
        return channel

    def _published(self, published: Published) -> None:
        events = [Told(seq=e.seq, at=e.at, kind=e.kind, data=e.encoded) for e in published.events]
        channel = self._channels.get(published.room)
        if channel is None:
            # Nobody has looked at this room yet: nothing is kept for pages until one does.
            self._metrics.published(published)
            return
        lost = channel.tell(events, published.comments)
        self._metrics.published(published)
        self._metrics.dropped(len(lost))
        self._count()

    def _trouble(self, trouble: Trouble | None) -> None:
        frame = trouble_frame(trouble)
        for channel in self._channels.values():
            channel.tell_hosts(frame)

    def _people(self) -> None:
        for channel in self._channels.values():
            channel.tell_hosts(people_frame())

    def _count(self) -> None:
        self._metrics.pages.set(sum(channel.pages for channel in self._channels.values()))


async def _send(socket: Socket, told: Told, page: Page) -> None:
    """Send one event at the page's own pace: it reads a long past, which is not falling behind."""
    page.seq = told.seq
    if wants(page.topics, told.kind):
        await socket.send_frame(told.payload(page.view), WSMsgType.TEXT)


def _number(value: object) -> int:
    if isinstance(value, int):
        return value
    raise AssertionError("a snapshot has a seq")
