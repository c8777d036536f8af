"""The numbers in a text, so that none is said that nobody gave: 39.90, 12:30, 1,280, 12%, 三十枚, 八折, 两箱."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nlp.numerals import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = "零〇一壹幺二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿半廿俩仨"
_UNITS = (
    "元块毛角分钱斤两克吨公个只件单份箱盒瓶袋包条双套张枚粒颗块片根支杯桶罐把串提板捆扎成折倍号点时刻秒天日月年周岁人位户次遍回米升寸码层度级等名期场轮"
    "%％"
)
#: Turns of phrase that hold a numeral and count nothing.
_PHRASES = re.compile(
    r"(?<![\d过近破超上几数十百千])(?<!\d )(?:万一|千万(?=[别不要记]))|一一|一点(?:儿|点|也|都)|有一点|一个个|一份心|一份情|一时|一日三餐|一等(?=[会下])|"
    r"一次次|一分钱一分货|一家人|三三两两|十分(?!钟)|万分|百姓|千家万户|四季|五谷|八宝|百合|千层|三文鱼|百香果|半天"
)
_MULTIPLES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
#: 40 亿, 3百, 40 多万, 5w are other numbers than their digits; 3 千克 and 2 kg are not.
_MULTIPLE = r"(?:\s*(?:[多余来几]\s*)?[百千万亿](?![克米瓦卡焦])|\s*[wWkK](?![a-zA-Z]))*"
_LONG = rf"\d+(?:[.,:]\d+)*{_MULTIPLE}|[{_DIGITS}]{{2,}}|(?<=[第%])[{_DIGITS}]"
_NUMBER = re.compile(rf"(?P<money>[¥￥])?(?P<number>{_LONG}|[{_DIGITS}](?=[{_UNITS}]))\s*(?P<unit>[{_UNITS}])?")
_ALONE = "".join(sorted(set(_DIGITS) - set("一")))
#: Every numeral, whatever it counts: 过万, 九笔, 翻番. One that stands alone is read with the letter behind it, so that a
#: title such as 五常大米 bears no 五种. 一单 is a number; 一共 and 这一场 are none.
_STRICT = re.compile(
    rf"(?P<money>[¥￥])?(?P<number>{_LONG}|[{_ALONE}][^\W\d_]?|(?<![这那每上下哪])一[{_UNITS}笔拨种家款样批]|"
    rf"翻[了一两几个]*[番翻]|倍)\s*(?P<unit>[{_UNITS}])?"
)
#: 一箱三十枚: the one says of what, not how many.
_EACH = "一"
_MONEY, _SHARES = frozenset("元块毛角"), frozenset("%成折倍")
_PERCENT = "百分之"


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A number as it was said: `literal` as typed, `value` as a plain decimal where it is one, and its kind.

    The kind is `money`, `%`, `成`, `折`, `倍`, or empty for everything else.
    """

    literal: str
    value: str
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The figures that a text may quote, read once for all of its sentences; see `figures_of`."""

    known: frozenset[tuple[str, str]]
    bare_prices: bool
    strict: bool

    def bear(self, text: str) -> bool:
        """Whether each number of *text* stands among the figures written the same way: 39.90 is not 39.9."""
        return all(_quoted(said, self) for said in numbers(text, strict=self.strict))


def numbers(text: str, *, strict: bool = False) -> list[Said]:
    """Every number of a text, in order; `strict` takes every Chinese numeral for one, and 翻番 and 倍 too."""
    plain = _PHRASES.sub(" ", _plain(text)).replace(_PERCENT, "%")
    found = (_said(each) for each in (_STRICT if strict else _NUMBER).finditer(plain))
    return [said for said in found if said.literal != _EACH or said.kind]


def all_given(text: str, given: Iterable[str]) -> bool:
    """Whether each number of *text* has the value of one in *given*, and no price or share is made of another number."""
    known = [said for each in given for said in numbers(each)]
    return all(any(_same(said, other) for other in known) for said in numbers(text))


def figures_of(texts: Iterable[str], *, bare_prices: bool = True, strict: bool = False) -> Figures:
    """Read the figures of *texts*.

    `bare_prices`: a figure without a unit may be quoted as money. Else 1号 makes no 1 元. `strict`: see `numbers`.
    """
    known = frozenset((said.literal, said.kind) for each in texts for said in numbers(each, strict=strict))
    return Figures(known=known, bare_prices=bare_prices, strict=strict)


def all_quoted(text: str, figures: Iterable[str], *, bare_prices: bool = True, strict: bool = False) -> bool:
    """Whether each number of *text* stands among *figures* written the same way; the keywords are those of `figures_of`."""
    return figures_of(figures, bare_prices=bare_prices, strict=strict).bear(text)


def _quoted(said: Said, figures: Figures) -> bool:
    """A share must be one of the figures; a price may be quoted without its unit."""
    if said.kind == "money":
        kinds = ("", "money") if figures.bare_prices else ("money",)
    else:
        kinds = (said.kind,) if said.kind else ("", "money")
    return any((said.literal, kind) in figures.known for kind in kinds)


def _same(said: Said, other: Said) -> bool:
    return said.value == other.value and (said.kind in {"", other.kind})


def _plain(text: str) -> str:
    """Compatible forms as plain ones, and the digits of every script as 0–9."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(each, each)) if each.isdigit() else each for each in folded)


def _said(found: re.Match[str]) -> Said:
    literal, unit = "".join(found["number"].split()).lower(), found["unit"] or ""
    is_percent = found.string.endswith("%", 0, found.start())
    kind = "money" if found["money"] or unit in _MONEY else unit if unit in _SHARES else ""
    return Said(literal=literal, value=_value(literal), kind="%" if is_percent else kind)


def _value(literal: str) -> str:
    if literal[0].isdigit():
        return _arabic(literal.replace(",", ""))
    read = read_number(literal, 0)
    if read is None or read.hundredths is None or read.end != len(literal):
        return literal
    return str((Decimal(read.hundredths) / 100).normalize())


def _arabic(literal: str) -> str:
    """The value of 39.90 and of 1.2万; 12:30 and 40多万 have none and stay as they are."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([百千万亿]?)", literal)
    return str((Decimal(found[1]) * _MULTIPLES.get(found[2], 1)).normalize()) if found else literal
