"""Services in this process, behind real sockets, on one SQLite file: with every guard, or with some taken off."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from aiohttp import web

from config.settings import Settings
from live.parts import new_id, now_ms
from live.service.codes import pickup_codes
from live.service.journal import Journal
from live.service.service import Service
from live.service.worker import Parts
from live.store.sqlite import SqliteStore
from live.store.statements import SQLITE
from live.streams.memory import MemoryStream
from live.web.app import build_app, runner
from live.web.tokens import load_tokens
from nlp.maker import ClassifierMaker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live.store.statement_names import SqliteStatements


@dataclass(frozen=True, kw_only=True, slots=True)
class Guards:
    """What keeps two owners of a room from promising the same box twice.

    `fence`: a batch is written only on the room that it was decided on (with it go the numbers of comments and events,
    which two owners would both give). `stock`: the conditional UPDATE. `tables`: the law of the table itself.
    """

    fence: bool = True
    stock: bool = True
    tables: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Rig:
    """One of the services: where it is, and its insides."""

    base_url: str
    tokens: dict[str, str]
    service: Service
    store: SqliteStore


@asynccontextmanager
async def rigs(folder: Path, *, number: int = 1, guards: Guards | None = None) -> AsyncIterator[list[Rig]]:
    """So many services on one file."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(_rig(folder, guards or Guards())) for _ in range(number)]


@asynccontextmanager
async def _rig(folder: Path, guards: Guards) -> AsyncIterator[Rig]:
    settings, tokens = Settings(data_dir=folder), load_tokens(folder)
    store = SqliteStore(folder / "linbo.db", statements=statements(guards))
    async with Service(_parts(store), new_id=new_id) as service:
        if not guards.tables:
            await store._writer.run(lambda connection: connection.execute("PRAGMA ignore_check_constraints = ON"))
        app = build_app(service, settings, tokens, now_ms=now_ms, new_id=new_id)
        house = runner(app)
        await house.setup()
        try:
            await web.TCPSite(house, "127.0.0.1", 0).start()
            host, port = house.addresses[0][:2]
            yield Rig(base_url=f"http://{host}:{port}", tokens=asdict(tokens), service=service, store=store)
        finally:
            await house.cleanup()


def _parts(store: SqliteStore) -> Parts:
    return Parts(
        store=store,
        stream=MemoryStream(),
        clock=now_ms,
        pickup_code=pickup_codes(b"k" * 32),
        make_classifier=ClassifierMaker(),
        journal=Journal(logging.getLogger("tests.faults")),
        retry_seconds=0.05,
    )


def statements(guards: Guards) -> SqliteStatements:
    """The SQL of the house without the guards that are off."""
    sql = SQLITE if guards.fence else _without_fence(SQLITE)
    return sql if guards.stock else _without_stock(sql)


def _without_fence(sql: SqliteStatements) -> SqliteStatements:
    fence = _swap(sql.common.fence, "AND seq = ?2 AND n = ?3", "")
    comment = _swap(sql.add_comment, "VALUES (?1, ?2,", f"VALUES (?1, {_next('comment', 'n')},")
    event = _swap(sql.add_event, "VALUES (?1, ?2,", f"VALUES (?1, {_next('event', 'seq')},")
    return replace(sql, common=replace(sql.common, fence=fence), add_comment=comment, add_event=event)


def _without_stock(sql: SqliteStatements) -> SqliteStatements:
    guard = "AND reserved + ?15 BETWEEN 0 AND quota + ?9 AND waitlisted + ?16 >= 0"
    return replace(sql, move_offer=_swap(sql.move_offer, guard, ""))


def _next(table: str, number: str) -> str:
    """The next number of a room, whoever gave the last one."""
    return f"(SELECT coalesce(max({number}), 0) + 1 FROM {table} WHERE room = ?1)"  # noqa: S608  # both are literals


def _swap(sql: str, old: str, new: str) -> str:
    assert old in sql, f"the statement has changed: {old}"
    return sql.replace(old, new)
