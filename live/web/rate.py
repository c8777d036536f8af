"""How often one client may do something: a token bucket a client, for what strangers can ask of us.

In a handler, before the work (`key` is what is known besides the address: the cookie of a browser, a pickup code):

    rate.spend(request, Limit.ORDER, key=browser)      # raises the 429 with Retry-After

Where only misses cost, as with codes and tokens that are guessed:

    rate.check(request, Limit.UNKNOWN_CODE)            # raises when nothing is left; takes nothing
    ...look it up; it is not there:
    rate.spend(request, Limit.UNKNOWN_CODE)

Many phones share one IPv4 address (the shop's Wi-Fi, a mobile network's NAT): what one address may do is generous, what
one browser may do is not. A client of IPv6 owns a /64 and is counted by it.

A bucket is one number (the generic cell rate algorithm): the moment at which it is full again. The clock is the
caller's. A bucket that is full again is as good as none, so it is forgotten; beyond `MOST_CLIENTS` the one that was
asked longest ago is.
"""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from live.web.forwarded import client_address
from live.web.keys import NOW_MS, RATES
from live.web.problems import refuse

if TYPE_CHECKING:
    from aiohttp import web

    from live.web.problems import ProblemRaised

MOST_CLIENTS = 10_000
"""Buckets of one limit that are remembered: about 2 MB."""

_IPV6_CLIENT_BITS = 64


class Limit(StrEnum):
    """What is counted."""

    WRONG_TOKEN = "wrong_token"  # noqa: S105  # the name of a limit
    UNKNOWN_CODE = "unknown_code"
    LOOKUP = "lookup"
    ORDER = "order"
    PUBLIC_JSON = "public_json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """`burst` at once, and from then on one in every `every_ms`."""

    burst: int
    every_ms: int


ADDRESS: dict[Limit, Allowance] = {
    Limit.WRONG_TOKEN: Allowance(burst=20, every_ms=3_000),
    Limit.UNKNOWN_CODE: Allowance(burst=20, every_ms=3_000),
    Limit.LOOKUP: Allowance(burst=300, every_ms=100),
    Limit.ORDER: Allowance(burst=200, every_ms=200),
    Limit.PUBLIC_JSON: Allowance(burst=600, every_ms=50),
}
"""What one address may do."""

KEY: dict[Limit, Allowance] = {
    Limit.WRONG_TOKEN: Allowance(burst=10, every_ms=6_000),
    Limit.UNKNOWN_CODE: Allowance(burst=10, every_ms=6_000),
    Limit.LOOKUP: Allowance(burst=30, every_ms=1_000),
    Limit.ORDER: Allowance(burst=12, every_ms=5_000),
    Limit.PUBLIC_JSON: Allowance(burst=60, every_ms=500),
}
"""What one key may do."""


class Buckets:
    """The buckets of one limit."""

    def __init__(self, allowance: Allowance, *, most: int = MOST_CLIENTS) -> None:
        self._allowance = allowance
        self._most = most
        self._full_at_ms: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._full_at_ms)

    def wait_ms(self, client: str, now_ms: int) -> int:
        """How long this client has to wait for its next one; 0 when it may now. Takes nothing."""
        most_ms = self._allowance.burst * self._allowance.every_ms
        return max(0, self._filled_at(client, now_ms) + self._allowance.every_ms - now_ms - most_ms)

    def take(self, client: str, now_ms: int) -> int:
        """Take one and give back 0; where there is none left, take nothing and tell how long to wait."""
        wait_ms = self.wait_ms(client, now_ms)
        if not wait_ms:
            full_at_ms = self._filled_at(client, now_ms) + self._allowance.every_ms
            self._full_at_ms.pop(client, None)
            self._full_at_ms[client] = full_at_ms
            self._forget(now_ms)
        return wait_ms

    def _filled_at(self, client: str, now_ms: int) -> int:
        """When the bucket is full; a clock that was set back makes nobody wait longer than an empty bucket does."""
        empty_ms = now_ms + self._allowance.burst * self._allowance.every_ms
        if self._full_at_ms.get(client, 0) > empty_ms:
            self._full_at_ms[client] = empty_ms
        return max(now_ms, self._full_at_ms.get(client, now_ms))

    def _forget(self, now_ms: int) -> None:
        """Drop what need not be kept, a little at every call: the ones asked longest ago stand first."""
        for _ in range(2):
            client = next(iter(self._full_at_ms))
            if len(self._full_at_ms) <= self._most and self._full_at_ms[client] > now_ms:
                return
            del self._full_at_ms[client]


class Rates:
    """The buckets of every limit, by address and by key."""

    def __init__(self, *, most: int = MOST_CLIENTS) -> None:
        self._by_address = {limit: Buckets(allowance, most=most) for limit, allowance in ADDRESS.items()}
        self._by_key = {limit: Buckets(allowance, most=most) for limit, allowance in KEY.items()}

    def wait_ms(self, limit: Limit, address: str, key: str | None, now_ms: int) -> int:
        """How long a client has to wait; 0 when it may now. Takes nothing."""
        by_key = 0 if key is None else self._by_key[limit].wait_ms(key, now_ms)
        return max(by_key, self._by_address[limit].wait_ms(address, now_ms))

    def take(self, limit: Limit, address: str, key: str | None, now_ms: int) -> int:
        """Take one of the address and one of the key, or none of both; gives back how long to wait, 0 for taken."""
        wait_ms = self.wait_ms(limit, address, key, now_ms)
        if not wait_ms:
            self._by_address[limit].take(address, now_ms)
            if key is not None:
                self._by_key[limit].take(key, now_ms)
        return wait_ms


def spend(request: web.Request, limit: Limit, *, key: str | None = None) -> None:
    """Count one for whoever asks; raises a 429 problem with `Retry-After` when that is too often."""
    wait_ms = request.app[RATES].take(limit, client_key(client_address(request)), key, request.app[NOW_MS]())
    if wait_ms:
        raise too_often(wait_ms)


def check(request: web.Request, limit: Limit, *, key: str | None = None) -> None:
    """Raise the 429 that `spend` would raise, and count nothing."""
    wait_ms = request.app[RATES].wait_ms(limit, client_key(client_address(request)), key, request.app[NOW_MS]())
    if wait_ms:
        raise too_often(wait_ms)


def too_often(wait_ms: int) -> ProblemRaised:
    """The refusal: how long to wait, in whole seconds."""
    seconds = math.ceil(wait_ms / 1000)
    return refuse(429, "too_many_requests", f"操作太频繁了，请等 {seconds} 秒再试。", retry_after_s=seconds)


def client_key(address: str) -> str:
    """Whom an address stands for: an IPv4 address, the /64 of an IPv6 one; what is no address stands for itself."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, _IPV6_CLIENT_BITS), strict=False))
