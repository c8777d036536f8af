"""The script of an evening as a host writes it: a small Markdown in Chinese, read with all its faults, and written.

    ## 开场 3分钟                a section: what it is, its title, how many minutes it is meant to take
    - 今晚 8 样                  a point to say; a line without a mark is one as well
    ## 3号 土鸡蛋 5分钟          goods, by number or by name
    > 扣1 30秒                   what to launch here, one a section (`live.domain.script_launch`)
    ## 秒杀 3号 土鸡蛋 2分钟     秒杀, 福袋, 投票, 扣屏, 闲聊, 结束 begin the others; what is none of these is talk

What is read is written the same again, and what was written is read as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from live.domain.script_launch import read_launch, write_launch
from live.domain.script_parts import (
    MOST_MINUTES,
    MOST_POINT,
    MOST_POINTS,
    MOST_SECTIONS,
    MOST_TITLE,
    Script,
    ScriptFault,
    Section,
    SectionKind,
    called,
    named,
    short_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from live.domain.offer import Offer

MARKS: Mapping[SectionKind, tuple[str, ...]] = {
    SectionKind.OPENING: ("开场", "开场白", "暖场"),
    SectionKind.FLASH: ("秒杀",),
    SectionKind.BAG: ("福袋",),
    SectionKind.POLL: ("投票",),
    SectionKind.PROMPT: ("扣屏",),
    SectionKind.TALK: ("闲聊",),
    SectionKind.CLOSING: ("结束", "收尾", "结尾", "下播"),
}
"""The words that a heading begins with, by what they make of it; the first is the one that is written."""

_KINDS = {word: kind for kind, words in MARKS.items() for word in words}
_ABOUT_GOODS = frozenset({SectionKind.OFFER, SectionKind.FLASH, SectionKind.PROMPT})
_MINUTES = re.compile(r"^(.*?)\s*[（(]?(?<!\d)(\d{1,3})\s*分钟?[）)]?$")
_UNCOUNTED = re.compile(r"^(.*?)\s+不计时$")
_NUMBERED = re.compile(r"^(\d{1,3})\s*号(?:链接|品)?[\s：:、]*(.*)$")
_FIRST_WORD = re.compile(r"^([^\s：:]+)[\s：:]*(.*)$")
_POINT = re.compile(r"^(?:[-*•·]\s*|\d{1,2}[.、)）]\s+)(.*)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A heading with what stands below it: lines with their numbers."""

    line: int
    heading: str
    points: tuple[tuple[int, str], ...]
    launches: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heading:
    """What a heading says."""

    kind: SectionKind
    title: str
    offer: Offer | None
    minutes: int | None
    faults: tuple[tuple[str, str], ...] = ()


def read_script(markdown: str, offers: Iterable[Offer] = ()) -> tuple[Script, tuple[ScriptFault, ...]]:
    """Read a script against the list of offers: what could be read of it, and every fault in the order of the lines."""
    goods = tuple(offers)
    blocks, faults = _blocks(markdown.splitlines())
    if len(blocks) > MOST_SECTIONS:
        faults.append(_fault(blocks[MOST_SECTIONS].line, f"超过 {MOST_SECTIONS} 段", "把几段合成一段"))
    sections: list[Section] = []
    last: Offer | None = None
    for number, block in enumerate(blocks[:MOST_SECTIONS], 1):
        section, found, last = _section(f"s{number}", block, goods, last)
        sections.append(section)
        faults += found
    return Script(sections=tuple(sections)), tuple(sorted(faults, key=lambda fault: fault.line))


def write_markdown(script: Script, offers: Iterable[Offer] = ()) -> str:
    """Write a script as `read_script` reads it; the list of offers gives their numbers."""
    goods = {offer.id: offer for offer in offers}
    return "\n".join("\n".join(_written(section, goods)) + "\n" for section in script.sections)


def _blocks(lines: Sequence[str]) -> tuple[list[_Block], list[ScriptFault]]:
    """Cut a text at its headings. A `# ` line is the title of the sheet, and nobody's."""
    blocks: list[_Block] = []
    faults: list[ScriptFault] = []
    heads = [n for n, line in enumerate(lines) if _level(line)]
    for n, line in enumerate(lines[: heads[0] if heads else len(lines)], 1):
        if line.strip() and not line.lstrip().startswith("#"):
            faults.append(_fault(n, f"“{line.strip()[:20]}”不在任何一段里", "先写一个标题，例：## 开场 3分钟"))
    for start, end in pairwise([*heads, len(lines)]):
        below = [(n + 1, lines[n].strip()) for n in range(start + 1, end) if lines[n].strip()]
        blocks.append(
            _Block(
                line=start + 1,
                heading=lines[start].strip().lstrip("#").strip(),
                points=tuple((n, text) for n, text in below if not text.startswith((">", "＞"))),
                launches=tuple((n, text[1:].strip()) for n, text in below if text.startswith((">", "＞"))),
            )
        )
    return blocks, faults


def _level(line: str) -> bool:
    return line.lstrip().startswith("##")


def _section(
    id_: str, block: _Block, goods: Sequence[Offer], last: Offer | None
) -> tuple[Section, list[ScriptFault], Offer | None]:
    heading = read_heading(block.heading, goods, last)
    points = tuple(point for _, text in block.points if (point := _point(text)))
    faults = [_fault(block.line, what, mend) for what, mend in heading.faults] + _point_faults(block)
    launch = None
    if block.launches:
        read = read_launch([text for _, text in block.launches], has_offer=heading.offer is not None)
        launch = read.launch
        faults += [_fault(block.launches[0][0], what, mend) for what, mend in read.faults]
    section = Section(
        id=id_,
        kind=heading.kind,
        title=heading.title,
        offer_id=heading.offer.id if heading.offer else None,
        minutes=heading.minutes,
        points=tuple(point[:MOST_POINT] for point in points[:MOST_POINTS]),
        launch=launch,
    )
    return section, faults, heading.offer or last


