"""One connection to OBS: the socket around the talk of `live.obs.protocol`."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from live.obs.protocol import Ending, ObsEvent, Ready, Refused, Reply, Say, StrangeFrame, Talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from websockets.asyncio.client import ClientConnection

    Json = dict[str, Any]

NOT_READY = 207
"""OBS starts, or changes its scene collection: the same request works a moment later."""


class ObsGone(Exception):  # noqa: N818  # reads better where it is caught
    """The connection is over, or OBS has stopped answering."""


class RequestFailed(Exception):  # noqa: N818  # reads better where it is caught
    """OBS has refused a request; `code` is obs-websocket's (600: there is none of this name)."""

    def __init__(self, kind: str, code: int, comment: str) -> None:
        super().__init__(f"{kind}：{code}{f'（{comment}）' if comment else ''}")
        self.kind = kind
        self.code = code
        self.comment = comment


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How long things may take, in seconds. `ready_s`: how often a request is put again while OBS is not ready."""

    open_s: float = 5.0
    answer_s: float = 10.0
    close_s: float = 1.0
    ready_s: float = 0.5
    ready_tries: int = 40


class Client:
    """Asks OBS for things, once it has taken us in."""

    def __init__(self, socket: ClientConnection, talk: Talk, patience: Patience) -> None:
        self.strange = 0
        self._socket = socket
        self._talk = talk
        self._patience = patience
        self._ids = count(1)
        self._waiting: dict[str, asyncio.Future[Reply]] = {}
        self._over = False

    async def ask(self, kind: str, data: Mapping[str, object] | None = None) -> Json:
        """Have a request done and give its `responseData`.

        Raises:
            RequestFailed: OBS said no.
            ObsGone: it did not answer in time, or the connection has ended.
        """
        reply = await self._ask(kind, data)
        for _ in range(self._patience.ready_tries):
            if reply.code != NOT_READY:
                break
            await asyncio.sleep(self._patience.ready_s)
            reply = await self._ask(kind, data)
        if not reply.ok:
            raise RequestFailed(kind, reply.code, reply.comment)
        return reply.data

    async def _ask(self, kind: str, data: Mapping[str, object] | None) -> Reply:
        if self._over:
            raise ObsGone(kind)
        id_ = str(next(self._ids))
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[id_] = answer
        try:
            async with asyncio.timeout(self._patience.answer_s):
                await self._socket.send(self._talk.request(id=id_, kind=kind, data=data))
                return await answer
        except (TimeoutError, ConnectionClosed) as error:
            raise ObsGone(kind) from error
        finally:
            del self._waiting[id_]
            if answer.done() and not answer.cancelled():
                answer.exception()  # looked at, even where the end came before we waited for it

    async def identify(self) -> None:
        """Get through the greeting. Raises StrangeFrame, Refused, ObsGone, TimeoutError."""
        async with asyncio.timeout(self._patience.open_s):
            while not isinstance(heard := self._talk.hear(await self._receive()), Ready):
                if isinstance(heard, Say):
                    await self._socket.send(heard.text)

    async def _receive(self) -> str | bytes:
        try:
            return await self._socket.recv()
        except ConnectionClosed as closed:
            raise self._ended(closed) from closed

    def _ended(self, closed: ConnectionClosed) -> Refused | ObsGone:
        ending = self._talk.closed(closed.rcvd.code if closed.rcvd else None)
        return ObsGone("closed") if ending is Ending.GONE else Refused(ending)

    async def listen(self, tell: Callable[[ObsEvent], None]) -> None:
        """Hand on answers and events until the connection ends. Raises ObsGone or Refused then."""
        try:
            while True:
                self._take(await self._receive(), tell)
        finally:
            self._over = True
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ObsGone("closed"))

    def _take(self, frame: str | bytes, tell: Callable[[ObsEvent], None]) -> None:
        try:
            heard = self._talk.hear(frame)
        except StrangeFrame:
            self.strange += 1
            return
        if isinstance(heard, ObsEvent):
            tell(heard)
        elif isinstance(heard, Reply):
            answer = self._waiting.get(heard.id)
            if answer is not None and not answer.done():
                answer.set_result(heard)


@asynccontextmanager
async def calling(url: str, password: str | None, patience: Patience) -> AsyncIterator[Client]:
    """Connect and be taken in; leaving the block closes the connection.

    Raises:
        OSError, WebSocketException, TimeoutError: nothing there speaks WebSocket.
        StrangeFrame: what is there is no OBS.
        Refused: OBS does not want us.
        ObsGone: it went away during the greeting.
    """
    # No proxy: it is a program of the shop's own network. Pings go out every 20 s, so that a PC that was pulled is noticed.
    async with connect(
        url, proxy=None, compression=None, open_timeout=patience.open_s, close_timeout=patience.close_s
    ) as socket:
        client = Client(socket, Talk(password), patience)
        await client.identify()
        yield client


@asynccontextmanager
async def listening(client: Client, tell: Callable[[ObsEvent], None]) -> AsyncIterator[asyncio.Task[None]]:
    """Hear OBS while the block runs; the task that is given ends, with ObsGone or Refused, when OBS does."""
    task = asyncio.create_task(client.listen(tell), name="listen to OBS")
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, ObsGone, Refused):
            await task
