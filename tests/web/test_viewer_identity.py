from __future__ import annotations

import re

import pytest
from aiohttp.test_utils import make_mocked_request

from live.web.viewer_identity import COOKIE, new_secret, secret_from, secret_of, viewer, viewer_key

SECRET = "A" * 22


def test_a_new_browser_gets_128_bits_that_nobody_guesses() -> None:
    secrets = {new_secret() for _ in range(1_000)}
    assert len(secrets) == 1_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", each) for each in secrets)


def test_a_browser_without_cookies_is_known_by_the_key_of_its_order() -> None:
    assert secret_from("0123456789abcdef") == secret_from("0123456789abcdef")
    assert secret_from("0123456789abcdef") != secret_from("0123456789abcdeg")
    assert len(secret_from("键" * 16)) == 22


@pytest.mark.parametrize(
    ("cookie", "known"), [(SECRET, SECRET), ("A" * 21, None), ("A" * 23, None), ("A" * 21 + "!", None), ("", None)]
)
def test_only_what_we_gave_is_taken_back(cookie: str, known: str | None) -> None:
    assert secret_of(make_mocked_request("GET", "/", headers={"Cookie": f"{COOKIE}={cookie}"})) == known


@pytest.mark.parametrize("name", ["张姐", "张*", "0", "111111", "a/b"])
def test_a_browser_is_one_viewer_whatever_name_is_typed(name: str) -> None:
    one = viewer(SECRET, name)
    assert (one.key, one.name, one.weak, one.platform) == (viewer_key(SECRET), name, False, "page")
    assert SECRET not in f"{one.key}{one.id}"
