"""The papers as Chromium prints them: how many pages, what size, and that nothing sticks out of a label."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image

from live.domain import commands as c
from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.labels import Names
from live.reports.fulfilment.papers import paper_files
from tests.pages.browser import browser_is_required, find_browser, open_browser
from tests.reports.cycles import cut_off, noodle, pear, pork, the_cycle
from tests.reports.factories import CYCLE, a_stream, apple, egg, person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Page

    from live.store.port import CycleRecord

pytestmark = pytest.mark.asyncio(loop_scope="module")

MM = 72 / 25.4
"""Points of a PDF."""
PRINTER_DPI = 203
"""What a thermal printer for receipts has: eight dots a millimetre."""
LONG = "平安是福平安是福平安是福平安是福平安是福"
VIEWERS = 30


@pytest_asyncio.fixture(name="browser", scope="module", loop_scope="module")
async def a_browser() -> AsyncIterator[Browser]:
    path = find_browser()
    if path is None and not browser_is_required():
        pytest.skip("there is no Chromium on this machine")
    assert path is not None, "no Chromium, and LINBO_REQUIRE_BROWSER wants one"
    async with open_browser(path) as browser:
        yield browser


def a_cycle_of_long_words() -> CycleRecord:
    """As long as names, titles, units and numbers may get, and a full bag for everybody."""
    long = replace(pear(), title=LONG * 3, unit="大礼盒", quota=100_000)
    many = replace(noodle(), title=LONG, quota=100_000, variants=noodle().variants[:1])
    many = replace(many, variants=(replace(many.variants[0], name=LONG),))
    points = (replace(CYCLE.pickup_points[0], name=LONG), CYCLE.pickup_points[1])
    goods = (egg(quota=100_000), apple(quota=100_000), pork(quota=100_000), long, many)
    stream = a_stream(*goods, cycle=replace(CYCLE, pickup_points=points))
    for place in range(VIEWERS):
        by = person(f"{LONG}{place}")
        for offer, variant in (("egg", None), ("apple", "s"), ("pear", None), ("noodle", "wide"), ("pork", None)):
            quantity = 999 if place == 0 else 20
            stream.do(c.Reserve(viewer=by, offer_id=offer, variant_id=variant, quantity=quantity))
        stream.fetches(by, at="p1" if place % 3 else "p2", tail="0042", own_bag=True)
    cut_off(stream)
    return the_cycle(stream)


@pytest.fixture(name="folder", scope="module")
def a_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for name, content in paper_files(a_cycle_of_long_words(), Names.FULL):
        (folder / name).write_bytes(content)
    return folder


async def printed(browser: Browser, address: str) -> list[tuple[int, int]]:
    """The sizes in millimetres of the pages that come out of the printer."""
    page = await browser.new_page()
    await page.goto(address)
    pdf = await page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == len(re.findall(rb"/Type /Page\b", pdf))
    return [(round(float(width) / MM), round(float(height) / MM)) for width, height in boxes]


async def opened_for_print(browser: Browser, address: str, *, scale: float = 1.0) -> Page:
    page = await browser.new_page(device_scale_factor=scale)
    await page.goto(address)
    await page.emulate_media(media="print")
    return page


async def test_a_roll_comes_out_label_by_label(browser: Browser, folder: Path) -> None:
    labels = len(fulfilment_of(a_cycle_of_long_words()).labels)
    assert labels == 2 * VIEWERS
    assert await printed(browser, (folder / "labels-58mm.html").as_uri()) == [(58, 40)] * labels


async def test_sheets_of_labels_come_out_as_full_a4_pages_and_no_empty_one(browser: Browser, folder: Path) -> None:
    assert await printed(browser, (folder / "labels-a4.html").as_uri()) == [(210, 297)] * 3


@pytest.mark.parametrize("name", ["purchase.html", "picklist.html"])
async def test_lists_are_printed_on_a4(browser: Browser, folder: Path, name: str) -> None:
    assert set(await printed(browser, (folder / name).as_uri())) == {(210, 297)}


STICKS_OUT = """() => [...document.querySelectorAll(".label")].flatMap((label) => {
  const edge = label.getBoundingClientRect();
  const inside = ([...parts]) => parts.filter((part) => {
    const box = part.getBoundingClientRect();
    return box.left < edge.left - 0.5 || box.top < edge.top - 0.5
      || box.right > edge.right + 0.5 || box.bottom > edge.bottom + 0.5;
  });
  const out = inside(label.querySelectorAll("*")).map((part) => part.className.baseVal ?? part.className);
  const lines = label.querySelector(".lines").getBoundingClientRect();
  const head = label.querySelector(".who").getBoundingClientRect();
  const foot = label.querySelector(".foot").getBoundingClientRect();
  if (label.scrollHeight > label.clientHeight || label.scrollWidth > label.clientWidth) out.push("label");
  if (lines.top < head.bottom - 0.5 || lines.bottom > foot.top + 0.5) out.push("lines over head or foot");
  return out;
})"""


@pytest.mark.parametrize("name", ["labels-58mm.html", "labels-a4.html"])
async def test_nothing_sticks_out_of_a_label_however_long_the_words(browser: Browser, folder: Path, name: str) -> None:
    page = await opened_for_print(browser, (folder / name).as_uri())
    assert await page.locator(".label").count() == 2 * VIEWERS
    assert await page.evaluate(STICKS_OUT) == []


async def test_what_must_be_read_on_a_label_is_never_cut(browser: Browser, folder: Path) -> None:
    page = await opened_for_print(browser, (folder / "labels-58mm.html").as_uri())
    whole = """() => [...document.querySelectorAll(".number, .bag, .lines b, .foot, .code")]
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline")
        .map((part) => part.className)"""
    assert await page.evaluate(whole) == []
    quantities = await page.locator(".label .lines b").all_inner_texts()
    assert "999 大礼盒" in quantities


@pytest.mark.parametrize("name", ["labels-58mm.html", "labels-a4.html"])
async def test_a_scanner_reads_the_code_off_a_thermal_print(browser: Browser, folder: Path, name: str) -> None:
    page = await opened_for_print(browser, (folder / name).as_uri(), scale=PRINTER_DPI / 96)
    codes = []
    for place in range(3):
        picture = Image.open(io.BytesIO(await page.locator(".label").nth(place).screenshot()))
        black_and_white = picture.convert("L").point(lambda grey: 255 if grey > 127 else 0)
        codes += [found.text for found in zxingcpp.read_barcodes(black_and_white)]
    assert codes == [label.code for label in fulfilment_of(a_cycle_of_long_words()).labels[:3]]


async def test_no_page_ends_within_a_viewer(browser: Browser, folder: Path) -> None:
    page = await opened_for_print(browser, (folder / "picklist.html").as_uri())
    kept = "(rows) => rows.map((row) => getComputedStyle(row).breakInside)"
    assert set(await page.locator(".pick tbody tr").evaluate_all(kept)) == {"avoid"}
    assert set(await page.locator(".takers li").evaluate_all(kept)) == {"avoid"}
    tallest = "(rows) => Math.max(...rows.map((row) => row.getBoundingClientRect().height))"
    assert await page.locator(".pick tbody tr").evaluate_all(tallest) < 250 * 96 / 25.4


async def test_paper_shows_nothing_of_the_screen_and_is_black_on_white(browser: Browser, folder: Path) -> None:
    for name in ("purchase.html", "picklist.html", "labels-58mm.html", "labels-a4.html"):
        page = await opened_for_print(browser, (folder / name).as_uri())
        assert not await page.locator("nav").is_visible()
        look = "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        assert await page.evaluate(look) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("name", ["purchase.html", "picklist.html", "labels-58mm.html"])
async def test_on_a_phone_nothing_sticks_out_and_links_are_thumb_sized(
    browser: Browser, folder: Path, name: str
) -> None:
    page = await browser.new_page(viewport={"width": 360, "height": 640})
    await page.goto((folder / name).as_uri())
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    heights = await page.locator("nav p:first-child a").evaluate_all("(all) => all.map((a) => a.offsetHeight)")
    assert min(heights) >= 44


@pytest.mark.parametrize("name", ["purchase.html", "picklist.html", "labels-58mm.html", "labels-a4.html"])
async def test_a_paper_loads_alone_and_the_console_stays_empty(browser: Browser, folder: Path, name: str) -> None:
    page = await browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = (folder / name).as_uri()
    await page.goto(address)
    assert [url for url in asked if url != "data:,"] == [address]
    assert said == []
