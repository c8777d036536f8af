"""What is done in OBS as the evening goes on: scenes, replays, marks, and the overlay in all its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.obs.marks import FILE_NAME, read_marks
from tests.obs.rig import EVENING_MS, OVERLAY, Evening, Said, control
from tests.obs.server import FakeObs, until, up

if TYPE_CHECKING:
    from pathlib import Path

NAME = "邻播叠加层"
FULL = {"url": OVERLAY, "width": 1080, "height": 1920}


async def settled(obs: FakeObs, times: int = 1) -> None:
    """Wait until OBS is where the evening is."""
    await until(lambda: obs.requests().count("GetRecordStatus") >= times)


# the source


async def test_an_old_address_is_replaced_and_what_the_host_added_to_it_stays(tmp_path: Path) -> None:
    old = "http://127.0.0.1:9000/overlay/live?token=old&layers=offer"
    obs = FakeObs(inputs={NAME: ("browser_source", {"url": old, "width": 800, "height": 600, "css": "mine"})})
    async with up(obs), control(Evening(folder=tmp_path), obs.url):
        await settled(obs)
    assert obs.inputs[NAME][1] == FULL | {"url": f"{OVERLAY}&layers=offer", "css": "mine"}
    assert "CreateInput" not in obs.requests()
    assert "PressInputPropertiesButton" not in obs.requests()  # a new address loads the page by itself


async def test_a_source_that_the_host_has_made_is_used_and_no_second_one_made(tmp_path: Path) -> None:
    mine = ("browser_source", {"url": "http://127.0.0.1:8000/overlay/live?token=old", "width": 540})
    clock = ("browser_source", {"url": "https://clock.example/"})
    obs = FakeObs(inputs={"我的浮层": mine, "时钟": clock})
    async with up(obs), control(Evening(folder=tmp_path), obs.url):
        await settled(obs)
    assert set(obs.inputs) == {"我的浮层", "时钟"}
    assert obs.inputs["我的浮层"][1] == {"url": OVERLAY, "width": 540}
    assert obs.inputs["时钟"] == clock


async def test_a_page_that_was_opened_before_we_were_up_is_loaded_anew_at_the_start(tmp_path: Path) -> None:
    obs = FakeObs(inputs={NAME: ("browser_source", dict(FULL))})
    async with up(obs), control(Evening(folder=tmp_path), obs.url):
        await settled(obs)
    pressed = [data for kind, data in obs.asked if kind == "PressInputPropertiesButton"]
    assert pressed == [{"inputName": NAME, "propertyName": "refreshnocache"}]


@pytest.mark.parametrize(
    ("obs", "more", "words"),
    [
        (FakeObs(kinds=["image_source"]), {}, "没有“浏览器”来源"),
        (FakeObs(inputs={NAME: ("image_source", {})}), {}, "没有动它"),
        (FakeObs(), {"scene": "没有的"}, "没有场景“没有的”，现有“主场景”、“秒杀”"),
    ],
)
async def test_what_keeps_the_overlay_out_is_said_once_and_the_rest_goes_on(
    obs: FakeObs, more: dict[str, object], words: str, tmp_path: Path, said: Said
) -> None:
    evening = Evening(folder=tmp_path)
    obs.stream_ms = 1000
    async with up(obs), control(evening, obs.url, **more):
        await settled(obs)
        evening.happens("session_started", session={"id": "s1"})
        await until(lambda: len(read_marks(tmp_path)) == 1)
        await obs.tell("CurrentSceneCollectionChanging")
        await obs.tell("CurrentSceneCollectionChanged")
        await settled(obs, 3)
    assert [words in line for line in said.warnings()] == [True]


async def test_the_scenes_of_the_settings_get_the_overlay_once(tmp_path: Path) -> None:
    obs = FakeObs(scenes={"主场景": [], "直播": [], "秒杀": ["直播"]}, inputs={})
    async with up(obs), control(Evening(folder=tmp_path), obs.url, scene="直播", flash_scene="秒杀"):
        await settled(obs)
        assert obs.scenes == {"主场景": [], "直播": [NAME], "秒杀": ["直播"]}  # it is in 秒杀 already, within 直播
        obs.scenes["秒杀"] = []
        await obs.tell("CurrentSceneCollectionChanging")
        await obs.tell("CurrentSceneCollectionChanged")
        await settled(obs, 2)
        assert obs.scenes == {"主场景": [], "直播": [NAME], "秒杀": [NAME]}


async def test_scenes_that_are_in_each_other_do_not_go_round_for_ever(tmp_path: Path) -> None:
    obs = FakeObs(scenes={"甲": ["乙"], "乙": ["甲"]}, on_air="甲", inputs={NAME: ("browser_source", dict(FULL))})
    async with up(obs), control(Evening(folder=tmp_path), obs.url, scene="甲"):
        await settled(obs)
    assert obs.scenes["甲"] == ["乙", NAME]


async def test_an_overlay_that_is_not_to_be_installed_is_left_to_the_host(tmp_path: Path) -> None:
    async with up(FakeObs()) as obs, control(Evening(folder=tmp_path), obs.url, install=False):
        await settled(obs)
    assert "CreateInput" not in obs.requests()


# the scene of flash sales


async def test_a_flash_sale_has_its_scene_from_its_start_to_its_end(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs()) as obs, control(evening, obs.url, flash_scene="秒杀"):
        await settled(obs)
        evening.flash("f1", "running")
        await until(lambda: obs.on_air == "秒杀")
        evening.flash("f2", "running")
        evening.flash("f1", "ended")
        await until(lambda: obs.requests().count("GetStreamStatus") >= 4)
        assert obs.on_air == "秒杀"  # the other one goes on
        evening.flash("f2", "ended")
        await until(lambda: obs.on_air == "主场景")


async def test_a_host_who_has_gone_elsewhere_meanwhile_stays_there(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    obs = FakeObs(scenes={"主场景": [], "秒杀": [], "近景": []})
    async with up(obs), control(evening, obs.url, flash_scene="秒杀"):
        await settled(obs)
        evening.flash("f1", "running")
        await until(lambda: obs.on_air == "秒杀")
        obs.on_air = "近景"
        evening.flash("f1", "ended")
        await settled(obs, 3)
        assert obs.on_air == "近景"


async def test_after_a_kill_within_a_flash_sale_the_way_back_is_still_known(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs()) as obs:
        async with control(evening, obs.url, flash_scene="秒杀"):
            await settled(obs)
            evening.flash("f1", "running")
            await until(lambda: obs.on_air == "秒杀")
        obs.on_air = "秒杀"
        evening.flash("f1", "ended")  # nobody is there to hear it
        async with control(evening, obs.url, flash_scene="秒杀"):
            await until(lambda: obs.on_air == "主场景")


async def test_a_restart_within_a_flash_sale_does_not_take_the_host_back_to_its_scene(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs()) as obs:
        async with control(evening, obs.url, flash_scene="秒杀"):
            await settled(obs)
            evening.flash("f1", "running")
            await until(lambda: obs.on_air == "秒杀")
        obs.on_air = "主场景"
        async with control(evening, obs.url, flash_scene="秒杀"):
            await settled(obs, 3)
            assert obs.on_air == "主场景"


async def test_a_flash_scene_that_is_not_there_is_said_once(tmp_path: Path, said: Said) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(scenes={"主场景": []})) as obs, control(evening, obs.url, install=False, flash_scene="秒杀"):
        await settled(obs)
        for times, name in enumerate(("f1", "f2"), 1):
            evening.flash(name, "running")
            await until(lambda: obs.requests().count("SetCurrentProgramScene") == times)  # noqa: B023  # awaited within the round
            evening.flash(name, "ended")
            await settled(obs, 2 * times + 1)
        assert obs.on_air == "主场景"
    assert ["没有场景“秒杀”" in line for line in said.warnings()] == [True]


# replays


async def test_a_draw_and_the_rush_before_it_are_saved_in_one_replay_and_marked(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    more = {"replay_after_s": 5, "rush_reservations": 3, "rush_seconds": 2}
    async with up(FakeObs(stream_ms=100_000)) as obs, control(evening, obs.url, **more):
        await settled(obs)
        for _ in range(5):
            evening.happens("reservation_made", offer={"id": "egg"})
        evening.happens("giveaway_drawn", giveaway={"id": "g1"})
        await until(lambda: len(read_marks(tmp_path)) == 2)
        assert "SaveReplayBuffer" not in obs.requests()  # not before the joy is in it
        evening.now_ms += 5000
        evening.happens("offer_pinned", offer={"id": "egg"})  # wakes it, for the test's clock does not
        await until(lambda: len([mark for mark in read_marks(tmp_path) if mark.replay]) == 2)
    assert obs.requests().count("SaveReplayBuffer") == 1
    replays = [(mark.kind, mark.subject, mark.replay) for mark in read_marks(tmp_path) if mark.replay]
    assert replays == [("rush", "egg", "rec/Replay 1.mkv"), ("giveaway_drawn", "g1", "rec/Replay 1.mkv")]


async def test_a_replay_waits_for_its_time_by_itself(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs()) as obs, control(evening, obs.url, replay_after_s=0):
        await settled(obs)
        evening.happens("giveaway_drawn", giveaway={"id": "g1"})
        await until(lambda: "SaveReplayBuffer" in obs.requests())


async def test_a_replay_buffer_that_is_off_is_said_once_and_nothing_is_started(tmp_path: Path, said: Said) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(replay_buffer=False)) as obs, control(evening, obs.url, replay_after_s=0):
        await settled(obs)
        for _ in range(2):
            evening.happens("giveaway_drawn", giveaway={"id": "g1"})
            await until(lambda: obs.requests().count("SaveReplayBuffer") == len(evening.stored))
        assert not obs.replay_buffer
        assert len(said.warnings()) == 1
        await obs.tell("ReplayBufferStateChanged", outputActive=True)
        await obs.tell("CurrentSceneCollectionChanging")
        await obs.tell("CurrentSceneCollectionChanged")
        await until(lambda: len(said.warnings()) == 2)  # it was on in between: this is news
    assert all("回放缓存没有打开" in line for line in said.warnings())


@pytest.mark.parametrize("running", [False, True])
async def test_the_replay_buffer_is_started_where_the_settings_say_so(
    running: bool, tmp_path: Path, said: Said
) -> None:
    obs = FakeObs(replay_buffer=running)
    async with up(obs), control(Evening(folder=tmp_path), obs.url, start_replay_buffer=True):
        await settled(obs)
    assert obs.replay_buffer
    assert said.warnings() == []


async def test_a_replay_buffer_that_the_profile_lacks_is_said(tmp_path: Path, said: Said) -> None:
    obs = FakeObs(replay_buffer=False, replay_disabled=True)
    async with up(obs), control(Evening(folder=tmp_path), obs.url, start_replay_buffer=True):
        await settled(obs)
    assert ["回放缓存没有打开" in line for line in said.warnings()] == [True]


async def test_what_was_long_ago_is_marked_and_not_saved(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(stream_ms=100_000)) as obs, control(evening, obs.url, replay_after_s=0):
        await settled(obs)
        drawn = evening.commit("giveaway_drawn", giveaway={"id": "g1"})
        evening.now_ms += 60_000
        evening.tell(drawn, giveaway={"id": "g1"})
        await until(lambda: len(read_marks(tmp_path)) == 1)
        evening.happens("giveaway_drawn", giveaway={"id": "g2"})
        await until(lambda: "SaveReplayBuffer" in obs.requests())
    assert obs.requests().count("SaveReplayBuffer") == 1


async def test_a_replay_of_the_hosts_own_is_not_taken_for_ours(tmp_path: Path) -> None:
    async with up(FakeObs(stream_ms=1000)) as obs, control(Evening(folder=tmp_path), obs.url):
        await settled(obs)
        await obs.tell("ReplayBufferSaved", savedReplayPath="rec/mine.mkv")
        await obs.tell("CurrentSceneCollectionChanging")
        await obs.tell("CurrentSceneCollectionChanged")
        await settled(obs, 2)
    assert read_marks(tmp_path) == []


# marks


async def test_a_moment_is_marked_with_both_clocks_and_the_file(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(stream_ms=3_600_000, record_ms=60_500)) as obs, control(evening, obs.url):
        await settled(obs)
        await obs.tell("RecordStateChanged", outputActive=True, outputPath="rec/tonight.mkv")
        await obs.tell("CurrentSceneCollectionChanging")
        await obs.tell("CurrentSceneCollectionChanged")
        await settled(obs, 2)  # what came before is known
        evening.happens("offer_pinned", offer={"id": "egg"})
        evening.happens("offer_pinned", room="another", offer={"id": "egg"})
        evening.happens("comment_dismissed", comment={"id": "m"})
        await until(lambda: len(read_marks(tmp_path)) == 1)
    (mark,) = read_marks(tmp_path)
    assert (mark.kind, mark.subject, mark.at_ms, mark.seq) == ("offer_pinned", "egg", EVENING_MS, 1)
    assert (mark.stream_ms, mark.record_ms, mark.recording) == (3_600_000, 60_500, "rec/tonight.mkv")


async def test_moments_that_were_lost_with_the_process_are_marked_when_obs_is_there_again(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    evening.happens("session_started", session={"id": "s1"})  # before the stream
    evening.now_ms += 60_000
    evening.happens("offer_pinned", offer={"id": "egg"})
    for _ in range(1200):
        evening.happens("reservation_made", offer={"id": "egg"})
    evening.now_ms += 30_000
    async with up(FakeObs(stream_ms=40_000)) as obs:
        for times in (1, 2):  # the second start marks nothing twice
            async with control(evening, obs.url):
                await settled(obs, times)
                await until((tmp_path / FILE_NAME).exists)
    marks = [(mark.kind, mark.stream_ms, mark.late_ms) for mark in read_marks(tmp_path)]
    assert marks == [("offer_pinned", 10_000, 30_000), ("rush", 10_000, 30_000)]


async def test_a_slow_obs_gets_everything_and_in_order(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(stream_ms=60_000, slow_s=0.02)) as obs, control(evening, obs.url, flash_scene="秒杀"):
        await settled(obs)
        for number in range(5):
            evening.happens("offer_pinned", offer={"id": f"o{number}"})
        evening.flash("f1", "running")
        await until(lambda: len(read_marks(tmp_path)) == 6)
        assert obs.on_air == "秒杀"
        assert obs.calls == 1
    assert [mark.seq for mark in read_marks(tmp_path)] == [1, 2, 3, 4, 5, 6]


async def test_without_stream_and_recording_nothing_is_marked(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    evening.happens("session_started", session={"id": "s1"})
    async with up(FakeObs()) as obs, control(evening, obs.url):
        await settled(obs)
        evening.happens("offer_pinned", offer={"id": "egg"})
        await settled(obs, 2)
        evening.happens("offer_pinned", offer={"id": "egg"})
        await settled(obs, 3)
    assert read_marks(tmp_path) == []


async def test_a_folder_that_cannot_be_written_is_said_once(tmp_path: Path, said: Said) -> None:
    (tmp_path / FILE_NAME).mkdir()
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(stream_ms=1000)) as obs, control(evening, obs.url) as watch:
        await until(lambda: len(said.warnings()) == 1)
        evening.happens("session_started", session={"id": "s1"})
        evening.happens("session_ended", session={"id": "s1"})
        await settled(obs, 2)
        assert "已连上" in watch.detail
    assert ["请检查磁盘" in line for line in said.warnings()] == [True]


async def test_marks_that_are_not_wanted_are_not_made(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path)
    async with up(FakeObs(stream_ms=1000)) as obs, control(evening, obs.url, clip_marks=False, replay_after_s=0):
        await until(lambda: "GetReplayBufferStatus" in obs.requests())
        evening.happens("giveaway_drawn", giveaway={"id": "g1"})
        await until(lambda: "SaveReplayBuffer" in obs.requests())
    assert read_marks(tmp_path) == []
    assert "GetStreamStatus" not in obs.requests()
