"""Numbers as people type them: 3, 12.5, 三, 两百, 一百二, 廿, 贰, 俩, 半 and 两三.

`read_number` reads one number at a place of a folded text (`nlp.fold` has already made ３, ③ and 3️⃣ into 3).
"""

from __future__ import annotations

from typing import NamedTuple

_DIGITS = {letter: value for value, letters in enumerate(
    ("零〇", "一壹幺", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for letter in letters}  # fmt: skip
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000}
_SHORT = {"俩": 2, "仨": 3}
_CHINESE = frozenset(_DIGITS) | frozenset(_POWERS)
_MAX_ARABIC = 15
_TEN, _MYRIAD = 10, 10_000
NUMBER_STARTS = frozenset("0123456789") | _CHINESE | frozenset(_SHORT) | {"半", "廿"}


class Number(NamedTuple):
    """A number that was read: where it ends, its value in hundredths (None: inexact) and how it was typed."""

    end: int
    hundredths: int | None
    arabic: bool
    #: 俩 and 仨 hold their measure word (两个, 三个).
    measured: bool = False

    @property
    def whole(self) -> int | None:
        """The value when it is a whole number."""
        if self.hundredths is None or self.hundredths % 100:
            return None
        return self.hundredths // 100


def read_number(text: str, start: int) -> Number | None:
    """Read the number that begins at `start`, as long as it goes; None when there is none."""
    letter = text[start]
    if "0" <= letter <= "9":
        return _arabic(text, start)
    if letter in _SHORT:
        return Number(start + 1, _SHORT[letter] * 100, arabic=False, measured=True)
    if letter == "半":
        return Number(start + 1, None, arabic=False)
    if letter == "廿":
        return _after_twenty(text, start)
    return _chinese(text, start) if letter in _CHINESE else None


def _arabic(text: str, start: int) -> Number:
    end = _digits_end(text, start)
    if end - start > _MAX_ARABIC:
        return Number(end, None, arabic=True)
    value = int(text[start:end]) * 100
    if end + 1 < len(text) and text[end] == "." and "0" <= text[end + 1] <= "9":
        stop = _digits_end(text, end + 1)
        goes_on = text[stop : stop + 1] == "." and text[stop + 1 : stop + 2].isdigit()
        if goes_on or (start and text[start - 1] == "."):
            return Number(end, value, arabic=True)  # 1.2.3号
        return Number(stop, value + int((text[end + 1 : stop] + "0")[:2]), arabic=True)
    if end < len(text) and text[end] in "百千万" and text[end : end + 2] != "千克":
        return Number(end + 1, value * _POWERS[text[end]], arabic=True)
    return Number(end, value, arabic=True)


def _digits_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and "0" <= text[end] <= "9":
        end += 1
    return end


def _after_twenty(text: str, start: int) -> Number:
    digit = _DIGITS.get(text[start + 1 : start + 2], 0)
    return Number(start + 2 if digit else start + 1, (20 + digit) * 100, arabic=False)


def _chinese(text: str, start: int) -> Number:
    end = start
    while end < len(text) and text[end] in _CHINESE:
        end += 1
    letters = text[start:end]
    if not any(letter in _POWERS for letter in letters):
        return _spelled(letters, end)
    if letters[0] not in _DIGITS and letters[0] not in "十拾":
        return Number(end, None, arabic=False)
    value = _positional(letters)
    return Number(end, None if value is None else value * 100, arabic=False)


def _spelled(letters: str, end: int) -> Number:
    """One digit; or two neighbours, 两三, which is inexact; or a spelled row, 一二三, which counts nothing."""
    return Number(end, _DIGITS[letters] * 100 if len(letters) == 1 else None, arabic=False)


def _positional(letters: str) -> int | None:
    """The value of 三百零五 or 一百二 (120); None where the order makes no number (两三百, 十十)."""
    total, section, digit, last_power = 0, 0, None, 100_000
    for letter in letters:
        if letter in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[letter]
        elif letter == "万":
            total, section, digit, last_power = (section + (digit or 0)) * 10_000, 0, None, 10_000
        else:
            power = _POWERS[letter]
            if power >= last_power:
                return None
            section, digit, last_power = section + (1 if digit is None else digit or 1) * power, None, power
    return total + section + _tail(letters, digit or 0, last_power)


def _tail(letters: str, digit: int, last_power: int) -> int:
    """一百二 is 120 and 三千五 is 3500, but 一百零二 is 102 and 十二 is 12."""
    shortened = len(letters) > 1 and letters[-2] in "百佰千仟万" and last_power > _TEN
    return digit * last_power // 10 if shortened else digit


def write_chinese(value: int) -> str:
    """Write a whole number from 1 to 99,999 in everyday Chinese (两百零三); the inverse of reading it."""
    if value >= _MYRIAD:
        rest = value % _MYRIAD
        gap = "零" if 0 < rest < _MYRIAD // _TEN else ""
        return _write_section(value // _MYRIAD) + "万" + gap + (_write_section(rest) if rest else "")
    return _write_section(value)


def _write_section(value: int) -> str:
    names, written, gap = "零一二三四五六七八九", "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            written += ("零" if gap else "") + names[digit] + name
            gap = False
        else:
            gap = bool(written)
    return written[1:] if written.startswith("一十") else written
