"""Pickup codes."""

from __future__ import annotations

from live.service.codes import ALPHABET, LENGTH, pickup_codes


def test_a_viewer_gets_the_same_code_whenever_asked() -> None:
    assert pickup_codes(b"a" * 32)("s1", "p:u1") == pickup_codes(b"a" * 32)("s1", "p:u1")


def test_codes_differ_by_viewer_session_and_shop() -> None:
    codes = {pickup_codes(key)(s, v) for key in (b"a" * 32, b"b" * 32) for s in ("s1", "s2") for v in ("u1", "u2")}
    assert len(codes) == 8


def test_a_code_holds_at_least_fifty_bits_of_letters_nobody_misreads() -> None:
    code = pickup_codes(b"a" * 32)("s1", "p:u1")
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert len(set(ALPHABET)) ** LENGTH >= 2**50
    assert not set("01IO") & set(ALPHABET)
