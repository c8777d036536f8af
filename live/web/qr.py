"""QR symbols, for pages to draw."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=64)
def qr_rows(text: str) -> tuple[str, ...]:
    """The symbol of a text without its margin: a string of 0 and 1 a row. A quarter of it may be covered or blurred."""
    return tuple("".join(map(str, row)) for row in segno.make(text, error="q", micro=False).matrix)
