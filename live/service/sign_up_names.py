"""Where in a line of a 接龙 the name ends and the order begins: "3栋 张姐 鸡蛋2箱", "张姐鸡蛋2箱", "鸡蛋2箱 张姐"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.types import Classification

_APART = " \t\u3000,，、:：;；|—–"
_BETWEEN = re.compile(f"[{re.escape(_APART)}]+")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_VERBS = frozenset(
    {"要", "我要", "来", "订", "我订", "定", "买", "接", "接龙", "加", "请", "我", "帮我", "预订", "下单"}
)
_LAST_VERB = "要来订定买加"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A line taken apart: who, and what their order was read as."""

    name: str
    reading: Classification


def split(line: str, read: Callable[[str], Classification]) -> Parts | None:
    """Take a line apart; None where no part of it reads as an order.

    The name comes first in most lists, with something between. A first word that is an order by itself is none.
    """
    apart = _BETWEEN.search(line)
    if apart is None or apart.start() == 0 or _orders(read(line[: apart.start()])):
        glued = _glued(line, read)
        if glued is not None and (glued.name or apart is None):
            return glued
    return None if apart is None else _apart(line[: apart.start()], line[apart.end() :], read)


def _apart(first: str, rest: str, read: Callable[[str], Classification]) -> Parts | None:
    """The first word is a name, and so is what else stands before the goods: a house, a second name."""
    reading = read(rest)
    if not _orders(reading):
        return None
    before = [word for word in _BETWEEN.split(_before(rest, reading)) if word and word not in _VERBS]
    return Parts(name=_clean(" ".join([first, *before])), reading=reading)


def _before(rest: str, reading: Classification) -> str:
    """The whole words before the first thing that the order was read from."""
    begin, _ = _span(rest, reading)
    lead = rest[:begin]
    return lead if lead[-1:] in _APART else ""


def _glued(line: str, read: Callable[[str], Classification]) -> Parts | None:
    """Nothing stands between the name and the order: the name ends where the goods begin, or begins where they end."""
    whole = read(line)
    if not _orders(whole):
        return None
    begin, end = _span(line, whole)
    name, order = (line[:begin], line[begin:]) if begin else (line[end:], line[:end])
    reading = read(order)
    if not _orders(reading):
        return None
    return Parts(name=_clean(name.rstrip(_APART).rstrip(_LAST_VERB)), reading=reading)


def _span(text: str, reading: Classification) -> tuple[int, int]:
    """From where to where a text was read."""
    found = [(text.find(e.text), text.rfind(e.text) + len(e.text)) for e in reading.evidence if e.text in text]
    if not found:
        return 0, len(text)
    return min(begin for begin, _ in found), max(end for _, end in found)


def _orders(reading: Classification) -> bool:
    """Whether somebody orders something, or takes it back."""
    return any(
        action.quantity is not None or action.offer is not None or action.op is Op.CANCEL for action in reading.actions
    )


def _clean(name: str) -> str:
    """A name without the phone number behind it, which is nobody's business in a list."""
    return " ".join(_PHONE.sub(" ", name).strip(_APART + "()（）[]【】").split())
