"""接龙 and price lists as group leaders write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.goods.chat_list import read_chat
from live.goods.found import Unreadable


def only(line: str) -> dict[str, object]:
    [(_, offer)] = read_chat(line).offers
    return offer


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1. 土鸡蛋 30枚 39.9元/箱 限100", {"number": 1, "title": "土鸡蛋 30枚", "price": "39.90", "unit": "箱", "quota": 100}),
        ("①红富士苹果5斤 29.9", {"number": 1, "title": "红富士苹果5斤", "price": "29.90", "unit": "份"}),
        ("⑫ 豆腐 ¥6.8/份", {"number": 12, "title": "豆腐", "price": "6.80", "unit": "份"}),
        ("【3】五花肉 ￥26.8/斤 限60斤 每人限3", {"number": 3, "price": "26.80", "unit": "斤", "quota": 60, "per_viewer_limit": 3}),
        ("4、草莓 10元3斤", {"number": 4, "title": "草莓 3斤", "price": "10.00", "unit": "份"}),
        ("5️⃣ 手工挂面 2块5/袋", {"number": 5, "title": "手工挂面", "price": "2.50", "unit": "袋"}),
        ("8号 大米10斤 ３９．９元 限购2", {"number": 8, "title": "大米10斤", "price": "39.90", "per_viewer_limit": 2}),
        ("二、沙糖桔 一箱 19.9 限50箱", {"number": 2, "title": "沙糖桔 一箱", "price": "19.90", "unit": "箱", "quota": 50}),
        ("10) 酱油500ml 12元一瓶 箱规12", {"number": 10, "title": "酱油500ml", "price": "12.00", "unit": "瓶", "case_size": 12}),
        ("7. 小米 5斤装 25", {"number": 7, "title": "小米 5斤装", "price": "25.00"}),
        ("草莓，19.9元，产地：丹东", {"title": "草莓", "price": "19.90", "facts": {"产地": "丹东"}}),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_written(line: str, said: dict[str, object]) -> None:
    assert only(line).items() >= said.items()


def test_the_head_is_skipped_and_lines_below_say_more() -> None:
    text = "#接龙\n今晚8点截单，明早10点提\n例 1 张姐 两箱\n1. 土鸡蛋 39.9元/箱\n产地：柳树湾\n散养的，蛋黄红\n----\n2. 豆腐 6.8"
    found = read_chat(text)
    assert [(row, offer["title"]) for row, offer in found.offers] == [(4, "土鸡蛋"), (8, "豆腐")]
    assert found.offers[0][1]["facts"] == {"产地": "柳树湾", "说明": "散养的，蛋黄红"}
    assert found.faults == []


def test_a_line_without_a_price_is_told_and_kept_to_be_mended() -> None:
    found = read_chat("1. 土鸡蛋 39.9元\n2. 红富士")
    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "价格")]
    assert [offer["title"] for _, offer in found.offers] == ["土鸡蛋", "红富士"]


def test_lines_without_numbers_count_where_none_has_one() -> None:
    assert [offer["title"] for _, offer in read_chat("今天的货\n土鸡蛋 39.9元/箱\n豆腐 6.8/份").offers] == [
        "土鸡蛋",
        "豆腐",
    ]


def test_what_has_no_goods_says_how_to_write_them() -> None:
    with pytest.raises(Unreadable, match="土鸡蛋"):
        read_chat("大家晚上好\n今天休息")


@given(
    st.lists(
        st.sampled_from(
            [
                "1. ",
                "①",
                "土鸡蛋",
                "39.9元",
                "/箱",
                "限100",
                "\n",
                "：",
                "产地",
                "，",
                "¥",
                "9",
                ".",
                " ",
                "每人",
                "块",
                "【",
                "】",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_no_list_is_too_strange(text: str) -> None:
    try:
        found = read_chat(text)
    except Unreadable:
        return
    assert all(offer["title"] or found.faults for _, offer in found.offers)
