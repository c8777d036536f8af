"""The tables of `fulfilment.xlsx`: 采购单, 拣货单, 按商品, 标签. All text stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.reports import words
from live.reports.sheets import Column, Kind, Sheet
from live.reports.workbook import tables_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from live.reports.fulfilment.figures import (
        FailedOffer,
        Fulfilment,
        Heading,
        Label,
        PickEntry,
        PickLine,
        PickList,
        PurchaseLine,
        PurchaseOrder,
        SupplierOrder,
    )
    from live.reports.sheets import Row

TO_DO, DONE = "□", "已提"
"""What stands in the column that is ticked by hand."""


def fulfilment_workbook(documents: Fulfilment) -> bytes:
    """Make the workbook."""
    return tables_workbook(f"备货 {documents.heading.title}", fulfilment_sheets(documents))


def fulfilment_sheets(documents: Fulfilment) -> tuple[Sheet, ...]:
    """The tables in the order in which the shop works: buy, pick, pack, stick."""
    heading = heading_words(documents.heading)
    tables = (
        ("采购单", PURCHASE_COLUMNS, _purchase_rows(documents.purchase)),
        ("拣货单", PICK_COLUMNS, _pick_rows(documents.picks)),
        ("按商品", GOODS_COLUMNS, _goods_rows(documents.picks)),
        ("标签", LABEL_COLUMNS, map(_label_row, documents.labels)),
    )
    return tuple(
        Sheet(name=name, columns=columns, rows=tuple(rows), heading=f"{name} · {heading}")
        for name, columns, rows in tables
    )


def heading_words(heading: Heading) -> str:
    """Which cycle it is and how sure its numbers are: "周三晚场 · 提货 1月8日 周四 17:00 · 定稿"."""
    return f"{heading.title} · 提货 {words.moment(heading.pickup_at_ms)} · {state_words(heading)}"


def state_words(heading: Heading) -> str:
    """How sure the numbers are."""
    return "定稿" if heading.final else "预览，截单前还会变"


PURCHASE_COLUMNS = (
    Column(title="供货商", width=16),
    Column(title="号", width=5, kind=Kind.COUNT),
    Column(title="商品", width=28),
    Column(title="规格", width=10),
    Column(title="单位", width=6),
    Column(title="已订", width=8, kind=Kind.COUNT),
    Column(title="规格已订", width=9, kind=Kind.COUNT),
    Column(title="整件装", width=8, kind=Kind.COUNT),
    Column(title="订几件", width=8, kind=Kind.COUNT),
    Column(title="订货数量", width=9, kind=Kind.COUNT),
    Column(title="多出", width=8, kind=Kind.COUNT),
    Column(title="不成箱", width=8, kind=Kind.COUNT),
    Column(title="按售价合计（元）", width=15, kind=Kind.MONEY),
    Column(title="状态", width=24),
)


def _purchase_rows(order: PurchaseOrder) -> Iterator[Row]:
    for supplier in order.suppliers:
        for line in supplier.lines:
            yield from _purchase_lines(supplier, line, state_words(order.heading))
    yield from map(_failed_row, order.failed)


def _purchase_lines(supplier: SupplierOrder, line: PurchaseLine, state: str) -> Iterator[Row]:
    """The item with its cases, then how much of each variant: their sums stand in columns apart."""
    what: Row = (supplier.supplier, line.goods.number, line.goods.title)
    cases: Row = (line.case_size, line.cases, line.quantity, line.surplus, line.unfilled)
    amount = line.amount_fen / 100
    yield (*what, None, line.goods.unit, line.reserved, None, *cases, amount, state)
    for need in line.variants:
        name = need.name or "没说规格"
        yield (*what, name, line.goods.unit, None, need.reserved, None, None, None, None, None, None, None)


def _failed_row(offer: FailedOffer) -> Row:
    what: Row = (offer.supplier, offer.goods.number, offer.goods.title, None, offer.goods.unit, offer.wanted)
    return (*what, None, None, 0, 0, None, None, None, failed_words(offer))


def failed_words(offer: FailedOffer) -> str:
    """What became of an offer that too few wanted."""
    unit = offer.goods.unit
    if offer.failed:
        return f"没成团（要 {offer.min_quantity} {unit}），不订"
    return f"还差 {offer.short} {unit}成团，先不算"


PICK_COLUMNS = (
    Column(title="自提点", width=16),
    Column(title="序号", width=8),
    Column(title="顾客", width=18),
    Column(title="手机尾号", width=9),
    Column(title="提货码", width=17),
    Column(title="自带袋", width=8),
    Column(title="号", width=5, kind=Kind.COUNT),
    Column(title="商品", width=28),
    Column(title="规格", width=10),
    Column(title="数量", width=8, kind=Kind.COUNT),
    Column(title="单位", width=6),
    Column(title="金额（元）", width=11, kind=Kind.MONEY),
    Column(title="应付（元）", width=11, kind=Kind.MONEY),
    Column(title="打勾", width=8),
    Column(title="备注", width=12),
)


def _pick_rows(picks: PickList) -> Iterator[Row]:
    for point in picks.points:
        for entry in point.entries:
            for place, line in enumerate(entry.lines):
                yield _pick_row(point.name, entry, line, first=place == 0)


def _pick_row(point: str, entry: PickEntry, line: PickLine, *, first: bool) -> Row:
    """A line of goods; what the person pays stands once, in their first line, so that the column adds up."""
    codes = " / ".join(words.code(code) for code in entry.codes)
    who: Row = (point, str(entry.number), entry.name, entry.phone_tail, codes, "是" if entry.own_bag else None)
    goods = line.goods
    what: Row = (goods.number, goods.title, goods.variant, line.quantity, goods.unit, line.amount_fen / 100)
    due = entry.due_fen / 100 if first else None
    return (*who, *what, due, DONE if line.done else TO_DO, "称重结算" if line.weighed else None)


GOODS_COLUMNS = (
    Column(title="号", width=5, kind=Kind.COUNT),
    Column(title="商品", width=28),
    Column(title="规格", width=10),
    Column(title="自提点", width=16),
    Column(title="序号", width=8),
    Column(title="顾客", width=18),
    Column(title="数量", width=8, kind=Kind.COUNT),
    Column(title="单位", width=6),
    Column(title="打勾", width=8),
)


def _goods_rows(picks: PickList) -> Iterator[Row]:
    for each in picks.goods:
        what: Row = (each.goods.number, each.goods.title, each.goods.variant)
        for taker in each.takers:
            who: Row = (taker.point, str(taker.number), taker.name, taker.quantity, each.goods.unit)
            yield (*what, *who, DONE if taker.done else TO_DO)


LABEL_COLUMNS = (
    Column(title="自提点", width=16),
    Column(title="序号", width=8),
    Column(title="顾客", width=18),
    Column(title="第几袋", width=8, kind=Kind.COUNT),
    Column(title="共几袋", width=8, kind=Kind.COUNT),
    Column(title="商品", width=48),
    Column(title="自带袋", width=8),
    Column(title="提货码", width=17),
)


def _label_row(label: Label) -> Row:
    who: Row = (label.point, str(label.number), label.name, label.part, label.parts)
    return (*who, "\n".join(_line_words(label.lines)), "是" if label.own_bag else None, words.code(label.code))


def _line_words(lines: Iterable[PickLine]) -> Iterator[str]:
    for line in lines:
        variant = f"（{line.goods.variant}）" if line.goods.variant else ""
        yield f"{line.goods.title}{variant} {line.quantity} {line.goods.unit}"
