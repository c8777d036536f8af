"""What stands in one cell: money, numbers, yes and no, lists. Full-width digits are digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0xFFE5: 0xA5, 0x3000: 0x20, 0x3002: 0x2E}
"""Full-width to ASCII, letter for letter, so that places stay; 。 is a decimal point where it stands between digits."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,9}(?:\.[0-9]+)?"
_UNIT = r"[^\s0-9/¥,;()\[\]]{1,8}"
_MONEY = re.compile(rf"¥?\s*({_NUMBER})\s*(?:元|块钱|块|圆|rmb|cny)?\s*(?:(?:/|每|一)\s*({_UNIT}))?", re.IGNORECASE)
_WHOLE = re.compile(rf"(?:限量?|共|约|每人)?\s*({_NUMBER})\s*({_UNIT})?")
_UNLIMITED = frozenset({"不限", "不限量", "不限购", "无", "-", "—", "/", "无限", "不设"})
_YES = frozenset({"是", "对", "要", "有", "y", "yes", "true", "1", "√", "✓", "称重", "按斤", "散称"})
_BETWEEN = re.compile(r"[、,;|\n，；｜]+")
MOST_FEN = 999_999_999


@dataclass(frozen=True, kw_only=True, slots=True)
class Money:
    """A price as the wire wants it ("39.90"), and the unit that stood beside it."""

    price: str
    unit: str | None


def narrow(text: str) -> str:
    """Full-width letters and digits as ASCII, each at its place."""
    return text.translate(WIDE)


def tidy(text: str) -> str:
    """A cell's text without what nobody sees, on one line."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def money(text: str) -> Money | None:
    """Read `39.9`, `¥39.9`, `39.9元/箱`, `1,299`; None for what is no price, or has more than two decimals."""
    found = _MONEY.fullmatch(narrow(text).strip())
    price = None if found is None else in_yuan(found[1])
    return None if found is None or price is None else Money(price=price, unit=found[2])


def in_yuan(digits: str) -> str | None:
    """`39.9` → `39.90`; None for more than two decimals or more than a price may be."""
    fen = Decimal(digits.replace(",", "")) * 100
    if fen != fen.to_integral_value() or fen > MOST_FEN:
        return None
    return f"{fen / 100:.2f}"


def whole(text: str) -> int | None:
    """Read `100`, `100箱`, `限100`, `1,000.0`; None for what is no whole number."""
    found = _WHOLE.fullmatch(narrow(text).strip())
    number = None if found is None else Decimal(found[1].replace(",", ""))
    return int(number) if number is not None and number == number.to_integral_value() else None


def unlimited(text: str) -> bool:
    """Whether a cell says that there is no bound."""
    return text.strip() in _UNLIMITED


def yes(text: str) -> bool:
    """Whether a cell says yes."""
    return narrow(text).strip().lower() in _YES


def listed(text: str) -> list[str]:
    """The parts of a cell that lists several, each once, in order."""
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))
