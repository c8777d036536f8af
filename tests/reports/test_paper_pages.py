from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from live.domain import commands as c
from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.labels import Names
from live.reports.fulfilment.links import FILES
from live.reports.fulfilment.pages import LABELS_A_SHEET, LabelFormat, labels_html, picklist_html, purchase_html
from live.reports.fulfilment.papers import paper_files, render_paper
from tests.reports.cycles import arrive, cut_off, cycles, noodle, pear, pork, the_cycle
from tests.reports.factories import CYCLE, a_stream, apple, egg, person
from tests.reports.reading import Page, read

if TYPE_CHECKING:
    from live.store.port import CycleRecord
    from tests.reports.factories import Stream

ZHANG, LI = person("张姐"), person("李哥")
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def an_evening() -> Stream:
    stream = a_stream(egg(), apple(), pork(), pear(), noodle())
    stream.buys(ZHANG, "egg", 2)
    stream.buys(ZHANG, "noodle", 2, "thin")
    stream.buys(LI, "pear", 3)
    stream.buys(LI, "pork", 1)
    stream.buys(LI, "apple", 1, "l")
    stream.fetches(ZHANG, at="p2", tail="0042", own_bag=True)
    return stream


def pages(cycle: CycleRecord, names: Names = Names.MASKED) -> dict[str, Page]:
    files = dict(paper_files(cycle, names))
    return {name: read(content.decode()) for name, content in files.items() if name.endswith(".html")}


def text(page: Page) -> str:
    return re.sub(r"\s+", " ", page.text)


@pytest.mark.parametrize("cut", [False, True])
def test_every_paper_is_whole_and_asks_nothing_of_the_network(*, cut: bool) -> None:
    stream = an_evening()
    if cut:
        cut_off(stream)
    for page in pages(the_cycle(stream)).values():
        assert page.unbalanced == []
        assert not page.has("script")
        assert "url(" not in page.styles
        assert "@import" not in page.styles
        assert {tag for tag, attributes in page.elements if "src" in attributes} == set()
        assert ("html", {"lang": "zh-CN"}) in page.elements


@settings(max_examples=15)
@given(cycles())
def test_no_cycle_breaks_a_paper(cycle: CycleRecord) -> None:
    assert all(page.unbalanced == [] for page in pages(cycle).values())


def test_names_titles_points_and_notices_stay_text() -> None:
    points = (replace(CYCLE.pickup_points[0], name=EVIL, address=EVIL),)
    goods = replace(egg(), title=EVIL, unit=EVIL, supplier=EVIL)
    stream = a_stream(goods, title=EVIL, cycle=replace(CYCLE, pickup_points=points))
    stream.buys(person(EVIL), "egg", 1)
    cut_off(stream)
    stream.do(c.MovePickup(pickup_at_ms=CYCLE.pickup_at_ms + 60_000, notice=EVIL))
    for page in pages(the_cycle(stream), Names.FULL).values():
        assert not page.has("script")
        assert not page.has("img")
        assert page.unbalanced == []
        assert page.text.count(EVIL) >= 3


def test_before_the_cut_off_every_paper_says_that_it_is_a_preview() -> None:
    for name, page in pages(the_cycle(an_evening())).items():
        assert "预览" in text(page), name
        assert "定稿" not in text(page), name
    shown = text(pages(the_cycle(an_evening()))["purchase.html"])
    assert "预览1月7日 周三 22:00 截单，那以前数量还会变" in shown


def test_after_the_cut_off_it_says_since_when_the_numbers_stand() -> None:
    stream = an_evening()
    cut_off(stream)
    found = pages(the_cycle(stream))
    for name in ("purchase.html", "picklist.html"):
        assert "定稿1月7日 周三 22:00 截单，数量不再变" in text(found[name])
    assert all("预览" not in text(page) for page in found.values())


def test_a_room_that_still_takes_orders_is_named() -> None:
    east, north = an_evening(), a_stream(egg(), room="beiqiao")
    cut_off(east)
    assert "预览直播间 beiqiao 还没截单" in text(pages(the_cycle(east, north))["purchase.html"])


def test_the_purchase_order_tells_cases_variants_what_is_left_and_what_failed() -> None:
    stream = an_evening()
    cut_off(stream)
    shown = text(pages(the_cycle(stream))["purchase.html"])
    assert "老周粮油1 种" in shown
    assert "1 整件每件 20 袋，共 20 袋 多出 18 袋 ¥25.80" in shown
    assert "细面 2 袋" in shown
    assert "没写供货商2 种" in shown
    assert "红富士苹果 1 位要 1 箱 没成团（要 5 箱），不订" in shown
    assert "土猪前腿肉 称重" in shown


def test_what_a_case_leaves_out_is_told_before_the_cut_off() -> None:
    stream = a_stream(pear(case_tolerance=1))
    stream.buys(ZHANG, "pear", 9)
    shown = text(pages(the_cycle(stream))["purchase.html"])
    assert "不成箱 1 箱" in shown
    assert "截单时退掉最后订的" in shown


