"""Pictures of goods: the host sends one, and it is told by the name of what is in it.

Kept as files in the data folder. A name follows from the content, so a page may keep a picture for ever.
"""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from aiohttp import web

from live.web.api import json_response
from live.web.auth import require
from live.web.files import file_response, find
from live.web.keys import SETTINGS
from live.web.problems import refuse
from live.web.tokens import Role

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 3 * 1024 * 1024
"""A photograph of a phone, made smaller: more than this a second screen would load for seconds."""

BEGINNINGS = (
    (b"\xff\xd8\xff", 0, "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "png"),
    (b"WEBP", 8, "webp"),
)
"""What a file of each kind has, and where: RFC 2083 section 3.1, the JPEG marker SOI, the RIFF form WEBP."""

FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def picture_routes() -> list[web.RouteDef]:
    """Every route of pictures."""
    return [web.post("/api/v1/pictures", upload), web.get("/pictures/{name}", picture)]


async def upload(request: web.Request) -> web.Response:
    """Take a picture as the body; the answer's `picture` is its name, for an offer's field of that name (host)."""
    require(request, Role.HOST)
    content = await _content(request)
    kind = kind_of(content)
    if kind is None:
        raise refuse(415, "no_picture", "这不是 JPG、PNG 或 WebP 图片，请换一张（手机相册里导出的照片就行）。")
    name = f"{hashlib.sha256(content).hexdigest()[:32]}.{kind}"
    await asyncio.to_thread(_keep, _folder(request), name, content)
    return json_response({"picture": name})


async def _content(request: web.Request) -> bytes:
    """Read the body, and no more of it than a picture may have."""
    content = bytearray()
    async for piece in request.content.iter_chunked(64 * 1024):
        content += piece
        if len(content) > MOST_BYTES:
            raise refuse(413, "too_large", f"图片最多 {MOST_BYTES // 1024 // 1024} MB，请先压小一点再传。")
    return bytes(content)


def kind_of(content: bytes) -> str | None:
    """Which kind of picture a file is, by what it begins with; None for none."""
    return next((kind for mark, at, kind in BEGINNINGS if content[at : at + len(mark)] == mark), None)


def _keep(folder: Path, name: str, content: bytes) -> None:
    """Write it whole or not at all: a page may ask for it at any moment."""
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f".{name}.part"
    half.write_bytes(content)
    half.replace(folder / name)


async def picture(request: web.Request) -> web.StreamResponse:
    """Show a picture to anybody."""
    path = find(_folder(request), request.match_info["name"])
    if path is None or path.name.startswith("."):
        raise web.HTTPNotFound
    return file_response(path, FOR_EVER)


def _folder(request: web.Request) -> Path:
    return request.app[SETTINGS].data_dir / "pictures"
