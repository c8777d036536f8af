"""What is still to be done after the stream, in sentences: the first thing a tired shop owner reads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from live.reports.talk import LATE_MS
from live.reports.words import PROMISES, delay, moment, money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from live.domain.offer import Offer
    from live.reports.figures import OpenTicket, ReportFacts

HOUR_MS = 3_600_000
MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do. `kind` is `trouble` (something is wrong) or `confirm` (something waits)."""

    kind: str
    title: str
    text: str


def tasks_of(facts: ReportFacts) -> tuple[Task, ...]:
    """All that the figures ask of the host, the most urgent first; empty when all is done."""
    return tuple(
        chain(
            _faults(facts),
            _complaints(facts),
            _waiting(facts),
            _minimums(facts),
            _failed(facts),
            _waitlists(facts),
            _cases(facts),
            _outstanding(facts),
            _prizes(facts),
            _late(facts),
        )
    )


def _faults(facts: ReportFacts) -> Iterator[Task]:
    yield from (Task(kind="trouble", title="账对不上", text=fault) for fault in facts.faults)


def _complaints(facts: ReportFacts) -> Iterator[Task]:
    waiting, promised = facts.complaints.waiting, facts.complaints.promised
    if waiting:
        text = f"最早的一个 {moment(waiting[0].due_ms)} 前要答复。在中控台的“交付”里答"
        yield Task(kind="trouble", title=f"{len(waiting)} 个售后等答复", text=text)
    if promised:
        yield Task(kind="confirm", title=f"{len(promised)} 个答应了还没办", text=f"{_promises(promised)}，办好点“办结”")


def _promises(promised: Sequence[OpenTicket]) -> str:
    named = "、".join(f"{each.viewer_name} {PROMISES[each.promise]}" for each in promised[:MOST_NAMED] if each.promise)
    return f"{named}等" if len(promised) > MOST_NAMED else named


def _failed(facts: ReportFacts) -> Iterator[Task]:
    wanted = [each for each in facts.failed if each.viewers]
    if wanted:
        named = "、".join(f"{each.goods.title}（{each.viewers} 位要过）" for each in wanted[:MOST_NAMED])
        named = f"{named}等" if len(wanted) > MOST_NAMED else named
        yield Task(kind="confirm", title=f"{len(wanted)} 种没成团", text=f"{named}。请告诉顾客不做了")


def _outstanding(facts: ReportFacts) -> Iterator[Task]:
    pile = facts.handover.outstanding
    if pile.reservations:
        text = f"{pile.viewers} 位还没来提，应收 ¥{money(pile.amount_fen)}。在提货台核销；没来的记爽约"
        yield Task(kind="confirm", title=f"{pile.reservations} 单还没提", text=text)


def _prizes(facts: ReportFacts) -> Iterator[Task]:
    waiting = [result for result in facts.stage.draws if result.unclaimed]
    if waiting:
        named = "、".join(result.giveaway.rules.prize for result in waiting[:MOST_NAMED])
        text = f"{named}{'等' if len(waiting) > MOST_NAMED else ''}。来领的在提货台点一下；过期的可以补抽"
        yield Task(kind="confirm", title=f"{sum(result.unclaimed for result in waiting)} 份奖品没领", text=text)


def _waiting(facts: ReportFacts) -> Iterator[Task]:
    if facts.confirm.waiting:
        number = len(facts.confirm.waiting)
        yield Task(
            kind="confirm", title=f"{number} 条评论等您点", text="在中控台的“待确认”里点一下：确认就订上，忽略就不订"
        )


def _minimums(facts: ReportFacts) -> Iterator[Task]:
    short = [(sales.offer, sales.minimum_short) for sales in facts.offers if sales.reserved and sales.minimum_short]
    if short:
        text = f"还差：{_largest(short)}。截单前再喊一喊，或告诉顾客不成团"
        yield Task(kind="confirm", title=f"{len(short)} 种还没成团", text=text)


def _waitlists(facts: ReportFacts) -> Iterator[Task]:
    waiting = [(sales.offer, sales.waitlisted) for sales in facts.offers if sales.waitlisted]
    if waiting:
        text = f"{_largest(waiting)}。能补货就在中控台加库存，排队的自动补上"
        yield Task(kind="confirm", title=f"{len(waiting)} 种有人排队", text=text)


def _cases(facts: ReportFacts) -> Iterator[Task]:
    short = [(sales.offer, sales.case_short) for sales in facts.offers if sales.case_short]
    if short and not facts.session.cycle.closed:
        yield Task(kind="confirm", title=f"{len(short)} 种不够整件", text=f"凑满最后一件还差：{_largest(short)}")


def _largest(quantities: Sequence[tuple[Offer, int]]) -> str:
    """The first few, the largest first, so that the sentence stays one: "大米 9 袋、梨 4 箱等"."""
    ordered = sorted(quantities, key=lambda pair: -pair[1])
    named = "、".join(f"{offer.title} {quantity} {offer.unit}" for offer, quantity in ordered[:MOST_NAMED])
    return f"{named}等" if len(ordered) > MOST_NAMED else named


def _late(facts: ReportFacts) -> Iterator[Task]:
    slow = facts.arrival.delay_p95_ms
    if slow is not None and slow > LATE_MS and not replayed(facts):
        text = f"每 20 条里有一条晚了 {delay(slow)} 以上。请看看采集弹幕的电脑和网络，时钟准不准"
        yield Task(kind="trouble", title=f"{facts.arrival.late} 条评论到得晚", text=text)


def replayed(facts: ReportFacts) -> bool:
    """Whether the comments were written long before they came: a recording, or a clock that is wrong."""
    usual = facts.arrival.delay_p50_ms
    return usual is not None and usual > HOUR_MS
