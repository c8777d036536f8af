from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.types import Context, Intent, Route, Stage
from tests.nlp.shop import OFFERS, actions, classifier, read, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两盒肥牛 一盒羊肉卷", ["set beef - 2", "set lamb - 1"]),
        ("红枣一箱，核桃两袋", ["set jujube - 1", "set walnut - 2"]),
        ("毛巾灰的两条粉的一条", ["set towel grey 2", "set towel pink 1"]),
        ("5号6号各一份", ["set jujube - 1", "set walnut - 1"]),
        ("4-6号各一", ["set honey - 1", "set jujube - 1", "set walnut - 1"]),
        ("1号到2号各要一份", ["set beef - 1", "set lamb - 1"]),
        ("38的鸭子来两只", ["set duck - 2"]),
        ("三代牛肉丸筋的", ["set ball tendon 3"]),
        ("蜂密一平", ["set honey - 1"]),
        ("来桶核桃", ["set walnut - -"]),
        ("核桃三袋，明天下午去拿，尾号0088", ["set walnut - 3"]),
        ("毛巾灰色来一打", ["set towel grey 12"]),
        ("大蒜两公斤", ["set garlic - 4"]),
        ("核桃或者红枣来一箱", ["set - - 1"]),
        ("肥牛两盒不要羊肉卷", ["set beef - 2"]),
        ("123号各一份", ["set beef - 1", "set lamb - 1", "set ball - 1"]),
        ("给爸妈一人一袋核桃", ["set walnut - 2"]),
        ("核桃我包圆了", ["set walnut - -"]),
    ],
)
def test_orders_are_read_with_offer_variant_and_quantity(text: str, expected: list[str]) -> None:
    found = read(text)
    assert found.intent is Intent.BUY
    assert told(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("核桃改成三袋", ["set walnut - 3"]),
        ("核桃2→4袋", ["set walnut - 4"]),
        ("核桃不是两袋是三袋", ["set walnut - 3"]),
        ("再加一袋核桃", ["add walnut - 1"]),
        ("核桃少要一袋", ["reduce walnut - 1"]),
        ("取消一袋核桃，留一袋", ["reduce walnut - 1"]),
        ("把红枣换成核桃，两袋", ["cancel jujube - -", "set walnut - 2"]),
        ("红枣换核桃", ["cancel jujube - -", "set walnut - -"]),
        ("我那条毛巾换成粉的", ["set towel pink 1"]),
        ("写错了核桃三袋", ["set walnut - 3"]),
        ("我要的是5号不是6号", ["set jujube - -", "cancel walnut - -"]),
    ],
)
def test_changes_say_what_the_reservation_becomes(text: str, expected: list[str]) -> None:
    found = read(text)
    assert found.intent is Intent.CHANGE
    assert told(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("核桃不要了", ["cancel walnut - -"]),
        ("取消5号", ["cancel jujube - -"]),
        ("5号6号都不要了", ["cancel jujube - -", "cancel walnut - -"]),
        ("5号不要了，来6号两袋", ["cancel jujube - -", "set walnut - 2"]),
        ("不要了", ["cancel - - -"]),
        ("点错了", ["cancel - - -"]),
        ("我要退款", ["cancel - - -"]),
    ],
)
def test_withdrawals_are_cancels(text: str, expected: list[str]) -> None:
    found = read(text)
    assert found.intent is Intent.CANCEL
    assert told(found) == expected


@pytest.mark.parametrize(
    ("text", "pinned"),
    [
        ("楼上要了五袋核桃", None),
        ("昨天要了两瓶", "honey"),
        ("一瓶68", "honey"),
        ("两斤一瓶", "honey"),
        ("少发了一瓶", "honey"),
        ("来一个！唱一个！", "honey"),
        ("下次再来两袋核桃", None),
        ("不要再说了", "honey"),
        ("家里还有两袋核桃", None),
        ("蜂蜜柚子茶来一瓶", None),
        ("核桃酥来一袋", None),
        ("5号我结婚", None),
        ("我住5号楼", None),
        ("两只鸭子在叫", None),
        ("你们来两袋核桃尝尝", None),
        ("核桃三袋装的吧", None),
    ],
)
def test_what_only_sounds_like_an_order_is_never_booked(text: str, pinned: str | None) -> None:
    assert read(text, pinned).route is not Route.AUTO


