"""A shop's data of the first version, brought up to date: nothing is lost, and what was handed out long ago stays so."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, column, create_engine, table
from sqlalchemy.ext.asyncio import create_async_engine

from live.domain import commands as c
from live.domain.reservation import ReservationState
from live.store import migrate
from live.store.factory import open_store
from live.store.port import Trace
from tests.domain.factories import Evening, viewer
from tests.domain.stage_factories import flash_deal
from tests.store.book import Book
from tests.store.conftest import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from live.domain.state import RoomState
    from live.store.port import Store
    from tests.servers.postgres import Postgres

LONG_AGO_MS, TO_COME_MS = 1_500_000_000_000, 4_000_000_000_000
"""Pickups of 2017 and of 2096."""

POLICY = '{"repeat": "ask", "cancel_by_comment": false, "hold_minutes": 30, "max_auto_quantity": 7}'
POINT = '[{"id": "p1", "name": "东门便利店", "address": "东门路 1 号"}]'


Row = tuple[str, dict[str, object]]
"""A table and what is put into it."""


def evening(id_: str, *, state: str, pickup_ms: int) -> list[Row]:
    session: dict[str, object] = {
        "id": id_,
        "room": "r1",
        "title": "晚市",
        "state": state,
        "cutoff_at_ms": pickup_ms - 1_000,
        "pickup_at_ms": pickup_ms,
        "pickup_points": POINT,
        "policy": POLICY,
        "hosts": '["小王"]',
        "started_ms": pickup_ms - 9_000,
    }
    return [
        ("session", session),
        ("offer", offer(id_)),
        ("reservation", reservation(id_, "reserved", 2, 1)),
        ("reservation", reservation(id_, "waitlisted", 1, 2)),
    ]


def offer(session_id: str) -> dict[str, object]:
    return {
        "session_id": session_id,
        "id": "egg",
        "place": 1,
        "number": 1,
        "title": "土鸡蛋",
        "aliases": '["鸡蛋"]',
        "unit": "箱",
        "price_fen": 3990,
        "quota": 2,
        "case_size": 12,
        "min_quantity": 50,
        "facts": '{"产地": "本地"}',
        "phase": "open",
        "reserved": 2,
        "waitlisted": 1,
    }


def reservation(session_id: str, state: str, quantity: int, position: int) -> dict[str, object]:
    return {
        "session_id": session_id,
        "id": f"{session_id}-{position}",
        "offer_id": "egg",
        "viewer_key": "k-张姐",
        "viewer_platform": "douyin",
        "viewer_name": "张姐",
        "viewer_weak": False,
        "quantity": quantity,
        "unit_price_fen": 3990,
        "state": state,
        "pickup_code": f"CODE{session_id}",
        "position": position,
        "made_ms": 5,
        "changed_ms": 6,
        "handled": False,
    }


DATA: list[Row] = [
    ("room", {"name": "r1", "seq": 12, "n": 0, "session_id": "tonight"}),
    *evening("long-ago", state="ended", pickup_ms=LONG_AGO_MS),
    *evening("yesterday", state="ended", pickup_ms=TO_COME_MS),
    *evening("tonight", state="running", pickup_ms=TO_COME_MS + 9_000),
]


LATER_DATA: list[Row] = [
    (
        "basket",
        {
            "session_id": "tonight",
            "viewer_key": "k-张姐",
            "position": 1,
            "pickup_code": "CODEtonight",
            "own_bag": True,
            "bag_points": 1,
            "redeemed_points": 0,
            "changed_ms": 7,
        },
    ),
    (
        "reservation",
        {
            **reservation("tonight", "cancelled", 1, 3),
            "viewer_key": "k-李叔",
            "viewer_name": "李叔",
            "pickup_code": "CODE李叔",
            "reason": "顾客取消",
        },
    ),
]
"""What came after the first version."""


def to_the_first_revision(connection: Connection) -> None:
    to_revision(connection, "0001", DATA)


def to_the_fifth_revision(connection: Connection) -> None:
    """The version before anything was on the picture, with what a shop of that version has written since."""
    to_the_first_revision(connection)
    to_revision(connection, "0005", LATER_DATA)


def to_revision(connection: Connection, revision: str, rows: Sequence[Row]) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    for name, row in rows:
        connection.execute(table(name, *map(column, row)).insert().values(row))


async def on_postgres(url: str, bring: Callable[[Connection], None]) -> None:
    engine = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.run_sync(bring)
    await engine.dispose()


def made(request: pytest.FixtureRequest, tmp_path: Path, bring: Callable[[Connection], None]) -> str:
    """A database of the kind that is asked for, brought to an older version."""
    if request.param == "sqlite":
        path = tmp_path / "old.db"
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            bring(connection)
        engine.dispose()
        return str(path)
    postgres: Postgres = request.getfixturevalue("postgres")
    name = f"old_{tmp_path.name.translate(str.maketrans('[]-', '___')).lower()}"
    sql(postgres.url(), f"CREATE DATABASE {name}")
    asyncio.run(on_postgres(postgres.url(name), bring))
    return postgres.url(name)


@pytest.fixture(params=["sqlite", "postgres"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return made(request, tmp_path, to_the_first_revision)


@pytest.fixture(params=["sqlite", "postgres"])
def fifth_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return made(request, tmp_path, to_the_fifth_revision)


async def upgraded(old_url: str) -> Store:
    store = open_store(old_url)
    await store.start()
    return store


async def read(store: Store, session_id: str) -> RoomState:
    found = await store.load_session("r1", session_id)
    assert found is not None
    return found


async def test_everything_of_the_first_version_is_still_there(old_url: str) -> None:
    store = await upgraded(old_url)
    room = await store.load_room("r1")
    assert (room.seq, room.session and room.session.id) == (12, "tonight")
    for session_id in ("long-ago", "yesterday", "tonight"):
        state = await read(store, session_id)
        assert [(r.state.value, r.quantity) for r in state.reservations.values()] == [
            ("reserved", 2),
            ("waitlisted", 1),
        ]
        (eggs,) = state.offers.values()
        assert (eggs.reserved, eggs.waitlisted, eggs.supplier, eggs.weighed, eggs.case_tolerance) == (
            2,
            1,
            "",
            False,
            None,
        )
        assert state.session is not None
        assert (state.session.policy.max_no_shows, state.session.policy.bag_points) == (None, 1)
        assert [point.ready_ms for point in state.session.cycle.pickup_points] == [None]
        assert (state.baskets, state.tickets, state.standings) == ({}, {}, {})
    await store.close()


async def test_what_was_fetched_long_ago_is_not_cut_off_now(old_url: str) -> None:
    """Its minimum was never reached and somebody still waits: the clock would cancel what was eaten years ago."""
    store = await upgraded(old_url)
    assert await store.not_cut_off("r1") == ["yesterday"]
    assert await store.unfinished("r1") == ["yesterday"]
    assert await store.rooms() == ["r1"]
    session = (await read(store, "long-ago")).session
    assert session is not None
    assert session.cycle.closed_ms == session.cycle.cutoff_at_ms
    await store.close()


async def test_no_two_evenings_of_before_share_a_cycle(old_url: str) -> None:
    store = await upgraded(old_url)
    for session_id in ("long-ago", "yesterday", "tonight"):
        session = (await read(store, session_id)).session
        assert session is not None
        assert session.cycle.id == session_id
        assert await store.sessions_of_cycle(session_id) == [("r1", session_id)]
    await store.close()


async def test_codes_of_before_are_found(old_url: str) -> None:
    store = await upgraded(old_url)
    assert await store.session_of("r1", Trace(pickup_code="CODElong-ago")) == "long-ago"
    state = await read(store, "long-ago")
    assert [r.state for r in state.of_code("CODElong-ago")] == [ReservationState.RESERVED, ReservationState.WAITLISTED]
    await store.close()


async def test_an_evening_of_the_version_before_has_nothing_on_its_picture(fifth_url: str) -> None:
    store = await upgraded(fifth_url)
    state = await store.load_room("r1")
    assert state.session is not None
    assert (state.session.shown, state.session.order_code, state.session.blocked) == (None, False, ())
    assert [(r.flash_id, r.unit_price_fen) for r in state.reservations.values()] == [(None, 3990)] * 3
    assert [offer.picture for offer in state.offers.values()] == [None]
    assert (state.flash_sales, state.giveaways, state.polls, state.wins) == ({}, {}, {}, {})
    assert [basket.bag_points for basket in state.baskets.values()] == [1]
    assert [r.reason for r in state.reservations.values()] == [None, None, "顾客取消"]
    assert await store.waiting_draws() == []
    await store.close()


async def test_an_evening_of_the_version_before_takes_a_flash_deal(fifth_url: str) -> None:
    store = await upgraded(fifth_url)
    before = await store.load_room("r1")
    book = Book(evening=Evening(state=await store.load_room("r1")))
    book.go_on()
    book.do(c.Restock(offer_id="egg", quantity=4))
    book.do(flash_deal(quota=2, countdown=0))
    book.buys(2, by=viewer("王婶"))
    await store.commit(book.change())
    loaded = await store.load_room("r1")
    assert loaded == book.state
    assert loaded.flash_sales["f-1"].sold == 2
    assert loaded.reservations.keys() > before.reservations.keys()
    await store.close()


def test_the_data_of_this_file_is_what_the_first_version_took(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        to_the_first_revision(connection)
    engine.dispose()
    made = sqlite3.connect(tmp_path / "old.db")
    assert made.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert made.execute("SELECT count(*) FROM reservation").fetchone() == (6,)
    assert made.execute("SELECT facts FROM offer LIMIT 1").fetchone() == ('{"产地": "本地"}',)
    made.close()
