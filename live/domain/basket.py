"""A basket: all that one viewer has reserved in a session, and how they will fetch it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Basket:
    """What a viewer has said about fetching their goods; who has said nothing has none.

    `phone_tail` is the last four digits of a phone, for the counter. `own_bag`: they will bring a bag of their own
    (自带袋); `bag_points` is what the shop gave for it when it saw the bag, `redeemed_points` what it took in exchange.
    `position` is its place among the session's baskets, from 1.
    """

    session_id: str
    viewer_key: str
    pickup_code: str
    pickup_point_id: str | None = None
    phone_tail: str | None = None
    own_bag: bool = False
    bag_points: int = 0
    redeemed_points: int = 0
    changed_ms: int
    position: int = 0

    @property
    def points(self) -> int:
        """What this basket adds to the viewer's green points; negative where more was redeemed."""
        return self.bag_points - self.redeemed_points
