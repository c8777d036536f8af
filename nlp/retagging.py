"""Words that mean something else for what stands beside them: 多 before an amount adds, 留着做果酱 says what for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.tokens import Tag, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

_OPENERS = frozenset({Tag.OFFER, Tag.VARIANT, Tag.FILLER, Tag.SPACE, Tag.BREAK, Tag.AND, Tag.TAKE, Tag.THEN})
_NAMED = frozenset({Tag.OFFER, Tag.VARIANT})
_LOOSE = frozenset("占凑收上喊叫点")
_FORBIDS = frozenset("别莫甭勿休")
_SENT = frozenset({"让我", "叫我", "喊我", "让俺", "叫俺", "喊俺", "让", "叫", "喊"})


def retagged(tokens: Sequence[Token], text: str, tags: AbstractSet[Tag]) -> list[Token]:
    """The tokens, each as what stands beside it makes of it; `tags` are those that occur."""
    found = list(tokens)
    for needed, letters, step in _STEPS:
        if not tags.isdisjoint(needed) and (not letters or not letters.isdisjoint(text)):
            found = step(found, text)
    return found


def _with_kept(tokens: Sequence[Token], text: str) -> list[Token]:
    """可别给我退了: a forbidden taking right before a withdrawal forbids the withdrawal."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        both = before is not None and before.tag is token.tag is Tag.CANCEL and before.end == token.start
        if both and before is not None and text[before.start] in _FORBIDS:
            found[-1] = Token(Tag.KEEP, before.start, token.end)
        else:
            found.append(token)
    return found


def _with_more(tokens: Sequence[Token], text: str) -> list[Token]:
    """7号电池多一板: 多 before an amount, behind goods or at the beginning of a clause, adds."""
    found = list(tokens)
    for place, (token, after) in enumerate(pairwise(tokens)):
        opens = not place or tokens[place - 1].tag in _OPENERS
        if opens and after.tag is Tag.QUANTITY and text[token.start : token.end] == "多":
            found[place] = token._replace(tag=Tag.ADD)
    return found


def _with_loose_verbs(tokens: Sequence[Token], text: str) -> list[Token]:
    """桃酥凑一盒, 我收一箱, 桃酥上一盒: a letter that is often a verb of taking, right before an amount; 主播上两箱 asks for more."""
    found = list(tokens)
    for place, (token, after) in enumerate(pairwise(tokens)):
        before = tokens[place - 1].tag if place else Tag.BREAK
        opens = before in _NAMED if text[token.start] == "上" else before in _OPENERS
        if opens and token.tag is Tag.LETTER and after.tag is Tag.QUANTITY and text[token.start] in _LOOSE:
            found[place] = token._replace(tag=Tag.TAKE)
    return found


def _with_reasons(tokens: Sequence[Token], text: str) -> list[Token]:
    """留着做果酱 says what for, 脚一样大 is no 一样 of goods."""
    found = list(tokens)
    for place, (token, after) in enumerate(pairwise(tokens)):
        word = text[token.start : token.end]
        if (word == "留着" and after.tag in {Tag.LETTER, Tag.REMARK, Tag.TAKE}) or (
            word == "一样" and after.tag is Tag.LETTER
        ):
            found[place] = token._replace(tag=Tag.REMARK)
    return found


def _with_errands(tokens: Sequence[Token], text: str) -> list[Token]:
    """两箱让我老公捎回来: a relative of the writer is sent; what comes home then has not come yet."""
    found = list(tokens)
    sent = False
    for place, (token, after) in enumerate(zip(tokens, (*tokens[1:], None), strict=True)):
        word = text[token.start : token.end]
        if after is not None and after.tag is Tag.KIN and word in _SENT:
            found[place], sent = token._replace(tag=Tag.FILLER), True
        elif sent and token.tag is Tag.PAST and word.endswith(("回来", "过来", "回去")):
            found[place] = token._replace(tag=Tag.REMARK)
    return found


#: What must occur, of tags and, where there are any, of letters; and what is done then.
_STEPS: tuple[tuple[frozenset[Tag], frozenset[str], Callable[[Sequence[Token], str], list[Token]]], ...] = (
    (frozenset({Tag.CANCEL}), frozenset(), _with_kept),
    (frozenset({Tag.QUANTITY}), frozenset("多"), _with_more),
    (frozenset({Tag.QUANTITY}), _LOOSE, _with_loose_verbs),
    (frozenset({Tag.KEEP, Tag.EACH}), frozenset(), _with_reasons),
    (frozenset({Tag.KIN}), frozenset("让叫喊"), _with_errands),
)
#: Without one of these nothing becomes anything else.
RETAGGABLE = frozenset[Tag]().union(*(needed for needed, _, _ in _STEPS))
