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
_FORBIDDING = frozenset({Tag.FORBID, Tag.REFUSE, Tag.NOT})
_VERBS = frozenset({Tag.TAKE, Tag.SHOP})
#: Verbs that withdraw only so: 别发, 别送.
_SENDING = frozenset("发送寄装秤算")
_ITEMS = frozenset({Tag.OFFER, Tag.VARIANT})
#: 特别要 and 个别来 forbid nothing.
_ENDS_IN_IT = frozenset("特分区告级性离差识个")


def joined(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens, with 别 and its verb as one withdrawal; any other 别 is an ordinary letter."""
    if _FORBIDDING.isdisjoint([token.tag for token in tokens]):
        return list(tokens)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _withdrawal_end(tokens, place, text) if token.tag in _FORBIDDING else place
        if end > place:
            found.append(Token(Tag.CANCEL, token.start, tokens[end - 1].end))
        else:
            end = place + 1
            found.append(token._replace(tag=Tag.LETTER) if token.tag is Tag.FORBID else token)
        place = end
    return found


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
    return verb + 1 if _stops(tokens, verb + 1) else place


def _is_verb(token: Token, text: str) -> bool:
    return token.tag in _VERBS or text[token.start : token.end] in _SENDING


def _stops(tokens: Sequence[Token], place: int) -> bool:
    """Whether nothing follows in the clause but goods and soft words: 别拿坏的 withdraws nothing."""
    for token in tokens[place:]:
        if token.tag in {Tag.BREAK, Tag.SPACE}:
            return True
        if token.tag is not Tag.FILLER and token.tag not in _ITEMS:
            return False
    return True