@pytest.mark.parametrize(
    "text",
    [
        "红枣", "6号", "核桃三十袋", "牛肉丸两袋", "帮我妈带两袋核桃", "王姐要两袋核桃", "甜的话来两箱红枣", "能帮我留两袋核桃吗",
        "核桃两三袋", "蜂蜜要一斤", "必须来一箱红枣", "6号酸奶来一袋", "5*2", "1 2份",
    ],
)  # fmt: skip
def test_a_doubtful_order_is_put_to_somebody(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.BUY
    assert found.route in {Route.CONFIRM, Route.ASK}
    assert found.reason.endswith(("请确认", "请问一下", "请确认要不要"))


def test_a_missing_flavour_is_asked_of_the_viewer() -> None:
    assert read("毛巾来两条").route is Route.ASK


@pytest.mark.parametrize(("text", "expected"), [("要两瓶", 2), ("+1", 1), ("俺也要", 1), ("2瓶", 2), ("来瓶尝尝", 1)])
def test_what_names_nothing_means_the_pinned_offer(text: str, expected: int) -> None:
    found = read(text, "honey")
    assert told(found) == [f"set honey - {expected}"]
    assert found.route is Route.AUTO


def test_a_bare_one_without_a_prompt_is_chat() -> None:
    assert read("1", "honey").intent is Intent.CHAT
    assert read("2瓶").intent is Intent.CHAT


def test_a_generic_name_means_the_pinned_offer_when_it_is_among_them() -> None:
    assert actions("梨来一箱", "pear2") == ["set pear2 - 1"]
    assert actions("梨来一箱") == ["set - - 1"]


def test_a_pin_that_is_not_in_the_catalogue_is_no_pin() -> None:
    assert actions("要两瓶", "gone") == ["set - - 2"]


def test_every_reading_carries_its_evidence_as_it_was_typed() -> None:
    found = read("６號来③袋[玫瑰]")
    assert ("６號", "offer") in {(piece.text, piece.role) for piece in found.evidence}
    assert ("③袋", "quantity") in {(piece.text, piece.role) for piece in found.evidence}


def test_only_orders_are_routed_anywhere() -> None:
    for text in ("核桃多少钱", "晚上好", "福袋", "核桃坏了", "来点草莓"):
        assert read(text).route is Route.IGNORE


def test_the_model_speaks_where_no_rule_does() -> None:
    assert read("晚上好呀各位").stage is Stage.MODEL
    assert read("核桃两袋").stage is Stage.RULES


def test_warming_changes_no_answer() -> None:
    before = read("核桃两袋")
    classifier().warm()
    assert read("核桃两袋") == before


@given(st.text(max_size=700))
def test_no_text_raises(text: str) -> None:
    found = classifier().classify(text, Context(pinned="honey"))
    assert 0 <= found.confidence <= 1


ORDERISH = "要来加减改换不了取消再各两三十百半1203+-x*号箱袋瓶盒个核桃蜂蜜红枣毛巾灰的吗？，。 元块点这那我他楼上"


@given(st.text(alphabet=ORDERISH, max_size=60), st.sampled_from([None, "honey", "towel"]))
def test_no_mixture_of_order_words_raises_or_books_nonsense(text: str, pinned: str | None) -> None:
    found = classifier().classify(text, Context(pinned=pinned))
    if found.route is Route.AUTO:
        known = {offer.id for offer in OFFERS}
        assert all(each.offer in known for each in found.actions)
        assert all(each.quantity is not None or each.op == "cancel" for each in found.actions)


PLAIN_ORDERS = st.sampled_from(
    ["核桃两袋", "要两袋核桃", "5号3箱", "肥牛2盒羊肉卷1盒", "毛巾灰的两条", "取消5号", "核桃改成三袋", "核桃不要了"]
)


@given(
    PLAIN_ORDERS,
    st.sampled_from(["", "主播，", "老板 ", "谢谢，", "你好，", "[玫瑰]"]),
    st.sampled_from(["", "，谢谢", "哈", "吧", "[赞][赞]", "❤️", "!!"]),
)
def test_polite_filler_and_emoji_change_no_action(order: str, before: str, behind: str) -> None:
    assert actions(before + order + behind) == actions(order)


FULL_WIDTH = str.maketrans("0123456789+", "０１２３４５６７８９＋")
TRADITIONAL = str.maketrans("两号红枣条减换", "兩號紅棗條減換")


@given(PLAIN_ORDERS, st.sampled_from([FULL_WIDTH, TRADITIONAL]))
def test_another_way_of_typing_changes_no_action(order: str, table: dict[int, int]) -> None:
    assert actions(order.translate(table)) == actions(order)


@given(
    st.sampled_from(["核桃", "红枣", "5号", "肥牛"]),
    st.sampled_from(["不要{}", "我不要{}哈", "不想要{}", "不买{}", "别要{}", "不需要{}"]),
)
def test_negating_an_order_never_books(name: str, pattern: str) -> None:
    assert read(pattern.format(name)).intent is not Intent.BUY
    assert read(pattern.format(name)).route is not Route.AUTO


@given(
    st.sampled_from(["核桃", "红枣", "5号"]),
    st.sampled_from(["两{}多少钱", "两{}包邮吗", "两{}怎么买", "两{}能便宜点吗"]),
)
def test_asking_about_an_order_is_a_question(name: str, pattern: str) -> None:
    unit = "袋" if name == "核桃" else "箱"
    assert read(name + pattern.format(unit)).intent is Intent.QUESTION


def test_a_withdrawal_may_have_its_goods_inside() -> None:
    assert actions("不要核桃了") == ["cancel walnut - -"]
    assert actions("不要核桃了要红枣") == ["cancel walnut - -", "set jujube - -"]


def test_a_date_at_the_end_is_no_second_order() -> None:
    assert actions("6号5袋5号拿") == ["set walnut - 5"]


def test_a_comment_addressed_to_somebody_is_never_booked() -> None:
    assert read("@小芳 核桃两袋").route is not Route.AUTO


def test_plus_one_in_words_is_put_to_the_host() -> None:
    found = read("加一", "honey")
    assert told(found) == ["set honey - 1"]
    assert found.route is Route.CONFIRM


def test_minus_one_takes_one_off_what_is_shown() -> None:
    found = read("-1", "honey")
    assert told(found) == ["reduce honey - 1"]
    assert found.route is Route.CONFIRM


def test_a_relative_who_wants_some_is_somebody_else() -> None:
    assert read("我婆婆也要一袋核桃").route is Route.CONFIRM
    assert read("核桃两袋我老公去拿").route is Route.AUTO
