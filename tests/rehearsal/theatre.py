"""A shop as it is started, with an evening that has been, for rehearsals beside it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, CookieJar

from config.settings import load_settings
from live.app import running
from tests.web.shop import ROOM, START, comment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from live.app import Running

Json = dict[str, Any]
TONIGHT: Json = START | {"title": "今晚", "hosts": [], "script": None}
PATIENCE_S = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Theatre:
    """A running shop, and somebody with its host token."""

    up: Running
    client: ClientSession
    folder: Path

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Ask under the root; the status and the JSON."""
        async with self.client.request(method, f"{self.up.base_url}/{path}", json=body) as answer:
            return answer.status, await answer.json(content_type=None)

    async def done(self, body: object, *, room: str = ROOM) -> None:
        status, told = await self.ask("POST", f"api/v1/rooms/{room}/commands", body)
        assert status == 200, told

    async def rehearse(self, *, room: str = ROOM, **asked: object) -> tuple[int, Any]:
        return await self.ask("POST", f"api/v1/rooms/{room}/rehearsal", {"start": TONIGHT, "speed": 100} | asked)

    async def inside(self, held: Json, path: str, *, room: str = ROOM) -> Any:
        """Ask the house of a rehearsal."""
        status, told = await self.ask("GET", f"rehearsal/{room}/api/v1/rooms/{held['room']}/{path}")
        assert status == 200, told
        return told

    async def end(self, *, room: str = ROOM) -> bool:
        status, told = await self.ask("DELETE", f"api/v1/rooms/{room}/rehearsal")
        assert status == 200
        return bool(told["ended"])


@asynccontextmanager
async def theatre(folder: Path, *, server: Json | None = None, **sections: object) -> AsyncIterator[Theatre]:
    """Start the whole program, as `serve` does."""
    settings = load_settings(None, {}, {"data_dir": folder, "server": {"port": 0} | (server or {}), **sections})
    async with running(settings) as up:
        headers = {"Authorization": f"Bearer {up.tokens.host}"}
        async with ClientSession(headers=headers, cookie_jar=CookieJar(unsafe=True)) as client:
            yield Theatre(up=up, client=client, folder=folder)


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what must come true."""
    async with asyncio.timeout(PATIENCE_S):
        while not await look():  # noqa: ASYNC110  # what is looked at is another service
            await asyncio.sleep(0.02)


def log_of(*texts: str) -> str:
    """A recorded room."""
    lines = [comment(f"c-{n}", text, user=f"u-{n}", name=f"顾客{n}") for n, text in enumerate(texts)]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)


def everything(folder: Path) -> dict[str, list[Any]]:
    """Every row of every table of the shop's store, as it lies on the disk."""
    with closing(sqlite3.connect(f"file:{folder / 'linbo.db'}?mode=ro", uri=True)) as store:
        tables = [
            name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {table: store.execute(f"SELECT * FROM {table}").fetchall() for table in tables}  # noqa: S608  # names of our own tables


def files_of(folder: Path) -> dict[str, bytes]:
    """What else lies in the data folder: secrets, pictures, marks; without the store and what the rehearsal has for itself."""
    kept = (
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("linbo.db", "serve.lock"))
    )
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in kept
        if path.relative_to(folder).parts[0] != "rehearsal"
    }
