"""The connection to a language model. This module alone knows the library `openai`; `nlp.llm_client` decides what is asked.

The library adds nothing of its own here: no retries, no redirects, no headers about the machine, no unbounded bodies.
"""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from nlp.llm_body import TooLong, most_bytes
from nlp.llm_trouble import HttpRefusal
from nlp.llm_types import Unanswered, Why

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, MutableMapping

    from openai import AsyncOpenAI

    from nlp.llm_types import Endpoint

_MAX_ERROR_BYTES = 4096
_HEADERS = frozenset(
    {"host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"}
)
"""What is told of us. The library would add the system and Python versions, and headers from its own variables."""

_UNREAD = "x-stainless-raw-response"
"""By this header of its own request the library knows that the body is left to us; servers need not see it."""


class _Request(Protocol):
    headers: MutableMapping[str, str]


class _Response(Protocol):
    status_code: int
    headers: Mapping[str, str]
    request: _Request

    def aiter_raw(self) -> AsyncIterator[bytes]: ...


class Line:
    """The connection: the library, loaded off the loop, with nothing added and nothing followed."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client: AsyncOpenAI | None = None

    async def open(self) -> None:
        """Load the library (0.7 to 1.7 s) and the certificates in a thread."""
        if self._client is None:
            self._client = await asyncio.to_thread(self._made)

    def _made(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient  # noqa: PLC0415  # slow to import, and not always used

        http = DefaultAsyncHttpxClient(
            follow_redirects=False,
            trust_env=not _is_near(self._endpoint.base_url),
            event_hooks={"request": [self._strip], "response": [self._look]},
        )
        return AsyncOpenAI(
            base_url=self._endpoint.base_url,
            api_key=self._endpoint.api_key or "none",
            max_retries=0,
            http_client=http,
        )

    async def _strip(self, request: _Request) -> None:
        for name in [name for name in request.headers if name.lower() not in _HEADERS]:
            del request.headers[name]
        request.headers["accept-encoding"] = "identity"
        if self._endpoint.api_key:
            request.headers["authorization"] = f"Bearer {self._endpoint.api_key}"

    async def _look(self, response: _Response) -> None:
        """Look at the head of an answer; the body of a refusal is read no further than it says something."""
        response.request.headers[_UNREAD] = "stream"
        if response.headers.get("content-encoding", "identity") != "identity":
            raise TooLong("packed")
        if response.status_code != 200:  # noqa: PLR2004  # the one status with a completion
            body = await _first(response.aiter_raw(), _MAX_ERROR_BYTES)
            raise HttpRefusal(response.status_code, self._without_key(body), response.headers.get("retry-after"))

    def _without_key(self, body: bytes) -> bytes:
        """What is told of an error may be logged and shown; some servers repeat the key that they refuse."""
        return body.replace(self._endpoint.api_key.encode(), b"***") if self._endpoint.api_key else body

    async def complete(self, parameters: dict[str, Any], timeout_s: float) -> bytes:
        """Send one request and give the body.

        Raises:
            HttpRefusal: the status is not 200.
            TooLong: the body is longer than `most_bytes` of the tokens that are asked for.
            Exception: whatever the library raises for a connection that does not hold.
        """
        await self.open()
        assert self._client is not None  # noqa: S101  # opened in the line above
        asking = self._client.chat.completions.with_streaming_response.create(
            **parameters, timeout=timeout_s, extra_body=dict(self._endpoint.extra) or None
        )
        async with asking as response:
            return await _bounded(response.iter_bytes(), most_bytes(parameters["max_tokens"]))

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.close()


async def _bounded(pieces: AsyncIterator[bytes], most: int) -> bytes:
    found = bytearray()
    async for piece in pieces:
        found += piece
        if len(found) > most:
            raise TooLong(f"{most}+")
    return bytes(found)


async def _first(pieces: AsyncIterator[bytes], most: int) -> bytes:
    found = bytearray()
    async for piece in pieces:
        found += piece
        if len(found) >= most:
            break
    return bytes(found[:most])


def _is_near(base_url: str) -> bool:
    """Whether the endpoint is this machine or its network: a proxy for the internet does not lead there."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost" or "." not in host:
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def unreachable(error: BaseException) -> Unanswered:
    """Say what broke the connection: the innermost cause tells more than the library's own words."""
    innermost, seen = error, [error]
    while (cause := innermost.__cause__ or innermost.__context__) is not None and cause not in seen:
        innermost = cause
        seen.append(cause)
    is_time = any(isinstance(each, TimeoutError) or "Timeout" in type(each).__name__ for each in seen)
    secure = next((each for each in seen if isinstance(each, ssl.SSLError)), None)
    detail = f"TLS: {secure.reason or secure}" if secure else (str(innermost) or type(innermost).__name__)
    return Unanswered(why=Why.DEADLINE if is_time and not secure else Why.UNREACHABLE, detail=detail)
