"""Answers to the host's open prompt: 扣1 and the like, poll keys, draw keywords."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.case import Verdict
from nlp.resolve import Doubt
from nlp.tokens import Quantity, Tag
from nlp.types import Action, Intent, Op, PromptMeaning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.catalogue import Catalogue
    from nlp.tokens import Token
    from nlp.types import Prompt

_TYPING_VERBS = (
    "我扣",
    "我打",
    "已扣",
    "扣",
    "打",
    "敲",
    "抠",
    "刷",
    "回",
    "发",
    "选",
    "投",
    "我选",
    "我投",
    "要",
    "叩",
    "肯定选",
    "当然选",
    "必选",
    "支持",
)
_TYPED = "(?:" + "|".join(sorted(_TYPING_VERBS, key=len, reverse=True)) + ")?"
#: Said on coming in, before the answer: 来了来了扣1.
_GREETINGS = ("来了", "来啦", "来咯", "我来了", "刚来")
_NO_REASON = frozenset({
    Tag.ASKS, Tag.CANCEL, Tag.REFUSE, Tag.OFFER, Tag.VARIANT, Tag.NUMBER, Tag.QUANTITY, Tag.MONEY, Tag.BUT, Tag.LATER, Tag.MISS, Tag.PAST,
    Tag.CONDITION, Tag.CONCESSION, Tag.SPAM, Tag.DRAW, Tag.NOT, Tag.KEEP, Tag.CORRECTION, Tag.NEVER_MIND,
})  # fmt: skip
_CALLED = ("我扣", "俺扣", "扣", "我打", "打", "我也扣", "我敲", "敲", "我刷", "刷")
_SOFT = frozenset("也啊呀哈吧呢哦了的啦嘛呗哟我俺!！。.,，、~ 个号")
_MOST_ASIDE = 3
_DIGITS_SPOKEN = {"1": "一", "2": "二", "3": "三", "6": "六", "8": "八", "9": "九"}
_MOST_CLAIMED = 10


def answer(text: str, tokens: Sequence[Token], prompt: Prompt, catalogue: Catalogue) -> Verdict | None:
    """What a folded comment says to the open prompt; None: nothing."""
    return _ANSWERS[prompt.meaning](text, tokens, prompt, catalogue)


def _claim(text: str, tokens: Sequence[Token], prompt: Prompt, catalogue: Catalogue) -> Verdict | None:
    keyword = catalogue.folding.fold(prompt.keyword).strip()
    spoken = _DIGITS_SPOKEN.get(keyword, "")
    if spoken and _is_only(_PIECES.split(text.strip())[0], spoken):
        text = text.replace(spoken, keyword)  # 扣一扣一
    if _is_only(text, keyword):
        return _claimed(prompt, catalogue, 1, is_twice=keyword.isdigit() and text.strip() == 2 * keyword)
    variants = [token for token in tokens if token.tag is Tag.VARIANT]
    if len(variants) == 1:
        return _claimed_variant(text, tokens, variants[0], prompt, catalogue)
    count = _claimed_count(text, tokens, prompt, catalogue)
    rest = _behind(keyword, text, tokens) if count is None else []
    counted = _claimed_count(text, rest, prompt, catalogue) if rest else None
    if counted is not None:
        return _claimed(prompt, catalogue, counted, is_twice=keyword.isdigit())
    count = _taken_once(rest) if rest else count
    count = _said_first(text, tokens, keyword, prompt, catalogue) if count is None else count
    return None if count is None else _claimed(prompt, catalogue, count)


def _behind(keyword: str, text: str, tokens: Sequence[Token]) -> list[Token]:
    """What stands behind the keyword where that is the first clause: 暖 两床, 扣1 晚点去拿, 米！后排也要."""
    led = (
        re.match(rf"(?:{_TYPED}{re.escape(keyword)}\s*)*{_TYPED}{re.escape(keyword)}(?=[\s,，。.!！、(])", text)
        if keyword
        else None
    )
    return [token for token in tokens if token.start >= led.end()] if led else []


def _taken_once(tokens: Sequence[Token]) -> int | None:
    """One, where what stands behind the keyword takes it or says when and where, and nothing else."""
    tags = {token.tag for token in tokens if token.tag is not Tag.LETTER}
    letters = sum(token.tag is Tag.LETTER for token in tokens)
    plain = {Tag.SPACE, Tag.BREAK, Tag.FILLER, Tag.TAKE, Tag.REMARK}
    return 1 if tags & {Tag.TAKE, Tag.REMARK} and tags <= plain and letters <= _MOST_ASIDE else None


def _said_first(text: str, tokens: Sequence[Token], keyword: str, prompt: Prompt, catalogue: Catalogue) -> int | None:
    """我扣2，学生也爱喝; 我也1，放冷柜里: the answer, then a reason that neither asks nor refuses nor names goods."""
    end = next((token.start for token in tokens if token.tag in {Tag.BREAK, Tag.SPACE}), len(text))
    behind = {token.tag for token in tokens if token.start >= end}
    if not behind or not behind.isdisjoint(_NO_REASON):
        return None
    first = text[:end]
    if keyword and _is_only(first, keyword):
        return 1 if text[end] != " " else None  # 1 手慢了
    typed = first.startswith(_CALLED)
    return _claimed_count(first, [token for token in tokens if token.end <= end], prompt, catalogue) if typed else None


def _claimed_variant(
    text: str, tokens: Sequence[Token], said: Token, prompt: Prompt, catalogue: Catalogue
) -> Verdict | None:
    """1大果, 大果扣1, 2大果: the keyword or a count beside a variant of what is claimed."""
    pairs = said.value if isinstance(said.value, tuple) else ()
    own = [pair[1] for pair in pairs if isinstance(pair, tuple) and pair[0] == prompt.ref_id]
    rest = text[: said.start] + " " + text[said.end :]
    if len(own) != 1 or not rest.strip():
        return None
    if _is_only(rest, catalogue.folding.fold(prompt.keyword).strip()):
        return _claimed(prompt, catalogue, 1, variant=own[0])
    count = _claimed_count(text, [token for token in tokens if token is not said], prompt, catalogue)
    return None if count is None else _claimed(prompt, catalogue, count, variant=own[0])


def _claimed(
    prompt: Prompt, catalogue: Catalogue, count: int, *, is_twice: bool = False, variant: str | None = None
) -> Verdict:
    """A claim; 11 may be the keyword twice or eleven."""
    offer = catalogue.offer(prompt.ref_id)
    doubts = {Doubt.VARIANT} if offer and len(offer.variants) > 1 and variant is None else set()
    if prompt.ref_id is None:
        doubts.add(Doubt.OFFER)
    if is_twice:
        doubts.add(Doubt.NUMBER)
    action = Action(op=Op.SET, offer=prompt.ref_id, variant=variant, quantity=count)
    return Verdict(intent=Intent.BUY, actions=(action,), doubts=frozenset(doubts))


def _claimed_count(text: str, tokens: Sequence[Token], prompt: Prompt, catalogue: Catalogue) -> int | None:
    """2, 扣2, 2袋, +2: another small number is that quantity."""
    said = [token for token in tokens if token.tag in {Tag.NUMBER, Tag.QUANTITY}]
    passed = (*_TYPING_VERBS, *_GREETINGS)
    rest = [token for token in tokens if token not in said and text[token.start : token.end] not in passed]
    if len(said) != 1 or any(token.tag not in {Tag.SPACE, Tag.FILLER, Tag.BREAK, Tag.TAKE} for token in rest):
        return None
    value = said[0].value
    offer = catalogue.offer(prompt.ref_id)
    if isinstance(value, Quantity):
        own = (
            value.unit is None or value.unit in catalogue.lexicon.own_units or bool(offer and value.unit == offer.unit)
        )
        value = value.value if own and value.sign != "-" else None
    return value if isinstance(value, int) and 0 < value <= _MOST_CLAIMED else None


def _poll(text: str, tokens: Sequence[Token], prompt: Prompt, catalogue: Catalogue) -> Verdict | None:
    keys = [catalogue.folding.fold(each) for option in prompt.options for each in option]
    bare = _bare(text)
    shaped = len(bare) == 1 and bare.isascii() and bare.isalnum() if not keys else False
    known = any(_is_only(text, key) or bare == key for key in keys)
    if any(piece.startswith(_CASTS) or _picks(piece, keys) for piece in _PIECES.split(text)):
        return Verdict(intent=Intent.VOTE)
    if _leads_with_key(text, keys) and not any(token.tag in _NO_VOTES for token in tokens):
        return Verdict(intent=Intent.VOTE)
    spelled = not keys and _unrepeated(bare) in _POLL_KEYS
    return Verdict(intent=Intent.VOTE) if shaped or known or spelled or _is_only(text, prompt.keyword) else None


def _leads_with_key(text: str, keys: Sequence[str]) -> bool:
    """B吧 蒸着吃香, 2 2 2 红烧的: the key comes first, and then a remark."""
    first = _unrepeated("".join(letter for letter in _PIECES.split(text.strip())[0] if letter not in _ENDINGS))
    return first in keys if keys else first in _POLL_KEYS and bool(first)


def _picks(text: str, keys: Sequence[str]) -> bool:
    """选B 白的不耐脏: the key behind the verb, and then a reason."""
    if not text.startswith(_PICKS):
        return False
    rest = text[1:].lstrip()
    ends = not rest[1:2].isalnum() or not rest[1:2].isascii()
    return rest.startswith(tuple(keys)) if keys else rest[:1] in _POLL_KEYS and bool(rest) and ends


_PIECES = re.compile(r"[\s,，。;；]+")
_ENDINGS = frozenset("啊呀哈吧呢哦了的啦嘛呗哟!！。.~")
#: What makes an answer an order or a question: 2，两箱 · 1? 甜不甜.
_NO_VOTES = frozenset({Tag.OFFER, Tag.QUANTITY, Tag.ASKS, Tag.TAKE, Tag.CANCEL})
_PICKS = ("选", "扣", "打")
_CASTS = ("投", "我投", "我选", "我站", "支持", "我支持", "站")
_POLL_KEYS = frozenset("一二三四五六七八九十123456789abcdefgh")


def _draw(text: str, tokens: Sequence[Token], prompt: Prompt, catalogue: Catalogue) -> Verdict | None:
    keyword = catalogue.folding.fold(prompt.keyword)
    if (
        _is_only(text, keyword)
        or _adds_nothing(_behind(keyword, text, tokens))
        or (set(_bare(text)) <= set("中抽我选要") and _bare(text))
    ):
        return Verdict(intent=Intent.GIVEAWAY)
    return None


def _adds_nothing(tokens: Sequence[Token]) -> bool:
    """锅到福到 冲: something behind the keyword, and no question."""
    return bool(tokens) and not any(token.tag is Tag.ASKS or token.value == 1 for token in tokens)


def _presence(text: str, _tokens: Sequence[Token], prompt: Prompt, catalogue: Catalogue) -> Verdict | None:
    return Verdict(intent=Intent.CHAT) if _is_only(text, catalogue.folding.fold(prompt.keyword)) else None


def _bare(text: str) -> str:
    """The comment without typing verbs and soft words."""
    found = "".join(letter for letter in text if letter not in _SOFT)
    for verb in sorted(_TYPING_VERBS, key=len, reverse=True):
        if len(found) > len(verb):
            found = found.replace(verb, "")
    return found


def _unrepeated(text: str) -> str:
    return text[0] if text and set(text) == {text[0]} else text


def _is_only(text: str, keyword: str) -> bool:
    """Whether a comment is the keyword, once or often, with nothing but soft words around: 扣1, 1111, 福袋福袋."""
    whole = "".join(letter for letter in text if letter not in _SOFT)
    if keyword and not text.replace(keyword, "").strip("".join(_SOFT)):
        return bool(whole) or text.strip() == keyword
    said, wanted = _bare(text), "".join(letter for letter in keyword if letter not in _SOFT) or keyword
    if not wanted:
        return False
    if text.strip() == keyword:
        return True
    return bool(said) and not said.replace(wanted, "")


_ANSWERS: dict[PromptMeaning, Callable[[str, Sequence[Token], Prompt, Catalogue], Verdict | None]] = {
    PromptMeaning.CLAIM: _claim,
    PromptMeaning.POLL: _poll,
    PromptMeaning.GIVEAWAY: _draw,
    PromptMeaning.PRESENCE: _presence,
}
