"""Viewers cannot hear the host: OBS knows it first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from live.obs.microphones import LEAST_LEVEL, SILENT_AFTER_MS, Ears, Microphone, loudest, verdict
from live.obs.protocol import ObsEvent
from tests.obs.rig import EVENING_MS, Evening, control
from tests.obs.server import FakeObs, until, up

if TYPE_CHECKING:
    from pathlib import Path

Json = dict[str, Any]
LATER_MS = EVENING_MS + SILENT_AFTER_MS


def mic(name: str = "麦克风", *, muted: bool = False, heard_ms: int = EVENING_MS) -> Microphone:
    return Microphone(name=name, muted=muted, heard_ms=heard_ms)


def levels(**loud: float) -> ObsEvent:
    inputs = [{"inputName": name, "inputLevelsMul": [[0.0, level, 0.0]]} for name, level in loud.items()]
    return ObsEvent(kind="InputVolumeMeters", data={"inputs": inputs})


def test_an_open_microphone_that_is_heard_is_no_matter() -> None:
    assert verdict([mic()], LATER_MS - 1) is None
    assert verdict([], LATER_MS) is None


def test_all_muted_is_told_with_their_names_and_the_mend() -> None:
    told = verdict([mic("麦克风", muted=True), mic("领夹麦", muted=True)], EVENING_MS)
    assert told == "OBS 里的话筒“麦克风”、“领夹麦”静音了，观众听不见。点 OBS“混音器”里的喇叭图标打开"


def test_one_open_microphone_is_enough() -> None:
    assert verdict([mic("麦克风", muted=True), mic("领夹麦")], EVENING_MS) is None


def test_half_a_minute_without_a_sound_is_told_of_those_that_are_open() -> None:
    told = verdict([mic("麦克风", muted=True), mic("领夹麦")], LATER_MS)
    assert told is not None
    assert told.startswith("OBS 里的话筒“领夹麦”半分钟没有声音")
    assert verdict([mic("麦克风"), mic("领夹麦", heard_ms=LATER_MS)], LATER_MS) is None


@pytest.mark.parametrize(
    ("channels", "loud"), [([], 0.0), ([[0.1, 0.5, 0.9]], 0.9), ([[0.0, 0.0, 0.0], [0.0, 0.25, 0.0]], 0.25)]
)
def test_the_loudest_level_of_all_channels_counts(channels: list[list[float]], loud: float) -> None:
    assert loudest({"inputName": "麦克风", "inputLevelsMul": channels}) == loud


class Obs:
    """Answers what is asked of microphones."""

    def __init__(self, **muted: bool) -> None:
        self.muted = muted

    async def ask(self, kind: str, data: Json | None = None) -> Json:
        if kind == "GetInputList":
            mics = [{"inputName": name, "unversionedInputKind": "wasapi_input_capture"} for name in self.muted]
            return {"inputs": [*mics, {"inputName": "桌面音频", "unversionedInputKind": "wasapi_output_capture"}]}
        return {"inputMuted": self.muted[(data or {})["inputName"]]}


async def test_each_change_of_the_verdict_is_told_once() -> None:
    told: list[str | None] = []
    ears = Ears(told.append)
    await ears.settle(Obs(mic=True).ask, EVENING_MS, on_air=True)
    ears.meter(levels(mic=0.0), EVENING_MS + 50)
    ears.mute(ObsEvent(kind="InputMuteStateChanged", data={"inputName": "mic", "inputMuted": False}), EVENING_MS + 100)
    assert [said is None for said in told] == [False, True]


async def test_a_sound_ends_a_silence_and_noise_below_the_least_level_does_not() -> None:
    told: list[str | None] = []
    ears = Ears(told.append)
    await ears.settle(Obs(mic=False).ask, EVENING_MS, on_air=True)
    ears.meter(levels(mic=LEAST_LEVEL / 2, 桌面音频=1.0), LATER_MS)
    assert len(told) == 1
    ears.meter(levels(mic=LEAST_LEVEL), LATER_MS + 50)
    assert told[1:] == [None]


async def test_between_two_evenings_a_muted_microphone_is_no_trouble() -> None:
    told: list[str | None] = []
    ears = Ears(told.append)
    await ears.settle(Obs(mic=True).ask, EVENING_MS, on_air=False)
    assert told == []
    ears.air(EVENING_MS, on=True)
    ears.air(EVENING_MS, on=False)
    assert [said is None for said in told] == [False, True]


async def test_an_evening_begins_with_half_a_minute_to_be_heard() -> None:
    told: list[str | None] = []
    ears = Ears(told.append)
    await ears.settle(Obs(mic=False).ask, EVENING_MS, on_air=False)
    ears.air(LATER_MS * 2, on=True)
    assert told == []


async def test_an_obs_without_microphones_says_nothing_and_one_that_went_takes_its_trouble_along() -> None:
    told: list[str | None] = []
    ears = Ears(told.append)
    await ears.settle(Obs().ask, EVENING_MS, on_air=True)
    ears.meter(levels(mic=0.0), LATER_MS)
    ears.mute(ObsEvent(kind="InputMuteStateChanged", data={"inputName": "mic", "inputMuted": True}), LATER_MS)
    assert told == []
    await ears.settle(Obs(mic=True).ask, EVENING_MS, on_air=True)
    ears.leave()
    assert [said is None for said in told] == [False, True]


async def test_the_console_is_told_of_a_muted_microphone_of_a_running_evening(tmp_path: Path) -> None:
    evening = Evening(folder=tmp_path, session={"state": "running"})
    mic: tuple[str, Json] = ("pulse_input_capture", {})
    async with up(FakeObs(inputs={"麦克风": mic}, muted={"麦克风"})) as obs, control(evening, obs.url):
        await until(lambda: len(evening.audio) == 1)
        await obs.tell("InputMuteStateChanged", inputName="麦克风", inputMuted=False)
        await until(lambda: evening.audio[1:] == [None])
        evening.now_ms += SILENT_AFTER_MS
        await obs.tell("InputVolumeMeters", inputs=[{"inputName": "麦克风", "inputLevelsMul": []}])
        await until(lambda: len(evening.audio) == 3)
        assert evening.audio[2] is not None
        await obs.tell("ExitStarted")
        await until(lambda: evening.audio[3:] == [None])
