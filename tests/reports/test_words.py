from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.domain.orders import Outcome
from live.domain.reservation import ReservationState
from live.reports import words
from nlp.types import Intent, Route, Topic
from tests.reports.factories import EVENING_MS, MINUTE_MS

if TYPE_CHECKING:
    from enum import StrEnum

HOUR_MS = 60 * MINUTE_MS


def test_a_pickup_code_is_read_out_in_fours_and_known_by_how_it_begins() -> None:
    assert words.code("7KQ4M2XP9ABC") == "7KQ4 M2XP 9ABC"
    assert words.code_short("7KQ4M2XP9ABC") == "7KQ4…"


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (words.INTENTS, Intent),
        (words.TOPICS, Topic),
        (words.ROUTES, Route),
        (words.OUTCOMES, Outcome),
        (words.STATES, ReservationState),
    ],
)
def test_everything_has_a_chinese_name_of_its_own(names: words.Names, values: type[StrEnum]) -> None:
    assert set(names) == set(values)
    assert len(set(names.values())) == len(names)


def test_times_are_said_as_in_the_shop() -> None:
    assert words.moment(EVENING_MS) == "1月7日 周三 20:00"
    assert words.span(EVENING_MS, EVENING_MS + HOUR_MS) == "1月7日 周三 20:00–21:00"
    assert words.span(EVENING_MS, EVENING_MS + 5 * HOUR_MS) == "1月7日 周三 20:00–1月8日 周四 01:00"


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 分钟"), (31, "31 分钟"), (60, "1 小时 0 分"), (125, "2 小时 5 分")]
)
def test_a_duration_is_said_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert words.minutes_long(EVENING_MS, EVENING_MS + minutes * MINUTE_MS) == said


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (0, "0.0 秒"),
        (430, "0.4 秒"),
        (12_000, "12 秒"),
        (119_000, "119 秒"),
        (180_000, "3 分钟"),
        (5 * HOUR_MS, "5 小时"),
        (12 * 24 * HOUR_MS, "12 天"),
    ],
)
def test_a_wait_is_said_in_the_unit_that_reads_best(milliseconds: int, said: str) -> None:
    assert words.delay(milliseconds) == said


def test_money_and_counts_show_their_thousands() -> None:
    assert words.money(123_456_789) == "1,234,567.89"
    assert words.money(5) == "0.05"
    assert words.count(12_345) == "12,345"


def test_a_ratio_of_nothing_is_a_dash() -> None:
    assert words.percent(None) == "–"
    assert words.percent(0.256) == "25.6%"