def _point(text: str) -> str:
    match = _POINT.match(text)
    return (match[1] if match else text).strip()


def _point_faults(block: _Block) -> list[ScriptFault]:
    long = [
        _fault(n, f"这一条超过 {MOST_POINT} 个字", "拆成几条")
        for n, text in block.points
        if len(_point(text)) > MOST_POINT
    ]
    many = block.points[MOST_POINTS:]
    return long + ([_fault(many[0][0], f"这一段超过 {MOST_POINTS} 条", "拆成两段")] if many else [])


def read_heading(text: str, goods: Sequence[Offer], last: Offer | None = None) -> _Heading:
    """Read a heading; `last` are the goods that were spoken of before: a 秒杀 without a name is theirs."""
    rest, minutes = _timed(text)
    faults = [] if minutes is None or 0 < minutes <= MOST_MINUTES else [("分钟数不对", f"写 1 到 {MOST_MINUTES} 分钟")]
    if not rest or len(rest) > MOST_TITLE:
        faults.append(("这一段没有标题，或者标题太长", "例：## 3号 土鸡蛋 5分钟"))
    kind, said = _kind(rest)
    offer, title, fault = _goods(said, goods) if kind in _ABOUT_GOODS or kind is None else (None, said, None)
    if offer is None and kind is SectionKind.FLASH and fault is None and last is not None:
        offer, title = last, short_title(last) if title in _KINDS else title
    kind = kind or (SectionKind.TALK if offer is None and fault is None else SectionKind.OFFER)
    return _Heading(
        kind=kind,
        title=(title or rest)[:MOST_TITLE],
        offer=offer,
        minutes=minutes if not faults else None,
        faults=(*faults, *([fault] if fault else [])),
    )


def _timed(text: str) -> tuple[str, int | None]:
    """What a heading says before its minutes, and these."""
    said = " ".join(text.split())
    if uncounted := _UNCOUNTED.match(said):
        return uncounted[1], None
    timed = _MINUTES.match(said)
    return (timed[1], int(timed[2])) if timed and timed[1] else (said, None)


def _kind(text: str) -> tuple[SectionKind | None, str]:
    """What the first word makes of a heading, and what is said behind it; the word itself where nothing is."""
    match = _FIRST_WORD.match(text)
    kind = _KINDS.get(match[1]) if match else None
    return (kind, (match[2] or match[1]) if match else text) if kind else (None, text)


def _goods(text: str, goods: Sequence[Offer]) -> tuple[Offer | None, str, tuple[str, str] | None]:
    """The goods that a heading speaks of, its title, and what is wrong."""
    if match := _NUMBERED.match(text):
        return _numbered(int(match[1]), match[2], goods)
    found = named(goods, text)
    if len(found) > 1:
        return None, text, (f"“{text}”说的是哪一个：{'、'.join(map(called, found))}", "写上编号，例：## 3号")
    return (found[0], text, None) if found else (None, text, None)


def _numbered(number: int, said: str, goods: Sequence[Offer]) -> tuple[Offer | None, str, tuple[str, str] | None]:
    offer = next((each for each in goods if each.number == number), None)
    if offer is None:
        known = "、".join(str(each.number) for each in goods if each.number is not None)
        mend = f"清单里有 {known} 号" if known else "清单里的商品还没有编号，写商品名"
        return None, said or f"{number}号", (f"清单里没有 {number}号", mend)
    others = [each for each in named(goods, said) if each.id != offer.id]
    if others and offer not in named(goods, said):
        return offer, said, (f"{number}号是{short_title(offer)}，不是{said}", "改编号，或者改名字")
    return offer, said or short_title(offer), None


def _written(section: Section, goods: Mapping[str, Offer]) -> list[str]:
    offer = goods.get(section.offer_id) if section.offer_id else None
    lines = [f"## {_heading_of(section, offer, tuple(goods.values()))}"]
    lines += [f"- {' '.join(point.split())}" for point in section.points]
    if section.launch is not None:
        lines += [f"> {line}" for line in write_launch(section.launch, has_offer=offer is not None)]
    return lines


def _heading_of(section: Section, offer: Offer | None, goods: Sequence[Offer]) -> str:
    """The shortest heading that is read as this section."""
    minutes = [] if section.minutes is None else [f"{section.minutes}分钟"]
    mark = MARKS.get(section.kind, ("",))[0]
    number = "" if offer is None or offer.number is None else f"{offer.number}号 "
    number = number if section.kind in _ABOUT_GOODS else ""
    names = [f"{number}{section.title}", f"{mark} {number}{section.title}"]
    ways = [" ".join([name, *end]) for end in (minutes, [*minutes, "不计时"]) for name in names]
    wanted = (section.kind, section.title, section.offer_id, section.minutes)
    for way in ways:
        read = read_heading(way, goods)
        if (read.kind, read.title, read.offer.id if read.offer else None, read.minutes) == wanted and not read.faults:
            return way
    return " ".join([mark, *([called(offer)] if offer else [section.title]), *minutes]).strip()


def _fault(line: int, what: str, mend: str) -> ScriptFault:
    return ScriptFault(line=line, what=what, mend=mend)
