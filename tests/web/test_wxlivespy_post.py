"""The library that wxlivespy posts with (axios 1.5.1 under node), called as wxlivespy calls it, against the real service."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.sources.node import program
from tests.web.shop import ROOM, Json, Shop, open_shop

if TYPE_CHECKING:
    from pathlib import Path

ANSWER_S = 60


@pytest.fixture(scope="module")
def poster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return program(tmp_path_factory.mktemp("wxlivespy"), "wxlivespy_post.mjs", "axios@1.5.1")


async def post(poster: Path, shop: Shop, *arguments: str) -> str:
    node = shutil.which("node")
    assert node is not None
    url = f"{shop.base}/ingest/wxlivespy?room={ROOM}&token={shop.tokens.ingest}"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(node, str(poster), url, *arguments, stdout=pipe, stderr=pipe)
    try:
        told, failed = await asyncio.wait_for(process.communicate(), ANSWER_S)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return (told or failed).decode().strip()


@pytest.mark.parametrize("form", ["plain", "gzip"])
async def test_a_comment_becomes_a_reservation(poster: Path, tmp_path: Path, form: str) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        told = await post(poster, shop, form, "11", "1号 2份")
        assert told == '200 {"type":"ack","ids":["finderlive_usermsg_comment_9V1pD11_o9hHn5AbCdEf"]}'
        snapshot: Json = await shop.snapshot()
        (made,) = snapshot["reservations"]
        assert (made["offer_id"], made["quantity"]) == ("egg", 2)
        assert made["viewer"]["id"] == "host:o9hHn5AbCdEf"


async def test_posted_twice_it_is_reserved_once(poster: Path, tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        for _ in range(2):
            assert (await post(poster, shop, "plain", "12", "再要1号一箱")).startswith("200 ")
        assert [made["quantity"] for made in (await shop.snapshot())["reservations"]] == [1]
