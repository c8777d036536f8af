"""Sends a log to an ingest address, with acknowledgements; what is not acknowledged is sent again."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, InvalidStatus, WebSocketException

from live.replay.address import ROOM, ingest_address
from live.replay.feed import FRAME_COMMENTS, Feed, frame_wire
from live.replay.ledger import Ledger, Overloaded
from live.replay.log import read_log
from live.replay.result import Refusal, ReplayFailed, ReplayResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from websockets.asyncio.client import ClientConnection

    from live.replay.log import Posting

    OnProgress = Callable[[int, int, int], None]

WINDOW = 1_000
"""Comments that may wait for their answer; it bounds the memory of both ends."""

TRIES = 8
"""Connections in a row that bring no answer, until the replay gives up."""

ANSWER_S = 60.0
"""A service that answers nothing for so long is taken for lost."""

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0

_REFUSED: Mapping[int, str] = {
    401: "口令不对；请用 serve 启动时打印的接收口令（--token）",
    403: "口令没有接收权限，或来源不在允许名单里；请用接收口令（--token）",
    404: "地址不存在；请检查主机、端口和房间名（--url）",
}


class Lost(Exception):  # noqa: N818  # a signal to connect again
    """The connection brings no more answers; the message says how it ended."""


async def replay(
    log: Path | Iterable[str | bytes],
    *,
    url: str,
    token: str | None,
    speed: float = 0,
    on_progress: OnProgress | None = None,
    room: str = ROOM,
) -> ReplayResult:
    """Send a log of frames to `url` and wait until every comment of it is acknowledged or refused.

    `room` is used where the address names none. `speed` 1 keeps the recorded pace, 10 is ten times as fast, 0 is as fast
    as it is acknowledged. `on_progress` is told how many comments are sent, acknowledged and rejected. Raises
    `ReplayFailed`, ValueError for an address that is none, OSError for a log that cannot be read.
    """
    feed = Feed(read_log(log, now_ms=_now_ms), speed=speed)
    return await _Replay(feed, ingest_address(url, room=room), token, on_progress or _say_nothing).run()


class _Replay:
    def __init__(self, feed: Feed, address: str, token: str | None, on_progress: OnProgress) -> None:
        self._feed = feed
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._on_progress = on_progress
        self._ledger = Ledger()
        self._answered = asyncio.Event()
        self._started_s = time.monotonic()

    async def run(self) -> ReplayResult:
        in_vain = 0
        while True:
            answered = self._ledger.answered
            try:
                await self._connect_and_send()
            except InvalidStatus as error:
                raise self._failed(_refusal(error)) from error
            except (OSError, WebSocketException, Lost, Overloaded) as error:
                in_vain = 0 if self._ledger.answered > answered else in_vain + 1
                if in_vain >= TRIES:
                    raise self._failed(_gave_up(error)) from error
                await asyncio.sleep(_pause_s(in_vain))
            else:
                return self._result()

    async def _connect_and_send(self) -> None:
        async with connect(
            self._address, additional_headers=self._headers, compression=None, proxy=None, max_size=None
        ) as socket:
            sending = asyncio.create_task(self._send(socket), name="replay-send")
            receiving = asyncio.create_task(self._receive(socket), name="replay-receive")
            try:
                await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
                (sending if sending.done() else receiving).result()
            finally:
                sending.cancel()
                receiving.cancel()
                await asyncio.gather(sending, receiving, return_exceptions=True)

    async def _send(self, socket: ClientConnection) -> None:
        for again in _frames(self._ledger.unanswered()):
            await socket.send(frame_wire(again))
        await self._until_open(WINDOW - 1)
        while frame := await self._feed.frame(WINDOW - self._ledger.open):
            self._ledger.note_sent(frame)
            await socket.send(frame_wire(frame))
            self._tell()
            await self._until_open(WINDOW - 1)
        await self._until_open(0)

    async def _receive(self, socket: ClientConnection) -> None:
        async for data in socket:
            try:
                self._ledger.note_answer(data)
            except ValueError as error:
                raise Lost(f"回应不是 JSON，这个地址可能不是本服务：{error}") from error
            self._answered.set()
            self._tell()
        raise Lost(f"{socket.close_code} {socket.close_reason}")

    async def _until_open(self, most: int) -> None:
        """Wait until at most so many comments are unanswered."""
        while self._ledger.open > most:
            self._answered.clear()
            try:
                async with asyncio.timeout(ANSWER_S):
                    await self._answered.wait()
            except TimeoutError as error:
                raise Lost(f"{ANSWER_S:.0f} 秒没有任何回应") from error

    def _tell(self) -> None:
        self._on_progress(self._ledger.sent, self._ledger.acknowledged, self._ledger.rejected)

    def _failed(self, message: str) -> ReplayFailed:
        return ReplayFailed(message, self._result())

    def _result(self) -> ReplayResult:
        return ReplayResult(
            sent=self._ledger.sent,
            acknowledged=self._ledger.acknowledged,
            rejected=self._ledger.rejected,
            seconds=time.monotonic() - self._started_s,
            refusals=tuple(Refusal(reason=reason, count=n) for reason, n in self._ledger.refusals.items() if n),
            faults=tuple(self._feed.faults),
        )


def _frames(postings: Sequence[Posting]) -> Iterable[list[Posting]]:
    return (list(postings[n : n + FRAME_COMMENTS]) for n in range(0, len(postings), FRAME_COMMENTS))


def _refusal(error: InvalidStatus) -> str:
    status = error.response.status_code
    return f"服务拒绝了连接（HTTP {status}）：{_REFUSED.get(status, '请看服务的日志')}。"


def _gave_up(error: Exception) -> str:
    what = "地址上没有接收评论的服务" if isinstance(error, InvalidHandshake) else str(error) or type(error).__name__
    return f"连续 {TRIES} 次没有得到回应（{what}）；请确认服务在运行、地址没写错，再重放一次：已确认的不会重复。"


def _pause_s(in_vain: int) -> float:
    """Twice as long each time, with some chance, so that many clients do not come back in one moment."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0**in_vain) * random.uniform(0.5, 1)  # noqa: S311  # no secret hangs on it


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _say_nothing(sent: int, acknowledged: int, rejected: int) -> None:
    """Nobody watches."""
