"""What `doctor` looks at of OBS: whether it lets us in, and whether it has what the settings name. It changes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from websockets.exceptions import WebSocketException

from live.doctor.check import Finding, advice, good
from live.obs import words
from live.obs.client import ObsGone, Patience, RequestFailed, calling, listening
from live.obs.protocol import Refused, StrangeFrame
from live.obs.source import BROWSER, input_kinds, scene_names

if TYPE_CHECKING:
    from config.settings import ObsSettings
    from live.obs.client import Client

NAME = "OBS"
_PATIENCE = Patience(open_s=5.0, answer_s=5.0, ready_tries=4)


def obs_control(obs: ObsSettings) -> Finding:
    """Knock at OBS, with the password, and look around. The service runs without it: nothing here is bad."""
    if obs.url is None:
        return good(NAME, "没有配置，不需要（配置后会装叠加层、换秒杀场景、存回放，见 docs/how-to/obs.md）")
    try:
        return asyncio.run(_look(obs, obs.url))
    except Refused as refused:
        return advice(NAME, f"{obs.url} 不让进", words.ended(refused.ending))
    except (StrangeFrame, WebSocketException):
        return advice(NAME, f"{obs.url} 不是 OBS", words.not_obs())
    except (ObsGone, OSError, TimeoutError):
        return advice(NAME, f"{obs.url} 连不上", words.absent())
    except RequestFailed as failure:
        return advice(NAME, f"{obs.url} 能进，但答不上来", words.failed(failure))


async def _look(obs: ObsSettings, url: str) -> Finding:
    password = obs.password.get_secret_value() if obs.password else None
    async with calling(url, password, _PATIENCE) as client, listening(client, lambda _: None):
        version = (await client.ask("GetVersion")).get("obsVersion", "")
        wrong = [fault for fault in await _faults(obs, client) if fault]
    if wrong:
        return advice(NAME, f"{url} 能进（OBS {version}），但有 {len(wrong)} 件事要看", "；".join(wrong))
    return good(NAME, f"{url} 能进（OBS {version}），要的都有")


async def _faults(obs: ObsSettings, client: Client) -> list[str]:
    return [await _source(obs, client), await _scenes(obs, client), await _replay(obs, client)]


async def _source(obs: ObsSettings, client: Client) -> str:
    return words.no_browser() if obs.install and BROWSER not in await input_kinds(client.ask) else ""


async def _scenes(obs: ObsSettings, client: Client) -> str:
    there = await scene_names(client.ask)
    missing = [scene for scene in (obs.scene, obs.flash_scene) if scene and scene not in there]
    return words.no_scene(missing, there) if missing else ""


async def _replay(obs: ObsSettings, client: Client) -> str:
    """Whether there is a replay buffer at all is not told before one is used; one that runs is enough to know."""
    if not obs.save_replay or obs.start_replay_buffer:
        return ""
    try:
        running = (await client.ask("GetReplayBufferStatus")).get("outputActive") is True
    except RequestFailed:
        running = False
    return "" if running else words.no_replay_buffer()
