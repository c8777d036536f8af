from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.obs.scenes import FILE_NAME, FlashScene, flash_sales_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Air:
    """The scene on air, asked and set as in OBS."""

    def __init__(self, scene: str) -> None:
        self.scene = scene

    async def ask(self, kind: str, data: Mapping[str, object] | None) -> dict[str, Any]:
        if kind == "SetCurrentProgramScene" and data:
            self.scene = str(data["sceneName"])
        return {"currentProgramSceneName": self.scene}


def a_scene(folder: Path, home: str = "") -> FlashScene:
    return FlashScene(folder, scene="秒杀", home=home)


def test_a_flash_sale_is_on_air_while_it_runs_and_while_it_is_paused() -> None:
    states = ("announced", "running", "paused", "ended")
    snapshot = {"flash_sales": [{"id": state, "state": state} for state in states]}
    assert flash_sales_of(snapshot) == {"running", "paused"}
    assert flash_sales_of({}) == set()


async def test_it_goes_there_and_comes_back(tmp_path: Path) -> None:
    air, flash = Air("近景"), a_scene(tmp_path)
    assert await flash.follow(air.ask, []) is None
    assert await flash.follow(air.ask, ["f1"]) == "秒杀"
    assert await flash.follow(air.ask, ["f1"]) is None
    assert await flash.follow(air.ask, []) == "近景"
    assert await flash.follow(air.ask, []) is None


async def test_a_second_sale_does_not_forget_where_the_first_came_from(tmp_path: Path) -> None:
    air, flash = Air("近景"), a_scene(tmp_path)
    await flash.follow(air.ask, ["f1"])
    assert await flash.follow(air.ask, ["f1", "f2"]) is None
    assert await flash.follow(air.ask, ["f2"]) is None
    assert await flash.follow(air.ask, []) == "近景"


async def test_a_host_who_is_there_already_is_left_there(tmp_path: Path) -> None:
    air, flash = Air("秒杀"), a_scene(tmp_path)
    assert await flash.follow(air.ask, ["f1"]) is None
    assert await flash.follow(air.ask, []) is None
    assert air.scene == "秒杀"


async def test_where_nobody_knows_the_way_back_it_leads_home(tmp_path: Path) -> None:
    air, flash = Air("秒杀"), a_scene(tmp_path, home="主场景")
    await flash.follow(air.ask, ["f1"])
    assert await flash.follow(air.ask, []) == "主场景"


async def test_what_is_known_outlives_the_process(tmp_path: Path) -> None:
    air = Air("近景")
    await a_scene(tmp_path).follow(air.ask, ["f1"])
    later = a_scene(tmp_path)
    assert await later.follow(air.ask, ["f1"]) is None
    assert await later.follow(air.ask, []) == "近景"


async def test_a_memory_that_is_damaged_is_none(tmp_path: Path) -> None:
    air = Air("近景")
    for text in ("", "[]", "{}", '{"sales": 7, "before": ""}'):
        (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
        assert await a_scene(tmp_path).follow(air.ask, []) is None
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    assert await a_scene(tmp_path).follow(air.ask, []) is None
