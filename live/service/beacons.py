"""The public source of randomness that draws may rely on, once it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.giveaway import Beacon


@dataclass(kw_only=True, slots=True)
class KnownBeacon:
    """None until somebody has learnt of it: a draw that opens before takes comments for its witness."""

    beacon: Beacon | None = None
