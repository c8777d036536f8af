"""Money between the wire and the rules: exact fen, never a float."""

from __future__ import annotations

from decimal import Decimal


def fen(price: str) -> int:
    """Read a checked price: "39.90" → 3990, exactly."""
    return int(Decimal(price) * 100)
