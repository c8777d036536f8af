from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings

from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.labels import Names
from live.reports.fulfilment.sheets import fulfilment_workbook
from tests.reports.cycles import arrive, cut_off, cycles, noodle, pear, pork, the_cycle
from tests.reports.factories import a_stream, apple, egg, person

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from live.store.port import CycleRecord
    from tests.reports.factories import Stream

NAMES = ["采购单", "拣货单", "按商品", "标签"]
ZHANG, LI = person("张姐"), person("李哥")


def written(cycle: CycleRecord, names: Names = Names.MASKED) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(fulfilment_workbook(fulfilment_of(cycle, names))))


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    head, *body = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def column(book: Workbook, name: str, title: str) -> list[object]:
    return [row[title] for row in rows(book, name)]


def an_evening() -> Stream:
    stream = a_stream(egg(), apple(), pork(), pear(), noodle())
    stream.buys(ZHANG, "egg", 2)
    stream.buys(ZHANG, "noodle", 2, "thin")
    stream.buys(LI, "noodle", 1, "wide")
    stream.buys(LI, "pork", 3)
    stream.buys(LI, "apple", 1, "l")
    stream.fetches(ZHANG, at="p2", tail="0042", own_bag=True)
    cut_off(stream)
    return stream


def test_every_sheet_has_a_frozen_head_and_says_on_paper_which_cycle_it_is() -> None:
    book = written(the_cycle(an_evening()))
    assert book.sheetnames == NAMES
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.left.text == (
            f"{sheet.title} · 梅姐明日菜篮子 · 今晚接单明早提 · 提货 1月8日 周四 17:00 · 定稿"
        )


def test_the_purchase_order_has_a_row_an_item_and_one_a_variant_in_a_column_apart() -> None:
    found = rows(written(the_cycle(an_evening())), "采购单")
    told = (
        "供货商",
        "商品",
        "规格",
        "已订",
        "规格已订",
        "整件装",
        "订几件",
        "订货数量",
        "多出",
        "按售价合计（元）",
        "状态",
    )
    assert [tuple(row[name] for name in told) for row in found] == [
        ("老周粮油", "手工挂面", None, 3, None, 20, 1, 20, 17, 38.7, "定稿"),
        ("老周粮油", "手工挂面", "宽面", None, 1, None, None, None, None, None, None),
        ("老周粮油", "手工挂面", "细面", None, 2, None, None, None, None, None, None),
        ("陈屠户", "土猪前腿肉", None, 3, None, 1, 3, 3, 0, 80.4, "定稿"),
        (None, "柳树湾土鸡蛋 30 枚", None, 2, None, 12, 1, 12, 10, 79.8, "定稿"),
        (None, "红富士苹果", None, 1, None, None, 0, 0, None, None, "没成团（要 5 箱），不订"),
    ]


def test_the_pick_list_has_a_row_a_line_and_what_is_due_once_a_person() -> None:
    book = written(the_cycle(an_evening()))
    told = ("自提点", "序号", "顾客", "手机尾号", "自带袋", "商品", "规格", "数量", "应付（元）", "打勾", "备注")
    assert [tuple(row[name] for name in told) for row in rows(book, "拣货单")] == [
        ("东门便利店", "3", "李哥", None, None, "土猪前腿肉", None, 3, 93.3, "□", "称重结算"),
        ("东门便利店", "3", "李哥", None, None, "手工挂面", "宽面", 1, None, "□", None),
        ("北桥快递站", "1", "张姐", "0042", "是", "柳树湾土鸡蛋 30 枚", None, 2, 105.6, "□", None),
        ("北桥快递站", "1", "张姐", "0042", "是", "手工挂面", "细面", 2, None, "□", None),
    ]


def test_the_same_goods_stand_by_item() -> None:
    book = written(the_cycle(an_evening()))
    told = ("号", "商品", "规格", "自提点", "序号", "顾客", "数量", "单位")
    assert [tuple(row[name] for name in told) for row in rows(book, "按商品")] == [
        (1, "柳树湾土鸡蛋 30 枚", None, "北桥快递站", "1", "张姐", 2, "箱"),
        (3, "土猪前腿肉", None, "东门便利店", "3", "李哥", 3, "斤"),
        (5, "手工挂面", "宽面", "东门便利店", "3", "李哥", 1, "袋"),
        (5, "手工挂面", "细面", "北桥快递站", "1", "张姐", 2, "袋"),
    ]


def test_the_labels_are_those_that_are_printed() -> None:
    stream = an_evening()
    [_, label] = rows(written(the_cycle(stream)), "标签")
    code = stream.code_of(ZHANG)
    assert label == {
        "自提点": "北桥快递站",
        "序号": "1",
        "顾客": "张*",
        "第几袋": 1,
        "共几袋": 1,
        "商品": "柳树湾土鸡蛋 30 枚 2 箱\n手工挂面（细面） 2 袋",
        "自带袋": "是",
        "提货码": f"{code[:4]} {code[4:8]} {code[8:]}",
    }
    assert column(written(the_cycle(stream), Names.FULL), "标签", "顾客") == ["李哥", "张姐"]


def test_before_the_cut_off_the_rows_and_the_paper_say_preview() -> None:
    stream = a_stream(egg())
    stream.buys(ZHANG, "egg", 1)
    book = written(the_cycle(stream))
    assert column(book, "采购单", "状态") == ["预览，截单前还会变"]
    heading = book["采购单"].oddHeader
    assert heading is not None
    assert str(heading.left.text).endswith("预览，截单前还会变")


def test_what_was_handed_over_is_ticked() -> None:
    stream = a_stream(egg())
    stream.buys(ZHANG, "egg", 1)
    cut_off(stream)
    arrive(stream)
    stream.collects(ZHANG)
    book = written(the_cycle(stream))
    assert (column(book, "拣货单", "打勾"), column(book, "按商品", "打勾")) == (["已提"], ["已提"])
    assert column(book, "拣货单", "应付（元）") == [0]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@全体", "=cmd|' /C calc'!A0", "12345678"])
def test_a_name_that_looks_like_a_formula_or_a_number_stays_text(name: str) -> None:
    stream = a_stream(egg())
    stream.buys(person(name), "egg", 1)
    book = written(the_cycle(stream), Names.FULL)
    for sheet, place in (("拣货单", "C2"), ("按商品", "F2"), ("标签", "C2")):
        cell = book[sheet][place]
        assert (cell.value, cell.data_type) == (name, "s")
        assert bool(cell.quotePrefix) is name.startswith(("=", "+", "-", "@"))


def test_the_file_holds_no_formula_no_link_and_no_platform_id() -> None:
    content = fulfilment_workbook(fulfilment_of(the_cycle(an_evening()), Names.FULL))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    assert not any("<f>" in each or "<hyperlink" in each or "wx-id-" in each for each in texts)


@settings(max_examples=15)
@given(cycles())
def test_the_sheets_add_up(cycle: CycleRecord) -> None:
    book, documents = written(cycle), fulfilment_of(cycle)
    picked = sum(int(str(n)) for n in column(book, "拣货单", "数量"))
    assert picked == sum(int(str(n)) for n in column(book, "按商品", "数量"))
    due = sum(round(float(str(yuan)) * 100) for yuan in column(book, "拣货单", "应付（元）") if yuan is not None)
    assert due == sum(point.due_fen for point in documents.picks.points)
    assert len(rows(book, "标签")) == len(documents.labels)
