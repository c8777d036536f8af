"""接龙 and price lists as group leaders write them: one line an offer.

1. 土鸡蛋 30枚 39.9元/箱 限100        ①红富士苹果5斤 29.9        【3】五花肉 ¥26.8/斤 限60斤 每人限3
产地：柳树湾                          (a line below an offer says more of it)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from live.goods.found import Found, Unreadable
from live.goods.values import in_yuan, narrow, tidy

if TYPE_CHECKING:
    from live.goods.found import Json

MOST_LINES = 2_000
MOST_CHARACTERS = 500
MOST_TITLE, MOST_FACT, MOST_FACTS = 100, 500, 50
MOST_NUMBER = 999

_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x2776 + n): n + 1 for n in range(10)}
_CHINESE = {letter: n for n, letter in enumerate("一二三四五六七八九十", 1)}
_MARK = re.compile(
    r"\s*(?:(?P<circled>[①-⑳❶-❿])|(?P<keycaps>(?:[0-9]\ufe0f?\u20e3){1,3})"
    r"|[\[(【](?P<boxed>[0-9]{1,3})[\])】]"
    r"|(?P<chinese>[一二三四五六七八九十])、"
    r"|(?P<plain>[0-9]{1,3})\s*(?:号链接|号|[.:)、](?![0-9])|\s(?=\S)))\s*"
)
_SKIP = re.compile(r"\s*(?:[#＃]|例[\s:：.]|示例|接龙|[-=_*~—…\s]*$)")
_UNIT_WORDS = (
    "箱|份|斤|公斤|千克|盒|袋|包|瓶|桶|只|个|条|件|枚|把|捆|筐|板|罐|组|套|提|双|卷|块|kg|克|g|两|扎|串|支|盆|片|张|篮"
)
_UNIT = rf"(?:{_UNIT_WORDS})"
_N = r"[0-9]{1,7}(?:\.[0-9]{1,4})?"
_LIMIT = re.compile(
    rf"(?:每人|每户|每家|单人)?限购\s*([0-9]{{1,6}})\s*{_UNIT}?|(?:每人|每户|每家|单人)(?:最多|限)?\s*([0-9]{{1,6}})\s*{_UNIT}?",
    re.IGNORECASE,
)
_QUOTA = re.compile(rf"(?:限量|限|共|库存|备货|仅剩|仅|总共|数量)\s*:?\s*([0-9]{{1,7}})\s*({_UNIT})?", re.IGNORECASE)
_CASE = re.compile(
    rf"(?:箱规\s*:?\s*([0-9]{{1,5}})(?![0-9.])\s*{_UNIT}?|(?:每|一)[件箱]\s*:?\s*([0-9]{{1,5}})\s*{_UNIT})",
    re.IGNORECASE,
)
_MONEY = (
    re.compile(rf"(?:价格?|售价|团购价|特价|只要)?\s*:?\s*(?P<yuan>{_N})\s*(?:块(?P<dime>[0-9])(?![0-9]|\s*{_UNIT})|元|块钱|块|圆|rmb)(?:\s*(?:/|每|一)\s*(?P<unit>{_UNIT}))?(?P<lot>\s*/?\s*[0-9]{{1,3}}\s*{_UNIT})?", re.IGNORECASE),
    re.compile(rf"(?:价格?|售价|团购价|特价|只要)?\s*:?\s*¥\s*(?P<yuan>{_N})(?:\s*(?:/|每|一)\s*(?P<unit>{_UNIT}))?(?P<lot>\s*/\s*[0-9]{{1,3}}\s*{_UNIT})?", re.IGNORECASE),
    re.compile(rf"(?<![0-9.])(?P<yuan>{_N})\s*/\s*(?P<unit>{_UNIT})(?P<lot>)", re.IGNORECASE),
    re.compile(rf"(?<![0-9.])(?P<yuan>[0-9]{{1,6}}\.[0-9]{{1,2}})(?![0-9]|\s*{_UNIT})(?P<unit>)(?P<lot>)", re.IGNORECASE),
    re.compile(r"(?<![0-9.])(?P<yuan>[0-9]{1,6})(?=\s*$)(?P<unit>)(?P<lot>)", re.IGNORECASE),
)  # fmt: skip
_FACT = re.compile(r"\s*([^\s:：，,。]{1,12})\s*[:：]\s*(\S.*)")
_EDGES = " \t,;:|/-–—·，；：、。.!！~*"


def read_chat(text: str) -> Found:
    """Read a text, line by line.

    Raises:
        Unreadable: not one of its lines has a price.
    """
    found = Found()
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        found.fault(MOST_LINES + 1, None, f"最多 {MOST_LINES} 行，这里有 {len(lines)} 行，后面的没有读")
    numbered = any(_numbered(line) and _priced(line) for line in lines[:MOST_LINES])
    for row, line in enumerate(lines[:MOST_LINES], 1):
        _take(found, row, line[:MOST_CHARACTERS], numbered=numbered)
    if not found.offers:
        raise Unreadable("没找到商品。一行写一个，带上价格，例：1. 土鸡蛋 30枚 39.9元/箱 限100")
    return found


def _numbered(line: str) -> bool:
    return _MARK.match(narrow(line)) is not None


def _priced(line: str) -> bool:
    return any(pattern.search(narrow(line)) for pattern in _MONEY[:4])


def _take(found: Found, row: int, line: str, *, numbered: bool) -> None:
    """An offer of its own, more about the one above, or a word of the list's head."""
    if _SKIP.match(line) or not tidy(line):
        return
    mark = _MARK.match(narrow(line))
    if mark is not None and (rest := line[mark.end() :]):
        found.offers.append((row, _offer(found, row, rest, _number(mark))))
    elif not numbered and _priced(line):
        found.offers.append((row, _offer(found, row, line, None)))
    elif found.offers:
        _say_more(found, row, line)


