from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live.reports.facts import facts_of
from live.reports.fulfilment.links import links_from_report
from live.reports.html import FIRST_VIEWERS, MOST_VIEWERS, report_html
from live.reports.templating import TEMPLATES
from nlp.types import Route, Topic
from tests.reports.big_evening import a_big_evening
from tests.reports.cycles import a_fetched_evening
from tests.reports.factories import (
    MINUTE_MS,
    a_quiet_evening,
    a_small_evening,
    a_stream,
    asks,
    chats,
    egg,
    person,
    wants,
)
from tests.reports.reading import Page, read

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
THEME = Path(__file__).parents[2] / "live" / "web" / "static" / "shared" / "theme.css"
HEX_TOKEN = re.compile(r"(--[\w-]+): (#[0-9a-f]{6});")


def page_of(record: object) -> Page:
    return read(report_html(facts_of(record)))  # type: ignore[arg-type]  # records come from the factories


def squeezed(page: Page) -> str:
    return re.sub(r"\s+", " ", page.text)


@pytest.mark.parametrize("record", [a_quiet_evening(), a_small_evening(), a_big_evening(viewers=80, comments=400)])
def test_the_page_is_whole_and_asks_nothing_of_the_network(record: object) -> None:
    page = page_of(record)
    assert page.unbalanced == []
    assert {tag for tag, attributes in page.elements if "src" in attributes} == set()
    assert [attributes["href"] for tag, attributes in page.elements if tag == "link"] == ["data:,"]
    assert not page.has("script")
    assert "url(" not in page.styles
    assert "@import" not in page.styles


def test_the_page_leads_to_the_papers_beside_it_or_below_its_address() -> None:
    facts = facts_of(a_small_evening())
    beside, below = read(report_html(facts)), read(report_html(facts, links_from_report("a/b")))
    papers = ["purchase.html", "picklist.html", "labels-58mm.html", "labels-a4.html", "fulfilment.xlsx"]
    assert beside.addresses()[1:] == papers
    assert below.addresses()[1:] == [
        "a%2Fb/purchase",
        "a%2Fb/picklist",
        "a%2Fb/labels?format=58mm",
        "a%2Fb/labels?format=a4",
        "a%2Fb/fulfilment.xlsx",
    ]


def test_a_policy_forbids_what_the_page_does_not_do() -> None:
    policies = [a["content"] for tag, a in page_of(a_quiet_evening()).elements if a.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_the_page_is_chinese_and_fits_a_phone() -> None:
    page = page_of(a_quiet_evening())
    assert ("html", {"lang": "zh-CN"}) in page.elements
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.elements


def test_names_comments_and_titles_stay_text() -> None:
    stream = a_stream(replace(egg(), title=EVIL, unit=EVIL, aliases=("鸡蛋",)), title=EVIL)
    stream.buys(person(EVIL), "egg", 1)
    stream.say(person(EVIL), f"鸡蛋{EVIL}", asks(Topic.PRICE))
    stream.say(person(EVIL), EVIL, wants("egg", None, route=Route.CONFIRM))
    page = page_of(stream.end())
    assert not page.has("script")
    assert not page.has("img")
    assert page.unbalanced == []
    assert page.text.count(EVIL) >= 6


@settings(max_examples=30)
@given(st.text(max_size=30))
def test_no_name_breaks_the_page(name: str) -> None:
    stream = a_stream(egg())
    stream.buys(person(name), "egg", 1)
    assert page_of(stream.end()).unbalanced == []


def test_the_sums_are_on_the_page() -> None:
    text = squeezed(page_of(a_small_evening()))
    for part in ("¥258.50", "6份 3 单", "2位", "50.0% 4 人说话，2 人订", "10条", "2份 2 单", "1 单"):
        assert part in text


def test_each_offer_tells_its_stock_and_what_to_buy_in() -> None:
    text = squeezed(page_of(a_small_evening()))
    assert "已订 5 / 5 箱" in text
    assert "20:01 订满" in text
    assert "进货 1 整件整件 12 箱，还差 7" in text
    assert "差 4 成团" in text


def test_each_viewer_has_a_row_with_the_code_and_the_lines() -> None:
    text = squeezed(page_of(a_small_evening()))
    viewer = next(v for v in facts_of(a_small_evening()).viewers if v.name == "=HYPERLINK(1)")
    assert f"=HYPERLINK(1) {viewer.pickup_code} 柳树湾土鸡蛋 30 枚 3 箱" in text
    assert "红富士苹果（大果） 1 箱" in text
    assert "¥178.70" in text
    assert "堂*** 平台隐名" in text


def test_comments_that_wait_are_shown_with_the_reason_and_without_the_number() -> None:
    text = squeezed(page_of(a_small_evening()))
    assert "小雨：给我留点，电话138****78没说清要几份" in text
    assert "13812345678" not in text


def test_no_platform_id_is_on_the_page() -> None:
    html = report_html(facts_of(a_small_evening()))
    assert "wx-id-" not in html
    assert "111111" not in html


def test_an_empty_evening_says_the_next_step_instead_of_empty_tables() -> None:
    page = page_of(a_quiet_evening())
    assert not page.has("table")
    assert not page.has("svg")
    for sentence in (
        "都办好了",
        "没有评论，也没有预订",
        "这一场没有上商品",
        "还没有人订",
        "没有人提问",
        "没有收到评论",
    ):
        assert sentence in page.text


def test_a_large_evening_shows_the_first_viewers_and_folds_the_rest() -> None:
    record = a_big_evening(viewers=200, comments=900)
    facts = facts_of(record)
    assert len(facts.viewers) > MOST_VIEWERS
    page = page_of(record)
    assert f"其余 {len(facts.viewers) - FIRST_VIEWERS} 位" in page.text
    assert all(viewer.name in page.text for viewer in facts.viewers)


def test_the_day_after_tells_of_pickups_scales_failures_and_complaints() -> None:
    text = squeezed(page_of(a_fetched_evening()))
    for part in (
        "提走了 3 单：2 位，¥161.54",
        "还没提 1 单：1 位，¥39.90",
        "爽约 1 单：1 位，¥39.90",
        "称重 2 单：补收 ¥4.02，退回 ¥2.68",
        "没成团 红富士苹果（要 5 箱，1 位订了 1 箱）",
        "售后 3 个：两小时内答复 1 个，还等着 1 个，答应了还没办 1 个",
        "等答复王叔：肉太肥了",
        "答应退款李哥：苹果坏了，电话138****78",
    ):
        assert part in text


def test_before_the_cut_off_the_page_does_not_speak_of_pickups() -> None:
    assert "提货和售后" not in page_of(a_small_evening()).text


def test_a_running_stream_says_so() -> None:
    stream = a_stream(egg())
    stream.now_ms += 5 * MINUTE_MS
    stream.say(person(), "来了", chats())
    assert "下面是到 20:05 为止的数字" in squeezed(page_of(stream.record()))
    assert "还在直播" not in page_of(a_small_evening()).text


def test_a_recording_gets_no_delay() -> None:
    stream = a_stream(egg())
    stream.say(person(), "来了", chats(), delay_ms=12 * 24 * 3_600_000)
    assert "像是回放的记录" in page_of(stream.end()).text


def test_the_colours_are_those_of_the_pages() -> None:
    ours = set(HEX_TOKEN.findall((TEMPLATES / "report.css").read_text(encoding="utf-8")))
    theirs = set(HEX_TOKEN.findall(THEME.read_text(encoding="utf-8")))
    assert {token for token in ours if token != ("--ground", "#ffffff")} <= theirs  # paper is white
