"""The director by itself: what it is told stands in its queue already, so that the order is certain."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from live.obs.client import ObsGone, calling, listening
from live.obs.director import Director, Inbox
from live.obs.marks import read_marks
from live.obs.moments import Moment
from live.obs.protocol import ObsEvent
from live.obs.watch import Watch
from tests.obs.rig import EVENING_MS, QUICK, Evening, settings
from tests.obs.server import FakeObs, up

if TYPE_CHECKING:
    from pathlib import Path

DRAWN = Moment(room="live", seq=1, kind="giveaway_drawn", at_ms=EVENING_MS, subject="g1")
CHANGING, CHANGED = ObsEvent(kind="CurrentSceneCollectionChanging"), ObsEvent(kind="CurrentSceneCollectionChanged")


async def done(obs: FakeObs, folder: Path, *items: Moment | ObsEvent | None) -> list[str]:
    """Do these things with an OBS, and give what it was asked after it had been settled in."""
    inbox: Inbox = asyncio.Queue()
    for item in items:
        inbox.put_nowait(item)
    stage = Evening(folder=folder).stage()
    watch = Watch(obs.url, stage.report)
    async with up(obs), calling(obs.url, "geheim", QUICK) as client, listening(client, lambda _: None):
        await Director(settings(obs.url), stage, watch).work(client, inbox)
    asked = obs.requests()
    return asked[asked.index("GetRecordStatus") + 1 :]


async def test_nothing_is_asked_while_the_scene_collection_changes(tmp_path: Path) -> None:
    asked = await done(FakeObs(stream_ms=1000), tmp_path, CHANGING, DRAWN, ObsEvent(kind="Other"), CHANGED, None)
    assert asked[0] == "GetInputKindList"  # the new collection is settled in first
    assert asked[-2:] == ["GetStreamStatus", "GetRecordStatus"]  # and what came meanwhile is marked then
    assert [mark.kind for mark in read_marks(tmp_path)] == ["giveaway_drawn"]


async def test_an_obs_that_ends_while_its_scenes_change_is_an_end(tmp_path: Path) -> None:
    assert await done(FakeObs(), tmp_path, CHANGING, DRAWN, None) == []


async def test_an_obs_that_says_it_ends_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ObsGone):
        await done(FakeObs(), tmp_path, ObsEvent(kind="ExitStarted"))


async def test_the_file_of_the_recording_is_the_one_that_obs_has_told_of_last(tmp_path: Path) -> None:
    def at(seq: int) -> Moment:
        return Moment(room="live", seq=seq, kind="offer_pinned", at_ms=EVENING_MS, subject="egg")

    def state(active: bool, path: str | None) -> ObsEvent:
        return ObsEvent(kind="RecordStateChanged", data={"outputActive": active, "outputPath": path})

    await done(
        FakeObs(record_ms=1000),
        tmp_path,
        at(1),
        state(False, None),  # starting
        state(True, "rec/1.mkv"),
        at(2),
        ObsEvent(kind="RecordFileChanged", data={"newOutputPath": "rec/2.mkv"}),
        at(3),
        state(False, "rec/2.mkv"),
        at(4),
        None,
    )
    assert [mark.recording for mark in read_marks(tmp_path)] == ["", "rec/1.mkv", "rec/2.mkv", ""]
