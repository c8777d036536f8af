"""Pictures as inline SVG. They carry no text but tooltips, so that they may be stretched to any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 100
GAP = 0.16
"""The part of a step that stays free beside its bar."""


def nice_ceiling(value: int) -> int:
    """The least of 4, 8, 10, 20, 40, 60, 80, 100, 200 … that is not below `value`: its half is a whole number too."""
    if value <= 4:  # noqa: PLR2004  # the least axis, so that one comment does not fill the picture
        return 4
    size = int("1" + "0" * (len(str(value)) - 1))
    return next(top for top in (8, *(size * n for n in (1, 2, 4, 6, 8, 10))) if top >= value)


def columns(values: Sequence[int], titles: Sequence[str], *, top: int) -> Markup:
    """A column for each value, as high as its part of `top`; `titles` are their tooltips."""
    bars = (_column(i, value, title, top) for i, (value, title) in enumerate(zip(values, titles, strict=True)))
    return _picture(max(1, len(values)), Markup("").join(bars))


def _column(place: int, value: int, title: str, top: int) -> Markup:
    height = HEIGHT * value / top
    bar = Markup('<rect class="bar" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"/>').format(
        place + GAP / 2, HEIGHT - height, 1 - GAP, height
    )
    hover = Markup('<rect class="hover" x="{}" y="0" width="1" height="{}"/>').format(place, HEIGHT)
    return Markup("<g>{}{}<title>{}</title></g>").format(hover, bar if value else "", title)


def bar(parts: Sequence[tuple[str, int]], *, top: int, title: str) -> Markup:
    """One lying bar: its parts (CSS class, value) one after the other, the whole width being `top`."""
    rects, left = [], 0.0
    for name, value in parts:
        width = HEIGHT * value / max(1, top)
        rects.append(
            Markup('<rect class="{}" x="{:.2f}" y="0" width="{:.2f}" height="100"/>').format(name, left, width)
        )
        left += width
    return _picture(HEIGHT, Markup("<title>{}</title>{}").format(title, Markup("").join(rects)))


def _picture(width: int, inside: Markup) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(
        width, HEIGHT, inside
    )
