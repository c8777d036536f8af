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
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.pages.browser import find_browser, open_browser
from tests.pages.photo import photo
from tests.pages.picture import open_stand
from tests.pages.picture_states import scenes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Page

    from tests.pages.picture import Stand

DOCS = {
    "overlay-offer": ("offer-picture", "portrait", "red"),
    "overlay-flash": ("flash-running", "portrait", "red"),
    "overlay-countdown": ("flash-announced", "portrait", "red"),
    "overlay-bag": ("bag-open", "portrait", "green"),
    "overlay-roll": ("bag-closed", "portrait", "green"),
    "overlay-winners": ("bag-drawn-three", "portrait", "green"),
    "overlay-proof": ("bag-proof", "portrait", "green"),
    "overlay-poll": ("poll", "portrait", "mono"),
    "overlay-question": ("question", "portrait", "mono"),
    "overlay-bubble": ("bubble", "portrait", "mono"),
    "overlay-code": ("fallback", "portrait", "red"),
    "overlay-evening": ("all", "landscape", "green"),
}
"""The pictures of docs/how-to/overlays.md: scene, way, look. Upright they show the part that platforms leave free."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """One scene, seen one way in one look."""

    name: str
    scene: str
    way: str
    look: str


@lru_cache
def goods() -> str:
    """The address of a picture of goods: a square of the stall."""
    image = Image.open(io.BytesIO(base64.b64decode(photo((1080, 1920))))).crop((60, 520, 440, 900)).resize((400, 400))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


async def make(folder: Path, shots: Sequence[Shot], *, docs: bool = False) -> None:
    """Make the pictures in a folder that is there."""
    path = find_browser()
    if path is None:
        sys.exit("没有找到 Chromium：先安装它（apt install chromium），再运行一次。")
    with tempfile.TemporaryDirectory() as data:
        async with open_stand(Path(data)) as stand, open_browser(path) as browser:
            page = await browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
            for shot in shots:
                await _take(page, stand, shot, folder, docs=docs)


async def make_docs(folder: Path, only: str = "") -> None:
    """Make the pictures of the docs."""
    chosen = [
        Shot(name=name, scene=scene, way=way, look=look) for name, (scene, way, look) in DOCS.items() if only in name
    ]
    await make(folder, chosen, docs=True)


async def _take(page: Page, stand: Stand, shot: Shot, folder: Path, *, docs: bool) -> None:
    width, height = SIZES[shot.way]
    await page.set_viewport_size({"width": width, "height": height})
    stand.show(scenes(goods())[shot.scene])
    await page.goto(stand.address(theme=shot.look))
    await settle(page, shot.scene)
    for ground in ("photo",) if docs else GROUNDS:
        await _lay(page, ground, SIZES[shot.way])
        if docs:
            await _small(page, folder / f"{shot.name}.jpg", upright=shot.way == "portrait")
        else:
            await page.screenshot(path=folder / f"{shot.name}-{ground}.png")


async def _small(page: Page, path: Path, *, upright: bool) -> None:
    """Half the size, which is more than a phone shows."""
    image = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    part = image.crop((0, 210, 960, 1170)) if upright else image
    part.resize((part.width // 2, part.height // 2), Image.Resampling.LANCZOS).save(path, "JPEG", quality=84)


async def settle(page: Page, layer: str = "") -> None:
    """Wait until the picture stands: the layer that the scene is named after is on it, and nothing moves for good."""
    await page.wait_for_selector(f"{ELEMENTS.get(layer.partition('-')[0], '')} [data-shown]".strip(), state="attached")
    if layer.startswith("bag-proof"):  # its code is asked for, and until it is there the winners stand alone
        await page.wait_for_selector("lb-bag-card [data-phase='proof']")
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
    parser.add_argument("--sizes", nargs="*", default=tuple(SIZES))
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    chosen = [
        Shot(name=f"{scene}-{way}-{look}", scene=scene, way=way, look=look)
        for scene in scenes()
        for way in options.sizes
        for look in options.looks
        if options.only in scene
    ]
    asyncio.run(make(options.folder, chosen))


if __name__ == "__main__":
    main()
