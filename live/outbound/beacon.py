"""A drand beacon: public randomness that nobody knows before its moment (the HTTP API of drand, `/info` and `/public/…`).

A draw fixes the number of a round when its list is closed; the round must lie in the future then, and what it brings can be
looked up by everybody afterwards. The rounds of a chain follow one another every `period` seconds from `genesis_time` on,
round 1 first. Its signatures are not checked here: a record holds the number of the round, and anybody may compare.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import TypeIs

TIMEOUT_S = 5.0
ANSWER_BYTES = 65_536
ROUNDS_AHEAD = 2
"""The next round may be signed already by some of those who make it; the one after cannot be."""

MOST_DRIFT_MS = 120_000
"""How far our clock and the beacon may be apart: with more, a "future" round may be long past, or hours away."""

ASK_EVERY_S = 1.0
_HEX = re.compile("[0-9a-f]{64}")
_NOT_YET = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.TOO_EARLY})
_LONGEST_PERIOD_S = 3_600


class NoBeacon(Exception):  # noqa: N818  # reads better where it is caught
    """The beacon cannot be used now. The message says in Chinese what was the matter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chain:
    """The rhythm of a beacon."""

    period_ms: int
    genesis_ms: int

    def round_at(self, at_ms: int) -> int:
        """The newest round at a moment; 0 before the first."""
        return max(0, (at_ms - self.genesis_ms) // self.period_ms + 1)

    def begins_ms(self, round_: int) -> int:
        """When a round is published."""
        return self.genesis_ms + (round_ - 1) * self.period_ms


class Beacon:
    """One chain of a beacon at an address (`https://…/CHAIN-HASH`)."""

    def __init__(
        self, client: aiohttp.ClientSession, url: str, *, now_ms: Callable[[], int], timeout_s: float = TIMEOUT_S
    ) -> None:
        self._client = client
        self._url = url.rstrip("/")
        self._now_ms = now_ms
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._chain: Chain | None = None

    async def chain(self) -> Chain:
        """The rhythm of this beacon; asked once, for it never changes. Raises `NoBeacon`."""
        if self._chain is None:
            self._chain = _chain(await self._get("info"))
        return self._chain

    async def future_round(self) -> int:
        """The number of a round that nobody can know yet. Raises `NoBeacon`."""
        chain = await self.chain()
        newest = await self._newest()
        by_clock = chain.round_at(self._now_ms())
        if newest is None:
            return by_clock + ROUNDS_AHEAD
        if abs(by_clock - newest) * chain.period_ms > max(MOST_DRIFT_MS, 2 * chain.period_ms):
            raise NoBeacon("这台电脑的时间和公共随机数差得太多，请校准时间")
        return max(by_clock, newest) + ROUNDS_AHEAD

    async def randomness(self, round_: int) -> str | None:
        """What a round brought, 64 lower-case hex digits; None while it is not there yet. Raises `NoBeacon`."""
        answer = await self._get(f"public/{round_}")
        if answer is None:
            return None
        value = answer.get("randomness")
        if not _is_number(answer.get("round")) or answer["round"] != round_:
            raise NoBeacon(f"公共随机数答的不是第 {round_} 期")
        if not isinstance(value, str) or _HEX.fullmatch(value.lower()) is None:
            raise NoBeacon(f"公共随机数第 {round_} 期的内容不对")
        return value.lower()

    async def wait_for(self, round_: int, *, patience_s: float) -> str:
        """What a round brings, waiting until it is published and then no longer than `patience_s`.

        A failure on the way is borne until then. Raises `NoBeacon`.
        """
        begins_ms = (await self.chain()).begins_ms(round_)
        await asyncio.sleep(max(0, begins_ms - self._now_ms()) / 1000)
        trouble = NoBeacon(f"公共随机数第 {round_} 期到了时间还没有")
        try:
            async with asyncio.timeout(patience_s):
                while True:
                    try:
                        if (value := await self.randomness(round_)) is not None:
                            return value
                    except NoBeacon as error:
                        trouble = error
                    await asyncio.sleep(ASK_EVERY_S)
        except TimeoutError:
            raise trouble from None

    async def _newest(self) -> int | None:
        """The newest round by the beacon's own telling; None where it does not tell."""
        answer = await self._get("public/latest")
        newest = None if answer is None else answer.get("round")
        return newest if _is_number(newest) else None

    async def _get(self, path: str) -> dict[str, Any] | None:
        """Ask for an object; None where there is none (yet)."""
        try:
            async with self._client.get(
                f"{self._url}/{path}",
                headers={"Accept": "application/json", "User-Agent": "Linbo"},
                allow_redirects=False,
                timeout=self._timeout,
            ) as answer:
                if answer.status in _NOT_YET:
                    return None
                if answer.status != HTTPStatus.OK:
                    raise NoBeacon(f"公共随机数的网址答了 {answer.status}，请核对 draws.beacon_url")
                return _object(await _beginning(answer.content))
        except TimeoutError:
            raise NoBeacon(f"公共随机数 {self._timeout.total:g} 秒没有回应") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NoBeacon(f"连不上公共随机数（{type(error).__name__}），请核对 draws.beacon_url 和网络") from None


async def _beginning(content: aiohttp.StreamReader) -> bytes:
    held = b""
    while len(held) < ANSWER_BYTES and (chunk := await content.read(ANSWER_BYTES - len(held))):
        held += chunk
    return held


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise NoBeacon("公共随机数答的不是 JSON，请核对 draws.beacon_url")
    return value


def _chain(info: dict[str, Any] | None) -> Chain:
    period, genesis = (info or {}).get("period"), (info or {}).get("genesis_time")
    if not _is_number(period) or not _is_number(genesis) or not 1 <= period <= _LONGEST_PERIOD_S:
        raise NoBeacon("公共随机数没有说清间隔和起点（/info），请核对 draws.beacon_url")
    return Chain(period_ms=period * 1000, genesis_ms=genesis * 1000)


def _is_number(value: object) -> TypeIs[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2**53
