"""Goes through a page as a hand would: every section, and every sheet that a tap in it opens. Knows no page by name."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Locator, Page, Request

HERE = Path(__file__).parent
AT_MOST = 40
"""Taps a section: a page that offers more has lists, and lists are told apart by what their buttons do."""


def script(name: str) -> str:
    """A function of JavaScript from a file beside this one, without the words before it."""
    text = (HERE / name).read_text(encoding="utf-8")
    return text[text.index("*/") + 2 :].strip().removesuffix(";")


AUDIT, ROLES = script("audit.js"), script("roles.js")

MARK_TAPS = """(where) => {
  const root = where ? document.querySelectorAll('dialog[open]').item(document.querySelectorAll('dialog[open]').length - 1) : document;
  const seen = new Set(window.tapped ??= []);
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getBoundingClientRect().width > 0;
  const found = [];
  for (const node of document.querySelectorAll('[data-tap]')) node.removeAttribute('data-tap');
  for (const node of root.querySelectorAll('button')) {
    if (!shown(node) || node.disabled || node.closest('nav, [aria-disabled=true]') || node.getAttribute('role') === 'radio') continue;
    if (where ? node.matches('.danger, .primary') : node.closest('dialog')) continue;
    let part = node;
    while (part !== document.body && !part.localName.startsWith('lb-')) part = part.parentElement;
    const text = node.innerText.replace(/[\\d\\s]+/g, '');
    const what = `${part.localName} ${node.className} ${text.length <= 6 ? text : '…'}`;
    if (seen.has(what)) continue;
    seen.add(what);
    found.push(what);
    node.setAttribute('data-tap', String(found.length - 1));
  }
  window.tapped = [...seen];
  return found;
}"""
IDLE = """() => !document.body.dataset.opening && !document.querySelector('[aria-busy=true]:not(main)')
  && !document.querySelector('.coming:not([data-failed])')"""
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished)).then(() => null)"""
NEXT_FRAME = "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))"
HEARD = "() => document.querySelectorAll('lb-toast-line .box:not([hidden]) button:last-child').forEach((each) => each.click())"
"""What an earlier tap was told lies over the buttons until it is put away."""
TAP = "nodes => nodes.map((node) => (node.focus(), node.click())).length > 0"
"""What lies over a button now and then (a note, a bar) must not decide which sheets are looked at."""
OPEN_SHEETS = "() => document.querySelectorAll('dialog[open]').length"
FOCUS_IS_LOST = "() => document.activeElement === document.body || document.activeElement === null"
FOCUS_IS_INSIDE = "() => [...document.querySelectorAll('dialog[open]')].at(-1).contains(document.activeElement)"
WITHOUT_A_RING = """() => {
  const modal = [...document.querySelectorAll('dialog[open]')].at(-1);
  const faults = new Set();
  const look = (node) => [node, node.parentElement, node.parentElement.parentElement].map((each) => {
    const { outlineStyle, outlineWidth, borderColor, boxShadow } = getComputedStyle(each);
    return [outlineStyle, parseFloat(outlineWidth) >= 2, borderColor, boxShadow].join();
  }).join();
  for (const node of (modal ?? document).querySelectorAll('button, a[href], input, select, textarea')) {
    if (!node.checkVisibility({ visibilityProperty: true }) || node.disabled || node.closest('.only-read, label')) continue;
    document.activeElement.blur();
    const before = look(node);
    node.focus({ preventScroll: true });
    if (document.activeElement !== node) continue;
    if (look(node) === before) faults.add(`no ring: <${node.localName} class="${node.className}">`);
  }
  window.held?.focus?.({ preventScroll: true });
  return [...faults];
}"""


