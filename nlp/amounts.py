"""Numbers in their surroundings: offer numbers, quantities, prices, and remarks that only hold a number.

The rows of `_READERS` are tried in order; the first that fits says what the number is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.measures import counts_people, is_unit, measure, measured_unit, sold_by
from nlp.numerals import NUMBER_STARTS, Number, read_number
from nlp.tokens import OfferRef, Quantity, Tag, Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.catalogue import Catalogue

_RANGE = frozenset({"-", "~", "到", "至"})
_LIST = frozenset({"、", ",", "，", " ", "和", "跟", "/", "."})
_NUMBER_SUFFIXES = ("号链接", "号连接", "号连结", "号商品", "号品", "号款", "号", "#")
_HEARD_AS_NUMBER = frozenset("好浩昊耗")
_ON = ("来", "要", "拿", "给我", "+")
_PLACES = (
    "楼",
    "店",
    "线",
    "门",
    "院",
    "桌",
    "路",
    "栋",
    "机",
    "站",
    "那天",
    "上午",
    "下午",
    "晚上",
    "早上",
    "中午",
    "之前",
    "以后",
    "左右",
    "前",
    "后天",
    "去拿",
    "去取",
    "拿还是",
    "到货",
    "过来拿",
)
_PERSONS = ("我", "俺", "他", "她", "咱")
_MOTIONS = (
    "去",
    "来拿",
    "来取",
    "过去",
    "过来",
    "下班",
    "到",
    "回",
    "结婚",
    "生日",
    "休",
    "放假",
    "有空",
    "有事",
    "才",
)
_POINTS = ("的那个", "的那款", "那个", "那款", "那种", "这个", "这款", "那", "这", "的")
_POINTERS = frozenset({"那", "这"})
_MAX_BARE, _MAX_NUMBERS, _MAX_RANGE = 999, 12, 20
_TAKING = frozenset({Tag.TAKE, Tag.AGAIN, Tag.ADD, Tag.LESS})
_PRICED = frozenset("钱的")
#: 666, 2333, 520: numbers that are laughter, praise or farewell.
_CHEERS = re.compile(r"6{3,}|23{2,}|9{3,}|8{3,}|520|1314|5201314|886")
_FETCHES = ("拿", "取", "提", "去")
_BODIES, _LEAST_BODY = frozenset("我重高胖瘦俺"), 80
_FEW_DIGITS = 2
#: 五十九的 is a price as 59的 is; 三的 and 两的 are none.
_LEAST_SPOKEN_FEN = 1_000


def read_amount(text: str, at: int, catalogue: Catalogue, before: list[Token]) -> Token | None:
    """Read the number at `at` with what belongs to it; None where the character is no number there."""
    number = read_number(text, at)
    if number is None:
        return None
    if _is_piece(text, number, before):
        return _quantity(text, at, number, catalogue)
    for reader in _READERS[_is_amount_of(text, number, before) :]:
        token = reader(text, at, number, catalogue)
        if token is not None:
            return _not_address(token, text, before)
    return Token(Tag.NUMBER, at, number.end, number.whole)


def _is_piece(text: str, number: Number, before: list[Token]) -> bool:
    """来一块, 再切两块 count pieces, where 一块 elsewhere is money."""
    if not before or before[-1].tag not in _TAKING or number.arabic:
        return False
    behind = text[number.end + 1 : number.end + 2]
    return text.startswith("块", number.end) and behind not in _PRICED and behind not in NUMBER_STARTS


def _is_amount_of(text: str, number: Number, before: list[Token]) -> bool:
    """The 2 of 1号2 3号1 belongs to 1号, not to a list 2 3号."""
    named = before[-1] if before else None
    if named is not None and named.tag is Tag.SPACE and len(before) > 1:
        named = before[-2]
    return named is not None and named.tag in {Tag.OFFER, Tag.VARIANT} and not _suffix(text, number.end)


def read_operator(text: str, at: int, catalogue: Catalogue) -> Token:
    """Read +2, x3, *4箱 or -1; a sign without a number is a break."""
    sign = text[at]
    end = at + 1
    if sign == ">":
        return Token(Tag.SETTLE, at, end)
    if sign == "-" and "-" in (text[at - 1 : at], text[end : end + 1]):
        return Token(Tag.BREAK, at, end, 0)
    while end < len(text) and text[end] == " " and end - at < 3:  # noqa: PLR2004 - at most two spaces
        end += 1
    starts = end < len(text) and text[end] in NUMBER_STARTS and not (sign == "x" and _in_word(text, at))
    number = read_number(text, end) if starts and sign in "+-x*" else None
    if number is None:
        return Token(Tag.BREAK, at, at + 1, 0)
    return _signed(text, at, number, catalogue, "*" if sign in "x*" else sign)


def _is_too_many(number: Number) -> bool:
    """九百九十九万盒: nobody takes so many of anything, however the number is written."""
    return number.whole is not None and number.whole > _MAX_BARE


def _in_word(text: str, at: int) -> bool:
    return at > 0 and text[at - 1].isascii() and text[at - 1].isalpha()


def _signed(text: str, at: int, number: Number, catalogue: Catalogue, sign: str) -> Token:
    if _suffix(text, number.end):
        return Token(Tag.AND if sign == "+" else Tag.BREAK, at, at + 1, 0)
    found = measure(text, number, catalogue)
    if (number.arabic and number.whole is None) or _is_too_many(number):
        return Token(Tag.REMARK, at, number.end)
    if found is None:
        return Token(Tag.QUANTITY, at, number.end, Quantity(number.whole, None, sign))
    end, unit, heard, exact = found
    return Token(Tag.QUANTITY, at, end, Quantity(number.whole if exact else None, unit, sign, heard))


def _offer_number(text: str, at: int, number: Number, catalogue: Catalogue) -> Token | None:
    """3号, 三号链接, 1、2号, 3-5号; and 3号楼 or 13号我去拿, which are remarks."""
    run = _number_run(text, number)
    if run is None:
        return None
    numbers, end = run
    suffix = _suffix(text, end)
    if not suffix:
        return None
    end += len(suffix)
    if suffix == "号" and _is_date_or_place(text, at, end):
        return Token(Tag.REMARK, at, end)
    if len(numbers) == 1 and numbers[0] not in catalogue.by_number:
        numbers = _digits_apart(numbers[0], catalogue)
    ids = tuple(id_ for each in numbers for id_ in catalogue.by_number.get(each, ())[:1])
    return Token(Tag.OFFER, at, end, OfferRef(ids, "number", several=len(numbers) > 1))


def _digits_apart(number: int, catalogue: Catalogue) -> list[int]:
    """123号 where there is no offer 123: 1, 2 and 3."""
    digits = [int(digit) for digit in str(number)]
    rising = len(digits) > _FEW_DIGITS and digits == sorted(set(digits))
    return digits if rising and all(digit in catalogue.by_number for digit in digits) else [number]


def _number_run(text: str, number: Number) -> tuple[list[int], int] | None:
    """The numbers before 号: one, a range or a list, at most twelve."""
    if number.whole is None:
        return None
    numbers, end = [number.whole], number.end
    while len(numbers) < _MAX_NUMBERS:
        step = _next_number(text, end, numbers[-1], arabic=number.arabic)
        if step is None:
            break
        more, end = step
        numbers.extend(more)
    if _suffix(text, end):
        return numbers, end
    return ([number.whole], number.end) if _suffix(text, number.end) else None


def _next_number(text: str, end: int, latest: int, *, arabic: bool) -> tuple[list[int], int] | None:
    """The numbers that 、2号, -5号 or 号到3号 add to a run, and where they end."""
    spelled = text.startswith("号", end) and text[end + 1 : end + 2] in _RANGE
    join = end + 1 if spelled else end
    if join + 1 >= len(text) or text[join] not in _RANGE | _LIST or text[join + 1] not in NUMBER_STARTS:
        return None
    after = read_number(text, join + 1)
    if after is None or after.whole is None or after.arabic is not arabic or (spelled and not _suffix(text, after.end)):
        return None
    if text[join] not in _RANGE:
        return [after.whole], after.end
    if not 0 < after.whole - latest <= _MAX_RANGE:
        return None
    return list(range(latest + 1, after.whole + 1)), after.end


def _suffix(text: str, at: int) -> str:
    found = next((suffix for suffix in _NUMBER_SUFFIXES if text.startswith(suffix, at)), "")
    return found or (text[at] if text[at : at + 1] in _HEARD_AS_NUMBER and _orders_on(text, at + 1) else "")


def _orders_on(text: str, at: int) -> bool:
    """四好 一份, 3好来两箱: 号 misheard, and the order goes on."""
    behind = text[at:].lstrip(" ")
    return behind[:1] in NUMBER_STARTS or behind.startswith(_ON)


def _is_date_or_place(text: str, at: int, end: int) -> bool:
    if at and text[at - 1] == "月":
        return True
    if text.startswith(_PLACES, end):
        return True
    if at and text[at - 1].isalnum() and text.startswith(_FETCHES, end) and not text[end + 1 : end + 2].isalnum():
        return True  # 5号5份5号拿
    rest = end + (1 if text[end : end + 1] in _PERSONS and end < len(text) else 0)
    return (rest > end and text.startswith(_MOTIONS, rest)) or _is_family_event(text, rest, end)


def _is_family_event(text: str, rest: int, end: int) -> bool:
    """12号我闺女放假: a person's doings within the next few characters."""
    return rest > end and any(motion in text[rest : rest + 6] for motion in ("放假", "结婚", "生日", "有空", "去拿"))


