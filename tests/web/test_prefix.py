from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from config.setting_types import OWN_PATHS
from config.settings import ServerSettings
from live.web.prefix import cut
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("/linbo/console/live", "/console/live"),
        ("/linbo/", "/"),
        ("/linbo/shop/live?x=/linbo/", "/shop/live?x=/linbo/"),
        ("/linbo/linbo/x", "/linbo/x"),
        ("/linbo", None),
        ("/linbox/console", None),
        ("/console/live", None),
        ("/console/linbo/x", None),
        ("", None),
    ],
)
def test_a_prefix_is_cut_off_once_and_as_a_whole_word(path: str, rest: str | None) -> None:
    assert cut("/linbo", path) == rest


async def test_a_prefix_that_has_the_name_of_a_page_of_ours_is_refused(tmp_path: Path) -> None:
    """The settings know the names; here they are held to the routes that there are."""
    async with open_shop(tmp_path) as shop:
        named = {resource.canonical.split("/")[1] for resource in shop.app.router.resources()} - {""}
    assert named <= OWN_PATHS
    for name in named:
        with pytest.raises(ValidationError, match=name):
            ServerSettings.model_validate({"public_url": f"https://shop.example/{name}/x"})


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/a?b",
        "https://shop.example/a#b",
        "https://host:secret@shop.example",
        "https://shop.example:0",
        "https://shop.example:port",
        "https://shop.example/../x",
        "https://shop.example/a//b",
        "https://shop.example/店",
        "https://shop.example/a b",
        "https://shop.example/" + "a/" * 9,
        "shop.example",
    ],
)
def test_what_is_no_plain_public_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValidationError, match=r"例|开头"):
        ServerSettings.model_validate({"public_url": url})


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://shop.example/linbo/", "https://shop.example/linbo"),
        ("http://203.0.113.5:8080", "http://203.0.113.5:8080"),
        ("https://shop.example/a.b/c_d/e~f", "https://shop.example/a.b/c_d/e~f"),
    ],
)
def test_a_plain_public_address_is_taken_without_the_slash_at_its_end(url: str, kept: str) -> None:
    assert ServerSettings.model_validate({"public_url": url}).public_url == kept
