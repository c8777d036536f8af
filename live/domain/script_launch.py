"""The lines of a script that launch something: `> 扣1 30秒`, `> 秒杀 29.90元 限量10`, `> 福袋 …`, `> 投票 …`; read and written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from live.domain.script_parts import (
    MOST_PRIZE,
    BagLaunch,
    FlashLaunch,
    PollChoice,
    PollLaunch,
    PromptLaunch,
    folded,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from live.domain.script_parts import Launch

PROMPT_SAMPLE = "> 扣1 30秒"
FLASH_SAMPLE = "> 秒杀 29.90元 限量10 每人1 2分钟 预告10秒"
BAG_SAMPLE = "> 福袋 土鸡蛋一箱 价值39.90元 2名 口令福袋 2分钟"
POLL_SAMPLE = "> 投票 明天上什么？ 2分钟，下面每行一个：> 1 草莓"
ANY_SAMPLE = "能写的有：扣1、秒杀、福袋、投票"

_TIME = r"(\d{1,5})(秒|分钟|分)"
_PRICE = r"[¥￥]?(\d{1,7}(?:\.\d{1,2})?)(?:元|块)"
_SPACES = re.compile(r"[\s,，]+")
_PROMPT = re.compile(r"(?:想?要的)?扣\s*(.*)")
_CLAIM_HOURS = 48
_FEWEST_CHOICES, _MOST_CHOICES = 2, 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What a launch line came to; `faults` are pairs of what is wrong and what to write."""

    launch: Launch | None = None
    faults: tuple[tuple[str, str], ...] = ()


class _Term(NamedTuple):
    """A word that means something: how it looks, what it comes to, and from where to where it may go."""

    name: str
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str]], object]
    least: int = 0
    most: int = 0
    label: str = ""


def read_launch(lines: Sequence[str], *, has_offer: bool) -> Read:
    """Read the launch of a section: its `>` lines without the mark; those behind the first are the options of a poll."""
    head, rest = lines[0].strip(), lines[1:]
    if head.startswith("投票"):
        return _poll(head.removeprefix("投票"), rest)
    extra = (("一段里只能开一样：这里有两样", "把第二样另起一段，例：## 福袋"),) if rest else ()
    found = _single(head, has_offer=has_offer)
    return Read(launch=found.launch, faults=found.faults + extra)


def _single(head: str, *, has_offer: bool) -> Read:
    if head.startswith("秒杀"):
        return _flash(head.removeprefix("秒杀"), has_offer=has_offer)
    if head.startswith("福袋"):
        return _bag(head.removeprefix("福袋"))
    if match := _PROMPT.fullmatch(head):
        return _prompt(match[1], has_offer=has_offer)
    return Read(faults=((f"看不懂要开什么：“{head}”", ANY_SAMPLE),))


def write_launch(launch: Launch, *, has_offer: bool) -> list[str]:
    """Write a launch as its `>` lines, without the mark."""
    match launch:
        case PromptLaunch():
            presence = ["不下单"] if has_offer and not launch.claims else []
            return [" ".join([f"扣{launch.keyword}", _length(launch.seconds), *presence])]
        case FlashLaunch():
            limit = [] if launch.per_viewer_limit is None else [f"每人{launch.per_viewer_limit}"]
            terms = [_yuan(launch.price_fen), f"限量{launch.quota}", *limit, _length(launch.seconds)]
            return [" ".join(["秒杀", *terms, f"预告{_length(launch.countdown_seconds)}"])]
        case BagLaunch():
            return [" ".join(["福袋", launch.prize, *_bag_terms(launch)])]
        case PollLaunch():
            choices = [f"{choice.key} {choice.label}" for choice in launch.choices]
            return [f"投票 {launch.question} {_length(launch.seconds)}", *choices]


def _bag_terms(launch: BagLaunch) -> list[str]:
    days = launch.not_won_within_days
    return [
        f"价值{_yuan(launch.value_fen)}",
        f"{launch.winners}名",
        f"口令{launch.keyword}",
        _length(launch.seconds),
        *(["下过单的"] if launch.buyers_only else []),
        *([] if days is None else [f"{days}天没中过的"]),
        *([] if launch.claim_hours == _CLAIM_HOURS else [f"{launch.claim_hours}小时内领"]),
    ]


def _length(seconds: int) -> str:
    return f"{seconds // 60}分钟" if seconds and seconds % 60 == 0 else f"{seconds}秒"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}元"


def _seconds(match: re.Match[str]) -> int:
    return int(match[1]) * (1 if match[2] == "秒" else 60)


def _fen(match: re.Match[str]) -> int:
    whole, _, fraction = match[1].partition(".")
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


def _number(match: re.Match[str]) -> int:
    return int(match[1])


def _said(_match: re.Match[str]) -> bool:
    return True


def _term(name: str, pattern: str, value: Callable[[re.Match[str]], object], **bounds: Any) -> _Term:
    return _Term(name, re.compile(pattern), value, **bounds)


