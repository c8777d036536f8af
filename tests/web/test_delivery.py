from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from live.domain.comment import Comment
from live.sources.carrier import Delivery, Parcel
from live.sources.contract import read_comment
from live.streams.port import StreamUnavailable
from live.web.delivery import _outcome, deliver_to
from tests.web.shop import ROOM, buyers, open_shop

if TYPE_CHECKING:
    from pathlib import Path


def parcel(first: int, number: int) -> Parcel:
    return Parcel(comments=tuple(taken(item) for item in buyers(number, first=first)), received_ms=1_767_787_300_000)


def taken(item: dict[str, object]) -> Comment:
    found = read_comment(item, received_ms=1_767_787_300_000)
    assert isinstance(found, Comment), found
    return found


async def test_what_is_delivered_is_durable(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        deliver = deliver_to(shop.service)
        assert await deliver(ROOM, [parcel(0, 3), parcel(3, 2)]) is Delivery.KEPT
        assert len(await shop.service.comments_after(ROOM, 0, 100)) == 5


async def test_a_room_without_a_session_keeps_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert await deliver_to(shop.service)(ROOM, [parcel(0, 3)]) is Delivery.CLOSED
        assert await shop.service.comments_after(ROOM, 0, 100) == []


async def test_delivered_twice_has_no_effect_twice(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        for _ in range(2):
            assert await deliver_to(shop.service)(ROOM, [parcel(0, 3)]) is Delivery.KEPT
        assert len(await shop.service.comments_after(ROOM, 0, 100)) == 3


@pytest.mark.parametrize("error", [StreamUnavailable("away"), asyncio.CancelledError()])
def test_what_the_line_could_not_take_is_tried_again(error: BaseException) -> None:
    assert _outcome([None, error]) is Delivery.AWAY


def test_a_fault_of_ours_is_raised() -> None:
    with pytest.raises(RuntimeError, match="broken"):
        _outcome([None, RuntimeError("broken")])
