"""The tables of the workbook: their columns, and the rows that the facts give. All text stays text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from live.reports import words
from live.service.wire import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from live.reports.figures import Answering, Line, OfferSales, ReportFacts, ViewerSales

Cell = str | int | float | datetime | None
Row = tuple[Cell, ...]


class Kind(StrEnum):
    """How a column is shown."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    TIME = "time"
    PERCENT = "percent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: its head, its width in characters, how its cells are shown."""

    title: str
    width: int
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet: one table with a head row. `heading` is printed at the top of every page."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One row of the summary, which has a number format of its own."""

    label: str
    value: Cell
    kind: Kind = Kind.COUNT
    note: str = ""


def sheets_of(facts: ReportFacts) -> tuple[Sheet, ...]:
    """The tables after the summary."""
    return (
        Sheet(name="按商品", columns=OFFER_COLUMNS, rows=tuple(_offer_row(sales) for sales in facts.offers)),
        Sheet(name="按顾客", columns=VIEWER_COLUMNS, rows=tuple(_viewer_row(viewer) for viewer in facts.viewers)),
        Sheet(name="明细", columns=LINE_COLUMNS, rows=tuple(_line_row(line) for line in facts.lines)),
        Sheet(name="评论统计", columns=COMMENT_COLUMNS, rows=tuple(_comment_rows(facts))),
    )


def figures_of(facts: ReportFacts) -> tuple[Figure, ...]:
    """The rows of the summary."""
    session, totals = facts.session, facts.totals
    return (
        Figure(label="场次", value=session.title, kind=Kind.TEXT, note=session.id),
        Figure(label="直播间", value=session.room, kind=Kind.TEXT),
        Figure(label="开播", value=beijing_time(session.started_ms), kind=Kind.TIME),
        Figure(label="下播", value=_maybe_time(session.ended_ms), kind=Kind.TIME),
        Figure(label="截单", value=beijing_time(session.cycle.cutoff_at_ms), kind=Kind.TIME),
        Figure(label="提货", value=beijing_time(session.cycle.pickup_at_ms), kind=Kind.TIME),
        Figure(label="数字截至", value=beijing_time(facts.as_of_ms), kind=Kind.TIME),
        Figure(label="已订金额（元）", value=totals.amount_fen / 100, kind=Kind.MONEY, note="占着名额的预订，没有收款"),
        Figure(label="已订份数", value=totals.reserved_quantity),
        Figure(label="已订单数", value=totals.reservations),
        Figure(label="订货顾客", value=totals.buyers),
        Figure(label="排队份数", value=totals.waitlisted_quantity, note=f"{totals.waitlisted} 单，不算金额"),
        Figure(label="取消份数", value=totals.cancelled_quantity, note=f"{totals.cancelled} 单"),
        Figure(label="超时释放", value=totals.expired, note="单"),
        Figure(label="爽约", value=totals.no_shows, note="单"),
        *_after_cutoff(facts),
        Figure(label="评论", value=totals.comments, note="条"),
        Figure(label="说话的人", value=totals.commenters, note="认得出身份的观众"),
        Figure(label="说话的人订了", value=totals.conversion, kind=Kind.PERCENT, note=f"{totals.converted} 人"),
        *(Figure(label="账对不上", value=fault, kind=Kind.TEXT) for fault in facts.faults),
    )


def _after_cutoff(facts: ReportFacts) -> Iterator[Figure]:
    handover, complaints = facts.handover, facts.complaints
    yield Figure(label="已提", value=handover.collected.reservations, note="单")
    yield Figure(label="还没提", value=handover.outstanding.reservations, note=f"单，{handover.outstanding.viewers} 位")
    yield Figure(label="补收（元）", value=handover.paid_on_top_fen / 100, kind=Kind.MONEY, note="称重比订的多")
    yield Figure(label="退回（元）", value=handover.given_back_fen / 100, kind=Kind.MONEY, note="称重比订的少")
    yield Figure(label="没成团", value=len(facts.failed), note="、".join(each.goods.title for each in facts.failed))
    yield Figure(label="售后", value=complaints.opened, note=f"两小时内答复 {complaints.in_time} 个")
    yield Figure(label="答应了还没办", value=len(complaints.promised), note="退款或补发")


OFFER_COLUMNS = (
    Column(title="号", width=5, kind=Kind.COUNT),
    Column(title="商品", width=28),
    Column(title="单位", width=6),
    Column(title="单价（元）", width=11, kind=Kind.MONEY),
    Column(title="名额", width=8, kind=Kind.COUNT),
    Column(title="已订", width=8, kind=Kind.COUNT),
    Column(title="剩余", width=8, kind=Kind.COUNT),
    Column(title="排队", width=8, kind=Kind.COUNT),
    Column(title="取消", width=8, kind=Kind.COUNT),
    Column(title="顾客", width=8, kind=Kind.COUNT),
    Column(title="金额（元）", width=13, kind=Kind.MONEY),
    Column(title="订满时间", width=17, kind=Kind.TIME),
    Column(title="整件", width=8, kind=Kind.COUNT),
    Column(title="进货整件", width=10, kind=Kind.COUNT),
    Column(title="差几份满箱", width=11, kind=Kind.COUNT),
    Column(title="差几份成团", width=11, kind=Kind.COUNT),
)


