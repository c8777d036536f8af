"""Our own static files: from one folder, with types that do not depend on the machine, checked anew on every load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

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
        return file_response(path)

    return handler


def find(root: Path, name: str) -> Path | None:
    """The file of this name under a folder; None for what is not there, or would lead out of it."""
    if not name or "\\" in name or "\0" in name or ":" in name:
        return None
    path = (root / name.lstrip("/")).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None
