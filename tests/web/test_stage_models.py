"""Commands about the picture as others send them: what is missing or wrong is told at once, all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.shop import START, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop

BAG: Json = {
    "type": "open_giveaway",
    "title": "今晚福袋",
    "prize": "铁锅一口",
    "prize_value": "99.00",
    "winners": 1,
    "keyword": "福袋",
    "seconds": 60,
}
POLL: Json = {
    "type": "open_poll",
    "question": "明天上什么？",
    "options": [{"key": "1", "label": "草莓"}, {"key": "2", "label": "荔枝"}],
    "seconds": 60,
}


async def answered(shop: Shop, body: Json) -> tuple[int, dict[str, Any]]:
    answer = await shop.command(body)
    return answer.status, await answer.json(content_type=None)


async def faults(shop: Shop, body: Json) -> set[str]:
    status, told = await answered(shop, body)
    assert (status, told["code"]) == (422, "invalid_command")
    return {fault["field"] for fault in told["errors"]}


async def test_every_rule_that_the_law_asks_for_must_be_written(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(START)
        required = {"title", "prize", "prize_value", "winners", "keyword", "seconds"}
        assert await faults(shop, {"type": "open_giveaway"}) == required
        for name in required:
            assert await faults(shop, {key: value for key, value in BAG.items() if key != name}) == {name}


@pytest.mark.parametrize(
    ("field", "value"),
    [("winners", 0), ("title", ""), ("prize", "  "), ("keyword", ""), ("prize_value", "-1.00"), ("seconds", 0)],
)
async def test_a_rule_that_says_nothing_is_none(tmp_path: Path, field: str, value: object) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(START)
        assert await faults(shop, BAG | {field: value}) == {field}


async def test_a_prize_above_fifty_thousand_is_refused_and_one_of_just_so_much_is_not(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(START)
        status, told = await answered(shop, BAG | {"prize_value": "50000.01"})
        assert (status, told["code"]) == (422, "prize_too_high")
        [opened] = await shop.done(BAG | {"prize_value": "50000.00"})
        assert opened["data"]["giveaway"]["rules"]["claim"] == {"hours": 48, "how": "到自提点出示提货码"}


async def test_two_bags_have_seeds_of_their_own_that_nobody_is_told(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(START)
        [opened] = await shop.done(BAG)
        giveaway = opened["data"]["giveaway"]
        assert len(bytes.fromhex(giveaway["commitment"])) == 32
        assert not {"seed", "salt"} & giveaway.keys()
        await shop.done({"type": "end_session"})
        await shop.done(START)
        [again] = await shop.done(BAG)
        assert again["data"]["giveaway"]["commitment"] != giveaway["commitment"]


@pytest.mark.parametrize(
    "options",
    [
        [{"key": "1", "label": "草莓"}],
        [{"key": "1", "label": "草莓"}, {"key": "１", "label": "荔枝"}],
        [{"key": "1", "label": "草莓"}, {"key": "2", "label": "草莓"}],
    ],
)
async def test_options_that_cannot_be_told_apart_are_refused(tmp_path: Path, options: list[Json]) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(START)
        assert await faults(shop, POLL | {"options": options})


async def test_a_key_that_is_another_option_s_label_is_refused(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.done(START)
        twice = [{"key": "1", "label": "草莓"}, {"key": "草莓", "label": "荔枝"}]
        status, told = await answered(shop, POLL | {"options": twice})
        assert (status, told["code"]) == (422, "invalid_command")
