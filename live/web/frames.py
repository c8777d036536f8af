"""WebSocket text frames as a server sends them, built by hand: RFC 6455, section 5.2.

aiohttp builds a frame a page; here one frame serves every page, and those of a batch go out in one write.
"""

from __future__ import annotations

import struct

_FIN_TEXT = 0x81
"""FIN and opcode 1 (section 5.2); no mask, for servers never mask (section 5.1); no extension bits."""

_ONE_BYTE = 125
_TWO_BYTES = 0xFFFF


def text_frame(payload: bytes) -> bytes:
    """Wrap UTF-8 text into one unfragmented frame."""
    return _header(len(payload)) + payload


def _header(length: int) -> bytes:
    if length <= _ONE_BYTE:
        return struct.pack("!BB", _FIN_TEXT, length)
    if length <= _TWO_BYTES:
        return struct.pack("!BBH", _FIN_TEXT, 126, length)
    return struct.pack("!BBQ", _FIN_TEXT, 127, length)
