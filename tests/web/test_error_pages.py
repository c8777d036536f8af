from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import make_mocked_request

from live.web.error_pages import wants_page, way_to_root
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "accept", "page"),
    [
        ("/nothing", BROWSER, True),
        ("/nothing", "*/*", False),
        ("/nothing", "", False),
        ("/nothing", "application/json", False),
        ("/nothing", "text/html;q=0.5, application/json", False),
        ("/nothing", "application/json;q=0.5, text/html", True),
        ("/nothing", "text/html;q=0", False),
        ("/nothing", "text/html;q=much", False),
        ("/nothing", ";;;,,q=", False),
        ("/api/v1/nothing", BROWSER, False),
        ("/ws/events", BROWSER, False),
        ("/ingest", BROWSER, False),
    ],
)
def test_a_browser_that_shows_what_it_gets_wants_a_page(path: str, accept: str, *, page: bool) -> None:
    assert wants_page(make_mocked_request("GET", path, headers={"Accept": accept})) is page


@pytest.mark.parametrize(("path", "way"), [("/", "./"), ("/a", "./"), ("/a/b", "../"), ("/a/b/", "../../")])
def test_the_way_to_the_root_is_relative(path: str, way: str) -> None:
    assert way_to_root(path) == way


async def test_an_unknown_address_is_a_page_in_a_browser_and_a_problem_for_a_program(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for accept, kind in ((BROWSER, "text/html"), ("*/*", "application/problem+json")):
            async with shop.client.get(f"{shop.base}/nothing/here", headers={"Accept": accept}) as answer:
                assert (answer.status, answer.content_type) == (404, kind)
                text = await answer.text()
        async with shop.client.get(f"{shop.base}/nothing/here", headers={"Accept": BROWSER}) as answer:
            text = await answer.text()
            assert "没有这个页面" in text
            assert 'href="../r/"' in text
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_a_wrong_room_or_method_is_a_page_too_and_says_what_the_problem_says(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        async with shop.client.get(f"{shop.base}/shop/No!", headers={"Accept": BROWSER}) as answer:
            assert (answer.status, answer.content_type) == (404, "text/html")
            assert "只能用小写字母" in await answer.text()
        async with shop.client.put(f"{shop.base}/healthz", headers={"Accept": BROWSER}) as answer:
            assert (answer.status, answer.content_type) == (405, "text/html")
            assert "GET" in answer.headers["Allow"]


async def test_what_stands_in_an_address_is_no_markup_of_the_page(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        address = f"{shop.base}/<script>alert(1)</script>/x"
        async with shop.client.get(address, headers={"Accept": BROWSER, "Host": "evil.<b>example"}) as answer:
            tags = set(re.findall(r"<(\w+)", await answer.text()))
            assert tags.isdisjoint({"script", "b"})
