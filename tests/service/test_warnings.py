"""What a host is told of a catalogue that was just set up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.service.warnings import warnings_of
from tests.domain.factories import an_evening, apple, egg, start
from tests.service.rig import a_shop

if TYPE_CHECKING:
    from pathlib import Path

FUJI = replace(apple(), id="fuji", number=3, title="红富士", aliases=("苹果",))
GALA = replace(apple(), id="gala", number=5, title="嘎啦果", aliases=("苹果",))


def test_a_name_that_two_offers_bear_is_told_with_both() -> None:
    evening = an_evening(egg(), FUJI, GALA)
    (warning,) = warnings_of(evening.state, start())
    assert (warning["code"], warning["name"], warning["offers"]) == ("shared_name", "苹果", ["fuji", "gala"])
    assert "“苹果”同时是3号红富士和5号嘎啦果" in str(warning["detail"])


def test_names_of_their_own_are_not_worth_a_word() -> None:
    assert warnings_of(an_evening(egg(), FUJI).state, start()) == []


def test_only_commands_that_name_things_are_warned_about() -> None:
    assert warnings_of(an_evening(FUJI, GALA).state, c.PinOffer(offer_id="fuji")) == []


async def test_the_answer_to_the_start_carries_the_warning(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        status, body = await shop.do(start(FUJI, GALA))
        assert (status, [each["name"] for each in body["warnings"]]) == (200, ["苹果"])
        status, body = await shop.do(c.UpdateOffer(offer_id="gala", changes={"aliases": ("嘎啦",)}))
        assert (status, "warnings" in body) == (200, False)
