"""The viewers' pages behind a real reverse proxy, under a path: how phones outside the shop's Wi-Fi reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from live.web.viewer_identity import COOKIE
from tests.web.proxy import PREFIX, PUBLIC_HOST
from tests.web.shop import ROOM, frame
from tests.web.test_behind_a_proxy import browser, every_manner
from tests.web.viewers import EVENING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.proxy import Manners

OURS = {"Origin": f"https://{PUBLIC_HOST}"}


@every_manner
async def test_an_order_is_made_and_followed_from_outside(tmp_path: Path, manners: Manners) -> None:
    async with browser(tmp_path, manners) as there:
        await there.shop.done(EVENING)
        page = await there.get(f"{PREFIX}/shop/{ROOM}")
        cookie = page.cookies[COOKIE]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert PREFIX.startswith(cookie["path"])
        with_cookie = {"Cookie": f"{COOKIE}={cookie.value}"}

        listed = await (await there.get(f"{PREFIX}/api/v1/shops/{ROOM}", **with_cookie)).json()
        lines = [{"offer_id": "egg", "quantity": 2}]
        body = {"session_id": listed["shop"]["session"]["id"], "name": "王姐", "lines": lines}
        key = {"Idempotency-Key": "0123456789abcdef"}
        answer = await there.post(f"{PREFIX}/api/v1/shops/{ROOM}/orders", body, **with_cookie, **key, **OURS)
        assert answer.status == 200
        code = (await answer.json())["mine"]["code"]

        own = await there.get(f"{PREFIX}/r/{code}")
        assert own.status == 200
        async with there.socket(f"{PREFIX}/ws/baskets/{code}", **OURS) as socket:
            assert (await frame(socket))["basket"]["code"] == code
        foreign = {"Origin": "https://evil.example"}
        refused = await there.post(f"{PREFIX}/api/v1/shops/{ROOM}/orders", body, **with_cookie, **key, **foreign)
        assert refused.status == 403


@every_manner
async def test_the_ways_between_the_pages_hold_under_the_prefix(tmp_path: Path, manners: Manners) -> None:
    async with browser(tmp_path, manners) as there:
        bare = await there.get(f"{PREFIX}/r")
        assert bare.status == 303
        there_it_is = urljoin(f"{PREFIX}/r", bare.headers["Location"])
        assert (await there.get(there_it_is)).status == 200
        nowhere = await there.get(f"{PREFIX}/no/where", Accept="text/html")
        assert nowhere.status == 404
        assert urljoin(f"{PREFIX}/no/where", "../r/") == there_it_is
        assert 'href="../r/"' in await nowhere.text()
