"""A pickup code as a QR picture, for the counter's scanner."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_picture(text: str) -> Markup:
    """Draw a QR code as SVG with its quiet zone, in black, without a size of its own.

    Twelve letters and digits fit the smallest symbol (21 × 21) at level Q, a quarter of which may be smudged
    (ISO/IEC 18004).
    """
    symbol = segno.make(text, error="m", micro=False, boost_error=True)
    # The code's own characters are digits and capitals: nothing of it reaches the picture but squares.
    drawn = symbol.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704  # squares drawn by segno, no text from outside
