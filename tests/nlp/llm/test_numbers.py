from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.llm_numbers import all_given, all_quoted, numbers

GIVEN = ("土鸡蛋 30 枚一箱 39.90 元", "明天 17:00 前", "第二件八折", "含糖 12%", "共 1,280 单")


def literals(text: str) -> list[str]:
    return [said.literal for said in numbers(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30 枚 39.90 元", ["30", "39.90"]),
        ("３０枚，٣斤", ["30", "3"]),
        ("①份", ["1"]),
        ("三十枚", ["三十"]),
        ("两箱", ["两"]),
        ("第二件", ["二"]),
        ("一百二十单", ["一百二十"]),
        ("12:30 到 17:00", ["12:30", "17:00"]),
        ("1,280 单", ["1,280"]),
        ("一起来一定要试一下，万一喜欢呢", []),
        ("千万别错过，十分新鲜", []),
        ("每箱都是三文鱼", []),
        ("一箱三十枚", ["三十"]),
        ("百分之五的人", ["五"]),
        ("金额 40 亿，3百枚，40 多万", ["40亿", "3百", "40多万"]),
        ("金额 5W，5kg 一箱，2 千卡", ["5w", "5", "2"]),
        ("金额过千万不止，40 万一点不少", ["千万", "40万"]),
    ],
)
def test_numbers_are_found_and_turns_of_phrase_are_not(text: str, found: list[str]) -> None:
    assert literals(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "一箱三十枚",
        "30枚 39.9 元",
        "三十枚",
        "下午 17:00 前来",
        "第二件8折",
        "百分之十二的糖",
        "1280 单",
        "没有数字",
        "每箱 39.90",
    ],
)
def test_a_number_of_the_same_value_is_given(text: str) -> None:
    assert all_given(text, GIVEN)


@pytest.mark.parametrize(
    "text",
    [
        "31 枚",
        "30 元",
        "￥30",
        "39.91 元",
        "三十块",
        "18:00",
        "七折",
        "30%",
        "三成",
        "十二倍",
        "一元",
        "一折",
        "两千单",
        "128 单",
        "30 万单",
        "30百枚",
        "30w 单",
    ],
)
def test_another_number_is_not_given_nor_a_price_or_a_share_made_of_one(text: str) -> None:
    assert not all_given(text, GIVEN)


@pytest.mark.parametrize("text", ["卖了 120 单", "120单，39.90 元", "占 12%", "涨了十", "一共 1,280"])
def test_a_figure_is_quoted_as_it_is_written(text: str) -> None:
    assert all_quoted(text, ["120", "39.90", "12%", "1,280"])


@pytest.mark.parametrize(
    "text", ["39.9 元", "120%", "12", "一百二十单", "1280", "121", "约一百单", "翻了两倍", "三成", "120 亿", "120 多万"]
)
def test_a_figure_written_otherwise_is_not_quoted(text: str) -> None:
    assert not all_quoted(text, ["120", "39.90", "12%", "1,280"])


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_no_whole_number_passes_for_another(said: int, given_: int) -> None:
    assert all_given(f"{said} 枚", [f"{given_} 枚"]) == (said == given_)
    assert all_quoted(f"{said} 枚", [str(given_)]) == (said == given_)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_makes_it_raise_and_a_text_gives_itself(text: str, other: str) -> None:
    assert all_given(text, [text])
    assert all_quoted(text, [text])
    assert all_quoted(text, [text], strict=True)
    all_given(text, [other])


def test_a_number_with_its_multiple_has_the_value_of_both() -> None:
    assert all_given("1.2万单", ["12000 单"])
    assert all_given("一万二千单", ["1.2 万单"])
    assert not all_given("1.2万单", ["1.2 单"])


@pytest.mark.parametrize(
    "text",
    [
        "订单破千，金额过万",
        "成交九笔",
        "来了八拨人",
        "卖了五种",
        "有七家没来",
        "金额近千",
        "金额过万一点",
        "比上回翻了一番",
        "翻番了",
        "成倍地涨",
        "人数过半",
        "一半人订了",
        "取消了一单",
        "零退订",
        "金额 40 亿",
        "金额 40 多万元",
        "百分之五的人没来",
    ],
)
def test_where_every_numeral_counts_none_is_said_that_nobody_gave(text: str) -> None:
    assert not all_quoted(text, ["今晚 812 条评论", "五常大米订了 40 单", "5 位"], strict=True)


@pytest.mark.parametrize(
    "text", ["今晚一共 40 单", "五常大米 40 单", "这一场大家很热闹", "十分热闹，一起来", "第一次来的也订了", "过万了"]
)
def test_where_every_numeral_counts_those_given_and_turns_of_phrase_stand(text: str) -> None:
    assert all_quoted(text, ["今晚 812 条评论", "五常大米订了 40 单", "评论过万了"], strict=True)


def test_a_price_is_made_of_no_other_number_where_prices_are_given_as_such() -> None:
    figures = ["1号土鸡蛋 39.9 元一箱，今晚 10 箱"]
    assert all_quoted("今晚 39.9 元一箱", figures, bare_prices=False)
    assert not all_quoted("今晚只要 1 元", figures, bare_prices=False)
    assert not all_quoted("10块钱一箱", figures, bare_prices=False)
    assert all_quoted("今晚 10 箱", figures, bare_prices=False)
