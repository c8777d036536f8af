"""Everything of a session as plain tables, for other programs and other people's spreadsheets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.reports import words
from live.reports.csv_file import csv_bytes
from live.reports.facts import facts_of
from live.reports.sheets import Column, Kind, Sheet, beijing_time, sheets_of
from live.reports.workbook import tables_workbook
from live.service.wire import milli

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.basket import Basket
    from live.domain.comment import AnsweredComment
    from live.domain.reservation import Reservation
    from live.domain.session import OrderCycle
    from live.reports.sheets import Cell, Row
    from live.store.port import SessionRecord

TABLES = ("reservations", "offers", "comments")
"""What there is to export, by the names that a caller uses."""


class Exports:
    """Writes the tables of a session as files."""

    def csv(self, record: SessionRecord, table: str) -> bytes:
        """Write one table as CSV that a spreadsheet opens by a double click."""
        return csv_bytes(export_sheets(record)[table])

    def xlsx(self, record: SessionRecord) -> bytes:
        """Write all tables as one workbook."""
        return tables_workbook(record.session.title, export_sheets(record).values())


def export_sheets(record: SessionRecord) -> Mapping[str, Sheet]:
    """The tables of a session, each under its name."""
    facts = facts_of(record)
    sheets = {sheet.name: sheet for sheet in sheets_of(facts)}
    lines = sheets["明细"]
    held = [line.reservation for line in facts.lines]
    baskets = {basket.viewer_key: basket for basket in record.baskets}
    fetched = [_fetching(each, baskets.get(each.viewer.key), record.session.cycle) for each in held]
    return {
        "reservations": replace(
            lines,
            name="预订",
            columns=lines.columns + FETCHING_COLUMNS,
            rows=tuple(row + more for row, more in zip(lines.rows, fetched, strict=True)),
        ),
        "offers": replace(sheets["按商品"], name="商品"),
        "comments": Sheet(
            name="评论", columns=COMMENT_COLUMNS, rows=tuple(_comment_row(each) for each in record.comments)
        ),
    }


FETCHING_COLUMNS = (
    Column(title="自提点", width=16),
    Column(title="手机尾号", width=10),
    Column(title="提走时间", width=17, kind=Kind.TIME),
    Column(title="实重", width=10),
    Column(title="平台", width=16),
)


def _fetching(reservation: Reservation, basket: Basket | None, cycle: OrderCycle) -> Row:
    point = cycle.point(None if basket is None else basket.pickup_point_id)
    return (
        None if point is None else point.name,
        None if basket is None else basket.phone_tail,
        _maybe_time(reservation.collected_ms),
        milli(reservation.weighed_milli),
        reservation.viewer.platform,
    )


COMMENT_COLUMNS = (
    Column(title="序号", width=8, kind=Kind.COUNT),
    Column(title="时间", width=17, kind=Kind.TIME),
    Column(title="平台", width=16),
    Column(title="顾客", width=20),
    Column(title="评论", width=50),
    Column(title="意思", width=10),
    Column(title="问什么", width=10),
    Column(title="怎么办的", width=12),
    Column(title="结果", width=14),
    Column(title="原因", width=24),
    Column(title="把握", width=8, kind=Kind.PERCENT),
    Column(title="评论编号", width=20),
)


def _comment_row(answered: AnsweredComment) -> Row:
    comment, read = answered.comment, answered.classification
    said: Row = (answered.n, beijing_time(answered.received_ms), comment.platform, comment.viewer.name, comment.text)
    topic: Cell = None if read.topic is None else words.TOPICS[read.topic]
    done: Row = (
        words.ROUTES.get(answered.route, answered.route),
        words.OUTCOMES.get(answered.outcome, answered.outcome),
    )
    return (*said, words.INTENTS[read.intent], topic, *done, answered.reason, read.confidence, comment.id)


def _maybe_time(at_ms: int | None) -> Cell:
    return None if at_ms is None else beijing_time(at_ms)
