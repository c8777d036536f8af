"""Measure how soon the console is of use: `python -m tests.pages.measure_first_paint [--times N] [--slower N]`.

The real service on this machine's loopback, a phone of 360 × 640 with an empty cache each time. Told are the median and the
slowest of: the first paint of anything (FCP), the first useful one (the evening's title, its totals and what waits for
a tap), and what it took on the line. `--slower 4` is a phone four times as slow as this machine. No test: figures of
a busy machine hold nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pages.browser import find_browser, open_browser
from tests.pages.conftest import PHONE
from tests.pages.shop import open_shop, start_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Browser

    from tests.pages.shop import Shop

ROOM = "evening"
NOTE_USEFUL = """() => {
  const seen = () => document.body?.dataset.view === 'live' && document.querySelector('lb-top-bar h1')?.textContent
    && document.querySelector('lb-confirm-card .accept, lb-confirm-card .pick, lb-confirm-card button')?.getClientRects().length > 0;
  const look = () => seen() ? requestAnimationFrame(() => (window.usefulMs = performance.now())) : requestAnimationFrame(look);
  look();
}"""
FIGURES = """() => ({
  first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
  useful: window.usefulMs,
  files: performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd <= window.usefulMs).length + 1,
  line: performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd <= window.usefulMs)
    .reduce((sum, { transferSize }) => sum + transferSize, performance.getEntriesByType('navigation')[0].transferSize),
})"""

Figures = dict[str, float]


async def measure(times: int, slower: float) -> list[Figures]:
    """Open the console so many times, each time as if for the first."""
    path = find_browser()
    if path is None:
        sys.exit("没有找到 Chromium：先安装它（apt install chromium），再运行一次。")
    with tempfile.TemporaryDirectory() as data:
        async with open_shop(Path(data)) as (shop, _service), open_browser(path) as browser:
            await shop.command(ROOM, start_session())
            await shop.say(ROOM, ("赵姨", "鸡蛋来点"), ("薛***", "要一箱鸡蛋"))
            await _once(shop, browser, slower)  # the service reads its files for the first time
            return [await _once(shop, browser, slower) for _ in range(times)]


async def _once(shop: Shop, browser: Browser, slower: float) -> Figures:
    context = await browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    await context.add_init_script(f"({NOTE_USEFUL})()")
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    await page.goto(shop.console(ROOM))
    await page.wait_for_function("() => window.usefulMs")
    figures: Figures = await page.evaluate(FIGURES)
    await context.close()
    return figures


def told(found: Sequence[Figures]) -> str:
    """The figures as a small table."""
    rows = [
        ("first paint", "first", "ms"),
        ("useful paint", "useful", "ms"),
        ("files", "files", ""),
        ("line", "line", "bytes"),
    ]
    lines = [f"{'':14}{'median':>10}{'worst':>10}"]
    for name, key, unit in rows:
        values = [each[key] for each in found]
        lines.append(f"{name:14}{statistics.median(values):>10.0f}{max(values):>10.0f} {unit}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, measure, and print."""
    parser = argparse.ArgumentParser(description="Measure how soon the console is of use.")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--slower", type=float, default=1)
    options = parser.parse_args(arguments)
    print(told(asyncio.run(measure(options.times, options.slower))))  # noqa: T201  # the figures are what it is for


if __name__ == "__main__":
    main()
