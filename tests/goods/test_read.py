"""A list in whatever form it comes; what comes out can be started with."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from live.goods.found import Found, Unreadable
from live.goods.read import read_goods
from live.goods.template import template_csv, template_xlsx
from live.web.command_models import OfferModel

OFFERS = TypeAdapter(list[OfferModel])


def offers_of(found: Found) -> list[OfferModel]:
    return OFFERS.validate_python([offer for _, offer in found.offers])


@pytest.mark.parametrize("template", [template_csv(), template_xlsx()], ids=["csv", "xlsx"])
def test_the_template_reads_without_a_word_of_complaint(template: bytes) -> None:
    found = read_goods(template)
    assert (found.faults, found.warnings) == ([], [])
    assert [offer.number for offer in offers_of(found)] == [1, 2]


def test_a_pasted_table_and_a_chat_list_are_told_apart() -> None:
    table = "品名\t价格\n土鸡蛋，大的\t39.9\n"
    chat = "1. 土鸡蛋，大的，39.9元\n2. 豆腐，嫩的，6.8元"
    assert offers_of(read_goods(table.encode()))[0].title == "土鸡蛋，大的"
    assert len(offers_of(read_goods(chat.encode()))) == 2


def test_a_stray_quote_makes_no_table_of_a_chat_list() -> None:
    assert len(read_goods('1. 土鸡蛋 "大的, 39.9元\n2. 豆腐 6.8元'.encode()).offers) == 2


def test_the_body_of_an_earlier_evening_brings_along_what_it_says_of_it() -> None:
    body = {
        "title": "今晚",
        "offers": [{"id": "egg", "title": "鸡蛋", "price": "39.90", "quota": 5}],
        "hosts": ["梅姐"],
        "x": 1,
    }
    found = read_goods(json.dumps(body).encode())
    assert found.given == {"title": "今晚", "hosts": ["梅姐"]}
    assert offers_of(found)[0].id == "egg"


@pytest.mark.parametrize(
    ("data", "way_out"),
    [
        (b"", "粘贴"),
        (b"  \n ", "粘贴"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "xlsx"),
        (b"%PDF-1.7", "XLSX"),
        (b"\xff\xd8\xff\xe0", "XLSX"),
        (b'{"offers": [', "JSON"),
        (b'{"offers": []}', "offers"),
        ("品名,价格\n".encode(), "没有商品"),
    ],
)
def test_what_is_no_list_says_the_way_out(data: bytes, way_out: str) -> None:
    with pytest.raises(Unreadable, match=way_out):
        read_goods(data)


def tried(data: bytes) -> None:
    """Read it: either it is refused, or what has no fault can be started with."""
    try:
        found = read_goods(data)
    except Unreadable:
        return
    if not found.faults and not found.given:
        offers_of(found)


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_no_file_is_too_strange(data: bytes) -> None:
    tried(data)


@given(st.binary(max_size=200))
def test_no_workbook_is_too_broken(data: bytes) -> None:
    tried(b"PK\x03\x04" + data)


CELLS = st.one_of(
    st.sampled_from(
        [
            "1",
            "A1",
            "鸡蛋",
            "39.9",
            "￥39.9元/箱",
            "不限",
            "0",
            "-1",
            "大、小",
            "大:4、小:5",
            "1e9",
            "是",
            '"',
            "",
            "９９",
        ]
    ),
    st.text(max_size=30),
)


@given(st.lists(st.lists(CELLS, min_size=9, max_size=12), max_size=8), st.sampled_from(["\t", ",", "，"]))
@settings(max_examples=300)
def test_no_table_is_too_strange(lines: list[list[str]], separator: str) -> None:
    heading = ["编号", "品名", "价格", "单位", "限量", "每人限购", "箱规", "规格", "别名", "产地"]
    text = "\n".join(separator.join(line) for line in [heading, *lines])
    tried(text.encode("utf-8", "ignore"))


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_no_text_is_too_strange(text: str) -> None:
    tried(text.encode("utf-8", "ignore"))