class Asked:
    """What a page has asked for and not got yet; made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._open: set[Request] = set()
        page.on("request", self._asks)
        page.on("requestfinished", self._has)
        page.on("requestfailed", self._has)

    def _asks(self, request: Request) -> None:
        self._open.add(request)

    def _has(self, request: Request) -> None:
        self._open.discard(request)

    async def answered(self) -> None:
        """Wait until all of it has come."""
        async with asyncio.timeout(30):
            while self._open:  # noqa: ASYNC110  # the browser is asked
                await asyncio.sleep(0.01)


async def settle(page: Page, asked: Asked) -> None:
    """Wait until nothing is being fetched, sent or moved."""
    await page.evaluate(NEXT_FRAME)
    await asked.answered()
    await page.evaluate(NEXT_FRAME)
    await page.wait_for_function(IDLE)
    await page.evaluate(SETTLED)


async def every_view(page: Page, asked: Asked, *, sheets: bool = True) -> AsyncIterator[str]:
    """Every section of a page and every sheet behind its buttons, once each; the page shows it while its name is out."""
    sections = page.locator("nav:visible").get_by_role("button")
    for number in range(max(1, await sections.count())):
        name = await _turn_to(sections, number)
        await settle(page, asked)
        yield name
        if not sheets:
            continue
        async for sheet in _sheets(page, asked, name):
            yield sheet


async def _turn_to(sections: Locator, number: int) -> str:
    if await sections.count() == 0:
        return "page"
    section = sections.nth(number)
    if not await section.is_visible():
        return "page"
    await section.click()
    return (await section.inner_text()).split("\n", maxsplit=1)[0]


async def _sheets(page: Page, asked: Asked, section: str) -> AsyncIterator[str]:
    """What opens behind the buttons of a section, and then behind those that came with the taps: a basket, an undo."""
    for way in (1, -1):  # the second time from below: a bar at the bottom goes before what would take it away
        taps: list[str] = await page.evaluate(MARK_TAPS, None)
        for number, tap in list(enumerate(taps))[::way][:AT_MOST]:
            opener = page.locator(f"[data-tap='{number}']")
            if not await _tap(page, asked, opener):
                continue
            name = f"{section} / {tap}"
            yield name
            async for inner in _inner_sheets(page, asked, name):
                yield inner
            await _put_away(page, opener, name)


async def _inner_sheets(page: Page, asked: Asked, outer: str) -> AsyncIterator[str]:
    """What opens over a sheet. A tap that puts the sheet away, or changes it, ends the look into it."""
    taps: list[str] = await page.evaluate(MARK_TAPS.replace("data-tap", "data-inner"), "dialog")
    for number, tap in enumerate(taps):
        opener = page.locator(f"[data-inner='{number}']")
        before = await page.evaluate(OPEN_SHEETS)
        if before == 0 or not await opener.is_visible() or not await opener.evaluate_all(TAP):
            return
        await settle(page, asked)
        now = await page.evaluate(OPEN_SHEETS)
        if now > 0:
            yield f"{outer} / {tap}"
        if now > before:
            await _put_away(page, opener, f"{outer} / {tap}", leaving=before)


async def _tap(page: Page, asked: Asked, opener: Locator) -> bool:
    """Tap what may no longer be there; whether it has opened a sheet."""
    await page.evaluate(HEARD)
    if not await opener.is_visible() or not await opener.evaluate_all(TAP):
        return False
    await settle(page, asked)
    return bool(await page.evaluate(OPEN_SHEETS))


async def _put_away(page: Page, opener: Locator, name: str, *, leaving: int = 0) -> None:
    """Close what is open with the Escape key; the focus goes back to what had opened it."""
    had = await page.evaluate(OPEN_SHEETS)
    while (now := await page.evaluate(OPEN_SHEETS)) > leaving:
        assert await page.evaluate(FOCUS_IS_INSIDE), f"{name}: the focus has left the sheet"
        await page.keyboard.press("Escape")
        async with asyncio.timeout(10):
            while await page.evaluate(OPEN_SHEETS) >= now:  # noqa: ASYNC110  # the page is asked
                await asyncio.sleep(0.01)
    if had == leaving + 1 and await opener.is_visible():
        assert not await page.evaluate(FOCUS_IS_LOST), f"{name}: nothing has the focus when the sheet is gone"


async def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it is shown."""
    found: list[Any] = [*await page.evaluate(AUDIT), *await page.evaluate(ROLES), *await _without_a_ring(page)]
    return [str(each) for each in found]


async def _without_a_ring(page: Page) -> list[Any]:
    """What a keyboard reaches without a sign; the focus is back where it was afterwards."""
    await page.evaluate("() => { window.held = document.activeElement; }")
    await page.keyboard.press("Tab")  # after a tap of a finger there are no rings
    found: list[Any] = await page.evaluate(WITHOUT_A_RING)
    return found
