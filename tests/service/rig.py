"""A real service on a real SQLite file, with a clock that the test moves."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from live.domain.comment import Comment
from live.domain.viewer import Viewer, identify
from live.service.codes import pickup_codes
from live.service.journal import Journal
from live.service.service import Service
from live.service.worker import Parts
from live.store.sqlite import SqliteStore
from live.streams.memory import MemoryStream
from nlp.maker import ClassifierMaker
from tests.domain.factories import EVENING_MS, egg, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live.domain.commands import Command
    from live.domain.offer import Offer
    from live.domain.session import Policy
    from live.service.reader import MakeClassifier
    from live.service.results import Published, PublishedEvent, Trouble
    from live.store.port import Store

ROOM = "east-gate"


@dataclass(kw_only=True, slots=True)
class Shop:
    """A running service and what it has told."""

    service: Service
    store: Store
    clock: Clock
    told: list[Published] = field(default_factory=list)
    troubles: list[Trouble | None] = field(default_factory=list)
    _ids: count[int] = field(default_factory=lambda: count(1))

    async def do(self, command: Command, *, key: str | None = None, body: str = "body") -> tuple[int, dict[str, Any]]:
        """Give a command; returns the status and the body of its answer."""
        answer = await self.service.command(ROOM, command, key=key, request_hash=body)
        return answer.status, from_json(answer.body)

    async def open(self, *offers: Offer, policy: Policy | None = None, session_id: str = "s1") -> None:
        """Begin the evening."""
        status, body = await self.do(start(*(offers or (egg(),)), policy=policy, session_id=session_id))
        assert status == 200, body

    async def say(self, *comments: Comment) -> None:
        """Let comments come in and wait for their acknowledgement."""
        await (await self.service.ingest(ROOM, comments, self.clock()))

    def comment(self, text: str, *, by: str = "张姐", id: str | None = None) -> Comment:  # noqa: A002  # the field is called id
        """A comment of a viewer."""
        cid = id or f"m-{next(self._ids)}"
        viewer: Viewer = identify(platform="wechat_channels", user_id=f"u-{by}", name=by, cause=cid)
        return Comment(platform="wechat_channels", id=cid, viewer=viewer, text=text, at_ms=self.clock())

    def snapshot(self) -> dict[str, Any]:
        """The room as it is committed."""
        return self.service.snapshot(ROOM)

    def events(self) -> list[PublishedEvent]:
        """Every event that was told, in order."""
        return [event for published in self.told for event in published.events]

    def kinds(self) -> list[str]:
        """What has happened, in order."""
        return [event.kind for event in self.events()]


@lru_cache(maxsize=1)
def maker() -> ClassifierMaker:
    """One for all shops, as one serves every room of a process."""
    return ClassifierMaker()


@dataclass(kw_only=True, slots=True)
class Clock:
    """The time, moved by the test."""

    now_ms: int = EVENING_MS

    def __call__(self) -> int:
        """Now."""
        return self.now_ms


@asynccontextmanager
async def a_shop(
    folder: Path,
    *,
    store: Store | None = None,
    make: MakeClassifier | None = None,
    now_ms: int = EVENING_MS,
    ids_from: int = 1,
) -> AsyncIterator[Shop]:
    """Run a service on `folder`/linbo.db; who runs a second one on it has its ids begin elsewhere."""
    clock = Clock(now_ms=now_ms)
    store = store or SqliteStore(str(folder / "linbo.db"))
    parts = Parts(
        store=store,
        stream=MemoryStream(bound=10_000),
        clock=clock,
        pickup_code=pickup_codes(b"k" * 32),
        make_classifier=make or maker(),
        journal=Journal(logging.getLogger("tests.comments")),
        retry_seconds=0.01,
    )
    ids = count(ids_from)
    async with Service(parts, new_id=lambda: f"id-{next(ids)}") as service:
        shop = Shop(service=service, store=store, clock=clock)
        service.subscribe(shop.told.append)
        service.on_trouble(shop.troubles.append)
        yield shop
