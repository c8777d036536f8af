"""Pictures of the overlay to look at: `python -m tests.pages.overlay_gallery FOLDER [--only NAME] [--sheet]`.

Every layer and state, in each theme, upright and across, over white, black and a busy picture.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.pages.browser import find_browser, open_browser
from tests.pages.make_screenshots import photo
from tests.pages.picture import open_stand
from tests.pages.picture_states import scenes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

LOOKS = ("red", "green", "mono")
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
GROUNDS = ("photo", "white", "black")
ELEMENTS = {
    "flash": "lb-flash-card",
    "bag": "lb-bag-card",
    "poll": "lb-poll-card",
    "prompt": "lb-prompt-card",
    "question": "lb-question-card",
    "bubble": "lb-bubble-card",
    "fallback": "lb-order-code",
}
READY = "() => [...document.querySelectorAll('img[src]')].every((image) => image.complete)"
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime)).map((each) => each.finished))"""


def goods() -> str:
    """The address of a picture of goods: a square of the stall."""
    image = Image.open(io.BytesIO(base64.b64decode(photo((1080, 1920))))).crop((60, 520, 440, 900)).resize((400, 400))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


async def make(folder: Path, only: str, looks: Sequence[str], grounds: Sequence[str], sizes: Sequence[str]) -> None:
    """Make the pictures in a folder that is there."""
    path = find_browser()
    if path is None:
        sys.exit("没有找到 Chromium：先安装它（apt install chromium），再运行一次。")
    picture = goods()
    with tempfile.TemporaryDirectory() as data:
        async with open_stand(Path(data)) as stand, open_browser(path) as browser:
            for way in sizes:
                width, height = SIZES[way]
                page = await browser.new_page(viewport={"width": width, "height": height})
                for name in scenes():
                    if only not in name:
                        continue
                    for look in looks:
                        stand.show(scenes(picture)[name])
                        await page.goto(stand.address(theme=look))
                        await settle(page, name)
                        for ground in grounds:
                            await _lay(page, ground, SIZES[way])
                            await page.screenshot(path=folder / f"{name}-{way}-{look}-{ground}.png")
                await page.close()


async def settle(page: Page, layer: str = "") -> None:
    """Wait until the picture stands: the layer that the scene is named after is on it, and nothing moves for good."""
    await page.wait_for_selector(f"{ELEMENTS.get(layer.partition('-')[0], '')} [data-shown]".strip(), state="attached")
    await page.wait_for_function(READY)
    await page.evaluate(SETTLED)


async def _lay(page: Page, ground: str, size: tuple[int, int]) -> None:
    """Put a ground under the picture."""
    value = f"url(data:image/jpeg;base64,{photo(size)}) center / cover" if ground == "photo" else ground
    await page.evaluate("(ground) => { document.documentElement.style.background = ground; }", value)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments and make the pictures."""
    parser = argparse.ArgumentParser(description="Make pictures of every layer of the overlay.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="those whose name contains this")
    parser.add_argument("--looks", nargs="*", default=LOOKS)
    parser.add_argument("--grounds", nargs="*", default=GROUNDS)
    parser.add_argument("--sizes", nargs="*", default=tuple(SIZES))
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(make(options.folder, options.only, options.looks, options.grounds, options.sizes))


if __name__ == "__main__":
    main()