def _price(text: str, at: int, number: Number, catalogue: Catalogue) -> Token | None:
    """39.9那个, 68的鸡, 89块9那桶: an offer by its price, or else money."""
    if number.hundredths is None:
        return None
    fen, end = _fen(text, number, catalogue)
    decimal = number.whole is None
    named = next((point for point in _POINTS if text.startswith(point, end)), "")
    if named in _POINTERS and is_unit(text[end + 1 : end + 2], catalogue):
        named = text[end : end + 2]  # 59那双
    ids = catalogue.by_price.get(fen, ())
    if ids and named and (decimal or end > number.end or number.arabic or fen >= _LEAST_SPOKEN_FEN):
        return Token(Tag.OFFER, at, end + len(named), OfferRef(ids, "price"))
    if decimal or end > number.end:
        return Token(Tag.MONEY, at, end, fen)
    return None


def _fen(text: str, number: Number, catalogue: Catalogue) -> tuple[int, int]:
    """The amount with 块, 元 and a trailing digit (89块9) in fen, and its end; 两块 of goods sold by 块 is no money."""
    value, end = number.hundredths or 0, number.end
    unit = next((name for name in catalogue.lexicon.money_units if text.startswith(name, end)), "")
    if not unit or (unit == "米" and not number.arabic) or _counts_goods(text, end, unit, catalogue):
        return value, end
    end += len(unit)
    if unit in {"毛", "角", "毛钱"}:
        return value // 10, end
    tail = read_number(text, end) if end < len(text) and text[end] in NUMBER_STARTS else None
    if tail and tail.end == end + 1 and tail.whole and unit in {"块", "元"} and measure(text, tail, catalogue) is None:
        return value + tail.whole * 10, tail.end
    return value, end


