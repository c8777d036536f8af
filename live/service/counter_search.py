"""How somebody at the counter is found: by pickup code, last four digits of the phone, name or number in line.

`live/web/static/pickup/search.js` holds the same rules for the page, which finds without asking.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.service.codes import ALPHABET, LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.service.counter import Customer, Held

SHORTEST = 4
"""So much of a code says whose it is, at a counter of thousands."""

_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_IN_ADDRESS = re.compile(rf"/r/([{ALPHABET}]{{{LENGTH}}})(?:[/?#]|$)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:第|No\.?|#)?\s*([A-Z]{0,2})[\s-]*([0-9]{1,6})\s*[号號]?", re.IGNORECASE)
_TAIL = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What was typed or scanned: `name` in lower case, `start` as codes are written; a whole `code` is nothing else.

    `digits` with their `letter` may be a number in line, without one also the last of a phone.
    """

    name: str
    start: str
    code: str | None
    letter: str
    digits: str | None


def read_query(text: str) -> Query:
    """Read what was typed or scanned: also the address of a viewer's page, "12 号", "a 12", "7k2m-abcd"."""
    address = _IN_ADDRESS.search(text)
    said = unicodedata.normalize("NFKC", address[1] if address else text).strip()
    start = re.sub(r"[\s-]", "", said).upper()
    number = _NUMBER.fullmatch(said)
    return Query(
        name=said.lower(),
        start=start,
        code=start if _CODE.fullmatch(start) else None,
        letter=number[1].upper() if number else "",
        digits=number[2] if number else None,
    )


def find(customers: Iterable[Customer], query: Query) -> list[Customer]:
    """Those who are meant, the surest first: a code or number before a name that only has it in it."""
    if not query.name:
        return list(customers)
    ranked = [(rank, customer) for customer in customers if (rank := _rank(customer, query)) is not None]
    return [customer for _, customer in sorted(ranked, key=lambda each: each[0])]


def _rank(customer: Customer, query: Query) -> int | None:
    ranks = (rank for held in customer.held if (rank := _rank_of(held, query)) is not None)
    return min(ranks, default=None)


def _rank_of(held: Held, query: Query) -> int | None:
    """0 for what belongs to one, 1 for a name that is just so, 2 for a name with it in it."""
    if query.code is not None:
        return 0 if held.pickup_code == query.code else None
    if len(query.start) >= SHORTEST and held.pickup_code.startswith(query.start):
        return 0
    if query.digits is not None and _has(held, query.letter, query.digits):
        return 0
    name = unicodedata.normalize("NFKC", held.viewer.name).lower()
    if query.name not in name:
        return None
    return 1 if name == query.name else 2


def _has(held: Held, letter: str, digits: str) -> bool:
    """A letter is taken for what it says, with or without one on paper; a bare number is that of any room."""
    if letter:
        return held.place.letter == letter and str(held.number) == digits
    return str(held.number) == digits or (len(digits) == _TAIL and held.phone_tail == digits)
