"""What the shop remembers of a viewer beyond one session."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Reservations never fetched, and green points (自带袋) not yet redeemed."""

    no_shows: int = 0
    points: int = 0
