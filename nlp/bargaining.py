"""Concessions that are asked for: 包邮就来两箱, 128再让让, 买三盒搭一盒成不."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.case import Case, Verdict
from nlp.tokens import Tag
from nlp.types import Intent, Topic

if TYPE_CHECKING:
    from nlp.facts import Clause
    from nlp.tokens import Token

_GIVES = ("搭", "送", "赠", "饶", "搭上", "饶上")
_CARRIED = frozenset({"能送到", "送到家", "送到村", "送上门", "送货上门", "能送货", "包送"})
_DISCOUNTS = ("让", "零", "低价", "友情价", "实在价", "批发价", "便宜", "少", "降", "减", "打折", "抹零")
#: Ask for a better price by themselves.
_HAGGLES = frozenset({
    "让让", "再让让", "让点", "再让", "再让点", "让一点", "让利", "让个价", "让个零头", "抹个零", "去零头", "去个零头", "去掉零头", "给个优惠",
    "给个友情价", "给个实在价", "给个最低价", "给个批发价", "抹零", "便宜点", "便宜些", "优惠点", "优惠些", "算便宜", "算便宜点", "再便宜",
})  # fmt: skip


def conceded(case: Case) -> Verdict | None:
    """包邮就来两箱, 便宜5块我就来三袋: a question about the price or the promotion."""
    facts = case.facts
    if case.orders and any(_asks_for_gift(clause) for clause in facts.clauses):
        return Verdict(intent=Intent.QUESTION, topic=Topic.PROMOTION)
    if not case.orders or not facts.has(Tag.CONCESSION, Tag.LESS):
        return None
    bargains = any(_bargains(clause) for clause in facts.clauses)
    if not (bargains or facts.has(Tag.CONCESSION)):
        return None
    asks = any(clause.asks for clause in facts.clauses)
    if not (asks or bargains or facts.has(Tag.CONDITION, Tag.THEN)):
        return None
    words = [
        word
        for clause in facts.clauses
        for token, word in zip(clause.tokens, clause.words, strict=True)
        if token.tag in {Tag.CONCESSION, Tag.LESS}
    ]
    cheaper = any(mark in word for word in words for mark in _DISCOUNTS)
    if any(word in _CARRIED for word in words):
        return Verdict(intent=Intent.QUESTION, topic=Topic.DELIVERY)
    return Verdict(intent=Intent.QUESTION, topic=Topic.PRICE if cheaper else Topic.PROMOTION)


def _asks_for_gift(clause: Clause) -> bool:
    """买三盒搭一盒成不: so many for nothing with so many."""
    pairs = list(zip(clause.words, clause.tokens[1:], strict=False))
    given = next((place for place, (word, after) in enumerate(pairs) if _is_given(word, after)), None)
    taken = given is not None and any(token.tag is Tag.QUANTITY for token in clause.tokens[:given])
    return taken and (clause.asks or clause.nods)


def _is_given(word: str, after: Token) -> bool:
    return word.endswith(_GIVES) and after.tag is Tag.QUANTITY


def _bargains(clause: Clause) -> bool:
    """再便宜两块我拿三箱, 少十块来四罐, 128再让让 我拿两瓶: less is asked for."""
    pairs = zip(clause.tokens, clause.words, clause.tokens[1:], strict=False)
    following = (*clause.words[1:], "")
    haggles = any(word in _HAGGLES and after != "的" for word, after in zip(clause.words, following, strict=False))
    return haggles or any(
        token.tag in {Tag.CONCESSION, Tag.LESS} and after.tag is Tag.MONEY and any(mark in word for mark in _DISCOUNTS)
        for token, word, after in pairs
    )
