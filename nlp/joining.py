"""Words that mean something else together: 别 before a verb of taking withdraws, as in 甭给我留了 or 别发."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.tokens import Tag, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Between 别 and its verb: 别再给我留.
_BETWEEN = frozenset({"给", "我", "俺", "咱", "先", "帮", "你", "再", "也", "都", "全", "给我们", " "})
#: 不要, 不用 forbid only so: 不要给我留了.
_TO_ME = ("给我", "给俺", "帮我", "帮俺", "给留")
_LACKING = frozenset({"没有", "没得", "冇有", "木有"})
_NAMES = frozenset({Tag.OFFER, Tag.ABSENT})
#: Without one of these there is nothing to join.
JOINABLE = frozenset({Tag.FORBID, Tag.REFUSE, Tag.NOT, Tag.OFFER, Tag.ABSENT})
_FORBIDDING = frozenset({Tag.FORBID, Tag.REFUSE, Tag.NOT})
_VERBS = frozenset({Tag.TAKE, Tag.SHOP})
#: Verbs that withdraw only so: 别发, 别送.
_SENDING = frozenset("发送寄装秤算")
_ITEMS = frozenset({Tag.OFFER, Tag.VARIANT})
#: 唔使留俾我.
_FOR_ME = frozenset({"给我", "给俺", "给咱", "俾我", "畀我"})
_MOST_FORBIDDEN = 7
_WITHIN_FORBIDDEN = frozenset({Tag.FILLER, Tag.OWN, Tag.LETTER, Tag.AND, Tag.THIS, Tag.THIRD, Tag.ECHO})
#: 特别要 and 个别来 forbid nothing.
_ENDS_IN_IT = frozenset("特分区告级性离差识个")


def joined(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens, with 别 and its verb as one withdrawal; any other 别 is an ordinary letter."""
    tokens = _without_lacking(tokens, text)
    if _FORBIDDING.isdisjoint([token.tag for token in tokens]):
        return list(tokens)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _withdrawal_end(tokens, place, text) if token.tag in _FORBIDDING else place
        kept = _keeping_end(tokens, place, text) if token.tag is Tag.FORBID and end == place else place
        if kept > place:
            found.append(Token(Tag.KEEP, token.start, tokens[kept - 1].end))
            end = kept
        elif end > place:
            found.append(Token(Tag.CANCEL, token.start, tokens[end - 1].end))
        else:
            end = place + 1
            found.append(token._replace(tag=Tag.LETTER) if token.tag is Tag.FORBID else token)
        place = end
    return found


def _without_lacking(tokens: Sequence[Token], text: str) -> Sequence[Token]:
    """没有排骨那五花来三斤: 没有 refuses the goods behind it where an amount of others follows."""
    if not any(word in text for word in _LACKING):
        return tokens
    for place in range(len(tokens) - 3):
        lacking = text[tokens[place].start : tokens[place + 1].end]
        if lacking in _LACKING and tokens[place + 2].tag in _NAMES and _goes_on(tokens[place + 3 :]):
            one = Token(Tag.REFUSE, tokens[place].start, tokens[place + 1].end)
            return [*tokens[:place], one, *tokens[place + 2 :]]
    return tokens


def _goes_on(tokens: Sequence[Token]) -> bool:
    """Whether other goods are counted behind, and nothing asks or hangs on it."""
    tags = [token.tag for token in tokens]
    named = Tag.OFFER in tags and Tag.QUANTITY in tags
    return named and not {Tag.ASKS, Tag.THEN, Tag.CONDITION}.intersection(tags)


def _withdrawal_end(tokens: Sequence[Token], place: int, text: str) -> int:
    """The place behind the verb that 别 forbids; `place` itself where it forbids none."""
    start = tokens[place].start
    if start and text[start - 1] in _ENDS_IN_IT:
        return place
    if tokens[place].tag is not Tag.FORBID and not text.startswith(_TO_ME, tokens[place].end):
        return place
    verb = place + 1
    while verb < len(tokens) and text[tokens[verb].start : tokens[verb].end] in _BETWEEN:
        verb += 1
    if verb >= len(tokens) or not _is_verb(tokens[verb], text):
        return place
    return verb + 1 if _stops(tokens, verb + 1, text) else place


def _keeping_end(tokens: Sequence[Token], place: int, text: str) -> int:
    """莫取消, 别把我的删了, 莫跟别个的搞混了: what is not to be done changes nothing; the place behind it, or `place`."""
    start = tokens[place].start
    if start and text[start - 1] in _ENDS_IN_IT:
        return place
    for ahead in range(place + 1, min(len(tokens), place + _MOST_FORBIDDEN)):
        if tokens[ahead].tag in {Tag.CANCEL, Tag.CORRECTION}:
            return ahead + 1
        if tokens[ahead].tag not in _WITHIN_FORBIDDEN:
            break
    return place


def _is_verb(token: Token, text: str) -> bool:
    return token.tag in _VERBS or text[token.start : token.end] in _SENDING


def _stops(tokens: Sequence[Token], place: int, text: str) -> bool:
    """Whether nothing follows in the clause but goods and soft words: 别拿坏的 withdraws nothing."""
    for token in tokens[place:]:
        if token.tag in {Tag.BREAK, Tag.SPACE}:
            return True
        if token.tag is not Tag.FILLER and token.tag not in _ITEMS and text[token.start : token.end] not in _FOR_ME:
            return False
    return True
