"""What the page's charts show, worked out from the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.reports import charts, words
from live.reports.timeline import MINUTE_MS, Course, course_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from live.reports.figures import Minute, OfferSales, ReportFacts

CHINA_MS = 8 * 60 * MINUTE_MS
DAY_MINUTES = 1440
TICK_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 720, DAY_MINUTES)
MOST_TICKS = 5
"""More clock times than this do not fit under a chart on a phone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A clock time under a chart, `left` per cent from its left edge."""

    left: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """One chart of the timeline. `peak` tells its highest step in words, None where all are 0."""

    name: str
    kind: str
    top: int
    picture: Markup
    peak: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """The charts that share one clock, and what lies before or after the broadcast."""

    step: str
    ticks: tuple[Tick, ...]
    panels: tuple[Panel, ...]
    outside: Minute


def timeline_of(facts: ReportFacts) -> Timeline:
    """Comments and reservations side by side on the broadcast's clock."""
    session = facts.session
    course = course_of(facts.minutes, session.started_ms, session.ended_ms or facts.as_of_ms)
    comments = [step.comments for step in course.steps]
    reservations = [step.reservations for step in course.steps]
    return Timeline(
        step=step_words(course.step_minutes),
        ticks=ticks_of(course),
        panels=(
            _panel("评论", "条", "comments", course, comments),
            _panel("预订", "单", "orders", course, reservations),
        ),
        outside=course.outside,
    )


def step_words(minutes: int) -> str:
    """How long a step is: "每分钟", "每 5 分钟", "每 2 小时", "每天"."""
    if minutes == 1:
        return "每分钟"
    if minutes == DAY_MINUTES:
        return "每天"
    return f"每 {minutes // 60} 小时" if minutes % 60 == 0 else f"每 {minutes} 分钟"


def _panel(name: str, unit: str, kind: str, course: Course, values: Sequence[int]) -> Panel:
    titles = [
        f"{words.clock(step.at_ms)} {words.count(value)} {unit}{name}"
        for step, value in zip(course.steps, values, strict=True)
    ]
    top = charts.nice_ceiling(max(values))
    highest = max(range(len(values)), key=values.__getitem__)
    peak = f"最高 {words.count(values[highest])} {unit}（{words.clock(course.steps[highest].at_ms)}）"
    picture = charts.columns(values, titles, top=top)
    return Panel(name=name, kind=kind, top=top, picture=picture, peak=peak if values[highest] else None)


def ticks_of(course: Course) -> tuple[Tick, ...]:
    """Round clock times along the course, at most one more than `MOST_TICKS`."""
    first, size = course.steps[0].at_ms, course.step_minutes * MINUTE_MS
    length = len(course.steps) * size
    every = next(
        (t for t in TICK_MINUTES if length <= t * MINUTE_MS * MOST_TICKS),
        DAY_MINUTES * (length // size // MOST_TICKS + 1),
    )
    wording = words.clock if every < DAY_MINUTES else words.day
    start = first + -(first + CHINA_MS) % (every * MINUTE_MS)
    return tuple(
        Tick(left=round(100 * (at - first) / length, 2), text=wording(at))
        for at in range(start, first + length, every * MINUTE_MS)
    )


def offer_bar(sales: OfferSales) -> Markup:
    """How much of the quota is promised, and what waits beyond it."""
    left = max(0, sales.available)
    title = f"已订 {sales.reserved}，剩 {left}，排队 {sales.waitlisted}"
    parts = (("taken", sales.reserved), ("left", left), ("waits", sales.waitlisted))
    return charts.bar(parts, top=sales.reserved + left + sales.waitlisted, title=title)


@dataclass(frozen=True, kw_only=True, slots=True)
class IntentRow:
    """How many comments meant one thing, and their part of all."""

    label: str
    number: int
    part: float
    picture: Markup


def intent_rows(facts: ReportFacts) -> tuple[IntentRow, ...]:
    """Intents that occurred, the most frequent first."""
    counts = {intent: number for intent, number in facts.counts.by_intent.items() if number}
    most = max(counts.values(), default=1)
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return tuple(
        IntentRow(
            label=words.INTENTS.get(intent, intent),
            number=number,
            part=number / facts.totals.comments,
            picture=charts.bar([("amount", number)], top=most, title=f"{number} 条"),
        )
        for intent, number in ordered
    )
