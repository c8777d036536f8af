"""Puts the web application together: one table of routes, one order of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from live.service.lags import Lags
from live.sources.roll import Roll
from live.web import (
    api,
    commands,
    cycles,
    events_ws,
    health,
    ingest_http,
    ingest_tools,
    ingest_ws,
    keys,
    pages,
    room_health,
    ways_in,
)
from live.web.draw_pages import draw_routes
from live.web.error_pages import page_middleware
from live.web.evening import evening_routes
from live.web.export import export_routes
from live.web.files import serve_folder
from live.web.gate import gate_middleware, gate_of, names_of_this_machine
from live.web.headers import add_headers
from live.web.hub import Hub
from live.web.jielong import jielong_routes
from live.web.llm import llm_routes
from live.web.metrics import Metrics
from live.web.outbound import outbound_routes
from live.web.pickup import pickup_routes
from live.web.pictures import picture_routes
from live.web.prefix import PrefixRunner, with_slash
from live.web.problems import problem_middleware
from live.web.rate import Rates
from live.web.rehearsal import REHEARSALS, rehearsal_routes
from live.web.script import script_routes
from live.web.sockets import Sockets
from live.web.viewer_routes import open_to_viewers, viewer_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from config.settings import Settings
    from live.service.service import Service
    from live.web.tokens import Tokens


def build_app(
    service: Service,
    settings: Settings,
    tokens: Tokens,
    *,
    now_ms: Callable[[], int],
    new_id: Callable[[], str],
    roll: Roll | None = None,
    mounts: Iterable[Callable[[web.Application], None]] = (),
) -> web.Application:
    """Build the application around a service that is running; `mounts` add the routes of packages above this one.

    `roll` learns of the sources that call us.
    """
    app = web.Application(middlewares=[page_middleware, problem_middleware, gate_middleware])
    metrics = Metrics(now_ms)
    app[keys.SERVICE] = service
    app[keys.SETTINGS] = settings
    app[keys.TOKENS] = tokens
    app[keys.NOW_MS] = now_ms
    app[keys.NEW_ID] = new_id
    app[keys.METRICS] = metrics
    app[keys.HUB] = Hub(service, metrics)
    app[keys.SOCKETS] = Sockets()
    app[keys.RATES] = Rates()
    app[keys.LAGS] = Lags(now_ms)
    app[keys.SOURCES] = tuple
    app[keys.ROLL] = Roll() if roll is None else roll
    app[keys.GATE] = gate_of(settings.server, names_of_this_machine())
    app[keys.FRONT] = app[keys.GATE].front
    open_to_viewers(app)
    app.add_routes(routes())
    public = app[keys.FRONT].public
    if public is not None and public.prefix:
        app.router.add_get(public.prefix, with_slash)
    for mount in mounts:
        mount(app)
    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.append(_hub)
    app.on_shutdown.append(_say_goodbye)
    return app


def runner(app: web.Application) -> web.AppRunner:
    """The runner of the application, at the root and under the path of the public address, with rehearsals beside it."""
    public = app[keys.FRONT].public
    rehearsals = app.get(REHEARSALS)
    houses = None if rehearsals is None else rehearsals.houses
    return PrefixRunner(app, prefix="" if public is None else public.prefix, houses=houses)


def routes() -> list[web.RouteDef]:
    """Every route of this package."""
    return [
        web.get("/", pages.index),
        web.get("/console/{room}", pages.console),
        web.get("/static/{path:.*}", serve_folder(pages.STATIC)),
        web.get("/ws/ingest", ingest_ws.ingest_socket),
        web.post("/ingest", ingest_http.ingest_post),
        web.post("/ingest/{tool}", ingest_tools.tool_post),
        web.options("/ingest/{tool}", ingest_tools.tool_options),
        web.get("/ws/ingest/{tool}", ingest_tools.tool_socket),
        web.get("/ws/events", events_ws.events),
        web.post("/api/v1/rooms/{room}/commands", commands.command),
        web.get("/api/v1/rooms/{room}/comments", api.comments),
        web.get("/api/v1/rooms/{room}/comments/kinds", api.comment_kinds),
        web.get("/api/v1/rooms/{room}/snapshot", api.snapshot),
        web.get("/api/v1/rooms/{room}/links", ways_in.links),
        web.get("/api/v1/rooms/{room}/health", room_health.health),
        web.get("/api/v1/rooms/{room}/cycles", cycles.cycles),
        *pickup_routes(),
        *outbound_routes(),
        *jielong_routes(),
        *evening_routes(),
        *rehearsal_routes(),
        *script_routes(),
        *llm_routes(),
        *draw_routes(),
        *picture_routes(),
        *export_routes(),
        web.get("/api/v1/openapi.json", api.openapi),
        web.get("/healthz", health.healthz),
        web.get("/readyz", health.readyz),
        web.get("/metrics", health.metrics),
        *viewer_routes(),
    ]


async def _hub(app: web.Application) -> AsyncIterator[None]:
    app[keys.HUB].open()
    forget = app[keys.SERVICE].subscribe(app[keys.LAGS].note)
    yield
    forget()
    app[keys.HUB].close()


async def _say_goodbye(app: web.Application) -> None:
    await app[keys.SOCKETS].close_all()