_SECONDS = _term("seconds", _TIME, _seconds, least=1, most=3600, label="时长")
_PROMPT_TERMS = (_SECONDS, _term("presence", "不下单", _said))
_FLASH_TERMS = (
    _SECONDS,
    _term("countdown_seconds", f"预告{_TIME}", _seconds, least=0, most=300, label="预告"),
    _term("price_fen", _PRICE, _fen, least=1, most=999_999_999, label="秒杀价"),
    _term("per_viewer_limit", r"每人限?(\d{1,6})\D{0,4}", _number, least=1, most=100_000, label="每人限购"),
    _term("quota", r"限?量?(\d{1,6})\D{0,4}", _number, least=1, most=100_000, label="数量"),
)
_BAG_TERMS = (
    _SECONDS,
    _term("claim_hours", r"(\d{1,4})小时内?领奖?", _number, least=1, most=24 * 90, label="领奖时间"),
    _term("not_won_within_days", r"(\d{1,4})天内?没中过奖?的?", _number, least=1, most=3650, label="没中过奖的天数"),
    _term("buyers_only", "(?:本场)?下过单的?", _said),
    _term("winners", r"(\d{1,4})(?:名|个人?|份|人)", _number, least=1, most=1000, label="中奖人数"),
    _term("keyword", r"口令[：:]?(.{1,20})", lambda match: match[1]),
)


def _terms(words: Iterable[str], table: Sequence[_Term], sample: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Read words by a table; the first that fits a word decides."""
    values: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for word in filter(None, words):
        for term in table:
            if match := term.pattern.fullmatch(word):
                values[term.name] = term.value(match)
                faults += _out_of_bounds(term, values[term.name])
                break
        else:
            faults.append((f"看不懂“{word}”", f"例：{sample}"))
    return values, faults


def _out_of_bounds(term: _Term, value: object) -> list[tuple[str, str]]:
    if not term.most or not isinstance(value, int) or term.least <= value <= term.most:
        return []
    return [(f"{term.label}不对", f"{term.label}要在{_bounds(term)}之间")]


def _bounds(term: _Term) -> str:
    if term.name == "price_fen":
        return " 0.01 元到 9999999.99 元"
    unit = " 秒" if term.name.endswith("seconds") else ""
    return f" {term.least}{unit} 到 {term.most}{unit}"


def _prompt(text: str, *, has_offer: bool) -> Read:
    keyword, *words = _SPACES.split(text.strip())
    values, faults = _terms(words, _PROMPT_TERMS, PROMPT_SAMPLE)
    if not keyword or len(keyword) > 20:  # noqa: PLR2004  # the bound of `open_prompt`
        faults.append(("扣什么没写，或者超过 20 个字", f"例：{PROMPT_SAMPLE}"))
    claims = has_offer and not values.pop("presence", False)
    if faults:
        return Read(faults=tuple(faults))
    return Read(launch=PromptLaunch(keyword=keyword, claims=claims, **values))


def _flash(text: str, *, has_offer: bool) -> Read:
    values, faults = _terms(_SPACES.split(text.strip()), _FLASH_TERMS, FLASH_SAMPLE)
    if "price_fen" not in values:
        faults.append(("秒杀没写价钱", f"例：{FLASH_SAMPLE}"))
    if "quota" not in values:
        faults.append(("秒杀没写几份", f"例：{FLASH_SAMPLE}"))
    if not has_offer:
        faults.append(("秒杀没说是哪个商品", "写在这一段的标题里，例：## 秒杀 3号"))
    return Read(faults=tuple(faults)) if faults else Read(launch=FlashLaunch(**values))


def _bag(text: str) -> Read:
    words = text.split()
    at = max((i for i, word in enumerate(words) if re.fullmatch(f"价值{_PRICE}", word)), default=None)
    if at is None:
        return Read(faults=(("福袋没写奖品值多少钱（规则里要公布）", f"例：{BAG_SAMPLE}"),))
    value = re.fullmatch(f"价值{_PRICE}", words[at])
    prize = " ".join(words[:at]).removeprefix("奖品").strip()
    values, faults = _terms(words[at + 1 :], _BAG_TERMS, BAG_SAMPLE)
    if not 0 < len(prize) <= MOST_PRIZE:
        faults.append(("福袋没写奖品，或者超过 100 个字", f"例：{BAG_SAMPLE}"))
    if faults or value is None:
        return Read(faults=tuple(faults))
    return Read(launch=BagLaunch(prize=prize, value_fen=_fen(value), **values))


def _poll(text: str, lines: Sequence[str]) -> Read:
    words = text.split()
    timed = re.fullmatch(_TIME, words[-1]) if words else None
    question = " ".join(words[:-1] if timed else words)
    choices = tuple(choice for line in lines if (choice := _choice(line)) is not None)
    faults = _poll_faults(question, choices, len(lines))
    seconds = _seconds(timed) if timed else 120
    faults += _out_of_bounds(_SECONDS, seconds)
    return (
        Read(faults=tuple(faults))
        if faults
        else Read(launch=PollLaunch(question=question, choices=choices, seconds=seconds))
    )


def _choice(line: str) -> PollChoice | None:
    key, _, label = " ".join(line.split()).partition(" ")
    return PollChoice(key=key, label=label) if label and len(key) <= 10 and len(label) <= 40 else None  # noqa: PLR2004  # the bounds of `open_poll`


def _poll_faults(question: str, choices: Sequence[PollChoice], lines: int) -> list[tuple[str, str]]:
    """A key or a label that stands for two options would be a vote for both (`open_poll`)."""
    names = [name for choice in choices for name in {folded(choice.key), folded(choice.label)}]
    checks = (
        (not 0 < len(question) <= 100, "投票没写问什么，或者超过 100 个字"),  # noqa: PLR2004  # the bound of `open_poll`
        (len(choices) != lines, "有的选项看不懂：每行先写编号，空一格，再写叫法"),
        (
            not _FEWEST_CHOICES <= len(choices) <= _MOST_CHOICES,
            f"选项要有 {_FEWEST_CHOICES} 到 {_MOST_CHOICES} 个，每行一个",
        ),
        (len(set(names)) != len(names), "有两个选项同名"),
    )
    return [(what, f"例：{POLL_SAMPLE}") for wrong, what in checks if wrong]
