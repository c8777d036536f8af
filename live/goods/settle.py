"""What only the whole list can say: numbers and ids that nobody wrote, those written twice, and how much there is."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from live.goods.found import DEFAULT_QUOTA, MOST_OFFERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from live.goods.found import Found, Json

NUMBER, ID = "编号", "编码"
MOST_NUMBER = 999


def settle(found: Found) -> None:
    """Give every offer a number and an id of its own; tell what is there twice, and what was assumed."""
    _bound(found)
    _tell_twice(found, "number", NUMBER)
    _tell_twice(found, "id", ID)
    _tell_same_title(found)
    _tell_no_quota(found)
    offers = [offer for _, offer in found.offers]
    numbers = _free({offer["number"] for offer in offers if "number" in offer})
    ids = {offer["id"] for offer in offers if "id" in offer}
    for offer in offers:
        if "number" not in offer:
            number = next(numbers)
            offer["number"] = number if number <= MOST_NUMBER else None
        if "id" not in offer:
            offer["id"] = _new_id(ids, offer)
        offer.setdefault("quota", DEFAULT_QUOTA)


def _bound(found: Found) -> None:
    if len(found.offers) > MOST_OFFERS:
        row = found.offers[MOST_OFFERS][0]
        found.fault(row, None, f"一场最多 {MOST_OFFERS} 个商品，这里有 {len(found.offers)} 个，从这一行起没有取")
        del found.offers[MOST_OFFERS:]


def _tell_twice(found: Found, field: str, column: str) -> None:
    first: dict[object, int] = {}
    for row, offer in found.offers:
        value = offer.get(field)
        if value is None:
            continue
        if value in first:
            found.fault(row, column, f"{column} {value} 和第 {first[value]} 行重复了，请改其中一个")
            del offer[field]
        else:
            first[value] = row


def _tell_same_title(found: Found) -> None:
    first: dict[str, int] = {}
    for row, offer in found.offers:
        title = offer["title"]
        if title and first.setdefault(title, row) != row:
            found.warn(row, "品名", f"“{title}”和第 {first[title]} 行同名，观众说名字时分不清")


def _tell_no_quota(found: Found) -> None:
    bare = [(row, offer) for row, offer in found.offers if "quota" not in offer]
    if bare:
        names = "、".join(offer["title"] for _, offer in bare[:3])
        more = f"等 {len(bare)} 个" if len(bare) > 3 else ""  # noqa: PLR2004  # as many as are named
        found.warn(bare[0][0], "限量", f"{names}{more}没有写限量，先按 {DEFAULT_QUOTA}，请核对")


def _free(taken: set[int]) -> Iterator[int]:
    return (number for number in count(1) if number not in taken)


def _new_id(ids: set[str], offer: Json) -> str:
    """An id that is the same when the same list is read again."""
    stem = f"g{offer['number'] or 0}"
    id_ = next(each for n in count() if (each := stem if n == 0 else f"{stem}-{n}") not in ids)
    ids.add(id_)
    return id_
