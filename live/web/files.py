"""Our own static files: from one folder, with types that do not depend on the machine, checked anew on every load.

Text goes out squeezed to a third where the browser takes it so: the shop's Wi-Fi is weak, and its phones are many.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import TYPE_CHECKING

from aiohttp import ETag, hdrs, web

if TYPE_CHECKING:
    from pathlib import Path

    from live.web.problems import Handler

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""Windows keeps its own list in the registry, where any program may have called .js "text/plain"."""

TEXT = frozenset({".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".webmanifest"})


def file_response(path: Path, headers: dict[str, str] | None = None) -> web.FileResponse:
    """Answer with a file; aiohttp adds the ETag and answers 304 where the browser has it."""
    content_type = TYPES.get(path.suffix.lower(), "application/octet-stream")
    return web.FileResponse(path, headers={"Content-Type": content_type, "Cache-Control": "no-cache"} | (headers or {}))


def serve_folder(folder: Path) -> Handler:
    """Make the handler of `/…/{path:.*}` for a folder."""
    root = folder.resolve()

    async def handler(request: web.Request) -> web.StreamResponse:
        path = find(root, request.match_info["path"])
        if path is None:
            raise web.HTTPNotFound
        return squeezed(request, path) if path.suffix.lower() in TEXT and takes_gzip(request) else file_response(path)

    return handler


def takes_gzip(request: web.Request) -> bool:
    """Whether the other side can read gzip; "gzip;q=0" says that it cannot."""
    wanted = [each.replace(" ", "").lower() for each in request.headers.get(hdrs.ACCEPT_ENCODING, "").split(",")]
    return any(each.split(";")[0] == "gzip" and not each.endswith((";q=0", ";q=0.0")) for each in wanted)


def squeezed(request: web.Request, path: Path) -> web.Response:
    """Answer with a text file as gzip, or with 304 where the browser has it."""
    now = path.stat()
    tag = f"{now.st_mtime_ns:x}-{now.st_size:x}-gzip"
    headers = {hdrs.CACHE_CONTROL: "no-cache", hdrs.VARY: hdrs.ACCEPT_ENCODING}
    if any(each.value in {tag, "*"} for each in request.if_none_match or ()):
        answer = web.Response(status=304, headers=headers)
    else:
        more = {hdrs.CONTENT_TYPE: TYPES[path.suffix.lower()], hdrs.CONTENT_ENCODING: "gzip"}
        answer = web.Response(body=_gzip(path, now.st_mtime_ns, now.st_size), headers=headers | more)
    answer.etag = ETag(value=tag)
    return answer


@lru_cache(maxsize=512)
def _gzip(path: Path, _mtime_ns: int, _size: int) -> bytes:
    """A file as gzip, kept until the file is another one."""
    return gzip.compress(path.read_bytes(), mtime=0)


def find(root: Path, name: str) -> Path | None:
    """The file of this name under a folder; None for what is not there, or would lead out of it."""
    if not name or "\\" in name or "\0" in name or ":" in name:
        return None
    path = (root / name.lstrip("/")).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None
