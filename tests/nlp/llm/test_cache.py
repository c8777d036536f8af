from __future__ import annotations

from nlp.llm_cache import Cache


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    cache = Cache[str](2)
    cache.put(("a",), "1")
    cache.put(("b",), "2")
    assert cache.get(("a",)) == "1"
    cache.put(("c",), "3")
    assert [cache.get((key,)) for key in "abc"] == ["1", None, "3"]
    assert len(cache) == 2


def test_without_a_key_or_without_room_nothing_is_remembered() -> None:
    cache = Cache[str](2)
    cache.put(None, "x")
    assert (cache.get(None), len(cache)) == (None, 0)
    none = Cache[str](0)
    none.put(("a",), "x")
    assert none.get(("a",)) is None


def test_a_cleared_one_has_forgotten_everything() -> None:
    cache = Cache[str](2)
    cache.put(("a",), "1")
    cache.clear()
    assert cache.get(("a",)) is None
