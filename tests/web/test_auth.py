from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.web.auth import COOKIE, cookie_value, role_of, same
from live.web.tokens import Role, Tokens
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = Tokens(host="h" * 32, ingest="i" * 32, overlay="o" * 32)
SNAPSHOT = f"/api/v1/rooms/{ROOM}/snapshot"


@pytest.mark.parametrize("role", list(Role))
def test_each_token_is_known_by_its_role(role: Role) -> None:
    assert role_of(TOKENS.of(role), TOKENS) is role


@pytest.mark.parametrize("token", ["", "h" * 31, "h" * 33, "口令", "\udcff"])
def test_any_other_token_has_no_role(token: str) -> None:
    assert role_of(token, TOKENS) is None


def test_secrets_of_any_writing_can_be_compared() -> None:
    assert same("a", "a")
    assert not same("张", "a")


def test_the_cookie_is_not_the_token_and_ends_with_it() -> None:
    other = Tokens(host="x" * 32, ingest=TOKENS.ingest, overlay=TOKENS.overlay)
    assert TOKENS.host not in cookie_value(TOKENS)
    assert cookie_value(TOKENS) != cookie_value(other)
    assert cookie_value(TOKENS) == cookie_value(TOKENS)


async def test_the_three_ways_to_show_who_one_is(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}{SNAPSHOT}"
        host = shop.tokens.host
        for asked in (
            shop.client.get(url, headers=shop.bearer(host)),
            shop.client.get(url, headers={"Authorization": f"bearer {host}"}),
            shop.client.get(f"{url}?token={host}"),
            shop.client.get(url, cookies={COOKIE: cookie_value(shop.tokens)}),
        ):
            assert (await asked).status == 200


async def test_a_wrong_token_is_not_mended_by_a_good_cookie(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        cookies = {COOKIE: cookie_value(shop.tokens)}
        answer = await shop.client.get(f"{shop.base}{SNAPSHOT}?token=wrong", cookies=cookies)
        assert answer.status == 401


@pytest.mark.parametrize("cookie", ["", "wrong", "h"])
async def test_a_wrong_cookie_is_401_with_the_mend(tmp_path: Path, cookie: str) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}{SNAPSHOT}", cookies={COOKIE: cookie})
        assert (answer.status, answer.content_type) == (401, "application/problem+json")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert "Authorization: Bearer" in (await answer.json(content_type=None))["detail"]


async def test_the_token_itself_is_no_cookie(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}{SNAPSHOT}", cookies={COOKIE: shop.tokens.host})
        assert answer.status == 401


@pytest.mark.parametrize("path", ["comments", "commands"])
async def test_what_only_a_host_may_do_is_closed_to_the_other_tokens(tmp_path: Path, path: str) -> None:
    async with open_shop(tmp_path) as shop:
        method = "POST" if path == "commands" else "GET"
        for token in (shop.tokens.overlay, shop.tokens.ingest, "", "wrong"):
            url = f"{shop.base}/api/v1/rooms/{ROOM}/{path}"
            answer = await shop.client.request(method, url, headers=shop.bearer(token), json={"type": "end_session"})
            assert answer.status == 401
