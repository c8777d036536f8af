"""Stands under a path: behind a proxy that passes `/linbo/console/live` on as it came, `/linbo` is cut off at the door.

A proxy that cuts it off itself needs nothing of this. Links and addresses on the pages are relative, so they hold
either way. What was cut off is kept with the request (`KEPT_PREFIX`): cookies are set under it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from yarl import URL

from live.web.beside import stand_beside
from live.web.forwarded import KEPT_PREFIX

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Callable, Mapping

    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.http_parser import RawRequestMessage
    from aiohttp.streams import StreamReader
    from aiohttp.web_protocol import RequestHandler

    from live.web.beside import House

    MakeRequest = Callable[
        [RawRequestMessage, StreamReader, RequestHandler, AbstractStreamWriter, Task[None]], web.BaseRequest
    ]


async def with_slash(request: web.Request) -> web.Response:
    """Send whoever asks for the prefix alone to our root, which ends with a slash: the links there build on it."""
    raise web.HTTPPermanentRedirect(f"./{request.rel_url.raw_name}/")


class PrefixRunner(web.AppRunner):
    """Runs the application at the root and under a prefix, with the houses beside it under paths of theirs."""

    def __init__(self, app: web.Application, *, prefix: str, houses: Mapping[str, House] | None = None) -> None:
        # No access log, for addresses may hold tokens.
        super().__init__(app, access_log=None, shutdown_timeout=5.0)
        self._prefix = prefix
        self._houses = houses

    async def setup(self) -> None:
        """Start the application; from now on connections are taken."""
        await super().setup()
        if self._houses is not None and self.server is not None:
            stand_beside(self.server, self._houses)
        if self._prefix and self.server is not None:
            self.server.request_factory = _cutting(self._prefix, self.server.request_factory)


def cut(prefix: str, path: str) -> str | None:
    """The path (with its query) under the prefix; None where it does not begin with it as a whole word."""
    rest = path.removeprefix(prefix)
    return rest if rest != path and rest.startswith("/") else None


def _cutting(prefix: str, make: MakeRequest) -> MakeRequest:
    def make_cut(
        message: RawRequestMessage,
        payload: StreamReader,
        protocol: RequestHandler,
        writer: AbstractStreamWriter,
        task: Task[None],
    ) -> web.BaseRequest:
        path = cut(prefix, message.path)
        if path is None:
            return make(message, payload, protocol, writer, task)
        request = make(message._replace(path=path, url=URL(path, encoded=True)), payload, protocol, writer, task)
        request[KEPT_PREFIX] = prefix
        return request

    return make_cut
