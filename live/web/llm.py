"""`/api/v1/llm`: how the language model stands, and its switch (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from live.service.llm_switch import ModelSwitch, not_configured
from live.web.api import json_response
from live.web.auth import require
from live.web.bodies import read_body
from live.web.checked import checked, object_of
from live.web.keys import METRICS
from live.web.llm_metrics import LlmCollector
from live.web.llm_models import TURN
from live.web.problems import refuse
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Callable

LLM: web.AppKey[ModelSwitch] = web.AppKey("llm", ModelSwitch)
MAX_BODY_BYTES = 1024


def llm_routes() -> list[web.RouteDef]:
    """Every route of the model."""
    return [web.get("/api/v1/llm", standing), web.post("/api/v1/llm", turn)]


async def standing(request: web.Request) -> web.Response:
    """How it stands, whether there is one or none."""
    require(request, Role.HOST)
    switch = request.app.get(LLM)
    return json_response(not_configured() if switch is None else switch.told())


async def turn(request: web.Request) -> web.Response:
    """Turn it on or off; the choice outlives a restart."""
    require(request, Role.HOST)
    data = await read_body(request, MAX_BODY_BYTES)
    object_of(data, example='{"on":true}')
    asked = checked(TURN, data, what="开关", tagged=False)
    switch = request.app.get(LLM)
    if switch is None or not switch.is_configured:
        raise refuse(409, "no_llm", "没有配置大模型：先在设置里写 llm.base_url 和 llm.model，再重新启动。")
    try:
        await switch.turn(on=asked.on)
    except OSError as error:
        raise refuse(
            503, "not_kept", f"记不住这个选择，所以没有改：数据文件夹写不进去（{error.strerror}）。"
        ) from error
    return json_response(switch.told())


def llm_mount(switch: ModelSwitch) -> Callable[[web.Application], None]:
    """Make the mount that lets the handlers ask the model, and adds its numbers to the application's metrics."""

    def mount(app: web.Application) -> None:
        app[LLM] = switch
        app[METRICS].registry.register(LlmCollector(switch.desk.llm.counts))

    return mount
