"""A shop that must sell on, whatever is done to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.faults.desk import a_desk, egg, still_sells
from tests.faults.serving import a_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.faults.desk import Desk, Json
    from tests.faults.serving import House


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("garbage")) as house:
        house.start()
        yield house


@pytest.fixture
async def desk(house: House, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    """A room that takes orders: after each test it still does, in the same process, and nothing was logged as a fault."""
    pid = house.process.pid
    async with a_desk(house, "main") as desk:
        await desk.open(egg(1000))
        yield desk
        await still_sells(desk, f"after-{request.node.name}"[:150])
    assert house.alive
    assert house.process.pid == pid
    assert faults_in_the_log(house) == []


def faults_in_the_log(house: House) -> list[Json]:
    """What was logged as a fault of ours; what is no HTTP at all, the HTTP server logs by itself."""
    log = house.data / "logs" / "linbo.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    ours = (told for told in map(json.loads, lines) if told.get("logger") != "aiohttp.server")
    return [told for told in ours if told["level"] in {"error", "critical"}]
