"""Orders that hang on something: questions, requests and conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.case import Case, Verdict
from nlp.resolve import Doubt, Resolved
from nlp.tokens import Tag
from nlp.types import Intent, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.facts import Clause, Facts

_HOW_TO_ORDER = (
    "咋下单",
    "怎么下单",
    "怎么拍",
    "咋拍",
    "怎么买",
    "咋买",
    "怎么订",
    "有没有",
    "有木有",
    "在吗",
    "请问",
    "请问一下",
    "想问",
    "多少钱",
    "问一下",
    "问下",
    "问一哈",
)
#: Asks only whether the order was heard.
_RECEIVED = re.compile(
    r"(?:你|老板|主播)?(?:收到|听到|听见|看到|看见|瞧见|瞅见|瞅到|瞧到|看着|收着|记上|记好|记下|记|登上|登记上|留上)了?(?:没有|没|吗|么|不)[啊呀哈]?"
)
_REQUESTS = ("给我", "给俺", "帮我", "帮俺", "留", "帮", "记", "捎", "订", "畀我")
#: What may be there or not.
_GOODS = frozenset({Tag.OFFER, Tag.VARIANT, Tag.ABSENT, Tag.NUMBER})
_ABLE = ("能", "可以", "可不可以", "能不能", "可否", "能否")


def questioned(case: Case, orders: Sequence[Resolved]) -> Verdict | frozenset[Doubt] | None:
    """An order that asks: a request, a nod, a question beside it, or no order but a question."""
    facts = case.facts
    asking = [place for place, clause in enumerate(facts.clauses) if clause.asks]
    if not asking or _is_answered(facts, orders, asking):
        return frozenset({Doubt.ASKED}) if _only_nods(case, orders) else None
    places = {each.draft.clause for each in orders}
    if all(place < min(places) for place in asking):
        words = [word for place in asking for word in facts.clauses[place].words]
        counted = all(each.draft.is_counted for each in orders)
        return frozenset({Doubt.ASKED}) if counted and any(word in _HOW_TO_ORDER for word in words) else _question()
    if _takes_anyway(facts, asking[-1]):
        return frozenset({Doubt.ASKED})
    behind = all(place > max(places) for place in asking)
    if behind and all(_RECEIVED.fullmatch("".join(facts.clauses[place].words)) for place in asking):
        return frozenset({Doubt.ASKED})  # 核桃两袋 收到没
    if all(_is_request(facts.clauses[place], orders, place) for place in asking):
        return frozenset({Doubt.ASKED})
    return _question()


def _is_answered(facts: Facts, orders: Sequence[Resolved], asking: Sequence[int]) -> bool:
    """拎点啥呢，就蛋卷三桶吧: the writer answers the question of their own."""
    first = min(each.draft.clause for each in orders)
    opens = facts.clauses[first].words[:1] == ("就",) and all(each.draft.is_counted for each in orders)
    return opens and all(place < first and facts.clauses[place].words[-1:] == ("呢",) for place in asking)


def _takes_anyway(facts: Facts, place: int) -> bool:
    """一百二十把挂面有没有，我全要: the clause after the question takes it."""
    return any(
        clause.has(Tag.TAKE, Tag.ALL) and not clause.asks and not clause.letters
        for clause in facts.clauses[place + 1 :]
    )


def _question() -> Verdict:
    return Verdict(intent=Intent.QUESTION, is_firm=False)


def _only_nods(case: Case, orders: Sequence[Resolved]) -> bool:
    """取消一下行不, 来两箱行吗 and 两袋 四十行不 are acts; 49.9一箱是吧 来一箱 asks before it orders."""
    places = {each.draft.clause for each in orders}
    return any(
        clause.nods and (place in places or (place > max(places) and _offers_price(clause)))
        for place, clause in enumerate(case.facts.clauses)
    )


def _offers_price(clause: Clause) -> bool:
    """四十行不 bargains; 42块8是吧 only makes sure."""
    return clause.has(Tag.NUMBER, Tag.MONEY) and not any(word.startswith(("是", "对")) for word in clause.words)


def _is_request(clause: Clause, orders: Sequence[Resolved], place: int) -> bool:
    """能给俺留二斤五花不: asks the host to do the writer's own order."""
    here = [each for each in orders if each.draft.clause == place]
    asked_of = any(word.startswith(_REQUESTS) and word != "订单" for word in clause.words)
    able = any(
        token.start == clause.tokens[0].start or word in _ABLE
        for token, word in zip(clause.tokens, clause.words, strict=True)
        if word in _ABLE
    )
    return (
        bool(here) and asked_of and able and all(each.draft.is_counted or each.draft.op is Op.CANCEL for each in here)
    )


def conditional(case: Case, orders: Sequence[Resolved]) -> Verdict | frozenset[Doubt] | None:
    facts = case.facts
    clauses = [facts.clauses[each.draft.clause] for each in orders]
    if all(clause.has(Tag.LATER) for clause in clauses) and not facts.has(Tag.CANCEL):
        return Verdict(intent=Intent.CHAT)
    hanging = [clause for clause in clauses if _hangs(clause)]
    if any(_if_there(clause) for clause in facts.clauses):
        return frozenset({Doubt.CONDITION})
    if not hanging and not any(clause.has(Tag.CONDITION) and not clause.has(Tag.LATER) for clause in facts.clauses):
        return None
    if any(clause.has(Tag.KIN, Tag.THIRD) for clause in hanging):
        return Verdict(intent=Intent.CHAT, is_firm=False)
    return frozenset({Doubt.CONDITION})


def _if_there(clause: Clause) -> bool:
    """有42的来一双: if there is one."""
    pairs = [
        (token, word) for token, word in zip(clause.tokens, clause.words, strict=True) if token.tag is not Tag.FILLER
    ]
    return len(pairs) > 1 and pairs[0][1] == "有" and pairs[1][0].tag in _GOODS


def _hangs(clause: Clause) -> bool:
    """甜就来两箱: something not understood, or somebody, before 就 and the verb."""
    then = next((place for place, token in enumerate(clause.tokens) if token.tag is Tag.THEN), None)
    if then is None or not any(token.tag in {Tag.TAKE, Tag.SHOP, Tag.AGAIN} for token in clause.tokens[then:]):
        return False
    return any(token.tag in {Tag.LETTER, Tag.KIN, Tag.THIRD, Tag.VARIANT} for token in clause.tokens[:then])
