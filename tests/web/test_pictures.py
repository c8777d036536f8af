from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.web.pictures import MOST_BYTES, kind_of
from tests.web.shop import EGG, ROOM, START, open_shop

if TYPE_CHECKING:
    from pathlib import Path

JPEG = b"\xff\xd8\xff\xe0" + b"egg" * 100


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, "jpg"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"GIF89a", None),
        (b"<svg onload=alert(1)>", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_what_it_begins_with(content: bytes, kind: str | None) -> None:
    assert kind_of(content) == kind


async def test_a_picture_that_the_host_sends_is_seen_by_everybody_under_the_name_of_its_content(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        headers = shop.bearer(shop.tokens.host)
        sent = [await shop.client.post(f"{shop.base}/api/v1/pictures", data=JPEG, headers=headers) for _ in range(2)]
        first, again = [(await answer.json())["picture"] for answer in sent]
        assert first == again
        answer = await shop.client.get(f"{shop.base}/pictures/{first}")
        assert (await answer.read(), answer.content_type) == (JPEG, "image/jpeg")
        assert "immutable" in answer.headers["Cache-Control"]


async def test_an_offer_shows_its_picture_to_the_picture_and_after_a_restart(tmp_path: Path) -> None:
    name = f"{'0f' * 16}.jpg"
    async with open_shop(tmp_path) as shop:
        await shop.done(START | {"offers": [EGG | {"picture": name}]})
    async with open_shop(tmp_path) as shop:
        url = f"{shop.base}/api/v1/rooms/{ROOM}/snapshot"
        answer = await shop.client.get(url, headers=shop.bearer(shop.tokens.overlay))
        assert (await answer.json())["offers"][0]["picture"] == name


async def test_nobody_but_the_host_sends_pictures(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for headers in ({}, shop.bearer(shop.tokens.overlay)):
            answer = await shop.client.post(f"{shop.base}/api/v1/pictures", data=JPEG, headers=headers)
            assert answer.status == 401
        assert not (tmp_path / "pictures").exists()


@pytest.mark.parametrize(
    ("content", "status"), [(b"#!/bin/sh", 415), (b"", 415), (b"\xff\xd8\xff" + b"x" * MOST_BYTES, 413)]
)
async def test_what_is_no_picture_or_too_large_is_refused_and_not_kept(
    tmp_path: Path, content: bytes, status: int
) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.client.post(
            f"{shop.base}/api/v1/pictures", data=content, headers=shop.bearer(shop.tokens.host)
        )
        assert answer.status == status
        assert "图片" in (await answer.json())["detail"]
        assert not (tmp_path / "pictures").exists()


@pytest.mark.parametrize("name", ["..%2Flinbo.db", ".x.part", "none.jpg", "%00", "tokens.json"])
async def test_nothing_else_of_the_data_folder_is_a_picture(tmp_path: Path, name: str) -> None:
    async with open_shop(tmp_path) as shop:
        (tmp_path / "pictures").mkdir()
        (tmp_path / "pictures" / ".x.part").write_bytes(JPEG)
        answer = await shop.client.get(f"{shop.base}/pictures/{name}")
        assert answer.status in {400, 404}


@pytest.mark.parametrize("picture", ["egg.jpg", "https://x.example/a.jpg", "../a.jpg", f"{'0f' * 16}.svg", ""])
async def test_an_offer_takes_no_picture_but_one_that_was_sent(tmp_path: Path, picture: str) -> None:
    async with open_shop(tmp_path) as shop:
        answer = await shop.command(START | {"offers": [EGG | {"picture": picture}]})
        assert answer.status == 422
