"""Measure words: what stands behind a number and makes it a count of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.numerals import NUMBER_STARTS, Number
from nlp.tokens import Tag
from nlp.trie import longest

if TYPE_CHECKING:
    from nlp.catalogue import Catalogue

_PEOPLE = (
    "娃",
    "孩",
    "小孩",
    "人",
    "老人",
    "大人",
    "儿子",
    "闺女",
    "女儿",
    "朋友",
    "同事",
    "姐妹",
    "兄弟",
    "孙",
    "小家伙",
    "神兽",
    "崽",
    "月",
    "星期",
    "礼拜",
    "小时",
)
_SIZES = frozenset("大小整满")
_FUZZY = frozenset("多来几余")


def counts_people(text: str, number: Number) -> bool:
    """俩娃, 两个孩子, 三个大人."""
    end = number.end if number.measured else number.end + (text[number.end : number.end + 1] == "个")
    return (number.measured or end > number.end) and text.startswith(_PEOPLE, end)


def measured_unit(text: str, number: Number, catalogue: Catalogue) -> tuple[int, str | None]:
    """俩 alone, or 俩 with a measure word after all."""
    unit = text[number.end : number.end + 1]
    return (number.end + 1, unit) if unit and unit in catalogue.lexicon.goods_units else (number.end, None)


def measure(text: str, number: Number, catalogue: Catalogue) -> tuple[int, str, bool, bool] | None:
    """The measure word after a number: its end, name, whether it was only heard, and whether the count is exact."""
    end, exact = number.end, number.whole is not None
    while end < len(text) and text[end] == " " and number.arabic:
        end += 1
    if end < len(text) and text[end] in _FUZZY:
        end, exact = end + 1, False
    words = catalogue.lexicon
    if text[end : end + 1] and text[end] in _SIZES and text[end + 1 : end + 2] in words.goods_units:
        end += 1
    for size in (2, 1):
        unit = text[end : end + size]
        if unit == "两" and is_unit(text[end + 1 : end + 2], catalogue):
            return None  # 120两套: two of size 120
        if unit in words.own_units or unit in words.goods_units:
            return _halved(text, end + len(unit), unit, exact)
    heard = words.heard_units.get(text[end : end + 1])
    if heard == "个" and text[end + 1 : end + 2] in NUMBER_STARTS:
        return None  # 110 120各一套
    named = longest(catalogue.trie, text, end) if heard else None
    if named and named[1] in {Tag.OFFER, Tag.VARIANT}:
        return None  # 一粉一蓝
    if heard and (heard == "份" or sold_by(catalogue, heard)) and _may_end(text, end + 1, catalogue):
        return end + 1, heard, True, exact
    return None


def is_unit(letter: str, catalogue: Catalogue) -> bool:
    """Whether a character is a measure word."""
    return letter in catalogue.lexicon.goods_units or letter in catalogue.lexicon.own_units


def _halved(text: str, end: int, unit: str, exact: bool) -> tuple[int, str, bool, bool]:
    """一斤半 is inexact."""
    if text.startswith("半", end):
        return end + 1, unit, False, False
    return end, unit, False, exact


def _may_end(text: str, end: int, catalogue: Catalogue) -> bool:
    """Whether a misheard measure word can end here: at the end, at a break or before a word that is known."""
    if end >= len(text) or not text[end].isalnum():
        return True
    return text[end] in catalogue.trie or text[end] in NUMBER_STARTS


def sold_by(catalogue: Catalogue, unit: str) -> bool:
    """Whether any offer is sold by a measure word."""
    return any(offer.unit == unit for offer in catalogue.offers.values())
