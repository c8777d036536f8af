from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from live.domain.comment import Comment
from live.domain.source import estimated_gap
from live.domain.viewer import identify
from live.service.results import Trouble
from live.sources.frame import Frame
from live.sources.roll import Roll
from live.sources.state import SourceState, Status
from live.store.port import StoreUnavailable
from live.web import room_health
from live.web.keys import NOW_MS, ROLL, SETTINGS
from live.web.openapi_health import HEALTH
from live.web.room_health import sources_of
from live.web.source_metrics import source_metrics
from tests.web.shop import ROOM, acknowledged, bring, comment, frame, open_shop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aiohttp import web

    from tests.web.shop import Shop

Json = dict[str, Any]
VIEWER = identify(platform="kuaishou", user_id="u-1", name="张姐", cause="c-1")
COMMENT = Frame(comments=(Comment(platform="kuaishou", id="c-1", viewer=VIEWER, text="好的", at_ms=0),))


async def asked(shop: Shop, *, token: str | None = None, room: str = ROOM) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{room}/health", headers=headers) as answer:
        return answer.status, await answer.json(content_type=None)


async def well(shop: Shop) -> Json:
    status, told = await asked(shop)
    assert status == 200, told
    return told


def wanting(schema: Json, value: Any, path: str = "health") -> list[str]:
    """Where a value lacks what its schema promises, or has more."""
    if schema.get("type") == "array":
        return [fault for each in value for fault in wanting(schema["items"], each, f"{path}[]")]
    if schema.get("type") != "object" or value is None:
        return []
    own = [f"{path}.{name}" for name in set(schema["properties"]) ^ set(value)]
    return own + [fault for name, part in schema["properties"].items() for fault in wanting(part, value[name], name)]


