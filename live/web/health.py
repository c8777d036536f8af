"""Is it alive, is it ready, how is it doing: for a supervisor, a load balancer and Prometheus. No token, no person."""

from __future__ import annotations

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from live.web.keys import METRICS, SERVICE
from live.web.problems import refuse


async def healthz(_request: web.Request) -> web.Response:
    """The process answers."""
    return web.json_response({"status": "alive"})


async def readyz(request: web.Request) -> web.Response:
    """Comments can be taken and kept; 503 while they cannot."""
    trouble = request.app[SERVICE].trouble()
    if trouble is not None and trouble.stops:
        raise refuse(503, trouble.code, trouble.detail)
    return web.json_response({"status": "ready"})


async def metrics(request: web.Request) -> web.Response:
    """Prometheus' text format."""
    return web.Response(body=request.app[METRICS].text(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})
