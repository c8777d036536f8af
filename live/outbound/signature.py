"""How a webhook is signed, so that its receiver knows that it is ours, whole and fresh.

`v1=` and the HMAC-SHA-256, in hex, of the timestamp (seconds since the epoch, as in the header), a dot and the body's
bytes. docs/how-to/outbound.md shows how a receiver checks it.
"""

from __future__ import annotations

import hashlib
import hmac

TIMESTAMP = "X-Linbo-Timestamp"
SIGNATURE = "X-Linbo-Signature"
DELIVERY = "X-Linbo-Delivery"
EVENT = "X-Linbo-Event"


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Sign a body as it is sent at a moment, in seconds."""
    digest = hmac.digest(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1={digest.hex()}"


def headers(secret: str, *, delivery_id: str, kind: str, body: bytes, now_ms: int) -> dict[str, str]:
    """The headers of one attempt; the id is the same at each, the timestamp and the signature are not."""
    timestamp = now_ms // 1000
    return {
        "Content-Type": "application/json",
        DELIVERY: delivery_id,
        EVENT: kind,
        TIMESTAMP: str(timestamp),
        SIGNATURE: sign(secret, timestamp, body),
    }
