from __future__ import annotations

from live.streams.redis_options import broken_key, entry_order, next_id


def test_ids_compare_as_numbers() -> None:
    assert entry_order(b"9-10") > entry_order(b"9-9") > entry_order(b"8-99")


def test_the_next_id_lies_right_above() -> None:
    assert next_id(b"1767787201123-0") == "1767787201123-1"


def test_broken_entries_lie_beside_their_stream() -> None:
    assert broken_key("linbo:comments:kfc") == "linbo:comments:kfc:broken"