def _counts_goods(text: str, end: int, unit: str, catalogue: Catalogue) -> bool:
    """两块豆腐 and 四块 where something is sold by 块, unless it goes on like a price: 47块4."""
    return (
        unit in {"块", "刀"}
        and sold_by(catalogue, unit)
        and (end + 1 >= len(text) or text[end + 1] not in NUMBER_STARTS)
    )


def _remark(text: str, at: int, number: Number, catalogue: Catalogue) -> Token | None:
    """7点, 3楼, 2岁, 8折, 7-9点, 19:30 and the like, and long digit rows such as phone numbers."""
    if number.arabic and (number.end - at > 4 or (number.end - at > 3 and number.whole == number.hundredths)):  # noqa: PLR2004
        return Token(Tag.REMARK, at, number.end)
    if number.measured:
        return None  # 前蹄俩后蹄俩
    if _CHEERS.fullmatch(text[at : number.end]) and not is_unit(text[number.end : number.end + 1], catalogue):
        return Token(Tag.REMARK, at, number.end)
    if _is_body_weight(text, at, number):
        return Token(Tag.REMARK, at, number.end + 1)
    end = _clock_end(text, number)
    for name in catalogue.lexicon.remark_units:
        if text.startswith(name, end):
            return _unless_goods(at, end + len(name), name, catalogue)
    return Token(Tag.REMARK, at, end) if end > number.end and ":" in text[at:end] else None


