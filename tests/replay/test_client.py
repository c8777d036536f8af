from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from live.replay import client
from live.replay.client import WINDOW, replay
from live.replay.result import ReplayFailed, ReplayResult
from tests.replay.examples import ids, line, lines
from tests.replay.shop import TOKEN, Shop, ack, error, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with open_shop() as shop:
        yield shop


async def send(shop: Shop, log: Path | Iterable[str], **options: Any) -> ReplayResult:
    async with asyncio.timeout(30):
        return await replay(log, url=shop.url, **{"token": TOKEN} | options)


async def test_a_log_is_sent_and_acknowledged_whole_and_in_order(shop: Shop) -> None:
    result = await send(shop, lines(350))
    assert shop.ids == ids(350)
    assert (result.sent, result.acknowledged, result.rejected) == (350, 350, 0)
    assert result.rate > 0
    assert shop.paths == ["/ws/ingest?room=kfc"]


async def test_a_log_is_read_from_its_file(shop: Shop, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("\ufeff" + "\n".join(lines(3)) + "\n\n", encoding="utf-8")
    assert (await send(shop, log)).acknowledged == 3


async def test_comments_go_out_as_they_were_recorded(shop: Shop) -> None:
    await send(shop, [line(1, source_of_our_own="x")])
    assert shop.comments == [json.loads(line(1, source_of_our_own="x"))]


async def test_a_line_that_cannot_be_sent_is_named_and_the_others_go_on(shop: Shop) -> None:
    result = await send(shop, [line(0), "{", line(1, text=" "), line(2)])
    assert shop.ids == ["m-0", "m-2"]
    assert [fault.line for fault in result.faults] == [2, 3]
    assert result.faults[1].detail == "text: must not be empty"


async def test_a_comment_without_an_id_is_acknowledged_under_its_fingerprint(shop: Shop) -> None:
    result = await send(shop, [line(1, id=None)])
    assert result.acknowledged == 1
    assert shop.ids[0].startswith("fp-")


async def test_activities_are_sent_and_not_waited_for(shop: Shop) -> None:
    presence = '{"type":"presence","viewers":312}'
    result = await send(shop, [line(0), presence, line(1)])
    assert [frame["type"] for frame in shop.frames] == ["comment", "presence", "comment"]
    assert result.sent == 2


async def test_what_is_not_acknowledged_is_sent_again_after_a_lost_connection(shop: Shop) -> None:
    drops = iter(["m-120", "m-300"])
    shop.misbehave = _drop_at(drops)
    result = await send(shop, lines(400))
    assert (result.sent, result.acknowledged) == (400, 400)
    assert len(shop.paths) == 3
    assert sorted(set(shop.ids)) == sorted(ids(400))


async def test_an_ack_that_comes_twice_counts_once(shop: Shop) -> None:
    shop.misbehave = lambda _, comment: ack(comment["id"], comment["id"], "unknown")
    assert (await send(shop, lines(5))).acknowledged == 5


async def test_the_same_comment_twice_in_a_log_is_acknowledged_twice(shop: Shop) -> None:
    assert (await send(shop, [line(1), line(1)])).acknowledged == 2


async def test_a_refused_comment_is_counted_and_the_reason_told_once(shop: Shop) -> None:
    shop.misbehave = lambda _, comment: error("room_closed", "没有开播", comment["id"])
    result = await send(shop, lines(7))
    assert (result.acknowledged, result.rejected) == (0, 7)
    assert [(refusal.reason, refusal.count) for refusal in result.refusals] == [("room_closed：没有开播", 7)]


async def test_an_error_without_an_id_refuses_its_frame(shop: Shop) -> None:
    shop.misbehave = lambda _, __: error("room_closed", "没有开播")
    assert (await send(shop, lines(3))).rejected == 3


async def test_an_overloaded_service_is_given_time(shop: Shop) -> None:
    shop.misbehave = _overloaded_at("m-2", times=2)
    result = await send(shop, lines(4))
    assert (result.acknowledged, result.rejected) == (4, 0)


async def test_no_more_than_the_window_is_open(shop: Shop) -> None:
    progress: list[int] = []
    await send(
        shop, lines(3 * WINDOW), on_progress=lambda sent, acked, rejected: progress.append(sent - acked - rejected)
    )
    assert 0 < max(progress) <= WINDOW
    assert progress[-1] == 0


async def test_the_recorded_pace_is_kept_and_may_be_faster(shop: Shop) -> None:
    started_s = time.monotonic()
    await send(shop, lines(4), speed=10)
    assert time.monotonic() - started_s >= 0.3, "three seconds, ten times as fast"
    assert [frame["type"] for frame in shop.frames] == ["comment"] * 4


async def test_a_wrong_token_ends_it_at_once_with_what_to_do(shop: Shop) -> None:
    with pytest.raises(ReplayFailed, match=r"401.*--token"):
        await send(shop, lines(3), token="wrong")
    assert len(shop.paths) == 1


async def test_a_service_that_is_not_there_ends_it_after_some_tries(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "FIRST_PAUSE_S", 0.001)
    with pytest.raises(ReplayFailed, match="连续 8 次没有得到回应") as caught:
        await replay(lines(3), url="http://127.0.0.1:1/?room=kfc", token=TOKEN)
    assert caught.value.result.acknowledged == 0
    assert shop.paths == []


async def test_a_service_that_never_lets_anything_through_ends_it_after_some_tries(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "FIRST_PAUSE_S", 0.001)
    shop.misbehave = lambda _, comment: ack(comment["id"]) if comment["id"] == "m-0" else None
    with pytest.raises(ReplayFailed, match="请确认服务在运行") as caught:
        await send(shop, lines(3))
    assert (caught.value.result.sent, caught.value.result.acknowledged) == (3, 1)


async def test_a_service_that_falls_silent_is_taken_for_lost(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ANSWER_S", 0.05)
    silent = iter(['{"type":"later"}'] * 3)
    shop.misbehave = lambda _, comment: next(silent, ack(comment["id"]))
    assert (await send(shop, lines(3))).acknowledged == 3
    assert len(shop.paths) == 2


async def test_another_kind_of_service_is_told_apart(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_PAUSE_S", 0.001)
    shop.misbehave = lambda _, __: "welcome!"
    with pytest.raises(ReplayFailed, match="可能不是本服务"):
        await send(shop, lines(1))


def _drop_at(comment_ids: Iterable[str]) -> Any:
    waiting = list(comment_ids)

    def misbehave(_shop: Shop, comment: dict[str, Any]) -> str | None:
        if comment["id"] in waiting:
            waiting.remove(comment["id"])
            return None
        return ack(comment["id"])

    return misbehave


def _overloaded_at(comment_id: str, *, times: int) -> Any:
    answers = [error("overloaded", "磁盘已满", comment_id)] * times

    def misbehave(_shop: Shop, comment: dict[str, Any]) -> str:
        return answers.pop() if answers and comment["id"] == comment_id else ack(comment["id"])

    return misbehave
