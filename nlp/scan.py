"""The scanner: a folded comment into tokens, left to right, the longest word first.

Numbers are read with what stands around them (`nlp.amounts`), so that 3号, 3箱, 3点, 3块 and 3.5折 come out as an offer,
a quantity, a remark, money and a remark. Each character is looked at a bounded number of times: no backtracking.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from nlp.amounts import read_amount, read_operator
from nlp.bare import number_first
from nlp.fold import MAX_CHARACTERS
from nlp.joining import JOINABLE, joined
from nlp.numerals import NUMBER_STARTS
from nlp.persons import may_name_persons, with_persons
from nlp.retagging import RETAGGABLE, retagged
from nlp.tokens import OfferRef, Quantity, Tag, Token
from nlp.trie import longest, opens

if TYPE_CHECKING:
    from nlp.catalogue import Catalogue

_BREAKS = frozenset(",，。;；!！?？…\n\r\t()|、:：/~.\"'")
_SIGNS = frozenset("+-x*>=#")
_ASKS = frozenset("?？")
_CALLS = frozenset({Tag.TAKE, Tag.SHOP, Tag.AGAIN, Tag.ADD, Tag.LESS, Tag.SWAP, Tag.SETTLE, Tag.CANCEL})
_POINTERS = frozenset({Tag.OWN, Tag.THIS})
_LEADS = _CALLS | _POINTERS | {Tag.OFFER}
#: 最多能要几箱 asks; 来几箱 orders.
_LIMITS = ("最多", "最少", "能", "可以", "一般", "该", "起")
_LIVELY = NUMBER_STARTS | _SIGNS
#: What a letter behind a verb of taking makes of it, before a number: 帮我弄成3, 给我拿多两袋, 给我拿上几根.
_TURNS = MappingProxyType({"成": Tag.SETTLE, "多": Tag.ADD, "少": Tag.LESS, "上": Tag.TAKE, "起": Tag.TAKE})
_COUNTS = NUMBER_STARTS | {"几"}
_HARD_WORDS = frozenset({Tag.OFFER, Tag.VARIANT})
_SELF = frozenset("我俺")
_TO_SELF = frozenset({Tag.TAKE, Tag.CONCESSION})
_BREAK = Tag.BREAK
#: The letters that begin nothing, by their place: most of what is read.
_LETTERS = tuple(Token(Tag.LETTER, at, at + 1) for at in range(MAX_CHARACTERS))


def tokens_of(text: str, catalogue: Catalogue) -> list[Token]:
    """Read all tokens of a folded text, with what only means something together put together."""
    tokens = scan(text, catalogue)
    tags = {token.tag for token in tokens}
    if Tag.NUMBER in tags:
        tokens = number_first(tokens, catalogue)
    if not tags.isdisjoint(JOINABLE):
        tokens = joined(tokens, text)
    if not tags.isdisjoint(RETAGGABLE):
        tokens = retagged(tokens, text, tags)
    return with_persons(tokens, text) if may_name_persons(tags, text) else tokens


def scan(text: str, catalogue: Catalogue) -> list[Token]:
    """Read all tokens of a folded text; they cover it without gap."""
    tokens: list[Token] = []
    at, size, known = 0, len(text), catalogue.trie
    while at < size:
        letter = text[at]
        # Most letters of most comments begin nothing.
        if tokens and tokens[-1].tag in _LEADS:
            token = _implied_after(text, at, catalogue, tokens) or _next(text, at, catalogue, tokens)
        elif letter in _LIVELY or (letter in known and opens(known[letter], text[at + 1 : at + 2])):
            token = _next(text, at, catalogue, tokens)
        elif letter in _BREAKS or letter.isspace():
            token = _single(text, at)
        else:
            token = _letter(at)
        tokens.append(token)
        at = token.end
    return tokens


def _next(text: str, at: int, catalogue: Catalogue, before: list[Token]) -> Token:
    letter = text[at]
    word = longest(catalogue.trie, text, at)
    if letter in NUMBER_STARTS and not (word and word[1] in _HARD_WORDS and not _is_number(text[at : word[0]])):
        amount = read_amount(text, at, catalogue, before)
        if amount is not None and (word is None or amount.end > word[0]):
            return amount
    if word is not None:
        return _word(text, at, word, catalogue, before)
    if letter in _SIGNS:
        return read_operator(text, at, catalogue)
    return _single(text, at)


def _is_number(word: str) -> bool:
    """A size that is a number (29) is one only where nothing makes it an amount or a price: 29块9."""
    return all(letter in NUMBER_STARTS for letter in word)


def _implied_after(text: str, at: int, catalogue: Catalogue, before: list[Token]) -> Token | None:
    previous = before[-1].tag if before else None
    if previous is Tag.OFFER and text[at + 1 : at + 2] == "半" and text[at] in catalogue.lexicon.goods_units:
        return Token(Tag.QUANTITY, at, at + 2, Quantity(None, text[at]))  # 排骨斤半
    if previous in _CALLS and previous is not Tag.SETTLE:
        return _implied(text, at, catalogue)
    if previous in _POINTERS and text[at] in catalogue.lexicon.goods_units | catalogue.lexicon.own_units:
        word = longest(catalogue.trie, text, at)
        return (
            None
            if (word is not None and word[0] > at + 1) or text[at] in NUMBER_STARTS
            else Token(Tag.THIS, at, at + 1, 1)
        )
    return None


def _implied(text: str, at: int, catalogue: Catalogue) -> Token | None:
    """After a verb, 来桶油 is one 桶; 来点, 来几袋 are inexact."""
    letter, after = text[at], text[at + 1 : at + 2]
    units = catalogue.lexicon.goods_units | catalogue.lexicon.own_units
    if letter == "几" and not any(word in text[:at] for word in _LIMITS) and after in catalogue.lexicon.goods_units:
        return Token(Tag.QUANTITY, at, at + 2, Quantity(None, after))
    word = longest(catalogue.trie, text, at)
    if word is not None and word[0] > at + 1:
        return None
    if letter in "点些":
        return Token(Tag.QUANTITY, at, at + 1, Quantity(None, letter))
    counts = letter in units and not letter.isascii() and letter not in NUMBER_STARTS
    if counts and after in NUMBER_STARTS and "号" not in text[at + 2 : at + 5]:
        named = longest(catalogue.trie, text, at + 1)
        counts = named is not None and named[1] is Tag.OFFER  # 只三黄鸡; but 捆三把韭菜 binds
    return Token(Tag.QUANTITY, at, at + 1, Quantity(1, letter)) if counts else None


def _word(text: str, at: int, word: tuple[int, Tag, object], catalogue: Catalogue, before: list[Token]) -> Token:
    end, tag, value = word
    if tag in _TO_SELF and _opens_relative(text, end, catalogue):
        return Token(Tag.FILLER, at, end - 1)
    if tag is Tag.TAKE and text[end : end + 1] in _TURNS and text[end + 1 : end + 2] in _COUNTS:
        return Token(_TURNS[text[end]], at, end + 1)
    if tag not in _HARD_WORDS:
        return Token(tag, at, end, value)  # type: ignore[arg-type]  # the trie holds what build_catalogue put there
    if end == at + 1 and (_is_cried(text, at) or not _stands_alone(text, at, catalogue, before)):
        return Token(Tag.LETTER, at, end)
    if tag is Tag.OFFER and isinstance(value, OfferRef) and _goes_on(text, end, catalogue):
        return (
            Token(tag, at, end + 1, value)
            if _is_own_head(text[end], value, catalogue)
            else Token(Tag.ABSENT, at, end + 1)
        )
    if tag is Tag.VARIANT and text[end - 1] == "的" and text.startswith("话", end):
        end -= 1  # 不辣的话来两斤
    return Token(tag, at, end, value)  # type: ignore[arg-type]  # the trie holds what build_catalogue put there


def _opens_relative(text: str, end: int, catalogue: Catalogue) -> bool:
    """给我妈来一瓶: 我 belongs to the relative behind it."""
    if text[end - 1] not in _SELF:
        return False
    word = longest(catalogue.trie, text, end - 1)
    return word is not None and word[1] is Tag.KIN


def _is_cried(text: str, at: int) -> bool:
    """肉肉肉: a name of one character three times in a row orders nothing."""
    return text[at] * 3 in text[max(0, at - 2) : at + 3]


def _stands_alone(text: str, at: int, catalogue: Catalogue, before: list[Token]) -> bool:
    """A name of one character counts only between words that are known: 两桶油, not 酸菜."""
    if before and before[-1].tag is Tag.LETTER:
        return False
    after = text[at + 1 : at + 2]
    return not after.isalnum() or after in NUMBER_STARTS or longest(catalogue.trie, text, at + 1) is not None


def _is_own_head(letter: str, ref: OfferRef, catalogue: Catalogue) -> bool:
    """花雕酒 of 花雕, 黄酒: the offer's own kind of goods is no other thing."""
    return any(ref.ids == ids and name.endswith(letter) for name, ids in catalogue.names.items())


def _goes_on(text: str, end: int, catalogue: Catalogue) -> bool:
    """Whether the name goes on into another thing: 火腿丝, 花生酱."""
    return end < len(text) and text[end] in catalogue.lexicon.tails and longest(catalogue.trie, text, end) is None


def _letter(at: int) -> Token:
    return _LETTERS[at] if at < MAX_CHARACTERS else Token(Tag.LETTER, at, at + 1)


def _single(text: str, at: int) -> Token:
    letter = text[at]
    if letter in _BREAKS:
        return Token(_BREAK, at, at + 1, 1 if letter in _ASKS else 0)
    if letter != " " and not letter.isspace():
        return _letter(at)
    end = at + 1
    while end < len(text) and text[end] == " ":
        end += 1
    return Token(Tag.SPACE, at, end)
