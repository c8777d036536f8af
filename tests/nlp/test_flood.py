from __future__ import annotations

from nlp.flood import FloodWindow

PHRASE = "左上角请你吃大餐"


def window() -> FloodWindow:
    return FloodWindow(window_ms=10_000, fewest_viewers=3)


def test_a_phrase_of_many_viewers_is_a_flood() -> None:
    seen = window()
    assert [seen.see(viewer, PHRASE, at) for at, viewer in enumerate("abcd")] == [False, False, True, True]


def test_a_viewer_counts_once() -> None:
    seen = window()
    assert not any(seen.see("a", PHRASE, at) for at in range(50))


def test_what_was_said_long_ago_is_forgotten() -> None:
    seen = window()
    seen.see("a", PHRASE, 0)
    seen.see("b", PHRASE, 1)
    assert not seen.see("c", PHRASE, 20_000)


def test_numbers_added_to_get_past_filters_do_not_hide_a_flood() -> None:
    seen = window()
    assert [seen.see(viewer, PHRASE + viewer, 0) for viewer in "123"] == [False, False, True]


def test_pictures_added_to_a_phrase_do_not_hide_a_flood() -> None:
    seen = window()
    said = [PHRASE + "[比心]", "[玫瑰][玫瑰]" + PHRASE, PHRASE]
    assert [seen.see(viewer, text, 0) for viewer, text in zip("abc", said, strict=True)] == [False, False, True]


def test_laughter_is_no_flood() -> None:
    seen = window()
    assert not any(seen.see(str(viewer), "哈哈哈哈哈哈", viewer) for viewer in range(50))
    assert not any(seen.see(str(viewer), "666", viewer) for viewer in range(50))


def test_the_window_stays_bounded() -> None:
    seen = FloodWindow()
    for at in range(5_000):
        seen.see(str(at), f"{PHRASE}第{at}句话说完了", 0)
    assert len(seen._said) <= 2_000
    assert len(seen._viewers) <= 2_000