def test_the_pick_list_tells_all_that_the_counter_asks_for() -> None:
    stream = an_evening()
    cut_off(stream)
    shown = text(pages(the_cycle(stream))["picklist.html"])
    code = stream.code_of(ZHANG)
    assert f"1 张姐 自带袋 手机尾号 0042 · 提货码 {code[:4]}…" in shown
    assert "柳树湾土鸡蛋 30 枚2 箱" in shown
    assert "手工挂面（细面）2 袋" in shown
    assert "¥105.60" in shown
    assert "约 ¥116.50" in shown
    assert shown.index("东门便利店") < shown.index("北桥快递站") < shown.index("按商品分")


def test_who_has_fetched_all_is_ticked_off() -> None:
    stream = a_stream(egg())
    stream.buys(ZHANG, "egg", 1)
    cut_off(stream)
    arrive(stream)
    stream.collects(ZHANG)
    found = pages(the_cycle(stream))
    assert "已提 1 张姐" in text(found["picklist.html"])
    assert "付过" in text(found["picklist.html"])
    assert "没有要贴的标签" in text(found["labels-58mm.html"])


def test_full_names_are_on_the_shop_s_lists_and_on_labels_only_if_it_wants() -> None:
    cycle = the_cycle(an_evening())
    masked, full = pages(cycle), pages(cycle, Names.FULL)
    assert "张姐" in masked["picklist.html"].text
    for name in ("labels-58mm.html", "labels-a4.html"):
        assert "张*" in masked[name].text
        assert "张姐" not in masked[name].text
        assert "张姐" in full[name].text


def test_a_label_tells_number_point_goods_and_the_whole_code() -> None:
    stream = an_evening()
    cut_off(stream)
    [first, second] = re.findall(r'<article class="label">.*?</article>', rolls(stream), re.DOTALL)
    shown = text(read(first))
    code = stream.code_of(LI)
    assert "3李* 东门便利店" in shown
    assert "土猪前腿肉1 斤" in shown
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in shown
    assert "1月8日 周四" in shown
    assert "自带袋" in text(read(second))
    assert first.count("<svg") == second.count("<svg") == 1


def rolls(stream: Stream) -> str:
    return labels_html(fulfilment_of(the_cycle(stream)), LabelFormat.ROLL, FILES)


def test_a_roll_has_a_label_a_page_and_a_sheet_twenty_four() -> None:
    stream = a_stream(egg(quota=200))
    for place in range(LABELS_A_SHEET + 1):
        stream.buys(person(f"顾客{place}"), "egg", 1)
    documents = fulfilment_of(the_cycle(stream))
    for label_format, sheets in ((LabelFormat.ROLL, LABELS_A_SHEET + 1), (LabelFormat.A4, 2)):
        html = labels_html(documents, label_format, FILES)
        assert html.count('class="sheet"') == sheets
        assert html.count('class="label"') == LABELS_A_SHEET + 1


def test_an_evening_without_orders_says_so_on_every_paper() -> None:
    found = pages(the_cycle(a_stream(egg())))
    assert "没有要进的货" in found["purchase.html"].text
    assert "没有要分的货" in found["picklist.html"].text
    assert "没有要贴的标签" in found["labels-a4.html"].text
    assert not any(page.has("table") or page.has("svg") for page in found.values())


def test_no_platform_id_is_on_a_paper() -> None:
    for name, content in paper_files(the_cycle(an_evening()), Names.FULL):
        assert b"wx-id-" not in content, name


def test_each_paper_marks_where_one_is_and_leads_to_the_others() -> None:
    documents = fulfilment_of(the_cycle(an_evening()))
    page = read(picklist_html(documents, FILES))
    assert page.addresses() == [
        "data:,",
        "report.html",
        "purchase.html",
        "labels-58mm.html",
        "labels-a4.html",
        "fulfilment.xlsx",
    ]
    assert "采购单" in read(purchase_html(documents, FILES)).text


def test_a_paper_is_rendered_by_the_name_in_its_address() -> None:
    cycle = the_cycle(an_evening())
    assert "采购单".encode() in render_paper("purchase", "s1", cycle, {})
    assert "拣货单".encode() in render_paper("picklist", "s1", cycle, {})
    assert b"58mm 40mm" in render_paper("labels", "s1", cycle, {"format": "58mm"})
    assert b"size: A4" in render_paper("labels", "s1", cycle, {})
    assert "张姐".encode() in render_paper("labels", "s1", cycle, {"names": "full"})
    assert render_paper("fulfilment.xlsx", "s1", cycle, {}).startswith(b"PK")


def test_a_paper_or_a_choice_that_there_is_not_is_refused() -> None:
    cycle = the_cycle(an_evening())
    with pytest.raises(KeyError):
        render_paper("poster", "s1", cycle, {})
    with pytest.raises(ValueError, match="80mm"):
        render_paper("labels", "s1", cycle, {"format": "80mm"})