def _number(mark: re.Match[str]) -> int | None:
    if mark["circled"]:
        return _CIRCLED[mark["circled"]]
    if mark["chinese"]:
        return _CHINESE[mark["chinese"]]
    number = int("".join(letter for letter in mark[mark.lastgroup or 0] if "0" <= letter <= "9"))
    return number if 1 <= number <= MOST_NUMBER else None


def _offer(found: Found, row: int, text: str, number: int | None) -> Json:
    offer: Json = {} if number is None else {"number": number}
    facts: dict[str, str] = {}
    text = _without_facts(tidy(text), facts)
    for field, pattern in (("per_viewer_limit", _LIMIT), ("quota", _QUOTA), ("case_size", _CASE)):
        match = pattern.search(narrow(text))
        if match is not None:
            count = next(int(group) for group in match.groups() if group and group.isdecimal())
            if count > 0:
                offer[field] = min(count, 100_000)
            offer.setdefault("unit", _unit_of(match) or "")
            text = _cut(text, match)
    text = _money(found, row, text, offer)
    title = _EMPTY.sub("", text).strip(_EDGES)
    if not title:
        found.fault(row, "品名", "没有写品名，例：1. 土鸡蛋 30枚 39.9元/箱")
    elif len(title) > MOST_TITLE:
        found.fault(row, "品名", f"最多 {MOST_TITLE} 个字，这里有 {len(title)} 个；多的写到下一行")
    offer["unit"] = offer.get("unit") or "份"
    return offer | {"title": " ".join(title[:MOST_TITLE].split()), "facts": facts}


_EMPTY = re.compile(r"[(（\[【]\s*[)）\]】]")


def _unit_of(match: re.Match[str]) -> str | None:
    """The unit beside the quota (限100箱)."""
    return match[2] if match.re is _QUOTA else None


def _money(found: Found, row: int, text: str, offer: Json) -> str:
    """Take the price out of the line; `10元3斤` is a price for three, which the title then says."""
    match = next((found_ for pattern in _MONEY if (found_ := pattern.search(narrow(text)))), None)
    digits = "" if match is None else match["yuan"] + (f".{match['dime']}" if match.groupdict().get("dime") else "")
    price = in_yuan(digits) if digits.count(".") < len("..") and digits else None
    offer["price"] = price or ""
    if match is None or price is None:
        say = f"“{tidy(text)[:20]}”没有写价格" if match is None else f"“{digits}”不是价格，最多两位小数"
        found.fault(row, "价格", f"{say}，例：39.9元/箱")
        return text
    if match["unit"]:
        offer["unit"] = match["unit"]
    lot = (match["lot"] or "").strip(" /")
    if lot:
        offer["unit"] = "份"
    return _cut(text, match, f" {lot} " if lot else " ")


def _cut(text: str, match: re.Match[str], put: str = " ") -> str:
    return text[: match.start()] + put + text[match.end() :]


def _without_facts(text: str, facts: dict[str, str]) -> str:
    """Parts of a line like `，产地：柳树湾` are facts."""
    kept = []
    for n, part in enumerate(re.split(r"[，,;；|]", text)):
        match = _FACT.fullmatch(part) if n else None
        if match is None or _priced(part) or _QUOTA.search(narrow(part)):
            kept.append(part)
        else:
            facts[match[1]] = match[2]
    return " ".join(kept)


def _say_more(found: Found, row: int, line: str) -> None:
    """A line below an offer: `产地：柳树湾` by its name, any other words as the description."""
    facts = found.offers[-1][1]["facts"]
    match = _FACT.fullmatch(tidy(line))
    name, text = (match[1], match[2]) if match else ("说明", tidy(line))
    text = f"{facts[name]} {text}" if name in facts else text
    if len(text) > MOST_FACT or (name not in facts and len(facts) >= MOST_FACTS):
        found.warn(row, name, f"说明太长：一项最多 {MOST_FACT} 个字，最多 {MOST_FACTS} 项，这一行没有取")
        return
    facts[name] = text