async def test_a_room_without_a_session_is_well_and_has_nothing_to_show(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        told = await well(shop)
        assert told["room"] == ROOM
        assert (told["session_id"], told["sources"], told["trouble"], told["writable"]) == (None, [], None, True)
        assert (told["watched"], told["silent_after_ms"]) == (True, 90_000)
        assert told["commands"] == {"answering": True, "busy_ms": 0}
        assert told["pages"] == {"hosts": 0, "pictures": 0, "viewers": 0}


async def test_a_source_that_is_heard_is_told_with_its_last_comment_and_how_late_it_was(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_json(comment("c-1"))
            await acknowledged(source, 1)
            told = await well(shop)
        assert wanting(HEALTH, told) == []
        [heard] = told["sources"]
        assert (heard["id"], heard["state"], heard["missed"], heard["detail"]) == ("ws", "listening", None, None)
        assert heard["last_comment_at"] is not None
        assert told["session_id"] is not None
        assert 0 <= told["comments"]["lag_ms"] <= told["comments"]["worst_lag_ms"]
        assert (told["comments"]["waiting"], told["comments"]["oldest_waiting_ms"]) == (0, None)


def only(found: Sequence[Json]) -> Json:
    [one] = found
    return one


def in_trouble(detail: str) -> SourceState:
    return SourceState(
        number=1, kind="oba", room=ROOM, url="ws://127.0.0.1:1", status=Status.NOT_LISTENING, detail=detail,
        since_ms=0, last_message_ms=None, kept=0, closed=0, strange=0, fault=None,
    )  # fmt: skip


async def test_of_a_source_that_is_silent_the_gap_is_reckoned_up_to_now(tmp_path: Path) -> None:
    states = [in_trouble("请点「开始监听」"), replace(in_trouble("别的直播间"), room="elsewhere")]
    async with open_shop(tmp_path, mounts=[source_metrics(lambda: states, lambda: 0)]) as shop:
        await shop.start()
        began_ms = shop.app[NOW_MS]()
        line = shop.app[ROLL].line(ROOM, "oba-1", "oba-live-tool", at_ms=began_ms, expected=True)
        line.joined(began_ms)
        for second in range(60):
            line.heard(began_ms + second * 1000, COMMENT)
        heard = only(sources_of(shop.app, ROOM, began_ms + 60_000))
        assert (heard["state"], heard["missed"], heard["detail"]) == ("listening", None, "请点「开始监听」")
        silent = only(sources_of(shop.app, ROOM, began_ms + 59_000 + 120_000))
        assert silent["state"] == "silent"
        assert silent["missed"] == estimated_gap(silent["per_hour"], 120_000) > 0


async def test_between_two_evenings_those_who_are_there_are_told(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.ingest() as source:
        await source.send_json({"type": "presence", "viewers": 3})
        async with asyncio.timeout(10):
            while not (told := await well(shop))["sources"]:  # noqa: ASYNC110  # the frame is read in the service's own time
                await asyncio.sleep(0.005)
        assert [(each["id"], each["state"]) for each in told["sources"]] == [("ws", "listening")]


async def test_who_has_a_page_open_is_counted_by_what_it_may_see(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events() as host, shop.events(token=shop.tokens.overlay) as picture:
            await frame(host)
            await frame(picture)
            assert (await well(shop))["pages"] == {"hosts": 1, "pictures": 1, "viewers": 0}


async def test_trouble_that_stops_comments_is_told_and_what_stops_nothing_leaves_it_writable(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        shop.service.report("[obs]", Trouble(code="obs", detail="OBS 没开", stops=False))
        assert (await well(shop))["writable"]
        shop.service.report(ROOM, Trouble(code="store_unavailable", detail="磁盘满了"))
        told = await well(shop)
        assert not told["writable"]
        assert told["trouble"] == {"code": "store_unavailable", "detail": "磁盘满了"}
        assert wanting(HEALTH, told) == []


async def test_comments_that_wait_are_counted_with_the_age_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        go = asyncio.Event()
        commit = shop.service._parts.store.commit

        async def slowly(change: Any) -> None:
            await go.wait()
            await commit(change)

        monkeypatch.setattr(shop.service._parts.store, "commit", slowly)
        bringing = asyncio.create_task(bring(shop, [comment(f"c-{n}") for n in range(3)]))
        async with asyncio.timeout(20):
            while (told := await well(shop))["comments"]["waiting"] < 3:  # noqa: ASYNC110  # as above
                await asyncio.sleep(0.005)
        assert told["comments"]["oldest_waiting_ms"] >= 0
        go.set()
        await bringing
        assert (await well(shop))["comments"]["waiting"] == 0


async def test_a_room_that_cannot_be_read_is_told_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_health, "OPEN_WITHIN_S", 0.05)
    async with open_shop(tmp_path) as shop:

        async def away(_room: str) -> None:
            raise StoreUnavailable("磁盘拔掉了")

        monkeypatch.setattr(shop.service._parts.store, "load_room", away)
        status, told = await asked(shop, room="unread")
        assert (status, told["code"], told["detail"]) == (503, "store_unavailable", "磁盘拔掉了")


async def test_without_the_watch_no_source_is_called_silent(tmp_path: Path) -> None:
    def unwatched(app: web.Application) -> None:
        ingest = app[SETTINGS].ingest.model_copy(update={"silent_after_s": 0})
        app[SETTINGS] = app[SETTINGS].model_copy(update={"ingest": ingest})
        app[ROLL] = Roll(silent_after_ms=0)

    async with open_shop(tmp_path, mounts=[unwatched]) as shop:
        await shop.start()
        async with shop.ingest() as source:
            await source.send_json(comment("c-1"))
            await acknowledged(source, 1)
            told = await well(shop)
        assert (told["watched"], [each["state"] for each in told["sources"]]) == (False, ["listening"])


@pytest.mark.parametrize("role", ["overlay", "ingest"])
async def test_it_is_for_hosts_alone(tmp_path: Path, role: str) -> None:
    async with open_shop(tmp_path) as shop:
        assert (await asked(shop, token=getattr(shop.tokens, role)))[0] == 401
        assert (await asked(shop, token="guessed"))[0] == 401
        assert (await asked(shop, room="Not-A-Room"))[0] == 404
