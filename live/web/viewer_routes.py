"""What viewers reach without a token: their pages, and what these ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from live.service.basket_book import BasketBook
from live.web import viewer_baskets, viewer_pages, viewer_shop
from live.web.keys import BASKETS, METRICS, NOW_MS, SERVICE, WATCHING
from live.web.watching import Watching, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PAGES = ("/shop/{room}", "/r", "/r/", "/r/{code}")


def viewer_routes() -> list[web.RouteDef]:
    """Every route for viewers."""
    return [
        web.get("/shop/{room}", viewer_pages.shop),
        web.get("/r", viewer_pages.to_no_code),
        web.get("/r/", viewer_pages.no_code),
        web.get("/r/{code}", viewer_pages.basket),
        web.get("/api/v1/shops/{room}", viewer_shop.shop),
        web.post("/api/v1/shops/{room}/orders", viewer_shop.order),
        web.get("/ws/shops/{room}", viewer_shop.shop_socket),
        web.get("/api/v1/baskets/{code}", viewer_baskets.basket),
        web.post("/api/v1/baskets/{code}/changes", viewer_baskets.change),
        web.post("/api/v1/baskets/{code}/joins", viewer_baskets.join),
        web.get("/ws/baskets/{code}", viewer_baskets.basket_socket),
    ]


def open_to_viewers(app: web.Application) -> None:
    """Give the application what the viewers' pages live on, for as long as it runs."""
    app[BASKETS] = BasketBook(app[SERVICE])
    app[WATCHING] = Watching(app[BASKETS], app[NOW_MS])
    app[METRICS].viewer_pages.set_function(lambda: app[WATCHING].pages)
    app.cleanup_ctx.append(_told)


async def _told(app: web.Application) -> AsyncIterator[None]:
    async for _ in running(app[WATCHING], app[BASKETS]):
        yield
