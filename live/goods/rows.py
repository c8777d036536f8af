"""From the lines of a table to offers. Every fault of every line is told at once; what can be taken is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.goods.columns import PRICE, TITLE, find_heading
from live.goods.found import DEFAULT_QUOTA, Found, Unreadable
from live.goods.values import listed, money, narrow, tidy, unlimited, whole, yes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from live.goods.columns import Heading
    from live.goods.found import Json

    Line = tuple[int, tuple[str, ...]]

MOST_TITLE, MOST_FACT, MOST_FACTS, MOST_UNIT = 100, 500, 50, 20
MOST_NUMBER, MOST_QUOTA, MOST_QUANTITY, MOST_VARIANTS, MOST_ALIASES = 999, 1_000_000, 100_000, 100, 50
ALL_THERE_IS = 9_999
"""What stands for 不限: an evening of a county shop does not come near it."""

_SUMS = frozenset({"合计", "总计", "小计", "共计"})


def read_rows(rows: Sequence[Line]) -> Found:
    """Read a table whose heading stands near its top.

    Raises:
        Unreadable: there is no heading.
    """
    heading = find_heading(rows)
    if heading is None:
        raise Unreadable("没找到表头。表头要有“品名”和“价格”这两列，写在最上面几行；可以下载模板照着填")
    found = Found()
    if PRICE not in heading.fields:
        found.fault(heading.row, None, "表头里没有“价格”这一列，请加上")
    below = [line for line in rows if line[0] > heading.row]
    for row, cells in below:
        read_line(found, heading, row, cells)
    return found


def read_line(found: Found, heading: Heading, row: int, cells: tuple[str, ...]) -> None:
    """Take one line in; lines without a word, repeated headings and sums are no goods."""
    texts, facts = _split(heading, cells)
    title = texts.get(TITLE, "")
    if not any(texts.values()) or title in _SUMS or title == heading.name_of(TITLE):
        return
    cell = Cell(found=found, row=row, heading=heading, texts=texts)
    offer: Json = {"title": cell.title()}
    offer |= cell.money_and_unit()
    offer |= cell.number() | cell.counts() | cell.lists(facts)
    if texts.get("supplier"):
        offer["supplier"] = cell.short("supplier", MOST_TITLE)
    if texts.get("id"):
        offer["id"] = cell.short("id", MOST_TITLE)
    if yes(texts.get("weighed", "")):
        offer["weighed"] = True
    if texts.get("picture"):
        found.warn(row, heading.name_of("picture"), "图片请在手机上给商品加，表格里的没有取")
    offer["facts"] = cell.facts(facts)
    found.offers.append((row, offer))


def _split(heading: Heading, cells: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    facts: dict[str, str] = {}
    for place, raw in enumerate(cells[: len(heading.fields)]):
        text, field, name = tidy(raw), heading.fields[place], heading.names[place]
        if field is not None:
            texts[field] = text
        elif text and name:
            facts.setdefault(name, text)
    return texts, facts


class Cell:
    """The cells of one line, each read as what its column holds; what cannot be read is told."""

    def __init__(self, *, found: Found, row: int, heading: Heading, texts: Mapping[str, str]) -> None:
        self._found = found
        self._row = row
        self._heading = heading
        self._texts = texts

    def _fault(self, field: str, message: str) -> None:
        self._found.fault(self._row, self._heading.name_of(field), message)

    def _warn(self, field: str, message: str) -> None:
        self._found.warn(self._row, self._heading.name_of(field), message)

    def title(self) -> str:
        """What the goods are called."""
        if not self._texts.get(TITLE):
            self._fault(TITLE, "没有写品名")
        return self.short(TITLE, MOST_TITLE)

    def short(self, field: str, most: int) -> str:
        """A text of at most so many letters."""
        text = self._texts.get(field, "")
        if len(text) > most:
            self._fault(field, f"最多 {most} 个字，这里有 {len(text)} 个")
        return text[:most]

    def money_and_unit(self) -> Json:
        """The price, and the unit of its own column or else the one beside the price."""
        text = self._texts.get(PRICE, "")
        read = money(text)
        if read is None and PRICE in self._heading.fields:
            self._fault(
                PRICE, f"“{text}”不是价格，写成 39.9 或 39.9元/箱，最多两位小数" if text else "没有写价格，例：39.9"
            )
        unit = self.short("unit", MOST_UNIT) or (read.unit if read and read.unit else "") or "份"
        return {"price": read.price if read else "", "unit": unit}

    def number(self) -> Json:
        """The number that the host says on air; what is no such number is only told."""
        text = self._texts.get("number", "")
        digits = narrow(text).removesuffix("链接").removesuffix("号").removesuffix(".0").strip()
        if digits.isdecimal() and 1 <= int(digits[:9]) <= MOST_NUMBER and len(digits) <= len("0000"):
            return {"number": int(digits)}
        if text:
            self._warn("number", f"“{text}”不能当链接号（1 到 {MOST_NUMBER}），按顺序排了一个")
        return {}

    def counts(self) -> Json:
        """Quota, limit, case and minimum."""
        told: Json = {}
        for field, least, most in _COUNTS:
            value = self._count(field, least, most)
            if value is not None:
                told[field] = value
        return told

    def _count(self, field: str, least: int, most: int) -> int | None:
        text = self._texts.get(field, "")
        if not text or (unlimited(text) and field != "quota"):
            return None
        if unlimited(text):
            self._warn(field, f"写着“{text}”，先按 {ALL_THERE_IS} 份，请核对")
            return ALL_THERE_IS
        value = whole(text)
        if value is None or not least <= value <= most:
            self._fault(field, f"“{text}”要写成 {least} 到 {most} 的整数，例：100")
            return DEFAULT_QUOTA if field == "quota" else None
        return value

    def lists(self, facts: dict[str, str]) -> Json:
        """Aliases and variants; what is said of a size and is no choice (30枚/箱) becomes a fact."""
        told: Json = {}
        aliases = listed(self._texts.get("aliases", ""))
        if aliases:
            told["aliases"] = [alias[:MOST_TITLE] for alias in self._most("aliases", aliases, MOST_ALIASES)]
        written = self._texts.get("variants", "")
        choices = listed(written)
        if len(choices) > 1:
            told["variants"] = [
                variant_of(n, choice) for n, choice in enumerate(self._most("variants", choices, MOST_VARIANTS), 1)
            ]
        elif written:
            facts[self._heading.name_of("variants") or "规格"] = written
        return told

    def _most(self, field: str, values: list[str], most: int) -> list[str]:
        if len(values) > most:
            self._fault(field, f"最多 {most} 个，这里有 {len(values)} 个")
        return values[:most]

    def facts(self, facts: dict[str, str]) -> dict[str, str]:
        """What else the list says of the goods, under its own names."""
        for name, text in facts.items():
            if len(text) > MOST_FACT:
                self._found.fault(self._row, name, f"最多 {MOST_FACT} 个字，这里有 {len(text)} 个")
        if len(facts) > MOST_FACTS:
            self._found.warn(self._row, None, f"其余的列最多取 {MOST_FACTS} 个，这里有 {len(facts)} 个")
        return {name[:MOST_TITLE]: text[:MOST_FACT] for name, text in list(facts.items())[:MOST_FACTS]}


_COUNTS = (
    ("quota", 0, MOST_QUOTA),
    ("per_viewer_limit", 1, MOST_QUANTITY),
    ("case_size", 1, MOST_QUANTITY),
    ("min_quantity", 0, MOST_QUOTA),
)


def variant_of(n: int, text: str) -> Json:
    """A choice of a list, with a quota of its own where one stands behind it: 大号:40, 大号(40)."""
    name, _, behind = narrow(text).rstrip(")").replace("(", ":").rpartition(":")
    quota = whole(behind) if name else None
    if quota is None or quota > MOST_QUOTA:
        return {"id": f"v{n}", "name": text[:MOST_TITLE]}
    return {"id": f"v{n}", "name": name.strip()[:MOST_TITLE], "quota": quota}
