"""Questions and wishes about what there is: 有荔枝吗, 底料有没有花生, 大的还有吗, 再上点货."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.case import Case, Verdict
from nlp.tokens import Tag
from nlp.types import Intent, Topic

if TYPE_CHECKING:
    from nlp.facts import Clause

#: 有A吗, 卖A么; A还有吗, xx没了吗, xx还上吗.
_ABSENT_ASKED = re.compile(
    r"(?<![xOV])(?:有|卖|买)没?有?A(?:吗|么|没|$)|A有(?:吗|么|没|不)|(?:A|xx)x*(?:还有|没了|没有|还上|有没有|什么时候上|啥时候上)"
)
#: 啥时候上草莓; but 啥时候上链接 and 什么时候上车 are of something else.
_WHEN_COMES = re.compile(
    r"(?:啥时候?|什么时候|何时|几时|多会儿|多咱|么时候|哪天|哈时候)(?:能|会|才|可以)?再?(?:上|出|卖|进)(?:点|些|个)?"
    r"(?!链接|连接|小黄车|购物车|车|播|班|课|线|市|架|优惠|活动|券|福袋|货|新|菜|直播|号|价|门|锅|桌|来|去|的|了)[\u4e00-\u9fff]{2}"
)
_WHEN = re.compile("时候|啥时|何时|几时|多会儿|多咱|哪天")
_CONTENTS_ASKED = re.compile(r"O(?:里|里面|里头|中)?(?:有没有|有|含不含|含|放没放|放|加没加|加)(?:了)?A")
_SIZE_ASKED = re.compile(r"O(?:还)?有没?有?\d+的?(?:吗|x|没|么|$)")
_THERE = ("还有吗", "有吗", "还有没有", "没了吗", "没有了吗", "还有货", "有没有货", "卖完了吗")
_MOST_LETTERS_BESIDE = 3


def asks_when(text: str) -> bool:
    """Whether a comment that holds no other word of the grammar may ask when goods will come."""
    return _WHEN.search(text) is not None


def restocked(case: Case) -> Verdict | None:
    """2号再上点货 wishes; 2号什么时候补货 asks, of goods not on offer it wishes again."""
    facts = case.facts
    if not facts.has(Tag.RESTOCK):
        return None
    named = facts.has(Tag.OFFER, Tag.VARIANT) or not (facts.has(Tag.ABSENT) or facts.letters > 1)
    if any(clause.asks for clause in facts.clauses) and named:
        return Verdict(intent=Intent.QUESTION, topic=Topic.STOCK)
    return Verdict(intent=Intent.WISH)


def asked_for_absent(case: Case) -> Verdict | None:
    """有荔枝吗, 芡实糕还有没有, 啥时候上草莓: asks for goods that the catalogue lacks."""
    if case.facts.has(Tag.OFFER, Tag.VARIANT, Tag.DRAW, Tag.CONCESSION):
        return None
    if any(_WHEN_COMES.search("".join(clause.words)) for clause in case.facts.clauses):
        return Verdict(intent=Intent.WISH)
    if not case.has_offers:
        return None
    asking = [clause for clause in case.facts.clauses if clause.asks]
    wishes = any(_ABSENT_ASKED.search(_outline(clause)) for clause in asking)
    return Verdict(intent=Intent.WISH) if wishes else None


def asked_of_contents(case: Case) -> Verdict | None:
    """底料有没有花生: what is in it; 炒锅有36的不: a size that there is not."""
    if not case.has_offers:
        return None
    for clause in case.facts.clauses:
        if not clause.asks or not clause.has(Tag.OFFER):
            continue
        outline = _outline(clause)
        if _CONTENTS_ASKED.search(outline):
            return Verdict(intent=Intent.QUESTION, topic=Topic.SPEC)
        if not clause.has(Tag.VARIANT) and clause.has(Tag.NUMBER) and _SIZE_ASKED.search(outline):
            return Verdict(intent=Intent.WISH)
    return None


def asked_of_pinned(case: Case) -> Verdict | None:
    """大的还有吗 while something is shown: about that, as nothing else is named."""
    facts = case.facts
    if case.pinned is None or facts.has(Tag.ABSENT, Tag.CONCESSION, Tag.DRAW) or facts.letters > _MOST_LETTERS_BESIDE:
        return None
    asked = any(clause.asks and any(mark in "".join(clause.words) for mark in _THERE) for clause in facts.clauses)
    return Verdict(intent=Intent.QUESTION, topic=Topic.STOCK) if asked else None


def _outline(clause: Clause) -> str:
    """The clause with A for goods not on offer and x for letters that no word covers."""
    pairs = zip(clause.tokens, clause.words, strict=True)
    return "".join(
        "A"
        if token.tag is Tag.ABSENT
        else "O"
        if token.tag is Tag.OFFER
        else "x"
        if token.tag is Tag.LETTER and word not in "有没卖上"
        else word
        for token, word in pairs
    )