def _offer_row(sales: OfferSales) -> Row:
    offer = sales.offer
    stock: Row = (offer.quota, sales.reserved, sales.available, sales.waitlisted, sales.cancelled, sales.buyers)
    cases: Row = (offer.case_size, sales.cases, sales.case_short, sales.minimum_short)
    price, amount = offer.price_fen / 100, sales.amount_fen / 100
    return (offer.number, offer.title, offer.unit, price, *stock, amount, _maybe_time(sales.sold_out_ms), *cases)


VIEWER_COLUMNS = (
    Column(title="顾客", width=20),
    Column(title="提货码", width=16),
    Column(title="订了什么", width=60),
    Column(title="已订份数", width=10, kind=Kind.COUNT),
    Column(title="排队份数", width=10, kind=Kind.COUNT),
    Column(title="金额（元）", width=13, kind=Kind.MONEY),
    Column(title="平台隐名", width=10),
)


def _viewer_row(viewer: ViewerSales) -> Row:
    lines = "；".join(line_words(line) for line in viewer.lines)
    weak = "是" if viewer.weak else None
    return (
        viewer.name,
        viewer.pickup_code,
        lines,
        viewer.reserved,
        viewer.waitlisted,
        viewer.amount_fen / 100,
        weak,
    )


def line_words(line: Line) -> str:
    """A reservation in short: "土鸡蛋 30 枚（大号） 2 箱", with "（排队）" where it waits."""
    variant = f"（{line.variant}）" if line.variant else ""
    waits = "（排队）" if line.reservation.waits else ""
    return f"{line.title}{variant} {line.reservation.quantity} {line.unit}{waits}"


LINE_COLUMNS = (
    Column(title="时间", width=17, kind=Kind.TIME),
    Column(title="顾客", width=20),
    Column(title="提货码", width=16),
    Column(title="号", width=5, kind=Kind.COUNT),
    Column(title="商品", width=28),
    Column(title="规格", width=10),
    Column(title="数量", width=8, kind=Kind.COUNT),
    Column(title="单位", width=6),
    Column(title="单价（元）", width=11, kind=Kind.MONEY),
    Column(title="金额（元）", width=13, kind=Kind.MONEY),
    Column(title="状态", width=10),
    Column(title="原因", width=20),
    Column(title="预订编号", width=20),
)


def _line_row(line: Line) -> Row:
    r = line.reservation
    who: Row = (beijing_time(r.made_ms), line.viewer_name, r.pickup_code)
    what: Row = (line.number, line.title, line.variant, r.quantity, line.unit)
    due: Row = (r.unit_price_fen / 100, line.amount_fen / 100)
    return (*who, *what, *due, words.STATES[r.state], r.reason, r.id)


COMMENT_COLUMNS = (
    Column(title="怎么分", width=12),
    Column(title="是什么", width=40),
    Column(title="条数", width=10, kind=Kind.COUNT),
    Column(title="第一次", width=17, kind=Kind.TIME),
    Column(title="例子", width=50),
)


def _comment_rows(facts: ReportFacts) -> Iterator[Row]:
    counts = facts.counts
    yield from _named("意思", counts.by_intent.items(), words.INTENTS)
    yield from _named("怎么办的", counts.by_route.items(), words.ROUTES)
    yield from _named("结果", counts.by_outcome.items(), words.OUTCOMES)
    for group in facts.questions:
        topic = words.TOPICS.get(group.topic, group.topic)
        about = f"{topic} · {group.offer_title}" if group.offer_title else topic
        yield ("提问", about, group.count, beijing_time(group.first_asked_ms), group.example)
    yield from _answering_rows(facts.answering)
    for minute in facts.minutes:
        yield (
            "每分钟",
            words.moment(minute.at_ms),
            minute.comments,
            beijing_time(minute.at_ms),
            f"预订 {minute.reservations} 单",
        )


def _answering_rows(answering: Answering) -> Iterator[Row]:
    """How questions were answered, like ones counted as one, and those that nobody answered."""
    if answering.raised == 0:
        return
    yield ("答问题", "提出", answering.raised, None, None)
    yield ("答问题", "答了", answering.answered, None, words.percent(answering.share))
    yield ("答问题", "其中口头", answering.voiced, None, None)
    for name, wait_ms in (("一半答得快过", answering.wait_p50_ms), ("九成答得快过", answering.wait_p90_ms)):
        if wait_ms is not None:
            yield ("答问题", name, None, None, words.delay(wait_ms))
    for each in answering.unanswered:
        yield ("没答的", f"{each.askers} 人问", each.askers, beijing_time(each.first_asked_ms), each.text)


def _named(group: str, counts: Iterable[tuple[str, int]], names: words.Names) -> Iterator[Row]:
    for value, number in counts:
        yield (group, names.get(value, value), number, None, None)


def beijing_time(at_ms: int) -> datetime:
    """A moment as a spreadsheet keeps it: Beijing time without an offset."""
    return datetime.fromtimestamp(at_ms // 1000, CHINA).replace(tzinfo=None)


def _maybe_time(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else beijing_time(at_ms)
