"""The evening cut at the host's taps."""

from __future__ import annotations

import json

from config.demo import DemoStep, load_evening
from live.demo.scenes import at_speed, lines_of, scenes_of

EVENING_MS = 1_767_787_200_000


def said(offset_ms: int, text: str) -> DemoStep:
    frame = {"type": "comment", "platform": "douyin", "id": f"c{offset_ms}", "user": {"name": "张姐"}, "text": text}
    return DemoStep(offset_ms=offset_ms, frame=frame)


def tapped(offset_ms: int) -> DemoStep:
    return DemoStep(offset_ms=offset_ms, command={"type": "close_prompt"})


def test_a_scene_is_what_viewers_write_until_the_next_tap() -> None:
    steps = [said(1, "晚上好"), said(2, "来了"), tapped(3), tapped(4), said(5, "再见")]
    scenes = list(scenes_of(steps, duration_ms=9))
    assert [(len(s.frames), s.command is not None, s.ends_ms) for s in scenes] == [
        (2, True, 3),
        (0, True, 4),
        (1, False, 9),
    ]


def test_no_step_of_the_bundled_evening_is_lost() -> None:
    evening = load_evening()
    scenes = list(scenes_of(evening.steps, duration_ms=evening.duration_ms))
    assert sum(len(s.frames) + (s.command is not None) for s in scenes) == len(evening.steps)


def test_each_showing_has_ids_of_its_own_and_the_times_of_its_evening() -> None:
    (scene,) = scenes_of([said(1500, "晚上好")], duration_ms=9)
    (line,) = lines_of(scene, starts_ms=EVENING_MS, run="s7")
    frame = json.loads(line)
    assert (frame["id"], frame["at"]) == ("s7-c1500", "2026-01-07T12:00:01.500+00:00")


def test_what_is_shown_ten_times_as_fast_is_dated_so() -> None:
    (scene,) = scenes_of([said(1500, "晚上好")], duration_ms=9)
    (line,) = lines_of(scene, starts_ms=EVENING_MS, run="s7", speed=10)
    assert json.loads(line)["at"] == "2026-01-07T12:00:00.150+00:00"


def test_a_prompt_lasts_as_long_as_the_evening_is_fast() -> None:
    assert at_speed({"type": "open_prompt", "seconds": 90}, 10)["seconds"] == 9
    assert at_speed({"type": "open_prompt", "seconds": 90}, 1000)["seconds"] == 1
    deal = at_speed({"type": "start_flash_sale", "seconds": 60, "countdown_seconds": 10}, 10)
    assert (deal["seconds"], deal["countdown_seconds"]) == (6, 1)
    assert at_speed({"type": "close_prompt"}, 10) == {"type": "close_prompt"}
