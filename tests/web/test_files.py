from __future__ import annotations

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
