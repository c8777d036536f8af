"""What a question asks for: its goods and its terms, so that like questions are one and a fact can answer them.

甜不甜, 甜吗 and 这个甜么 want the same answer; 几点能提 and 什么时候可以拿货 as well. Pure and cheap: it is called for
questions alone, and the words are those of `config/lexicon/asking.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.askwords import AskWords, Kind, ask_words
from nlp.scan import tokens_of
from nlp.tokens import OfferRef, Quantity, Tag
from nlp.types import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nlp.catalogue import Catalogue
    from nlp.tokens import Token

_OF_GOODS = frozenset({Topic.PRICE, Topic.STOCK, Topic.SPEC, Topic.QUALITY, Topic.USAGE, Topic.PROMOTION})
_EITHER_OR = re.compile(r"(\w)[不没]\1")
#: 几包, 多少个; not 几个人.
_COUNTED = re.compile(r"(?:几|多少)([个只枚颗粒片包袋瓶盒罐根条支卷双串张层件])(?!人|色|月|小时|钱|号)")
_NAMES = frozenset({Tag.OFFER, Tag.VARIANT, Tag.ABSENT})
_COMPARING = re.compile(r"和|跟|与|还是|或|哪个|区别|、")
#: Of 瘦肉丸 in 绍兴瘦肉丸: a longer name of the same thing.
_LEAST_PART = 2
_NEAR = 0.75
_MOST_TERMS = 8
#: Questions of these topics are often about one thing and told apart by chance.
_KINDRED = (
    frozenset({Topic.SPEC, Topic.QUALITY, Topic.USAGE}),
    frozenset({Topic.STOCK, Topic.HOW_TO_ORDER, Topic.SPEC}),
    frozenset({Topic.PICKUP, Topic.DELIVERY, Topic.ORDER_STATUS, Topic.HOW_TO_ORDER}),
    frozenset({Topic.PRICE, Topic.PROMOTION, Topic.DELIVERY}),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """What a question asks for: its topic, the id of the offer it is about (None: of none), and sorted canonical terms."""

    topic: Topic | None
    offer: str | None
    terms: tuple[str, ...]


def asking(text: str, topic: Topic | None, catalogue: Catalogue, pinned: str | None) -> Asking:
    """Read a question; `pinned` is the id of the offer that is shown. Of a longer text the first 500 characters count.

    The offer is the one named by number, name or alias; with none named, and where the topic is about goods, the pinned one.
    """
    folded = _EITHER_OR.sub(r"\1", catalogue.folding.fold(text))
    words = ask_words()
    scanned = _scanned(folded, tokens_of(folded, catalogue), words)
    shown = pinned if topic in _OF_GOODS and pinned in catalogue.offers else None
    offer, names = _offer(folded, scanned, catalogue, shown)
    found = catalogue.offer(offer)
    terms = _terms(scanned) | _amounts(folded, scanned, topic, found.unit if found else None) | names
    terms -= {gone for term in terms for gone in words.absorbs.get(term, ())}
    terms = terms or {term for kind, term in scanned.ways if kind is Kind.WEAK}
    return Asking(topic=topic, offer=offer, terms=tuple(sorted(terms or _whole(folded))[:_MOST_TERMS]))


def alike(one: Asking, other: Asking) -> bool:
    """Whether two questions want the same answer: the same goods, and terms that are the same or nearly so."""
    if one.offer != other.offer:
        return False
    if one.terms == other.terms:
        return bool(one.terms)
    return _kindred(one.topic, other.topic) and _share(one.terms, other.terms) >= _NEAR


def fact_for(asking: Asking, facts: Mapping[str, str]) -> str | None:
    """The key of the fact that answers a question, None where none surely does: 甜 by 糖度, and by 口感 "脆甜"."""
    words = ask_words()
    for key, value in facts.items():
        if value.strip() and asking.terms and _answers(key, value, asking.terms, words):
            return key
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scanned:
    """A question cut into what names goods, what the words know, and the runs of letters that nothing knows."""

    names: tuple[Token, ...]
    ways: tuple[tuple[Kind, str], ...]
    unknown: tuple[str, ...]
    amounts: tuple[Quantity, ...]


def _scanned(text: str, tokens: Sequence[Token], words: AskWords) -> _Scanned:
    held = {token.start: token for token in tokens if token.tag in _NAMES or token.tag is Tag.QUANTITY}
    names: list[Token] = []
    ways: list[tuple[Kind, str]] = []
    unknown: list[str] = []
    amounts: list[Quantity] = []
    at = run = 0
    while at < len(text):
        end, token = _longest(text, at, words), held.get(at)
        if token is not None and token.end >= end:
            if isinstance(token.value, Quantity):
                amounts.append(token.value)
            else:
                names.append(token)
            end = token.end
        elif end > at:
            ways += words.ways[text[at:end]]
        elif text[at].isalnum():
            at += 1
            continue
        if run < at:
            unknown.append(text[run:at])
        at = run = max(end, at + 1)
    if run < at:
        unknown.append(text[run:at])
    return _Scanned(names=tuple(names), ways=tuple(ways), unknown=tuple(unknown), amounts=tuple(amounts))


def _longest(text: str, at: int, words: AskWords) -> int:
    """Where the longest way of asking that begins here ends; `at` itself when none does."""
    for size in range(words.longest.get(text[at], 0), 0, -1):
        if text[at : at + size] in words.ways:
            return min(at + size, len(text))
    return at


def _offer(text: str, scanned: _Scanned, catalogue: Catalogue, pinned: str | None) -> tuple[str | None, set[str]]:
    """The offer that is meant, and terms for names that mean none or several."""
    offers = [token for token in scanned.names if token.tag is Tag.OFFER]
    terms = {name for token in scanned.names if token.tag is Tag.VARIANT for name in _variant(token, catalogue)}
    absent = {text[token.start : token.end] for token in scanned.names if token.tag is Tag.ABSENT}
    if not offers:
        owner = _owner(scanned.names, pinned)
        return owner or (None if absent else pinned), terms | absent
    found = dict.fromkeys(_meant(token, pinned) for token in offers)
    if len(found) > 1 and _COMPARING.search(text):
        return None, terms | absent | {text[token.start : token.end] for token in offers}
    first, *others = offers
    terms |= absent | {
        text[token.start : token.end] for token in others if _meant(token, pinned) != _meant(first, pinned)
    }
    one = _meant(first, pinned)
    return one, terms | ({text[first.start : first.end]} if one is None else set())


def _meant(token: Token, pinned: str | None) -> str | None:
    ids = token.value.ids if isinstance(token.value, OfferRef) else ()
    if len(ids) == 1:
        return ids[0]
    return pinned if pinned in ids else None


def _pairs(token: Token) -> Iterable[tuple[str, str]]:
    return token.value if isinstance(token.value, tuple) and not isinstance(token.value, (OfferRef, Quantity)) else ()


def _owner(names: Iterable[Token], pinned: str | None) -> str | None:
    """The one offer that has the variants named."""
    owners = {offer for token in names if token.tag is Tag.VARIANT for offer, _ in _pairs(token)}
    if len(owners) == 1:
        return owners.pop()
    return pinned if pinned in owners else None


def _variant(token: Token, catalogue: Catalogue) -> set[str]:
    return {
        variant.name
        for offer, id_ in _pairs(token)
        if offer in catalogue.offers
        for variant in catalogue.offers[offer].variants
        if variant.id == id_
    }


def _terms(scanned: _Scanned) -> set[str]:
    by_kind: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for kind, term in scanned.ways:
        by_kind[kind].add(term)
    said = by_kind[Kind.THING] | by_kind[Kind.DOING]
    general = set() if said else by_kind[Kind.GENERAL]
    asked = set() if by_kind[Kind.THING] or general else by_kind[Kind.ASKER]
    return said | general | asked | by_kind[Kind.MARK] | set(scanned.unknown)


def _amounts(text: str, scanned: _Scanned, topic: Topic | None, unit: str | None) -> set[str]:
    """Amounts that are asked for (几包), put forward (2瓶还是3瓶 is 几瓶) or priced (一斤 of what is sold by 袋, 两箱)."""
    counted = {f"几{found}" for found in _COUNTED.findall(text)}
    if counted:
        return counted
    if topic is Topic.SPEC:
        told = any(kind is Kind.THING for kind, _ in scanned.ways)
        return {f"几{each.unit}" for each in scanned.amounts if each.unit and not (told and each.value == 1)}
    several = {f"{amount.value}{amount.unit or ''}" for amount in scanned.amounts if amount.value not in {None, 1}}
    if topic is not Topic.PRICE:
        return several
    return several | {f"每{each.unit}" for each in scanned.amounts if each.value == 1 and each.unit not in {None, unit}}


def _whole(text: str) -> set[str]:
    """What is left of a question of which no word is known: its letters."""
    letters = "".join(letter for letter in text if letter.isalnum())
    return {letters} if letters else set()


def _kindred(one: Topic | None, other: Topic | None) -> bool:
    if one is other or one in {None, Topic.OTHER} or other in {None, Topic.OTHER}:
        return True
    return any(one in group and other in group for group in _KINDRED)


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of terms on both sides that the other side has too, from 0 to 1."""
    total = len(one) + len(other)
    met = sum(_has(term, other) for term in one) + sum(_has(term, one) for term in other)
    return met / total if total else 0.0


def _has(term: str, others: Sequence[str]) -> bool:
    return any(
        term == other or (min(len(term), len(other)) >= _LEAST_PART and (term in other or other in term))
        for other in others
    )


def _answers(key: str, value: str, terms: Sequence[str], words: AskWords) -> bool:
    """Every term is answered by the key, or its value speaks of it; at least one by what the key is about."""
    told = [term for term in terms if _is_told(key, value, term, words)]
    return len(told) == len(terms)


def _is_told(key: str, value: str, term: str, words: AskWords) -> bool:
    if any(stem in key for stem in words.answered_by.get(term, ())):
        return True
    if not any(stem in key for stem in words.speaks_of):
        return False
    return any(way in value for way in (term, *words.spoken.get(term, ())) if len(way) > 0)
