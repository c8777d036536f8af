"""`/api/v1/outbound`: how the group robots and webhooks are doing, what was given up, and once more, please (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from live.web.api import json_response
from live.web.auth import require
from live.web.keys import METRICS
from live.web.problems import refuse
from live.web.tokens import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from prometheus_client.registry import Collector

    from live.service.wire import Json


class Outbound(Protocol):
    """What sends: told from above, for the pages know nothing of it."""

    async def report(self) -> Json:
        """`{"targets": […], "dead": […]}`."""

    async def retry(self, delivery_id: str) -> bool:
        """Have a delivery tried again now; whether there is one that waits or was given up."""


OUTBOUND: web.AppKey[Outbound] = web.AppKey("outbound")


def outbound_routes() -> list[web.RouteDef]:
    """Every route of what is sent."""
    return [
        web.get("/api/v1/outbound", outbound),
        web.post("/api/v1/outbound/{delivery}/retry", retry),
    ]


async def outbound(request: web.Request) -> web.Response:
    """The targets and the dead letters; none of either where nothing is sent."""
    require(request, Role.HOST)
    sender = request.app.get(OUTBOUND)
    return json_response({"targets": [], "dead": []} if sender is None else await sender.report())


async def retry(request: web.Request) -> web.Response:
    """Try a delivery again now, in its place in the line."""
    require(request, Role.HOST)
    sender, id_ = request.app.get(OUTBOUND), request.match_info["delivery"]
    if sender is None or not await sender.retry(id_):
        raise refuse(404, "unknown_delivery", "没有这一条：它已经送到了，正在送，或者放得太久被清掉了。")
    return json_response({"id": id_, "state": "waiting"})


def outbound_mount(sender: Outbound, collector: Collector) -> Callable[[web.Application], None]:
    """Make the mount that lets the handlers ask what sends, and adds its numbers to the application's metrics."""

    def mount(app: web.Application) -> None:
        app[OUTBOUND] = sender
        app[METRICS].registry.register(collector)

    return mount
