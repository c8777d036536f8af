"""A first script from the list of offers: nothing made up, and it reads as it is written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from live.domain.offer import Offer, Variant
from live.domain.script import read_script, write_markdown
from live.domain.script_draft import draft_script
from live.domain.script_parts import MOST_SECTIONS, BagLaunch, FlashLaunch, PromptLaunch, SectionKind

EGG = Offer(
    id="egg",
    number=1,
    title="土鸡蛋 30 枚",
    unit="箱",
    price_fen=3990,
    quota=100,
    per_viewer_limit=5,
    case_size=12,
    min_quantity=20,
    facts={"产地": "王大叔农场", "保质期": "15 天"},
)
TOFU = Offer(
    id="tofu",
    number=2,
    title="石磨豆腐",
    price_fen=680,
    quota=24,
    weighed=True,
    variants=(Variant(id="f", name="老豆腐"), Variant(id="s", name="嫩豆腐")),
)


def test_an_evening_opens_goes_through_the_goods_in_order_and_closes() -> None:
    script = draft_script([TOFU, EGG], cutoff="今晚 21:30 ", pickup="明天 10:00 东门便利店")
    assert [(s.kind.value, s.offer_id) for s in script.sections] == [
        ("opening", None),
        ("offer", "egg"),
        ("offer", "tofu"),
        ("bag", None),
        ("flash", "egg"),
        ("closing", None),
    ]
    assert "今晚 21:30 截单，过了就加不进去了" in script.sections[0].points
    assert "明天 10:00 东门便利店提货" in script.sections[-1].points


def test_each_offer_has_its_price_its_facts_and_what_an_order_is_bound_to() -> None:
    _, egg, tofu, *_ = draft_script([EGG, TOFU]).sections
    assert egg.points == (
        "39.9 元一箱，今晚 100 箱",
        "产地：王大叔农场",
        "保质期：15 天",
        "满 20 箱成团",
        "12 箱一整件，凑满好发货",
        "每人限 5 箱",
    )
    assert egg.launch == PromptLaunch(keyword="1", seconds=30)
    assert tofu.points[1:] == ("有老豆腐、嫩豆腐，要哪种说清楚", "按实重结算，提货时多退少补")


def test_the_bag_holds_the_cheapest_and_the_deal_takes_a_tenth_off_what_there_is_most_of() -> None:
    launches = [s.launch for s in draft_script([EGG, TOFU]).sections if s.kind in {SectionKind.BAG, SectionKind.FLASH}]
    assert launches == [
        BagLaunch(prize="石磨豆腐一份", value_fen=680),
        FlashLaunch(price_fen=3590, quota=10, per_viewer_limit=1),
    ]


def test_without_goods_there_is_an_opening_and_a_closing() -> None:
    assert [s.kind for s in draft_script([]).sections] == [SectionKind.OPENING, SectionKind.CLOSING]


goods = st.builds(
    Offer,
    id=st.uuids().map(str),
    number=st.none(),
    title=st.text("土鸡蛋苹果甜 5斤", min_size=1, max_size=20).filter(str.strip),
    unit=st.sampled_from(["箱", "份"]),
    price_fen=st.integers(0, 99_999_999),
    quota=st.integers(0, 1000),
    case_size=st.integers(1, 24),
    facts=st.dictionaries(st.text("产地口感", min_size=1), st.text("甜脆\n ", max_size=300), max_size=8),
)


@settings(max_examples=40)
@given(st.lists(goods, max_size=9))
def test_any_list_gives_a_script_that_reads_as_it_is_written(offers: list[Offer]) -> None:
    numbered = [
        Offer(**{name: getattr(offer, name) for name in offer.__slots__} | {"number": n})
        for n, offer in enumerate(offers, 1)
    ]
    script = draft_script(numbered)
    assert read_script(write_markdown(script, numbered), numbered) == (script, ())


def test_a_list_without_end_gives_a_script_with_one() -> None:
    many = [Offer(id=str(n), number=n, title="鸡蛋", price_fen=100, quota=1) for n in range(1, 300)]
    assert len(draft_script(many).sections) == MOST_SECTIONS
