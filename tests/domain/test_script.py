"""The script of an evening: what a host writes is read with all its faults, and comes back as it was."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from live.domain.offer import Offer
from live.domain.script import MARKS, read_script, write_markdown
from live.domain.script_parts import (
    MOST_POINT,
    MOST_SECTIONS,
    BagLaunch,
    FlashLaunch,
    Launch,
    PollChoice,
    PollLaunch,
    PromptLaunch,
    Script,
    Section,
    SectionKind,
    folded,
)

EGG = Offer(id="egg", number=3, title="土鸡蛋 30 枚", aliases=("鸡蛋",), unit="箱", price_fen=3990, quota=100)
APPLE = Offer(id="apple", number=7, title="红富士苹果 5 斤", aliases=("苹果",), unit="袋", price_fen=2990, quota=30)
MELON = Offer(id="melon", number=None, title="哈密瓜", price_fen=1990, quota=20)
GOODS = (EGG, APPLE, MELON)

EVENING = """# 周三晚场

## 开场 3分钟
- 今晚 8 样
欢迎新来的邻居
## 3号 土鸡蛋 5分钟
- 散养的
* 15 天内吃完
> 扣1 30秒
## 秒杀 3号 土鸡蛋 2分钟
> 秒杀 29.9元 10箱 每人1箱 2分钟 预告10秒
## 苹果 （4分）
1. 王大叔果园
## 福袋 2分钟
> 福袋 土鸡蛋一箱 价值39.90元 2名 口令鸡蛋 90秒 下过单的
## 投票 明天上什么
> 投票 明天上什么？ 3分钟
> 1 草莓
> 2 砂糖橘
## 聊聊家常
## 结束
"""


def sections(text: str, *goods: Offer) -> tuple[Section, ...]:
    script, faults = read_script(text, goods or GOODS)
    assert faults == ()
    return script.sections


def section(text: str) -> Section:
    (only,) = sections(text)
    return only


def faults(text: str, *goods: Offer) -> list[tuple[int, str]]:
    return [(fault.line, fault.what) for fault in read_script(text, goods or GOODS)[1]]


def test_an_evening_is_read_in_order() -> None:
    read = sections(EVENING)
    assert [(s.kind.value, s.title, s.offer_id, s.minutes) for s in read] == [
        ("opening", "开场", None, 3),
        ("offer", "土鸡蛋", "egg", 5),
        ("flash", "土鸡蛋", "egg", 2),
        ("offer", "苹果", "apple", 4),
        ("bag", "福袋", None, 2),
        ("poll", "明天上什么", None, None),
        ("talk", "聊聊家常", None, None),
        ("closing", "结束", None, None),
    ]
    assert [s.id for s in read] == [f"s{n}" for n in range(1, 9)]
    assert [s.points for s in read[:4]] == [
        ("今晚 8 样", "欢迎新来的邻居"),
        ("散养的", "15 天内吃完"),
        (),
        ("王大叔果园",),
    ]


def test_what_is_to_be_launched_is_read_to_the_fen_and_the_second() -> None:
    launches = [s.launch for s in sections(EVENING) if s.launch]
    assert launches == [
        PromptLaunch(keyword="1", seconds=30, claims=True),
        FlashLaunch(price_fen=2990, quota=10, seconds=120, per_viewer_limit=1, countdown_seconds=10),
        BagLaunch(prize="土鸡蛋一箱", value_fen=3990, winners=2, keyword="鸡蛋", seconds=90, buyers_only=True),
        PollLaunch(
            question="明天上什么？",
            choices=(PollChoice(key="1", label="草莓"), PollChoice(key="2", label="砂糖橘")),
            seconds=180,
        ),
    ]


@pytest.mark.parametrize(
    ("heading", "title", "offer", "minutes"),
    [
        ("3号", "土鸡蛋", "egg", None),
        ("3 号：土鸡蛋", "土鸡蛋", "egg", None),
        ("3号链接 鸡蛋 5 分钟", "鸡蛋", "egg", 5),
        ("鸡蛋5分钟", "鸡蛋", "egg", 5),
        ("红富士苹果", "红富士苹果", "apple", None),
        ("红富士苹果5斤", "红富士苹果5斤", "apple", None),
        ("哈密瓜", "哈密瓜", "melon", None),
    ],
)
def test_goods_are_known_by_number_and_by_name(heading: str, title: str, offer: str, minutes: int | None) -> None:
    read = section(f"## {heading}")
    assert (read.kind, read.title, read.offer_id, read.minutes) == (SectionKind.OFFER, title, offer, minutes)


def test_a_deal_without_a_name_is_of_the_goods_spoken_of_before() -> None:
    _, deal = sections("## 苹果\n## 秒杀 2分钟\n> 秒杀 19.9元 限量5")
    assert (deal.kind, deal.title, deal.offer_id) == (SectionKind.FLASH, "红富士苹果", "apple")


def test_a_keyword_claims_goods_only_where_there_are_goods() -> None:
    claims = [
        s.launch.claims
        for s in sections("## 鸡蛋\n> 要的扣 1\n## 开场\n> 扣在 20秒\n## 苹果\n> 扣1 不下单")
        if isinstance(s.launch, PromptLaunch)
    ]
    assert claims == [True, False, False]


def test_the_same_name_for_two_goods_must_be_told_apart_by_number() -> None:
    twin = replace(APPLE, id="twin", number=8, title="苹果 国光")
    assert faults("## 苹果", EGG, APPLE, twin) == [(1, "“苹果”说的是哪一个：7号 红富士苹果、8号 苹果")]


def test_all_faults_come_at_once_with_their_lines_and_how_to_mend_them() -> None:
    text = "随便写的\n## 9号 5分钟\n> 秒杀 十块\n## 3号 苹果\n## 闲聊\n> 跳个舞\n## 福袋\n> 福袋 鸡蛋 2名\n## 投票\n> 投票\n> 草莓"
    _, found = read_script(text, GOODS)
    assert [(fault.line, fault.what) for fault in found] == [
        (1, "“随便写的”不在任何一段里"),
        (2, "清单里没有 9号"),
        (3, "看不懂“十块”"),
        (3, "秒杀没写价钱"),
        (3, "秒杀没写几份"),
        (3, "秒杀没说是哪个商品"),
        (4, "3号是土鸡蛋，不是苹果"),
        (6, "看不懂要开什么：“跳个舞”"),
        (8, "福袋没写奖品值多少钱（规则里要公布）"),
        (10, "投票没写问什么，或者超过 100 个字"),
        (10, "有的选项看不懂：每行先写编号，空一格，再写叫法"),
        (10, "选项要有 2 到 12 个，每行一个"),
    ]
    assert all(fault.mend for fault in found)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("## 开场 0分钟", "分钟数不对"),
        ("## 开场 700分钟", "分钟数不对"),
        ("## ", "这一段没有标题，或者标题太长"),
        ("## 鸡蛋\n> 扣1 2小时", "看不懂“2小时”"),
        ("## 鸡蛋\n> 扣1 0秒", "时长不对"),
        ("## 鸡蛋\n> 扣", "扣什么没写，或者超过 20 个字"),
        ("## 鸡蛋\n> 秒杀 0元 限量5", "秒杀价不对"),
        ("## 鸡蛋\n> 秒杀 9.9元 限量0", "数量不对"),
        ("## 鸡蛋\n> 秒杀 9.9元 限量5 预告20分钟", "预告不对"),
        ("## 福袋\n> 福袋 价值9.9元", "福袋没写奖品，或者超过 100 个字"),
        ("## 福袋\n> 福袋 鸡蛋 价值9.9元 0名", "中奖人数不对"),
        ("## 投票\n> 投票 上什么 2分钟\n> 1 草莓\n> 2 草莓", "有两个选项同名"),
        ("## 鸡蛋\n> 扣1\n> 秒杀 9.9元 限量5", "一段里只能开一样：这里有两样"),
        ("## 鸡蛋\n- " + "长" * (MOST_POINT + 1), f"这一条超过 {MOST_POINT} 个字"),
        ("## 聊\n" * (MOST_SECTIONS + 1), f"超过 {MOST_SECTIONS} 段"),
    ],
)
def test_what_cannot_be_is_told(text: str, what: str) -> None:
    assert what in [said for _, said in faults(text)]


def test_an_empty_text_is_an_empty_script() -> None:
    assert read_script("\n \n# 只有标题\n") == (Script(), ())


def test_a_number_is_written_where_the_goods_have_one() -> None:
    script, _ = read_script(EVENING, GOODS)
    written = write_markdown(script, GOODS)
    assert "## 3号 土鸡蛋 5分钟\n- 散养的\n- 15 天内吃完\n> 扣1 30秒\n" in written
    assert "## 秒杀 3号 土鸡蛋 2分钟\n> 秒杀 29.90元 限量10 每人1 2分钟 预告10秒\n" in written
    assert read_script(written, GOODS) == (script, ())


texts = st.text("abc鸡蛋苹果甜 分钟3号秒杀-#>·", max_size=12).map(lambda text: " ".join(text.split()))
names = texts.filter(lambda text: text and not text.startswith(("#", ":", "：")) and len(text) <= 20)
words = st.text("abc鸡蛋甜一1", min_size=1, max_size=8)
lengths = st.integers(1, 3600)
prompts = st.builds(PromptLaunch, keyword=words, seconds=lengths, claims=st.booleans())
deals = st.builds(
    FlashLaunch,
    price_fen=st.integers(1, 999_999_999),
    quota=st.integers(1, 100_000),
    seconds=lengths,
    per_viewer_limit=st.none() | st.integers(1, 100_000),
    countdown_seconds=st.integers(0, 300),
)
bags = st.builds(
    BagLaunch,
    prize=words,
    value_fen=st.integers(0, 999_999_999),
    winners=st.integers(1, 1000),
    keyword=words,
    seconds=lengths,
    buyers_only=st.booleans(),
    not_won_within_days=st.none() | st.integers(1, 3650),
    claim_hours=st.integers(1, 2160),
)
choices = st.lists(words, min_size=2, max_size=6, unique_by=folded).map(
    lambda labels: tuple(PollChoice(key=f"选{n}", label=label) for n, label in enumerate(labels))
)
polls = st.builds(PollLaunch, question=names, choices=choices, seconds=lengths)


@st.composite
def written_sections(draw: st.DrawFn) -> Section:
    kind = draw(st.sampled_from(SectionKind))
    goods = draw(st.sampled_from((EGG, APPLE))) if kind in {SectionKind.OFFER, SectionKind.FLASH} else None
    launches: list[st.SearchStrategy[Launch]] = [prompts, bags, polls, *([deals] if goods else [])]
    launch = draw(st.none() | st.one_of(launches))
    if isinstance(launch, PromptLaunch) and goods is None:
        launch = replace(launch, claims=False)
    return Section(
        id="",
        kind=kind,
        title="福利" if goods is None else draw(st.sampled_from(("福利", "今晚这一样"))),
        offer_id=goods.id if goods else None,
        minutes=draw(st.none() | st.integers(1, 240)),
        points=tuple(point for point in draw(st.lists(names, max_size=4)) if not point.startswith((">", "-", "·"))),
        launch=launch,
    )


@given(st.lists(written_sections(), max_size=8))
def test_what_was_written_is_read_as_it_was(parts: list[Section]) -> None:
    script = Script(sections=tuple(replace(part, id=f"s{n}") for n, part in enumerate(parts, 1)))
    assert read_script(write_markdown(script, GOODS), GOODS) == (script, ())


@given(st.sampled_from(sorted(set(SectionKind) - {SectionKind.OFFER, SectionKind.FLASH})), names)
def test_any_title_comes_back_with_its_kind(kind: SectionKind, title: str) -> None:
    assume(
        kind is not SectionKind.PROMPT or not re.match(r"\d{1,3}\s*号", title)
    )  # 扣屏 3号 is of the goods with that number
    script = Script(sections=(Section(id="s1", kind=kind, title=title),))
    assert read_script(write_markdown(script), ()) == (script, ())


def test_a_call_named_after_a_number_that_nothing_bears_is_told() -> None:
    _, faults = read_script("## 扣屏 3号", ())
    assert [fault.what for fault in faults] == ["清单里没有 3号"]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader_and_what_it_reads_is_stable(text: str) -> None:
    script, _ = read_script(text, GOODS)
    again, _ = read_script(write_markdown(script, GOODS), GOODS)
    titled = [pair for pair in zip(script.sections, again.sections, strict=True) if pair[0].title]
    assert all((s.kind, s.offer_id, s.launch) == (t.kind, t.offer_id, t.launch) for s, t in titled)


def test_every_kind_but_goods_has_a_word_of_its_own() -> None:
    assert set(MARKS) == set(SectionKind) - {SectionKind.OFFER}
    said = [word for marks in MARKS.values() for word in marks]
    assert len(said) == len(set(said))
