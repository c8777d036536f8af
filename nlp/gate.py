"""The last gate before an order is booked unasked: what of the comment the reading left unread.

Of 283 readings by rules that were not made for their lines (docs/understanding.md) an order was right in 13 of 30 where a letter that no word
covers, money or an amount was left over, and in 242 of 253 where nothing was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.case import letters_around
from nlp.tokens import Tag
from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.case import Case
    from nlp.facts import Clause
    from nlp.resolve import Resolved

#: Of 100 orders read in full, so many are right where the model sees no order at all, and so many more where it sees one.
_CLEAN, _SEEN = 0.82, 0.16
#: Anything left unread takes so much of it.
_LEFT_OVER = 0.5
_PLAIN_SHARE = 0.75
#: A comment of these alone, such as +1 or 两箱, gives the model nothing to go by: it is taken to see an order.
_PLAIN = frozenset({
    Tag.OFFER, Tag.VARIANT, Tag.QUANTITY, Tag.TAKE, Tag.THIS, Tag.AND, Tag.THEN, Tag.NEVER_MIND, Tag.KIN,
    Tag.REMARK, Tag.FILLER, Tag.SPACE, Tag.BREAK,
})  # fmt: skip

#: So does a clause of these that names goods, an amount and what is done with them.
_CLEAR = _PLAIN - {Tag.NEVER_MIND, Tag.KIN} | {
    Tag.SHOP,
    Tag.ADD,
    Tag.LESS,
    Tag.AGAIN,
    Tag.SETTLE,
    Tag.SWAP,
    Tag.CANCEL,
    Tag.OWN,
}


def leaves_over(case: Case, orders: Sequence[Resolved]) -> bool:
    """Whether the reading left something over: letters in the clauses of the orders, money, amounts."""
    read = {start for each in case.orders for start, _, _ in each.draft.spans}
    clauses = case.facts.clauses
    return (
        any(_leaves_letters(each, clauses[each.draft.clause]) for each in orders)
        or any(clause.has(Tag.MONEY) or _leaves_price(clause) for clause in clauses)
        or any(_leaves_amount(clause, read) for clause in clauses)
    )


def _leaves_letters(each: Resolved, clause: Clause) -> bool:
    """十二号唔使留: before, within or behind; but what follows goods and amount says what for (酥梨搬一箱回去熬膏)."""
    inside, behind = letters_around(clause, each.draft.spans)
    return inside > 0 or (behind > 0 and not (each.draft.is_named and each.draft.is_counted))


def _leaves_price(clause: Clause) -> bool:
    """五十九的给我来一箱, where nothing costs that: 的 makes it a name."""
    return clause.has(Tag.NUMBER) and any(
        token.tag is Tag.NUMBER and after == "的"
        for token, after in zip(clause.tokens[:-2], clause.words[1:-1], strict=True)
    )


def _leaves_amount(clause: Clause, read: set[int]) -> bool:
    """两袋 跟那10棵放一起: an amount that belongs to no order."""
    return clause.has(Tag.QUANTITY) and any(
        token.tag is Tag.QUANTITY and token.start not in read for token in clause.tokens
    )


def is_plain(case: Case, orders: Sequence[Resolved]) -> bool:
    """Whether the comment, or the clause of each order, holds nothing but goods, amounts, verbs and soft words.

    老式蛋糕订两盒，老头子就认这味儿: the clause behind gives the reason, which the model takes for talk.
    """
    if case.facts.has(Tag.BUT, Tag.MISS):
        return False  # 核桃来两袋，上次的都坏了
    return case.facts.tags <= _PLAIN or all(_is_clear(each, case.facts.clauses[each.draft.clause]) for each in orders)


def _is_clear(each: Resolved, clause: Clause) -> bool:
    draft = each.draft
    complete = draft.is_named and draft.verb is not None and (draft.is_counted or draft.op is Op.CANCEL)
    end = max((end for _, end, _ in draft.spans), default=0)
    before = {token.tag for token in clause.tokens if token.tag is not Tag.KIN or token.start < end}
    return complete and before <= _CLEAR and not clause.asks and not clause.nods


def booking_confidence(ordering: float, *, left_over: bool, is_plain: bool = False) -> float:
    """The probability that an order without doubts may be booked as it was read; `ordering` is the model's share of orders."""
    ordering = max(ordering, _PLAIN_SHARE) if is_plain else ordering
    return _CLEAN + _SEEN * ordering - (_LEFT_OVER if left_over else 0.0)
