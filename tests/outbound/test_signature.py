from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from live.outbound.signature import headers, sign


def test_the_signature_is_the_hmac_of_the_timestamp_a_dot_and_the_body() -> None:
    digest = hmac.new(b"secret", b'1767787200.{"kind":"cycle_closed"}', hashlib.sha256).hexdigest()
    assert sign("secret", 1767787200, b'{"kind":"cycle_closed"}') == f"v1={digest}"


def test_another_program_signs_the_same() -> None:
    """`printf … | openssl dgst -sha256 -hmac linbo-example-secret`."""
    assert sign("linbo-example-secret", 1767787200, '{"名":"蛋"}'.encode()) == (
        "v1=051d910dd4b62deb2608059b6646bcfb7c9c161bd505f307b038a9b413da761c"
    )


@given(st.binary(max_size=50), st.integers(0, 2**40), st.binary(max_size=50), st.integers(0, 2**40))
def test_another_body_or_another_moment_is_signed_otherwise(one: bytes, at: int, other: bytes, later: int) -> None:
    assert (sign("k", at, one) == sign("k", later, other)) == ((at, one) == (later, other))


def test_the_id_stays_and_the_moment_moves() -> None:
    first, second = (
        headers("k", delivery_id="d-1", kind="cycle_closed", body=b"{}", now_ms=now_ms) for now_ms in (1_000, 61_999)
    )
    assert first["X-Linbo-Delivery"] == second["X-Linbo-Delivery"] == "d-1"
    assert (first["X-Linbo-Timestamp"], second["X-Linbo-Timestamp"]) == ("1", "61")
    assert first["X-Linbo-Signature"] != second["X-Linbo-Signature"]
    assert first["X-Linbo-Event"] == "cycle_closed"
