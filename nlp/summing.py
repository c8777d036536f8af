"""Sums: 三箱橙子，两箱大果一箱中果 says one amount twice, whole and in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.resolve import Resolved

_FEWEST = 2


def without_parts(orders: Sequence[Resolved]) -> list[Resolved]:
    """The orders without the whole where its parts name variants, or else without the parts (两条，一条杀一条不杀)."""
    if len(orders) < _FEWEST:
        return list(orders)
    whole, *parts = orders
    if sum(len(part.draft.quantities) for part in parts) < _FEWEST:
        return list(orders)
    if not all(_belongs(part, whole) for part in parts) or sum(_count(part) for part in parts) != _count(whole):
        return list(orders)
    return parts if all(part.draft.pairs for part in parts) else [whole]


def are_parts(whole: Sequence[Resolved], dropped: Sequence[Resolved]) -> bool:
    """核桃两袋，一袋炖汤一袋送人: amounts that are no orders and add up to the one order say what it is for."""
    if len(whole) != 1 or any(each.draft.is_named or not _count(each) for each in dropped):
        return False
    return sum(len(each.draft.quantities) for each in dropped) >= _FEWEST and sum(map(_count, dropped)) == _count(
        whole[0]
    )


def _count(order: Resolved) -> int:
    """The amounts of an order together; 0 where one is not known."""
    amounts = [each.value for each in order.draft.quantities]
    return 0 if None in amounts else sum(amount for amount in amounts if amount is not None)


def _belongs(part: Resolved, whole: Resolved) -> bool:
    """Whether a part may be of the whole: it names no other goods, counts, and takes as the whole does."""
    own = part.draft.ids is None or part.draft.ids == whole.draft.ids
    same = {action.offer for action in part.actions} <= {None, *(action.offer for action in whole.actions)}
    return own and same and _count(part) > 0 and part.draft.op is whole.draft.op and not whole.draft.pairs
