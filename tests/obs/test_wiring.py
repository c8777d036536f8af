"""The service as it is run, with an OBS beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp

from config.settings import load_settings
from live.app import running
from tests.obs.server import FakeObs, until, up

if TYPE_CHECKING:
    from pathlib import Path

    from config.settings import Settings

NAME = "邻播叠加层"


def settings(folder: Path, obs: FakeObs, **more: object) -> Settings:
    section = {"url": obs.url, "password": "geheim"} | more
    return load_settings(None, {}, {"data_dir": folder, "server": {"port": 0}, "obs": section})


async def status(url: str) -> int:
    async with aiohttp.ClientSession() as client, client.get(url) as answer:
        return answer.status


async def first_frames(url: str, count: int) -> list[dict[str, Any]]:
    async with aiohttp.ClientSession() as client, client.ws_connect(url) as page:
        return [await page.receive_json() for _ in range(count)]


async def test_what_obs_is_told_to_open_is_the_overlay(tmp_path: Path) -> None:
    async with up(FakeObs()) as obs, running(settings(tmp_path, obs)) as service:
        await until(lambda: NAME in obs.inputs)
        url = obs.inputs[NAME][1]["url"]
        assert url == f"{service.base_url}/overlay/live?token={service.tokens.overlay}"
        assert await status(url) == 200


async def test_a_wrong_password_is_told_to_the_host_and_keeps_nothing_from_working(tmp_path: Path) -> None:
    async with up(FakeObs(password="other")) as obs, running(settings(tmp_path, obs)) as service:
        await until(lambda: service.service.trouble() is not None)
        pages = f"{service.base_url.replace('http', 'ws', 1)}/ws/events?room=live&token="
        _, trouble = await first_frames(f"{pages}{service.tokens.host}", 2)
        assert (trouble["type"], trouble["code"]) == ("trouble", "obs")
        assert "密码" in trouble["detail"]
        assert await status(f"{service.base_url}/readyz") == 200
    assert obs.calls == 1


async def test_an_obs_that_is_not_there_holds_up_neither_start_nor_end(tmp_path: Path) -> None:
    async with up(FakeObs()) as obs:
        pass
    async with running(settings(tmp_path, obs)) as service:
        assert await status(f"{service.base_url}/readyz") == 200
        assert service.service.trouble() is None
