from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from live.web.files import TYPES, find, serve_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "static"
    (inside / "deep").mkdir(parents=True)
    (inside / "a.js").write_text("export const a = 1", encoding="utf-8")
    (inside / "deep" / "b.css").write_text("body{}", encoding="utf-8")
    (inside / "c.unknown").write_text("?", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return inside


@pytest.mark.parametrize("name", ["a.js", "deep/b.css", "deep/../a.js"])
def test_a_file_inside_is_found(folder: Path, name: str) -> None:
    found = find(folder, name)
    assert found is not None
    assert found.is_file()


@pytest.mark.parametrize(
    "name",
    ["", "deep", "none.js", "../secret.txt", "deep/../../secret.txt", "..\\secret.txt", "a.js\0", "C:/a.js", "//a.jsx"],
)
def test_nothing_else_is_found(folder: Path, name: str) -> None:
    assert find(folder, name) is None


def test_a_link_that_leads_out_is_not_followed(folder: Path) -> None:
    link = folder / "link.txt"
    try:
        link.symlink_to(folder.parent / "secret.txt")
    except OSError:
        pytest.skip("this machine lets nobody make links")
    assert find(folder, "link.txt") is None


async def test_a_browser_asks_again_each_time_and_is_told_what_has_not_changed(folder: Path) -> None:
    app = web.Application()
    app.router.add_get("/static/{path:.*}", serve_folder(folder))
    async with TestClient(TestServer(app)) as client:
        first = await client.get("/static/a.js")
        assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert first.headers["Cache-Control"] == "no-cache"
        again = await client.get("/static/a.js", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status, await again.read()) == (304, b"")
        (folder / "a.js").write_text("export const a = 22", encoding="utf-8")
        changed = await client.get("/static/a.js", headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status == 200


async def test_types_do_not_depend_on_the_machine(folder: Path) -> None:
    app = web.Application()
    app.router.add_get("/static/{path:.*}", serve_folder(folder))
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/static/deep/b.css")).content_type == "text/css"
        assert (await client.get("/static/c.unknown")).content_type == "application/octet-stream"
        assert (await client.get("/static/..%2fsecret.txt")).status == 404
    assert TYPES[".mjs"] == TYPES[".js"]


async def test_text_goes_out_squeezed_to_whom_can_read_it_so(folder: Path) -> None:
    text = "export const words = 1;\n" * 500
    (folder / "long.js").write_text(text, encoding="utf-8")
    app = web.Application()
    app.router.add_get("/static/{path:.*}", serve_folder(folder))
    async with TestClient(TestServer(app), auto_decompress=False) as client:
        small = await client.get("/static/long.js", headers={"Accept-Encoding": "br, gzip;q=0.8"})
        assert (small.headers["Content-Encoding"], small.headers["Vary"]) == ("gzip", "Accept-Encoding")
        assert small.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert gzip.decompress(await small.read()).decode() == text
        assert int(small.headers["Content-Length"]) * 3 < len(text)
        head = await client.head("/static/long.js", headers={"Accept-Encoding": "gzip"})
        assert (head.headers["Content-Length"], await head.read()) == (small.headers["Content-Length"], b"")


@pytest.mark.parametrize("taken", ["identity", "gzip;q=0, *;q=0", "br"])
async def test_text_goes_out_plain_to_whom_cannot(folder: Path, taken: str) -> None:
    app = web.Application()
    app.router.add_get("/static/{path:.*}", serve_folder(folder))
    async with TestClient(TestServer(app)) as client:
        plain = await client.get("/static/a.js", headers={"Accept-Encoding": taken})
        assert "Content-Encoding" not in plain.headers
        assert await plain.text() == "export const a = 1"


async def test_a_squeezed_file_that_has_changed_is_squeezed_anew(folder: Path) -> None:
    app = web.Application()
    app.router.add_get("/static/{path:.*}", serve_folder(folder))
    async with TestClient(TestServer(app)) as client:
        first = await client.get("/static/a.js")
        (folder / "a.js").write_text("export const a = 333", encoding="utf-8")
        changed = await client.get("/static/a.js", headers={"If-None-Match": first.headers["ETag"]})
        assert (changed.status, await changed.text()) == (200, "export const a = 333")
        same = await client.get("/static/a.js", headers={"If-None-Match": changed.headers["ETag"]})
        assert (same.status, await same.read()) == (304, b"")
