from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from live.service.sign_ups import MOST_LINES
from live.web.jielong_models import MOST_CHARACTERS
from tests.web.shop import ROOM, bring, buyers, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop


async def write(shop: Shop, query: str = "", *, token: str | None = None) -> tuple[int, str]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{ROOM}/jielong{query}", headers=headers) as answer:
        return answer.status, await answer.text()


async def read(shop: Shop, body: object, *, token: str | None = None) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    async with shop.client.post(f"{shop.base}/api/v1/rooms/{ROOM}/jielong", json=body, headers=headers) as answer:
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def test_what_is_on_sale_is_written_as_plain_text(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        status, text = await write(shop)
        assert status == 200
        assert text.startswith("#接龙\n周三晚场\n截单 ")
        assert "1号 土鸡蛋 30 枚 39.90元/箱" in text


async def test_who_ordered_what_is_written_with_masked_names_unless_asked_otherwise(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await bring(shop, buyers(2))
        _, masked = await write(shop, "?what=orders")
        _, full = await write(shop, "?what=orders&names=full")
        assert masked.endswith("\n1. 顾* 鸡蛋1箱\n2. 顾* 鸡蛋1箱")
        assert full.endswith("\n1. 顾客0 鸡蛋1箱\n2. 顾客1 鸡蛋1箱")


async def test_a_pasted_list_comes_back_as_commands_that_can_be_sent(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        status, told = await read(shop, {"text": "#接龙\n1. 张姐 鸡蛋2箱\n2. 李叔 随便"})
        assert status == 200
        (proposal,) = told["proposals"]
        assert (proposal["line"], proposal["sure"], [fault["line"] for fault in told["faults"]]) == (2, True, [3])
        for _again in range(2):
            answer = await shop.command(proposal["command"], **{"Idempotency-Key": proposal["key"]})
            assert answer.status == 200
        assert [(r["viewer"]["name"], r["quantity"]) for r in (await shop.snapshot())["reservations"]] == [("张姐", 2)]


async def test_the_list_may_say_what_it_is_about(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        _, told = await read(shop, {"text": "1. 张姐 2", "offer_id": "apple"})
        assert [p["command"]["offer_id"] for p in told["proposals"]] == ["apple"]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({}, 422, "invalid_command", "text"),
        ({"text": ""}, 422, "invalid_command", "text"),
        ({"text": 1, "offer_id": 2}, 422, "invalid_command", "text"),
        ({"text": "x" * (MOST_CHARACTERS + 1)}, 422, "invalid_command", "text"),
        ({"text": "\n" * (MOST_LINES + 1)}, 422, "invalid_command", "text"),
        ({"text": "1. 张姐 鸡蛋2箱", "offer": "egg"}, 422, "invalid_command", "offer"),
        ({"text": "1. 张姐 鸡蛋2箱", "offer_id": "none"}, 422, "unknown_offer", "offer_id"),
        (["1. 张姐 鸡蛋2箱"], 400, "invalid_json", None),
    ],
)
async def test_what_is_no_list_is_told_field_by_field(
    tmp_path: Path, body: object, status: int, code: str, field: str | None
) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        found, told = await read(shop, body)
        assert (found, told["code"]) == (status, code), json.dumps(told, ensure_ascii=False)
        assert field is None or told["errors"][0]["field"] == field


async def test_a_room_without_a_session_has_no_list(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert (await read(shop, {"text": "1. 张姐 鸡蛋2箱"}))[0] == 404
        assert [(await write(shop, query))[0] for query in ("", "?what=orders")] == [404, 404]


@pytest.mark.parametrize("query", ["?what=all", "?names=none", "?what="])
async def test_what_cannot_be_asked_for_is_422(tmp_path: Path, query: str) -> None:
    async with open_shop(tmp_path) as shop:
        assert (await write(shop, query))[0] == 422


async def test_only_the_host_may_read_and_write_lists(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for token in (shop.tokens.overlay, shop.tokens.ingest, "wrong"):
            assert (await write(shop, token=token))[0] == 401
            assert (await read(shop, {"text": "1. 张姐 鸡蛋2箱"}, token=token))[0] == 401
