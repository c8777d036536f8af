"""Something to lay under the picture: a stall, of our own making."""

from __future__ import annotations

import base64
import io
import random
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter

Size = tuple[int, int]


@lru_cache
def photo(size: Size) -> str:
    """A stall under warm lights, of our own making: bright, dark and busy in one picture. Base64 of a JPEG."""
    chance = random.Random(7)  # noqa: S311  # the same picture every time
    width, height = size[0] // 2, size[1] // 2
    image = Image.new("RGB", (width, height), (92, 66, 48))
    draw = ImageDraw.Draw(image)
    for _ in range(90):
        x, y, r = chance.randrange(width), chance.randrange(height // 2), chance.randrange(10, 46)
        draw.ellipse(
            (x - r, y - r, x + r, y + r), fill=chance.choice([(255, 214, 150), (250, 240, 225), (205, 130, 70)])
        )
    image = image.filter(ImageFilter.GaussianBlur(14))
    draw = ImageDraw.Draw(image)
    for row in range(9):
        for x in range(-40 + row % 2 * 34, width + 60, 68):
            _fruit(draw, chance, x + chance.randrange(-8, 8), height // 2 + row * height // 18)
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(1)).save(out, "JPEG", quality=82)
    return base64.b64encode(out.getvalue()).decode()


def _fruit(draw: ImageDraw.ImageDraw, chance: random.Random, x: int, y: int) -> None:
    """A round, lit from the upper left."""
    red, green, blue = chance.choice([(214, 84, 40), (228, 150, 52), (196, 58, 46), (150, 168, 70), (236, 210, 170)])
    radius = chance.randrange(36, 46)
    for step in range(radius, 0, -2):
        light = 0.45 + 0.75 * (1 - step / radius)
        shift = (radius - step) // 3
        colour = (min(255, int(red * light)), min(255, int(green * light)), min(255, int(blue * light)))
        draw.ellipse((x - step - shift, y - step - shift, x + step - shift, y + step - shift), fill=colour)
