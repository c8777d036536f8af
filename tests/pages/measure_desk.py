"""Measure the live desk under load: `python -m tests.pages.measure_desk [--comments 10000] [--rate 50] [--slowdown 4]`.

The real service, real comments over the real ingest, a real browser whose processor is slowed down. Prints for each
part of an evening the longest task of the page's main thread, how many were longer than 50 and 100 ms, the heap after
a collection, and how many rows the page holds. Figures, no verdict: they depend on the machine. On one that is busy with
other work the time on the clock says little: `cpu` is the processor time of the longest task, and `--slowdown 1` gives it
without the brake, to be multiplied by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pages.browser import find_browser, open_browser
from tests.pages.shop import EGG, TOFU, offer, open_shop, start_session

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from playwright.async_api import Browser, CDPSession, Page, ViewportSize

    from tests.pages.shop import Json, Shop

SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 640},
    "pc": {"width": 1280, "height": 800},
}
SAID = [
    "鸡蛋要{n}箱",
    "晚上好",
    "苹果多少钱一袋",
    "鸡蛋来点",
    "主播声音再大一点，后面听不清楚",
    "苹果坏了两个",
    "+1",
    "豆腐要老的{n}份",
]
"""Orders, chat, questions, what waits for the host, complaints: an evening in small."""

OBSERVE = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask" });
}"""
BATCH = 100
STEPS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What one part of an evening cost the page: tasks in ms, the heap in MB."""

    part: str
    comments: int
    longest_ms: float
    cpu_ms: float
    over_50: int
    over_100: int
    heap_mb: float
    rows: int

    def line(self) -> str:
        """One line of the table."""
        tasks = f"{self.longest_ms:8.0f} {self.cpu_ms:6.0f} {self.over_50:6d} {self.over_100:7d}"
        return f"{self.part:34s} {self.comments:8d} {tasks} {self.heap_mb:8.1f} {self.rows:6d}"


@dataclass(kw_only=True, slots=True)
class Desk:
    """A console under load, and the room's viewers."""

    shop: Shop
    room: str
    page: Page
    browser: CDPSession
    said: int = 0

    async def say(self, many: int) -> None:
        """Have viewers write, as fast as they are taken."""
        for start in range(self.said, self.said + many, BATCH):
            stop = min(start + BATCH, self.said + many)
            await self.shop.say(self.room, *[(f"顾客{n % 900}", words(n)) for n in range(start, stop)])
        self.said += many

    async def say_evenly(self, rate: int, seconds: int) -> None:
        """Have them write so many a second, ten times a second."""
        for _ in range(seconds * 10):
            began = asyncio.get_running_loop().time()
            await self.say(rate // 10)
            await asyncio.sleep(max(0.0, 0.1 - (asyncio.get_running_loop().time() - began)))

    async def slow_down(self, factor: int) -> None:
        """Make the browser's processor slower."""
        await self.browser.send("Emulation.setCPUThrottlingRate", {"rate": factor})

    async def measure(self, part: str, work: Callable[[], Awaitable[object]]) -> Figures:
        """Do something and tell what it cost."""
        chromium = self.page.context.browser
        assert chromium is not None
        await self.page.evaluate("() => { window.tasks.length = 0; }")
        await chromium.start_tracing(page=self.page, categories=["toplevel"])
        await work()
        cpu_ms = longest_cpu_ms(json.loads(await chromium.stop_tracing()))
        tasks: list[float] = await self.page.evaluate(
            "() => new Promise((done) => setTimeout(() => done([...window.tasks]), 300))"
        )
        await self.browser.send("HeapProfiler.collectGarbage")
        heap = await self.browser.send("Runtime.getHeapUsage")
        return Figures(
            part=part,
            comments=self.said,
            longest_ms=max(tasks, default=0),
            cpu_ms=cpu_ms,
            over_50=len(tasks),
            over_100=sum(task > 100 for task in tasks),  # what the figure is called
            heap_mb=heap["usedSize"] / 2**20,
            rows=await self.page.locator("lb-comment-row").count(),
        )


def longest_cpu_ms(trace: Json) -> float:
    """The processor time of the longest task of any page's main thread in a Chromium trace."""
    events = trace["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event.get("tdur", 0) for event in events if (event["pid"], event["tid"]) in mains and event["ph"] == "X"]
    return float(max(tasks, default=0) / 1000)


def words(n: int) -> str:
    """The n-th comment."""
    return SAID[n % len(SAID)].format(n=n % 5 + 1)


async def open_desk(shop: Shop, browser: Browser, size: str) -> Desk:
    """An evening on a device of this size, on the section of the comments."""
    room = f"load-{size}"
    apple = offer("apple", 2, "红富士苹果 5 斤", aliases=["苹果"], unit="袋", price="29.90", quota=100_000)
    await shop.command(room, start_session([EGG | {"quota": 100_000}, apple, TOFU | {"quota": 60_000, "variants": []}]))
    context = await browser.new_context(viewport=SIZES[size], locale="zh-CN", timezone_id="Asia/Shanghai")
    page = await context.new_page()
    await page.add_init_script(f"({OBSERVE})()")
    await page.goto(shop.console(room))
    await page.locator("[data-link='up']").wait_for()
    if size == "phone":
        await page.get_by_role("navigation").get_by_role("button", name="弹幕").click()
    desk = Desk(shop=shop, room=room, page=page, browser=await context.new_cdp_session(page))
    await desk.say(BATCH)
    await page.locator("lb-comment-row").first.wait_for()
    return desk


async def evening(desk: Desk, comments: int, rate: int, slowdown: int) -> list[Figures]:
    """The parts of an evening, one after the other."""
    page = desk.page

    async def fill() -> None:
        await desk.say(comments // STEPS)
        await page.locator("lb-stream-bar .filter .number", has_text=f"{desk.said:,}").first.wait_for()

    async def scroll() -> None:
        await page.locator("lb-comment-stream .scroller").hover()
        for _ in range(40):
            await page.mouse.wheel(0, -1500)
            await asyncio.sleep(0.1)

    async def jump() -> None:
        for share in (0, 0.5, 0.2, 0.8):
            await page.evaluate(
                "(share) => { const s = document.querySelector('lb-comment-stream .scroller'); s.scrollTop = s.scrollHeight * share; }",
                share,
            )
            await asyncio.sleep(0.5)

    async def filters() -> None:
        for n in (1, 2, 3, 4, 0):
            await page.locator("lb-stream-bar .filter").nth(n).click()
            await asyncio.sleep(0.3)

    found = [await desk.measure(f"fill {step + 1}/{STEPS}, as fast as it goes", fill) for step in range(STEPS)]
    await desk.slow_down(slowdown)
    seconds = 15
    found.append(await desk.measure(f"{rate}/s, {slowdown}x slower", lambda: desk.say_evenly(rate, seconds)))
    found.append(await desk.measure("  with scrolling up", lambda: asyncio.gather(desk.say_evenly(rate, 8), scroll())))
    found.append(
        await desk.measure("  with jumps through all of it", lambda: asyncio.gather(desk.say_evenly(rate, 4), jump()))
    )
    found.append(await desk.measure("  with every filter", lambda: asyncio.gather(desk.say_evenly(rate, 4), filters())))
    found.append(await desk.measure(f"{rate}/s again", lambda: desk.say_evenly(rate, seconds)))
    await desk.slow_down(1)
    return found


async def run(comments: int, rate: int, slowdown: int, sizes: Sequence[str]) -> None:
    """Measure on each size and print."""
    path = find_browser()
    if path is None:
        sys.exit("没有找到 Chromium：先安装它（apt install chromium），再运行一次。")
    head = f"{'part':34s} {'comments':>8s} {'longest':>8s} {'cpu':>6s} {'>50 ms':>6s} {'>100 ms':>7s} {'heap MB':>8s} {'rows':>6s}"
    with tempfile.TemporaryDirectory() as data:
        async with open_shop(Path(data)) as (shop, _service), open_browser(path) as browser:
            for size in sizes:
                desk = await open_desk(shop, browser, size)
                print(f"{size} {SIZES[size]['width']} × {SIZES[size]['height']}\n{head}")  # noqa: T201  # figures for whoever runs it
                for figures in await evening(desk, comments, rate, slowdown):
                    print(figures.line(), flush=True)  # noqa: T201  # figures for whoever runs it
                await desk.page.context.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description="Measure the live desk under load.")
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=50, help="comments a second")
    parser.add_argument("--slowdown", type=int, default=4, help="how much slower the browser's processor is")
    parser.add_argument("--size", action="append", choices=sorted(SIZES), help="phone, pc; both without it")
    options = parser.parse_args(arguments)
    asyncio.run(run(options.comments, options.rate, options.slowdown, options.size or list(SIZES)))


if __name__ == "__main__":
    main()
