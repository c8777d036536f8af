"""What the shop remembers of a viewer beyond one session."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Reservations never fetched, and green points (自带袋) not yet redeemed."""

    no_shows: int = 0
    points: int = 0

    def __add__(self, other: Standing) -> Standing:
        """Both together."""
        return Standing(no_shows=self.no_shows + other.no_shows, points=self.points + other.points)

    def __sub__(self, other: Standing) -> Standing:
        """What this one has more."""
        return Standing(no_shows=self.no_shows - other.no_shows, points=self.points - other.points)


NOTHING = Standing()
"""Of whom there is nothing to remember."""
