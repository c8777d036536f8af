"""Pickup codes: what a viewer shows at the pickup point, and the address of their own page."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.domain.draft import PickupCodes

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0 O 1 I, which people misread aloud and on paper."""

LENGTH = 12
"""60 bits: nobody guesses another's, even with the whole county trying."""


def pickup_codes(secret: bytes) -> PickupCodes:
    """Make the codes of a shop: one a viewer and session, the same whenever asked, unguessable without the secret."""

    def code(session_id: str, viewer_key: str) -> str:
        digest = hmac.digest(secret, f"{session_id}\x1f{viewer_key}".encode(), hashlib.sha256)
        number = int.from_bytes(digest[:8], "big")
        return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))

    return code
