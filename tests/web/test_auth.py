from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.web.auth import COOKIE, cookie_value, is_good_cookie, role_of, same
from live.web.rate import ADDRESS, Limit
from live.web.tokens import Role, Tokens
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Shop

NOW_MS = 1_767_787_200_000
DAYS_30_MS = 30 * 24 * 3600 * 1000
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
    assert TOKENS.host not in cookie_value(TOKENS, NOW_MS)
    assert is_good_cookie(cookie_value(TOKENS, NOW_MS), TOKENS, NOW_MS)
    assert not is_good_cookie(cookie_value(other, NOW_MS), TOKENS, NOW_MS)


@pytest.mark.parametrize(
    ("age_ms", "good"),
    [(0, True), (DAYS_30_MS - 1, True), (DAYS_30_MS, False), (-60_000, True), (-10 * 60_000, False)],
)
def test_a_cookie_is_good_for_thirty_days_whatever_the_browser_does_with_it(age_ms: int, *, good: bool) -> None:
    assert is_good_cookie(cookie_value(TOKENS, NOW_MS - age_ms), TOKENS, NOW_MS) is good


def test_nobody_makes_a_cookie_younger() -> None:
    _, _, mac = cookie_value(TOKENS, NOW_MS - DAYS_30_MS).partition(".")
    for made in (str(NOW_MS), f"0{NOW_MS - DAYS_30_MS}", "", "x", "-1", "1e3", "９"):
        assert not is_good_cookie(f"{made}.{mac}", TOKENS, NOW_MS)
    assert not is_good_cookie(mac, TOKENS, NOW_MS)


async def test_the_three_ways_to_show_who_one_is(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}{SNAPSHOT}"
        host = shop.tokens.host
        for asked in (
            shop.client.get(url, headers=shop.bearer(host)),
            shop.client.get(url, headers={"Authorization": f"bearer {host}"}),
            shop.client.get(f"{url}?token={host}"),
            shop.client.get(url, cookies={COOKIE: shop.cookie()}),
        ):
            assert (await asked).status == 200


async def test_a_wrong_token_is_not_mended_by_a_good_cookie(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        cookies = {COOKIE: shop.cookie()}
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


async def status(shop: Shop, **headers: str) -> tuple[int, str]:
    async with shop.client.get(f"{shop.base}{SNAPSHOT}", headers=headers) as answer:
        return answer.status, answer.headers.get("Retry-After", "")


async def test_whoever_shows_wrong_tokens_again_and_again_has_to_wait_and_the_host_never_has(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        wrong = [await status(shop, Authorization=f"Bearer guess-{n}") for n in range(ADDRESS[Limit.WRONG_TOKEN].burst)]
        assert set(wrong) == {(401, "")}
        refused, later = await status(shop, Authorization="Bearer one-more")
        assert (refused, int(later) > 0) == (429, True)
        assert (await status(shop, Cookie=f"{COOKIE}=1.guess"))[0] == 429
        assert (await status(shop, **shop.bearer(shop.tokens.host)))[0] == 200
        assert (await status(shop, Cookie=f"{COOKIE}={shop.cookie()}"))[0] == 200


async def test_to_show_no_token_or_that_of_another_role_is_no_guess(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for _ in range(2 * ADDRESS[Limit.WRONG_TOKEN].burst):
            assert await status(shop) == (401, "")
            assert await status(shop, **shop.bearer(shop.tokens.ingest)) == (401, "")


@pytest.mark.parametrize("page", ["console", "overlay"])
async def test_pages_count_wrong_tokens_too(tmp_path: Path, page: str) -> None:
    async with open_shop(tmp_path) as shop:
        statuses = []
        for n in range(ADDRESS[Limit.WRONG_TOKEN].burst + 1):
            async with shop.client.get(f"{shop.base}/{page}/{ROOM}?token=guess-{n}") as answer:
                statuses.append(answer.status)
        assert set(statuses[:-1]) == {401}
        assert statuses[-1] == 429
