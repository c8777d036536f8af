"""接龙 as it is read: a list that people have written into a group chat, line by line, to proposed orders.

Nothing is booked here. A proposal is what the host may send as a `reserve` command, with a key that is the same
whenever the same line is read: a list in a chat is posted again and again, each time with a few lines more, and what was
booked of it before must not be booked twice.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live.service.sign_up_names import split
from live.sources.clean import clean
from nlp.types import Intent, Op, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from live.domain.offer import Offer
    from live.service.sign_up_names import Parts
    from nlp.types import Action, Classification

    Read = Callable[[str], Classification]
    """Reads one order; a line that names no goods is read for those that the list is about."""

KEY = "jielong-"
"""How the `Idempotency-Key` of every proposal begins."""

MOST_LINES = 1_000
MOST_CHARACTERS = 500
MOST_QUANTITY = 100_000
MOST_NAME = 100

_ENTRY = re.compile(r"\s*(\d{1,4})(?:\s*[.．、,，)）:：](?!\d)\s*|\s+)(.*)")
_NO_ENTRY = re.compile(r"\s*(#|＃|例|示例|接龙$)")
_BARE = re.compile(r"[+＋xX×*＊]?\s*[0-9０-９一二两三四五六七八九十百]{1,4}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """One order of one line. `sure`: it reads as plainly as a comment that is booked at once; else `reason` says why not.

    `key` is good for an `Idempotency-Key`; under it only what took effect is answered again, so that a line that was refused
    may be sent once more when the host has made room.
    """

    line: int
    text: str
    name: str
    offer_id: str
    variant_id: str | None
    quantity: int
    sure: bool
    reason: str
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LineFault:
    """A line, or a part of it, that could not be read: which, and what to do."""

    line: int
    text: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SignUps:
    """What a list was read as; `skipped` lines of it are its head."""

    proposals: tuple[Proposal, ...]
    faults: tuple[LineFault, ...]
    skipped: int


@dataclass(frozen=True, kw_only=True, slots=True)
class List:
    """What lines are read against: the session's offers, and the one that a line means which names none."""

    session_id: str
    offers: Mapping[str, Offer]
    offer_id: str | None
    read: Read


def read_sign_ups(text: str, against: List) -> SignUps:
    """Read a whole text; pure but for `against.read`."""
    lines = [clean(line) for line in text.splitlines()]
    skipped, entries, faults = _entries(lines)
    proposals: list[Proposal] = []
    times: Counter[tuple[object, ...]] = Counter()
    for number, rest in entries:
        found = _read_line(number, rest, against)
        faults += [each for each in found if isinstance(each, LineFault)]
        proposals += [_with_key(each, against, times) for each in found if isinstance(each, Proposal)]
    ordered = sorted(faults, key=lambda fault: fault.line)
    return SignUps(proposals=tuple(proposals), faults=tuple(ordered), skipped=skipped)


def _entries(lines: Sequence[str]) -> tuple[int, list[tuple[int, str]], list[LineFault]]:
    """Which lines are entries: how many come before them, the entries with their line numbers, and what is neither.

    Shops number their goods too, so the entries begin where the numbers begin with 1 for the last time. A list
    without any numbers is taken line by line.
    """
    numbered = {place: found for place, line in enumerate(lines) if (found := _ENTRY.fullmatch(line))}
    begins = [place for place, found in numbered.items() if int(found[1]) == 1]
    first = begins[-1] if begins else min(numbered, default=0)
    entries: list[tuple[int, str]] = []
    faults: list[LineFault] = []
    for place, line in enumerate(lines[first:], first):
        if not line or _NO_ENTRY.match(line):
            continue
        if numbered and place not in numbered:
            faults.append(
                LineFault(
                    line=place + 1, text=line, message="这一行没有编号，没有读；要订货请写成“编号. 名字 商品 数量”"
                )
            )
        else:
            entries.append((place + 1, numbered[place][2] if numbered else line))
    return sum(bool(line) for line in lines[:first]), entries, faults


def _read_line(number: int, rest: str, against: List) -> list[Proposal | LineFault]:
    def fault(message: str) -> list[Proposal | LineFault]:
        return [LineFault(line=number, text=rest, message=message)]

    if not rest:
        return []
    if len(rest) > MOST_CHARACTERS:
        return fault(f"这一行太长，最多 {MOST_CHARACTERS} 个字，请分成几行")
    found = split(rest, lambda order: _read(order, against))
    if found is None:
        return fault("没读出要什么；请写成“名字 商品 数量”，例：张三 鸡蛋2箱")
    if not found.name:
        return fault("没有名字；请在前面写上名字")
    if len(found.name) > MOST_NAME:
        return fault(f"名字太长，最多 {MOST_NAME} 个字")
    return [_propose(action, found, against, line=number, text=rest) for action in found.reading.actions]


def _read(order: str, against: List) -> Classification:
    """A bare number counts the goods that the list is about."""
    offer = against.offers.get(against.offer_id or "")
    counted = offer is not None and _BARE.fullmatch(order.strip())
    return against.read(f"{order}{offer.unit}" if offer is not None and counted else order)


def _propose(action: Action, found: Parts, against: List, *, line: int, text: str) -> Proposal | LineFault:
    offer = against.offers.get(action.offer or "")
    message = _trouble(action, offer)
    if message is not None or offer is None or action.quantity is None:
        return LineFault(line=line, text=text, message=message or "")
    sure = found.reading.route is Route.AUTO and found.reading.intent is Intent.BUY
    return Proposal(
        line=line,
        text=text,
        name=found.name,
        offer_id=offer.id,
        variant_id=action.variant,
        quantity=action.quantity,
        sure=sure,
        reason="" if sure else found.reading.reason,
        key="",
    )


def _trouble(action: Action, offer: Offer | None) -> str | None:
    """Why nothing can be proposed of an action; None where something can."""
    if action.op not in (Op.SET, Op.ADD):
        return "读成了取消或减少，请直接在订单里改"
    if offer is None:
        return "没说是哪个商品，请补上商品名或几号"
    if len(offer.variants) > 1 and action.variant is None:
        return f"{offer.title}没说要哪一种，请补上：{'、'.join(variant.name for variant in offer.variants)}"
    if action.quantity is None:
        return f"{offer.title}没读出要几{offer.unit}，请补上"
    if not 0 < action.quantity <= MOST_QUANTITY:
        return f"{offer.title}的数量要在 1 到 {MOST_QUANTITY} 之间"
    return None


def _with_key(proposal: Proposal, against: List, times: Counter[tuple[object, ...]]) -> Proposal:
    """Name an order by who wants what, and the how manyth time in this list; not by its line, for lines move."""
    order = (proposal.name, proposal.offer_id, proposal.variant_id, proposal.quantity)
    times[order] += 1
    text = "\n".join(map(str, (against.session_id, *order, times[order])))
    return replace(proposal, key=f"{KEY}{hashlib.sha256(text.encode()).hexdigest()[:32]}")
