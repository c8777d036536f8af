"""Whole numbers in an address."""

from __future__ import annotations

_DIGITS = 16
"""2^53 has sixteen: longer ones, leading zeros and all, are nobody's, and a database would choke on some."""


def whole(text: str, most: int) -> int | None:
    """Read a number from 0 to `most`, in plain digits; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        return None
    number = int(text)
    return number if number <= most else None
