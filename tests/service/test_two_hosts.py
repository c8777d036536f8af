"""Two hosts with one reservation before them, each with a console that sends what it saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic_core import to_json

from live.domain import commands as c
from live.web.command_orders import to_order
from live.web.commands import parse
from tests.domain.factories import egg, viewer
from tests.service.rig import a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.rig import Shop

CANCEL: dict[str, object] = {"type": "cancel_reservation", "reason": ""}


async def open_with_an_order(shop: Shop) -> dict[str, Any]:
    """Sell 张姐 one box; what both hosts see of it."""
    await shop.open(egg())
    await shop.do(c.Reserve(viewer=viewer("张姐"), offer_id="egg", quantity=1))
    shop.clock.now_ms += 1
    return look(shop)


def look(shop: Shop) -> dict[str, Any]:
    (seen,) = shop.snapshot()["reservations"]
    return dict(seen)


def to(quantity: int) -> dict[str, object]:
    return {"type": "set_quantity", "quantity": quantity}


async def tap(shop: Shop, seen: dict[str, Any], what: dict[str, object]) -> tuple[int, dict[str, Any]]:
    body = {"reservation_id": seen["id"], "if_changed_at": seen["changed_at"], **what}
    answer = await shop.do(to_order(parse(to_json(body)), lambda: "x"))
    shop.clock.now_ms += 1
    return answer


@pytest.mark.parametrize("second", [to(5), CANCEL], ids=["sets", "cancels"])
async def test_the_second_host_is_told_what_it_is_now_and_changes_nothing(
    tmp_path: Path, second: dict[str, object]
) -> None:
    async with a_shop(tmp_path) as shop:
        seen = await open_with_an_order(shop)
        assert (await tap(shop, seen, to(3)))[0] == 200
        before = shop.snapshot()
        status, problem = await tap(shop, seen, second)
        assert (status, problem["code"]) == (409, "changed_meanwhile")
        assert problem["detail"] == "张姐的土鸡蛋 30 枚刚被改成 3 箱，请看过再改"
        assert shop.snapshot() == before


async def test_who_has_looked_again_may_change_it(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        seen = await open_with_an_order(shop)
        await tap(shop, seen, to(3))
        assert (await tap(shop, seen, to(5)))[0] == 409
        assert (await tap(shop, look(shop), to(5)))[0] == 200
        assert look(shop)["quantity"] == 5


async def test_what_one_has_cancelled_the_other_cannot_change(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        seen = await open_with_an_order(shop)
        await tap(shop, seen, CANCEL)
        status, problem = await tap(shop, seen, to(3))
        assert (status, problem["code"]) == (409, "not_changeable")
        assert look(shop)["state"] == "cancelled"


async def test_a_moment_is_the_same_in_every_time_zone_and_below_a_millisecond(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        seen = await open_with_an_order(shop)
        moment = seen["changed_at"]
        assert moment.endswith(".000+08:00"), moment
        same = moment.replace(".000", ".0004")
        assert (await tap(shop, seen | {"changed_at": same}, to(2)))[0] == 200
