"""Where the application keeps what its handlers need: typed keys, filled once by `build_app`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from config.settings import Settings
from live.web.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from live.service.basket_book import BasketBook
    from live.service.lags import Lags
    from live.service.service import Service
    from live.sources.roll import Roll
    from live.sources.state import SourceState
    from live.web.forwarded import Front
    from live.web.gate import Gate
    from live.web.hub import Hub
    from live.web.metrics import Metrics
    from live.web.rate import Rates
    from live.web.sockets import Sockets
    from live.web.watching import Watching

SERVICE: web.AppKey[Service] = web.AppKey("service")
HUB: web.AppKey[Hub] = web.AppKey("hub")
METRICS: web.AppKey[Metrics] = web.AppKey("metrics")
SOCKETS: web.AppKey[Sockets] = web.AppKey("sockets")
BASKETS: web.AppKey[BasketBook] = web.AppKey("baskets")
WATCHING: web.AppKey[Watching] = web.AppKey("watching")
LAGS: web.AppKey[Lags] = web.AppKey("lags")
SOURCES: web.AppKey[Callable[[], Sequence[SourceState]]] = web.AppKey("sources")
ROLL: web.AppKey[Roll] = web.AppKey("roll")
RATES: web.AppKey[Rates] = web.AppKey("rates")
FRONT: web.AppKey[Front] = web.AppKey("front")
GATE: web.AppKey[Gate] = web.AppKey("gate")
SETTINGS = web.AppKey("settings", Settings)
TOKENS = web.AppKey("tokens", Tokens)
NOW_MS: web.AppKey[Callable[[], int]] = web.AppKey("now_ms")
NEW_ID: web.AppKey[Callable[[], str]] = web.AppKey("new_id")
