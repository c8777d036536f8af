from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from live.web.auth import COOKIE
from live.web.keys import SETTINGS
from overlays.look import own_folder
from overlays.routes import PAGE
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_overlay_opens_with_its_token_and_may_be_shown_inside_the_console(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/overlay/{ROOM}?token={shop.tokens.overlay}&layers=card,ticker&bg=green"
        answer = await shop.client.get(url)
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert (await answer.text()).replace('<html data-look="red" ', "<html ") == PAGE.read_text(encoding="utf-8")
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("query", ["", "?token=wrong"])
async def test_without_its_token_the_overlay_says_what_to_do(tmp_path: Path, query: str) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}/overlay/{ROOM}{query}")
        assert answer.status == 401
        assert "叠加层地址" in await answer.text()


async def test_the_hosts_cookie_and_token_open_no_overlay(tmp_path: Path) -> None:
    """An overlay page that could ask as the host would show unmasked names on the picture."""
    async with open_shop(tmp_path) as shop:
        cookies = {COOKIE: shop.cookie()}
        assert (await shop.client.get(f"{shop.base}/overlay/{ROOM}", cookies=cookies)).status == 401
        url = f"{shop.base}/overlay/{ROOM}?token={shop.tokens.host}"
        assert (await shop.client.get(url)).status == 401


async def test_what_is_no_room_name_has_no_overlay(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/overlay/NoRoom?token={shop.tokens.overlay}"
        assert (await shop.client.get(url)).status == 404


async def test_the_files_of_the_overlay_are_served_from_their_own_folder(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}/overlay-static/overlay/index.html")
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert (await shop.client.get(f"{shop.base}/overlay-static/../routes.py")).status == 404


async def test_a_sheet_of_the_hosts_own_and_what_it_names_come_from_the_data_folder(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/overlay/{ROOM}?token={shop.tokens.overlay}"
        assert "data-own" not in await (await shop.client.get(url)).text()
        assert (await shop.client.get(f"{shop.base}/overlay-static/own/style.css")).status == 404
        folder = own_folder(shop.app[SETTINGS])
        folder.mkdir()
        (folder / "style.css").write_text(":root { --ov-accent: teal; }", encoding="utf-8")
        (folder.parent / "secret.txt").write_text("…", encoding="utf-8")
        assert "data-own" in await (await shop.client.get(url)).text()
        sheet = await shop.client.get(f"{shop.base}/overlay-static/own/style.css")
        assert (sheet.status, sheet.content_type) == (200, "text/css")
        out = await shop.client.get(f"{shop.base}/overlay-static/own/..%2Fsecret.txt")
        assert out.status == 404


async def test_the_code_of_a_draws_proof_is_for_the_picture_and_the_host(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/overlay/{ROOM}/draws/g1"
        assert (await shop.client.get(url)).status == 401
        answer = await shop.client.get(url, headers={"Authorization": f"Bearer {shop.tokens.overlay}"})
        code = await answer.json()
        assert code["url"].endswith("/draw/g1")
        assert len(code["qr"]) == len(code["qr"][0]) > 20


async def test_the_loader_waits_for_the_address_by_which_it_was_asked_for_and_passes_the_rest_on(
    tmp_path: Path,
) -> None:
    async with open_shop(tmp_path) as shop:
        query = f"room={ROOM}&token={shop.tokens.overlay}&theme=green"
        answer = await shop.client.get(f"{shop.base}/overlay/loader.html?{query}")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        page = await answer.text()
        found = re.search(r"const addresses = (\{.*\});", page)
        assert found is not None
        addresses = json.loads(found[1])
        assert addresses["here"] == f"{shop.base}/overlay/here.svg"
        assert addresses["overlay"] == f"{shop.base}/overlay/{ROOM}?token={shop.tokens.overlay}&theme=green"
        here = await shop.client.get(addresses["here"])
        assert (here.status, here.headers["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")


@pytest.mark.parametrize("query", ["", "room=main", "room=main&token=wrong"])
async def test_without_the_token_there_is_no_loader(tmp_path: Path, query: str) -> None:
    async with open_shop(tmp_path) as shop:
        assert (await shop.client.get(f"{shop.base}/overlay/loader.html?{query}")).status == 401


async def test_nothing_in_its_address_becomes_script_in_the_loader(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        query = f"room={ROOM}&token={shop.tokens.overlay}&theme=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E"
        page = await (await shop.client.get(f"{shop.base}/overlay/loader.html?{query}")).text()
        assert page.count("<script>") == page.count("</script>") == 1
        unknown = f"room=NoRoom&token={shop.tokens.overlay}"
        assert (await shop.client.get(f"{shop.base}/overlay/loader.html?{unknown}")).status == 422
