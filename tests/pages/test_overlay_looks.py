"""What the picture looks like, measured: every layer in every state, each theme, upright and across."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.pages.overlay_gallery import LOOKS, goods, settle
from tests.pages.picture import Stand, open_stand
from tests.pages.picture_states import scenes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from tests.pages.shop import Json

pytestmark = pytest.mark.asyncio(loop_scope="package")

MEASURES = (Path(__file__).parent / "overlay_measures.js").read_text(encoding="utf-8")
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
SAFE = {"portrait": (40, 250, 920, 1130), "landscape": (96, 54, 1824, 1026)}
"""Left, top, right and bottom of the place that platforms leave free."""


FAULTS = ("overlaps", "across", "cut", "small")
EVERY_COLOUR = (
    *("all", "all-drawn", "all-question", "bag-open", "bag-proof", "flash-announced", "flash-out", "flash-running"),
    *("offer-dear-out", "offer-nothing", "poll", "prompt", "fallback", "bubble"),
)
"""Scenes that show every pair of colours there is."""


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def stand(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stand]:
    async with open_stand(tmp_path_factory.mktemp("stand")) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="package")
async def still(page: Page) -> Page:
    """A page where nothing moves: what is measured is where things come to rest."""
    await page.emulate_media(reduced_motion="reduce")
    return page


@pytest.mark.parametrize("scene", scenes())
async def test_nothing_overlaps_is_cut_or_stands_outside_whatever_is_shown(
    still: Page, stand: Stand, scene: str
) -> None:
    stand.show(scenes(goods())[scene])
    await still.goto(stand.address())
    for way, (width, height) in SIZES.items():
        await still.set_viewport_size({"width": width, "height": height})
        await settle(still, scene)
        expect_order(await still.evaluate(MEASURES), SAFE[way])


def expect_order(found: Json, safe: tuple[int, int, int, int]) -> None:
    """Everything that is there is whole, apart from all else, large enough, and where platforms leave room."""
    assert found["texts"] > 0
    assert {fault: found[fault] for fault in FAULTS if found[fault]} == {}
    left, top, right, bottom = safe
    for box in found["boxes"]:
        assert left - 1 <= box["left"] < box["right"] <= right + 1
        assert top - 1 <= box["top"] < box["bottom"] <= bottom + 1


@pytest.mark.parametrize("look", LOOKS)
async def test_every_word_can_be_read_over_any_video(still: Page, stand: Stand, look: str) -> None:
    await still.set_viewport_size({"width": 1080, "height": 1920})
    for name in EVERY_COLOUR:
        stand.show(scenes(goods())[name])
        await still.goto(stand.address(theme=look))
        await settle(still, name)
        found = await still.evaluate(MEASURES)
        assert found["texts"] > 0
        assert found["faint"] == [], name


async def test_a_scrim_that_lets_the_video_through_is_found_out(still: Page, stand: Stand) -> None:
    await still.set_viewport_size({"width": 1080, "height": 1920})
    stand.show(scenes()["offer"])
    await still.goto(stand.address())
    await settle(still)
    await still.evaluate("document.documentElement.style.setProperty('--ov-scrim', 'rgba(86, 9, 14, 0.3)')")
    assert (await still.evaluate(MEASURES))["faint"] != []


async def test_what_overlaps_and_what_is_cut_is_found_out(still: Page, stand: Stand) -> None:
    await still.set_viewport_size({"width": 1080, "height": 1920})
    stand.show(scenes()["bag-open"])
    await still.goto(stand.address())
    await settle(still, "bag-open")
    await still.locator("lb-bag-card .time, lb-bag-card .entries").evaluate_all(
        "nodes => nodes.forEach((node) => node.style.setProperty('font-size', '140px'))"
    )
    found = await still.evaluate(MEASURES)
    assert found["across"] != []
    assert found["cut"] != []
