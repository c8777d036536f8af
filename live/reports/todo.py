"""What is still to be done after the stream, in sentences: the first thing a tired shop owner reads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from live.reports.words import delay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from live.reports.figures import OfferSales, ReportFacts

HOUR_MS = 3_600_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do. `kind` is `trouble` (something is wrong) or `confirm` (something waits)."""

    kind: str
    title: str
    text: str


def tasks_of(facts: ReportFacts) -> tuple[Task, ...]:
    """All that the figures ask of the host, the most urgent first; empty when all is done."""
    return tuple(
        chain(_faults(facts), _waiting(facts), _minimums(facts), _waitlists(facts), _cases(facts), _late(facts))
    )


def _faults(facts: ReportFacts) -> Iterator[Task]:
    yield from (Task(kind="trouble", title="账对不上", text=fault) for fault in facts.faults)


def _waiting(facts: ReportFacts) -> Iterator[Task]:
    if facts.confirm.waiting:
        number = len(facts.confirm.waiting)
        yield Task(
            kind="confirm", title=f"{number} 条评论等您点", text="在中控台的“待确认”里点一下：确认就订上，忽略就算了"
        )


def _minimums(facts: ReportFacts) -> Iterator[Task]:
    short = [sales for sales in facts.offers if sales.reserved and sales.minimum_short]
    if short:
        each = "、".join(f"{s.offer.title}差 {s.minimum_short} {s.offer.unit}" for s in short)
        yield Task(kind="confirm", title=f"{len(short)} 种还没成团", text=f"{each}；截单前再喊一喊，或告诉顾客不成团")


def _waitlists(facts: ReportFacts) -> Iterator[Task]:
    waiting = [sales for sales in facts.offers if sales.waitlisted]
    if waiting:
        each = "、".join(f"{s.offer.title} {s.waitlisted} {s.offer.unit}" for s in waiting)
        yield Task(
            kind="confirm", title=f"{len(waiting)} 种有人排队", text=f"{each}；能补货就在中控台加库存，排队的自动补上"
        )


def _cases(facts: ReportFacts) -> Iterator[Task]:
    short = [sales for sales in facts.offers if sales.case_short]
    if short:
        each = "、".join(map(_case_words, short))
        yield Task(kind="confirm", title=f"{len(short)} 种不够整箱", text=f"{each}凑满一整箱")


def _case_words(sales: OfferSales) -> str:
    return f"{sales.offer.title}差 {sales.case_short} {sales.offer.unit}"


def _late(facts: ReportFacts) -> Iterator[Task]:
    arrival = facts.arrival
    if arrival.late and arrival.delay_p95_ms is not None and not replayed(facts):
        slow = delay(arrival.delay_p95_ms)
        text = f"最慢的 5% 晚了 {slow} 以上；请看看采集弹幕的电脑和网络，时钟是否准"
        yield Task(kind="trouble", title=f"{arrival.late} 条评论到得晚", text=text)


def replayed(facts: ReportFacts) -> bool:
    """Whether the comments were written long before they came: a recording, or a clock that is wrong."""
    usual = facts.arrival.delay_p50_ms
    return usual is not None and usual > HOUR_MS
