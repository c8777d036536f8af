"""The open pages of viewers: each is told of its own basket and of the shop's list, and of nothing else.

What a page shows is told whole whenever it has changed, never as a difference: there is nothing to miss and nothing to
count. Changes are gathered for a moment, so that a rush of orders costs a page a few frames a second at most.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import structlog
from pydantic_core import to_json

from live.service import wire
from live.service.results import StoreUnavailable
from live.service.session_view import room_topic
from live.web import shop_view
from live.web.frames import text_frame
from live.web.problems import refuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from live.service.basket_book import BasketBook
    from live.service.session_view import SessionView, Topic
    from live.service.wire import Json
    from live.web.page import Page

GATHER_S = 0.3
"""How long changes are gathered before the pages are told: less than somebody notices."""

SILENCE_S = 25.0
"""A page that hears nothing for much longer than this takes its line for broken. Its clock is set by it, too."""

MOST_PAGES = 3_000
MOST_PAGES_AN_ADDRESS = 300
"""Beyond these a page is refused and asks by itself every now and then. One address may be a whole mobile network."""

MOST_UNREAD_BYTES = 128 * 1024
"""How far a viewer's page may fall behind: dropped, it comes back and is told everything anew."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What a page shows now, under the name of its frame; and what would change it."""

    name: str
    value: Json | None
    topics: frozenset[Topic]


class Look(Protocol):
    """Looks at what one page shows."""

    async def __call__(self) -> Looked:
        """Look now."""


@dataclass(kw_only=True, slots=True, eq=False)
class Watcher:
    """One open page. `look` is for what is its viewer's own; `room` for the list it shows beside it."""

    page: Page
    address: str
    look: Look
    room: str | None = None
    topics: frozenset[Topic] = frozenset()
    told: bytes | None = None


@dataclass(kw_only=True, slots=True)
class _List:
    """A room's list as its pages were last told it, encoded."""

    head: bytes = b""
    offers: dict[str, bytes] = field(default_factory=dict)


class Watching:
    """All open pages of viewers."""

    def __init__(self, book: BasketBook, now_ms: Callable[[], int]) -> None:
        self._book = book
        self._now_ms = now_ms
        self._watchers: set[Watcher] = set()
        self._addresses: Counter[str] = Counter()
        self._lists: dict[str, _List] = {}
        self._touched: set[Topic] = set()
        self._flushes = 0
        self._wake = asyncio.Event()

    @property
    def pages(self) -> int:
        """How many are open."""
        return len(self._watchers)

    def admit(self, address: str) -> None:
        """Raise a 503 problem when there are as many pages as may be, in all or of one address."""
        if self.pages >= MOST_PAGES or self._addresses[address] >= MOST_PAGES_AN_ADDRESS:
            raise refuse(503, "too_many_pages", "打开的页面太多了，这一页改为每隔一会儿自己更新。", retry_after_s=30)

    async def join(self, watcher: Watcher) -> None:
        """Tell a page what it shows, and from now on whatever changes of it."""
        self._watchers.add(watcher)
        self._addresses[watcher.address] += 1
        if watcher.room is not None:
            watcher.page.write_first(await self._whole_list(watcher.room))
        flushes = -1
        while flushes != self._flushes:
            # What was told while it looked for the first time passed it by: nobody knew yet what concerns it.
            flushes = self._flushes
            await self._tell(watcher)

    def leave(self, watcher: Watcher) -> None:
        """Forget a page."""
        self._watchers.discard(watcher)
        self._addresses[watcher.address] -= 1
        if not self._addresses[watcher.address]:
            del self._addresses[watcher.address]
        if watcher.room is not None and all(each.room != watcher.room for each in self._watchers):
            self._lists.pop(watcher.room, None)

    def touched(self, topics: set[Topic]) -> None:
        """Note what has changed."""
        if self._watchers and topics:
            self._touched |= topics
            self._wake.set()

    async def run(self) -> None:
        """Tell the pages what has changed, until cancelled."""
        while True:
            try:
                await asyncio.wait_for(self._wake.wait(), SILENCE_S)
            except TimeoutError:
                self._say_the_time()
                continue
            await asyncio.sleep(GATHER_S)
            self._wake.clear()
            await self.flush()

    async def flush(self) -> None:
        """Tell the pages what has changed by now."""
        topics, self._touched = self._touched, set()
        self._flushes += 1
        for room in {watcher.room for watcher in self._watchers if watcher.room is not None}:
            if room_topic(room) in topics:
                await self._tell_list(room)
        for watcher in [each for each in self._watchers if not topics.isdisjoint(each.topics)]:
            await self._tell(watcher)

    async def _tell(self, watcher: Watcher) -> None:
        """Look at a page's own things and write them if they have changed."""
        try:
            looked = await watcher.look()
        except StoreUnavailable as error:
            # What it shows is of a moment ago; it looks again with the next change, and the host knows of the store.
            structlog.get_logger("live.web").warning("viewer_page_not_renewed", reason=str(error))
            return
        except Exception as error:  # noqa: BLE001  # one odd basket must not silence the pages of all others
            structlog.get_logger("live.web").error("viewer_page_failed", exc_info=error)
            watcher.page.drop()
            return
        watcher.topics = looked.topics
        value = to_json(looked.value)
        if value != watcher.told:
            watcher.told = value
            watcher.page.write(self._frame(looked.name, value))

    async def _whole_list(self, room: str) -> bytes:
        view = await self._book.room(room)
        return self._frame("shop", to_json(None if view is None else shop_view.shop(view)))

    async def _tell_list(self, room: str) -> None:
        """Encode what has changed of a room's list once, and write it to every page that shows it."""
        view = await self._book.room(room)
        told = self._lists.setdefault(room, _List())
        news = b"" if view is None else self._news(view, told)
        if news:
            for watcher in [each for each in self._watchers if each.room == room]:
                watcher.page.write(news)

    def _news(self, view: SessionView, told: _List) -> bytes:
        offers = {id_: to_json(shop_view.offer(each)) for id_, each in view.offers.items()}
        changed = [each for id_, each in offers.items() if told.offers.get(id_) != each]
        head, before = to_json(shop_view.head(view)), told.head
        told.head, told.offers = head, offers
        if head != before:
            return self._frame("shop", to_json(shop_view.shop(view)))
        return self._frame("offers", b"[" + b",".join(changed) + b"]") if changed else b""

    def _say_the_time(self) -> None:
        frame = self._frame("nothing", b"null")
        for watcher in list(self._watchers):
            watcher.page.write(frame)

    def _frame(self, name: str, value: bytes) -> bytes:
        head = f'{{"type":"{name}","now":"{wire.rfc3339(self._now_ms())}","{name}":'
        return text_frame(b"".join((head.encode(), value, b"}")))


async def running(watching: Watching, book: BasketBook) -> AsyncIterator[None]:
    """Keep the pages told for as long as the application lives."""
    book.open()
    book.subscribe(watching.touched)
    task = asyncio.create_task(watching.run(), name="tell viewers' pages")
    yield
    task.cancel()
    await asyncio.wait([task])
    book.close()