def _is_body_weight(text: str, at: int, number: Number) -> bool:
    """我160斤, 体重130斤: what somebody weighs."""
    heavy = number.hundredths is not None and number.hundredths >= _LEAST_BODY * 100
    return heavy and text.startswith("斤", number.end) and text[at - 1 : at] in _BODIES


def _unless_goods(at: int, end: int, name: str, catalogue: Catalogue) -> Token | None:
    return None if sold_by(catalogue, name) else Token(Tag.REMARK, at, end)


def _clock_end(text: str, number: Number) -> int:
    """The end of 7-9 in 7-9点, or of 19:30."""
    end = number.end
    if end + 1 < len(text) and text[end] in ":：-~到" and text[end + 1] in NUMBER_STARTS:
        after = read_number(text, end + 1)
        if after is not None:
            return after.end
    return end


def _quantity(text: str, at: int, number: Number, catalogue: Catalogue) -> Token | None:
    if counts_people(text, number):
        return Token(Tag.REMARK, at, number.end + (text[number.end : number.end + 1] == "个"))
    if number.measured:
        end, unit = measured_unit(text, number, catalogue)
        return Token(Tag.QUANTITY, at, end, Quantity(number.whole, unit))
    if text.startswith("半打", at):
        return Token(Tag.QUANTITY, at, at + 2, Quantity(6, "半打"))
    return _counted(text, at, number, catalogue)


def _counted(text: str, at: int, number: Number, catalogue: Catalogue) -> Token | None:
    """So many of a unit: 两箱; 6个装 and what is beyond all orders are none."""
    found = measure(text, number, catalogue)
    if found is None:
        return None
    end, unit, heard, exact = found
    if text.startswith("装", end):
        return Token(Tag.REMARK, at, end + 1)
    if exact and _is_too_many(number):
        return Token(Tag.REMARK, at, end)
    return Token(Tag.QUANTITY, at, end, Quantity(number.whole if exact else None, unit, "", heard))


def _typed_plus(text: str, at: int, number: Number, catalogue: Catalogue) -> Token | None:
    """十1 is +1 typed in haste."""
    if text[at] != "十" or number.end != at + 1 or not text[at + 1 : at + 2].isdigit():
        return None
    after = read_number(text, at + 1)
    return None if after is None else _signed(text, at, after, catalogue, "+")


def _not_address(token: Token, text: str, before: list[Token]) -> Token:
    """第2份 and 尾号3 count nothing."""
    previous = before[-1] if before else None
    ordinal = previous is not None and text[previous.start : previous.end].endswith(
        ("第", "尾号", "手机", "电话", "初")
    )
    return Token(Tag.REMARK, token.start, token.end) if ordinal and token.tag is not Tag.OFFER else token


_READERS: tuple[Callable[[str, int, Number, Catalogue], Token | None], ...] = (
    _offer_number, _typed_plus, _price, _remark, _quantity,
)  # fmt: skip
