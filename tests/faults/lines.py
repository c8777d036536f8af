"""Lines by hand: a WebSocket client that need not keep to the rules, nor read."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.desk import Desk

TEXT, BINARY, CLOSE, PING, CONTINUATION = 0x1, 0x2, 0x8, 0x9, 0x0
SMALL_BUFFER = 4096


class Line:
    """A TCP connection to the service."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link

    async def send(self, data: bytes) -> None:
        """Send bytes; waits while the other end does not read."""
        await asyncio.get_running_loop().sock_sendall(self._link, data)

    async def upgrade(self, desk: Desk, path: str, role: str) -> None:
        """Ask for a WebSocket and read the answer to its end."""
        await self.send(handshake(desk, path, role))
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += await asyncio.get_running_loop().sock_recv(self._link, 1)
        assert answer.startswith(b"HTTP/1.1 101"), answer

    async def rest(self) -> bytes:
        """Everything that still comes, until the other end hangs up."""
        data = bytearray()
        with suppress(ConnectionError):
            async with asyncio.timeout(30):
                while chunk := await asyncio.get_running_loop().sock_recv(self._link, 65536):
                    data += chunk
        return bytes(data)

    def cut(self) -> None:
        """Hang up without a word (RST)."""
        self._link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._link.close()


@contextmanager
def a_line(desk: Desk) -> Iterator[Line]:
    """Connect; takes in little that it does not read."""
    parts = urlsplit(desk.base_url)
    link = socket.socket()
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
    link.connect((parts.hostname or "", parts.port or 0))
    link.setblocking(False)
    try:
        yield Line(link)
    finally:
        link.close()


def handshake(desk: Desk, path: str, role: str) -> bytes:
    """The request that asks for a WebSocket."""
    return (
        f"GET {path}?room={desk.room} HTTP/1.1\r\nHost: {urlsplit(desk.base_url).netloc}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        f"Authorization: Bearer {desk.tokens[role]}\r\n\r\n"
    ).encode()


def ws_frame(payload: bytes, *, opcode: int = TEXT, last: bool = True, masked: bool = True, reserved: int = 0) -> bytes:
    """One frame by RFC 6455, or one that breaks it."""
    head = bytes([(0x80 if last else 0) | reserved << 4 | opcode])
    mask_bit = 0x80 if masked else 0
    if len(payload) < 126:
        head += bytes([mask_bit | len(payload)])
    elif len(payload) < 65536:
        head += bytes([mask_bit | 126]) + struct.pack("!H", len(payload))
    else:
        head += bytes([mask_bit | 127]) + struct.pack("!Q", len(payload))
    if not masked:
        return head + payload
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[place % 4] for place, byte in enumerate(payload))
