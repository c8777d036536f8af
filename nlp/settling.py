"""The intent that orders make together, and each order's final operation in the light of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.numerals import NUMBER_STARTS, read_number
from nlp.resolve import Doubt, Resolved
from nlp.tokens import Tag
from nlp.types import Action, Intent, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.case import Case
    from nlp.facts import Clause

_COUPLES = frozenset({"爹妈", "爸妈", "公婆", "父母", "俺爹妈", "我爸妈", "老两口", "俩娃"})


def any_one(orders: Sequence[Resolved]) -> Resolved:
    """核桃或者红枣来一箱: one of them, which must be asked."""
    latest = orders[-1]
    action = Action(op=Op.SET, offer=None, variant=None, quantity=latest.actions[0].quantity)
    return _replaced(latest, (action,), frozenset({Doubt.SEVERAL}))


def persons(case: Case) -> int:
    """给爹妈一人一袋, 我和张婶各一箱: for how many."""
    if not case.facts.has(Tag.EACH):
        return 1
    counted = max(map(_counted_persons, case.facts.clauses))
    if counted > 1:
        return counted
    pairs = any(word in _COUPLES for clause in case.facts.clauses for word in clause.words)
    with_me = any(
        clause.has(Tag.AND) and clause.has(Tag.KIN, Tag.THIRD, Tag.THIRD_TITLE) and clause.tokens[0].tag is Tag.FILLER
        for clause in case.facts.clauses
    )
    return 2 if pairs or with_me else 1


def _counted_persons(clause: Clause) -> int:
    """俩娃一人一个, 三个孩子每人一双: how many relatives are counted in a clause."""
    pairs = zip(clause.tokens, clause.words, clause.tokens[1:], strict=False)
    said = [word for token, word, after in pairs if token.tag is Tag.REMARK and after.tag is Tag.KIN]
    numbers = [read_number(word, 0) for word in said if word[0] in NUMBER_STARTS]
    return max((number.whole or 1 for number in numbers if number is not None), default=1)


def has_counted_persons(case: Case) -> bool:
    """俩娃一人一个: the writer's own, and told in number; 我和张婶各一箱 is for another's account."""
    return any(_counted_persons(clause) > 1 for clause in case.facts.clauses)


def for_persons(actions: tuple[Action, ...], case: Case) -> tuple[Action, ...]:
    count = persons(case)
    if count == 1 or len(actions) != 1 or actions[0].quantity is None:
        return actions
    only = actions[0]
    return (Action(op=only.op, offer=only.offer, variant=only.variant, quantity=(only.quantity or 1) * count),)


def joint_intent(case: Case, orders: Sequence[Resolved]) -> Intent:
    """What orders make together."""
    if any(each.draft.changed for each in orders) or _is_corrected(case, orders):
        return Intent.CHANGE
    if all(each.draft.refused for each in orders):
        return Intent.CANCEL
    ops = [Op.CANCEL if each.draft.refused else each.draft.op for each in orders]
    if Op.CANCEL in ops:
        return Intent.CANCEL if not is_reduction(orders) else Intent.CHANGE
    return Intent.CHANGE if _alters(case, orders, ops[0], has_reduction=Op.REDUCE in ops) else Intent.BUY


def _alters(case: Case, orders: Sequence[Resolved], first: Op | None, *, has_reduction: bool) -> bool:
    """再加两袋 alters; 苹果一箱，再来两袋核桃 and 刚买了锅，再买鱼 only go on listing."""
    if case.facts.has(Tag.PAST) and all(_is_of_others(each) for each in orders):
        return False
    return has_reduction or first is Op.ADD or any(has_minus(each) for each in orders)


def _is_of_others(each: Resolved) -> bool:
    """刚买蒸锅、再买小黄鱼 names other goods; 刚订完糯米，又要一袋 is of the same."""
    return each.draft.verb is Tag.AGAIN and each.draft.ids is not None and not each.draft.past


def _is_corrected(case: Case, orders: Sequence[Resolved]) -> bool:
    """多写了, 不是两袋，三袋: the order stands corrected."""
    facts = case.facts
    if all(each.draft.op is Op.CANCEL for each in orders) and not (facts.has(Tag.CORRECTION) and is_reduction(orders)):
        return False
    if all(each.draft.revised for each in orders) and not facts.has(Tag.OWN, Tag.PAST):
        return False  # 三盒 哦不对 四盒: nothing was booked before
    if facts.has(Tag.CORRECTION):
        return True
    if facts.has(Tag.ENOUGH) and (facts.has(Tag.NOT) or sum(_is_counting(each) for each in facts.clauses) > 1):
        return True
    return facts.has(Tag.NOT) and facts.has(Tag.OWN)


def _is_counting(clause: Clause) -> bool:
    return clause.has(Tag.QUANTITY, Tag.NUMBER)


def is_reduction(orders: Sequence[Resolved]) -> bool:
    """取消一箱脐橙, 1号退一份: one of several is taken back; 两箱脐橙不要了 is the whole."""
    cancelled = [each for each in orders if each.draft.op is Op.CANCEL]
    return bool(cancelled) and all(_takes_back(each) for each in cancelled)


def _takes_back(each: Resolved) -> bool:
    draft = each.draft
    if not draft.is_counted or not draft.is_named or draft.held is not None:
        return False
    verbs = [start for start, _, role in draft.spans if role == "verb"]
    return not verbs or any(role == "quantity" and start > verbs[0] for start, _, role in draft.spans)


def settle(intent: Intent, orders: Sequence[Resolved], case: Case) -> list[Resolved]:
    """Give each order its final operation in the light of the others."""
    settled: list[Resolved] = []
    corrected = _is_corrected(case, orders) and not any(each.draft.changed for each in orders)
    for place, each in enumerate(orders):
        op = each.draft.op
        if each.draft.refused:
            # 1号不要 2号留着 withdraws the first.
            actions = tuple(
                Action(op=Op.CANCEL, offer=action.offer, variant=action.variant, quantity=None)
                for action in each.actions
            )
            each = _replaced(each, actions, frozenset())  # noqa: PLW2901 - the order as it is meant
        elif intent is Intent.CHANGE and op is Op.CANCEL and _takes_back(each) and not each.draft.changed:
            each = _with_op(each, Op.REDUCE, each.draft.quantities[-1].value)  # noqa: PLW2901 - the order as it is meant
        elif op is Op.ADD and _is_of_others(each) and case.facts.has(Tag.PAST):
            each = _with_op(each, Op.SET, None)  # noqa: PLW2901 - 刚买蒸锅、再买小黄鱼: other goods than those bought
        elif op is Op.ADD and place and intent is Intent.BUY:
            each = _with_op(each, Op.SET, None)  # noqa: PLW2901 - 再 after other goods only lists
        elif (corrected or intent is Intent.CANCEL) and not each.draft.is_counted and op is None:
            each = _unsaid(each)  # noqa: PLW2901 - a corrected order without a count keeps its count
        elif intent is Intent.CHANGE and op is None and has_minus(each):
            each = _with_op(each, Op.REDUCE, None)  # noqa: PLW2901 - 5号-1
        settled.append(each)
    return settled


def _with_op(each: Resolved, op: Op, count: int | None) -> Resolved:
    actions = tuple(
        Action(op=op, offer=action.offer, variant=action.variant, quantity=action.quantity if count is None else count)
        for action in each.actions
    )
    return _replaced(each, actions, each.doubts)


def _unsaid(each: Resolved) -> Resolved:
    actions = tuple(
        Action(op=Op.SET, offer=action.offer, variant=action.variant, quantity=None) for action in each.actions
    )
    return _replaced(each, actions, each.doubts | {Doubt.KEPT})


def _replaced(each: Resolved, actions: tuple[Action, ...], doubts: frozenset[Doubt]) -> Resolved:
    return Resolved(
        draft=each.draft,
        actions=actions,
        doubts=doubts,
        is_other_thing=each.is_other_thing,
        from_pinned=each.from_pinned,
    )


def has_minus(each: Resolved) -> bool:
    """5号-1 takes one off; 4号-2箱 only joins the number to its amount."""
    return any(quantity.sign == "-" and quantity.unit is None for quantity in each.draft.quantities)
