from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from openapi_spec_validator import validate

from live.web.app import routes
from live.web.commands import KNOWN
from live.web.openapi import document
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT: Any = json.loads(json.dumps(document()))
PAGES = {
    "/",
    "/console/{room}",
    "/pickup/{room}",
    "/prompter/{room}",
    "/shop/{room}",
    "/r",
    "/r/",
    "/r/{code}",
    "/static/{path:.*}",
}
PAGES |= {"/rehearsal/{room}/{tail:.*}"}
PAGES |= {"/draw/{giveaway}", "/draw/{giveaway}.html", "/pictures/{name}"}


def test_it_is_valid_openapi() -> None:
    validate(DOCUMENT)


def test_every_route_that_is_no_page_is_described_and_nothing_else() -> None:
    real = {(route.path, route.method.lower()) for route in routes() if route.path not in PAGES}
    described = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert described == real


def test_every_command_is_described_as_it_is_checked() -> None:
    command = DOCUMENT["components"]["schemas"]["Command"]
    assert set(command["discriminator"]["mapping"]) == set(KNOWN)


@pytest.mark.parametrize("kind", KNOWN)
def test_every_command_is_closed_and_told_by_its_type(kind: str) -> None:
    schemas = DOCUMENT["components"]["schemas"]
    name = schemas["Command"]["discriminator"]["mapping"][kind].rpartition("/")[2]
    assert schemas[name]["additionalProperties"] is False
    assert schemas[name]["properties"]["type"]["const"] == kind
    assert "type" in schemas[name]["required"]


async def test_anybody_may_read_the_description(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}/api/v1/openapi.json")
        assert (answer.status, await answer.json()) == (200, DOCUMENT)
