"""What holds for every order, however it is put."""

from __future__ import annotations

import opencc
from hypothesis import given
from hypothesis import strategies as st

from nlp.types import CatalogueOffer, Context, Intent, Prompt, PromptMeaning, Route
from tests.nlp.shop import OFFERS, actions, classifier, read

PLAIN = [offer for offer in OFFERS if not offer.variants]
NAMES = st.sampled_from([(offer, name) for offer in PLAIN for name in (*offer.aliases, f"{offer.number}号") if name])
COUNTS = st.integers(min_value=1, max_value=20)
PATTERNS = st.sampled_from(
    ["{name}{count}{unit}", "要{count}{unit}{name}", "{name}来{count}{unit}", "给我留{count}{unit}{name}", "{name}改成{count}{unit}", "再加{count}{unit}{name}", "{name}少要{count}{unit}", "{name} {count}{unit}"]
)  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
TO_TRADITIONAL = opencc.OpenCC("s2t")


@st.composite
def orders(draw: st.DrawFn) -> str:
    """An order that any shop assistant would understand."""
    offer, name = draw(NAMES)
    return draw(PATTERNS).format(name=name, count=draw(COUNTS), unit=offer.unit)


@given(orders())
def test_a_plain_order_is_booked(order: str) -> None:
    assert read(order).route is Route.AUTO


@given(
    orders(),
    st.sampled_from(["", "老板，", "主播 ", "你好 ", "麻烦，", "团长，", "[玫瑰]", "🙏", "亲 ", "哈哈 "]),
    st.sampled_from(["", "，谢谢", "哈", "，辛苦了", "[赞][赞]", "🌹🌹", "！！", "~", " 哈哈哈", "，明天去拿"]),
)
def test_what_is_polite_or_pretty_changes_no_action(order: str, before: str, behind: str) -> None:
    assert actions(before + order + behind) == actions(order)


@given(orders())
def test_full_width_digits_change_no_action(order: str) -> None:
    assert actions(order.translate(FULL_WIDTH)) == actions(order)


@given(orders())
def test_traditional_characters_change_no_action(order: str) -> None:
    assert actions(TO_TRADITIONAL.convert(order)) == actions(order)


@given(
    NAMES,
    COUNTS,
    st.sampled_from(
        ["不要{name}", "别要{name}", "不买{name}", "我不想要{count}{unit}{name}", "没说要{count}{unit}{name}", "谁要{count}{unit}{name}", "不需要{name}", "不敢要{name}", "不让我买{count}{unit}{name}", "好想要{count}{unit}{name}"]
    ),
)  # fmt: skip
def test_what_is_denied_is_never_booked(named: tuple[CatalogueOffer, str], count: int, pattern: str) -> None:
    offer, name = named
    found = read(pattern.format(name=name, count=count, unit=offer.unit))
    assert found.route is not Route.AUTO or found.intent is Intent.CANCEL
    assert found.intent is not Intent.BUY or found.route is not Route.AUTO


@given(
    NAMES,
    COUNTS,
    st.sampled_from(
        [
            "楼上要{order}",
            "王姐要{order}",
            "便宜点 来{order}",
            "甜的话来{order}",
            "昨天要了{order}",
            "下次来{order}",
            "能来{order}吗",
            "{order}多少钱",
            "{order}坏了",
            "{order}没收到",
        ]
    ),
)
def test_what_hangs_on_something_is_never_booked(named: tuple[CatalogueOffer, str], count: int, pattern: str) -> None:
    offer, name = named
    assert read(pattern.format(order=f"{count}{offer.unit}{name}")).route is not Route.AUTO


@given(
    st.text(max_size=80),
    st.sampled_from(list(PromptMeaning)),
    st.text(max_size=4),
    st.sampled_from(["honey", "towel", None]),
)
def test_no_text_raises_whatever_is_open(text: str, meaning: PromptMeaning, keyword: str, ref: str | None) -> None:
    prompt = Prompt(keyword=keyword, meaning=meaning, ref_id=ref, options=(("1", "甜"), ("2", "咸")))
    found = classifier().classify(text, Context(pinned="honey", prompt=prompt))
    assert 0 <= found.confidence <= 1
