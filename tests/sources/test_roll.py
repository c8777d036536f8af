from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.domain.source import Hearing
from live.sources.contract import read_frame
from live.sources.frame import Frame, Limits
from live.sources.roll import AWAY_AFTER_MS, Roll

if TYPE_CHECKING:
    from live.domain.source import Source
    from live.sources.roll import Line

SECOND_MS = 1_000
BEGAN_MS = 1_000_000
AFTER_MS = 90 * SECOND_MS


def read(text: str) -> Frame:
    return read_frame(text, limits=Limits(), received_ms=BEGAN_MS)


def comments(platform: str = "douyin") -> Frame:
    return read(f'{{"type":"comment","platform":"{platform}","user":{{"name":"张姐"}},"text":"要两箱鸡蛋"}}')


PRESENCE = read('{"type":"presence","viewers":312}')
NONSENSE = read('{"type":"?"}')


class Evening:
    """A roll with one room, and a clock that tells seconds since the evening began."""

    def __init__(self) -> None:
        self.roll = Roll(silent_after_ms=AFTER_MS)

    def line(self, second: int = 0, *, id: str = "ws", expected: bool = False, posts: bool = False) -> Line:  # noqa: A002  # the field is called id
        return self.roll.line("main", id, "评论接口", at_ms=self.at(second), expected=expected, posts=posts)

    def at(self, second: int) -> int:
        return BEGAN_MS + second * SECOND_MS

    def sources(self, second: int) -> list[Source]:
        return self.roll.heard("main", began_ms=BEGAN_MS, now_ms=self.at(second))

    def state(self, second: int) -> Hearing | None:
        found = self.sources(second)
        return found[0].state if found else None


def test_a_room_without_sources_has_nothing_to_tell() -> None:
    assert Evening().sources(1_000) == []


def test_a_connected_source_is_silent_when_it_has_said_nothing_for_its_time() -> None:
    evening = Evening()
    line = evening.line()
    line.joined(evening.at(10))
    assert [evening.state(second) for second in (10, 99, 100)] == [
        Hearing.LISTENING, Hearing.LISTENING, Hearing.SILENT,
    ]  # fmt: skip
    line.heard(evening.at(120), comments())
    assert [evening.state(second) for second in (120, 209, 210)] == [
        Hearing.LISTENING, Hearing.LISTENING, Hearing.SILENT,
    ]  # fmt: skip


def test_the_gap_begins_with_the_last_word() -> None:
    evening = Evening()
    line = evening.line()
    line.joined(evening.at(0))
    line.heard(evening.at(30), comments())
    line.heard(evening.at(40), PRESENCE)
    [source] = evening.sources(200)
    assert (source.since_ms, source.last_comment_ms) == (evening.at(40), evening.at(30))


def test_numbers_of_viewers_are_a_sign_of_life_and_nonsense_is_none() -> None:
    evening = Evening()
    line = evening.line()
    line.joined(evening.at(0))
    line.heard(evening.at(80), PRESENCE)
    assert evening.state(100) is Hearing.LISTENING
    line.heard(evening.at(169), NONSENSE)
    assert evening.state(170) is Hearing.SILENT


def test_a_source_that_left_is_away_after_a_moment_and_back_when_it_connects() -> None:
    evening = Evening()
    line = evening.line()
    line.joined(evening.at(0))
    line.left(evening.at(50))
    assert evening.state(60) is None, "it may be back at once"
    assert evening.state(50 + AWAY_AFTER_MS // SECOND_MS) is Hearing.AWAY
    line.joined(evening.at(80))
    assert evening.state(80) is Hearing.LISTENING


def test_a_second_connection_beside_the_first_is_no_sign_of_life() -> None:
    """Where a silent connection is replaced, the new one is there before the old one goes."""
    evening = Evening()
    line = evening.line()
    line.joined(evening.at(0))
    line.joined(evening.at(80))
    line.left(evening.at(81))
    assert evening.state(90) is Hearing.SILENT


def test_who_left_before_the_evening_began_is_not_missed() -> None:
    evening = Evening()
    line = evening.line(-100)
    line.joined(evening.at(-100))
    line.left(evening.at(-50))
    assert evening.sources(1_000) == []


def test_who_is_expected_is_missed_even_if_it_never_came() -> None:
    evening = Evening()
    evening.line(-500, expected=True)
    assert [evening.state(second) for second in (0, 19, 20)] == [None, None, Hearing.AWAY]
    assert evening.sources(20)[0].since_ms == BEGAN_MS


def test_before_the_evening_began_nobody_has_to_speak() -> None:
    evening = Evening()
    evening.line(-5_000).joined(evening.at(-5_000))
    assert [evening.state(second) for second in (0, 89, 90)] == [
        Hearing.LISTENING, Hearing.LISTENING, Hearing.SILENT,
    ]  # fmt: skip


def test_a_tool_that_posts_counts_from_its_third_post() -> None:
    evening = Evening()
    line = evening.line(posts=True)
    for second in (1, 2):
        line.heard(evening.at(second), comments())
    assert evening.state(500) is None
    line.heard(evening.at(3), comments())
    assert [evening.state(second) for second in (4, 92, 93)] == [
        Hearing.LISTENING, Hearing.LISTENING, Hearing.SILENT,
    ]  # fmt: skip


def test_a_tool_that_posted_last_week_is_not_missed_tonight() -> None:
    evening = Evening()
    line = evening.line(-100_000, posts=True)
    for second in range(-100_000, -99_000, 10):
        line.heard(evening.at(second), comments())
    assert evening.sources(1_000) == []


@pytest.mark.parametrize(("platforms", "told"), [(["douyin"], "douyin"), (["douyin", "kuaishou"], None), ([], None)])
def test_a_source_of_one_platform_says_which(platforms: list[str], told: str | None) -> None:
    evening = Evening()
    line = evening.line()
    line.joined(evening.at(0))
    for platform in platforms:
        line.heard(evening.at(1), comments(platform))
    assert evening.sources(2)[0].platform == told


def test_sources_and_rooms_are_kept_apart() -> None:
    evening = Evening()
    evening.line(id="ws").joined(evening.at(0))
    evening.line(id="oba-1", expected=True)
    evening.roll.line("other", "ws", "评论接口", at_ms=BEGAN_MS).joined(BEGAN_MS)
    states = {source.id: source.state for source in evening.sources(60)}
    assert states == {"ws": Hearing.LISTENING, "oba-1": Hearing.AWAY}


def test_the_same_source_keeps_its_line_and_its_being_expected() -> None:
    evening = Evening()
    line = evening.line(expected=True)
    assert evening.line() is line
    assert line.expected
