"""What a question asks for: its goods and its terms, so that like questions are one and a fact can answer them.

甜不甜, 甜吗 and 这个甜么 want the same answer; 几点能提 and 什么时候可以拿货 as well. Pure and cheap: it is called for
questions alone, and the words are those of `config/lexicon/asking.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.askscan import Scanned, scanned
from nlp.askwords import AskWords, Kind, ask_words
from nlp.scan import tokens_of
from nlp.tokens import OfferRef, Quantity, Tag
from nlp.types import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nlp.catalogue import Catalogue
    from nlp.tokens import Token

_OF_GOODS = frozenset({Topic.PRICE, Topic.STOCK, Topic.SPEC, Topic.QUALITY, Topic.USAGE, Topic.PROMOTION})
_EITHER_OR = re.compile(r"(\w{1,3})[不没]\1")
#: 几包, 多少个; not 几个人.
_COUNTED = re.compile(r"(?:几|多少)([个只枚颗粒片包袋瓶盒罐根条支卷双串张层件])(?!人|色|月|小时|钱|号)")
_COMPARING = re.compile(r"和|跟|与|还是|或|哪个|区别|、")
#: 梅干菜 and 绍兴梅干菜: a longer name of one thing.
_LEAST_PART = 2
_NEAR = 0.75
_MOST_TERMS = 8
#: The rows that other code names.
_THERE, _WHICH, _LINK, _WHERE, _PLACE = "有货", "哪个", "链接", "哪里", "拍摄地"
#: Questions of these topics are often about one thing and told apart by chance.
_KINDRED = (
    frozenset({Topic.SPEC, Topic.QUALITY, Topic.USAGE}),
    frozenset({Topic.STOCK, Topic.HOW_TO_ORDER, Topic.SPEC}),
    frozenset({Topic.PICKUP, Topic.DELIVERY, Topic.ORDER_STATUS, Topic.HOW_TO_ORDER}),
    frozenset({Topic.PRICE, Topic.PROMOTION, Topic.DELIVERY}),
)


#: What an evening's own figures tell: the rows that must be asked for, and those that may stand beside them.
_TOLD = (
    ("price", frozenset({"价格"}), frozenset[str]()),
    ("stock", frozenset({_THERE}), frozenset[str]()),
    ("cutoff", frozenset({"截单"}), frozenset({"时间", "今天", "明天"})),
    (
        "pickup",
        frozenset({"提货", "门店"}),
        frozenset({"时间", _WHERE, "今天", "明天", "后天", "周末", "周六", "周日", "早上"}),
    ),
    ("how_to_order", frozenset({"下单"}), frozenset({"怎么"})),
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
    found = scanned(folded, tokens_of(folded, catalogue), words)
    shown = pinned if topic in _OF_GOODS and pinned in catalogue.offers else None
    offer, names = _offer(folded, found, catalogue, shown)
    meant = catalogue.offer(offer)
    terms = _terms(found, topic) | _amounts(folded, found, topic, meant.unit if meant else None) | names
    terms = _settled(terms, found, words) or _whole(folded)
    if terms == {_WHICH} and offer is not None:
        terms = {_LINK}
    return Asking(topic=topic, offer=offer, terms=tuple(sorted(terms)[:_MOST_TERMS]))


def alike(one: Asking, other: Asking) -> bool:
    """Whether two questions want the same answer: the same goods, and terms that are the same or nearly so."""
    if one.offer != other.offer:
        return False
    words = ask_words()
    if one.terms == other.terms:
        return bool(one.terms) and (one.topic is other.topic or not words.marks.issuperset(one.terms))
    return _kindred(one.topic, other.topic) and _is_near(one.terms, other.terms, words)


def fact_for(asking: Asking, facts: Mapping[str, str]) -> str | None:
    """The key of the fact that answers a question, None where none surely does: 甜 by 糖度, and by 口感 "脆甜"."""
    words = ask_words()
    # 有肉吗 of what is sold asks what is in it, not whether it is sold.
    terms = [term for term in asking.terms if term != _THERE or asking.topic is Topic.STOCK or len(asking.terms) == 1]
    for key, value in facts.items():
        if value.strip() and terms and all(_is_told(key, value, term, words) for term in terms):
            return key
    return None


def figure_for(asking: Asking) -> str | None:
    """Which of the evening's own figures answers all of a question: `price`, `stock`, `cutoff`, `pickup`, `how_to_order`.

    None where none does: 便宜点吗 is no question after the price, 能代取吗 none after the place.
    """
    asked = frozenset(asking.terms)
    return next((name for name, rows, beside in _TOLD if asked & rows and asked <= rows | beside), None)


def _offer(text: str, found: Scanned, catalogue: Catalogue, pinned: str | None) -> tuple[str | None, set[str]]:
    """The offer that is meant, and terms for names that mean none or several."""
    offers = [token for token in found.names if token.tag is Tag.OFFER]
    terms = {text[token.start : token.end] for token in found.names if token.tag is Tag.ABSENT}
    if not offers:
        owner = _owner(found.names, pinned)
        shown = owner or (None if terms else pinned)
        return shown, terms | _variants(found.names, catalogue)
    terms |= _variants(found.names, catalogue)
    first = _meant(offers[0], pinned)
    others = [token for token in offers[1:] if _meant(token, pinned) != first]
    if others and _COMPARING.search(text):
        return None, terms | {_name(token, text, catalogue) for token in (offers[0], *others)}
    unclear = [offers[0]] if first is None else []
    return first, terms | {_name(token, text, catalogue) for token in (*unclear, *others)}


def _name(token: Token, text: str, catalogue: Catalogue) -> str:
    """One name for an offer however it is called; as written where it may be several."""
    meant = catalogue.offer(_meant(token, None))
    return meant.title if meant else text[token.start : token.end]


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


def _variants(names: Iterable[Token], catalogue: Catalogue) -> set[str]:
    """The names of the variants said: 筋的 is 牛筋丸."""
    pairs = [pair for token in names if token.tag is Tag.VARIANT for pair in _pairs(token)]
    return {
        variant.name
        for offer, id_ in pairs
        if offer in catalogue.offers
        for variant in catalogue.offers[offer].variants
        if variant.id == id_
    }


def _terms(found: Scanned, topic: Topic | None) -> set[str]:
    """The rows that count beside one another, and what nothing knows."""
    rows = found.rows
    said = rows[Kind.THING] | rows[Kind.DOING]
    general = set() if said else rows[Kind.GENERAL]
    asked = set() if rows[Kind.THING] or general else rows[Kind.ASKER]
    there = {_THERE} & rows[Kind.WEAK] if not said and not general and not asked else set()
    if topic is Topic.LIVE and _WHERE in asked:
        asked = asked - {_WHERE} | {_PLACE}
    return said | general | asked | there | rows[Kind.MARK] | found.left()


def _settled(terms: set[str], found: Scanned, words: AskWords) -> set[str]:
    """Without what another row makes superfluous; the weak rows where nothing else is left."""
    gone = {row for term in terms for row in words.absorbs.get(term, ())}
    if found.rows[Kind.THING] or found.rows[Kind.DOING]:
        gone |= {run for _, run in found.unknown if len(run) == 1}
    if not words.swallows.isdisjoint(terms):
        gone |= {run for _, run in found.unknown} | found.rows[Kind.MARK]
    return terms - gone or found.rows[Kind.WEAK]


def _amounts(text: str, found: Scanned, topic: Topic | None, unit: str | None) -> set[str]:
    """Amounts that are asked for (几包), put forward (2瓶还是3瓶 is 几瓶) or priced (一斤 of what is sold by 袋, 两箱)."""
    counted = {f"几{each}" for each in _COUNTED.findall(text)}
    if counted:
        return counted
    if topic is Topic.SPEC:
        told = bool(found.rows[Kind.THING])
        return {f"几{each.unit}" for each in found.amounts if each.unit and not (told and each.value == 1)}
    several = {f"{amount.value}{amount.unit or ''}" for amount in found.amounts if amount.value not in {None, 1}}
    if topic is not Topic.PRICE:
        return several
    return several | {f"每{each.unit}" for each in found.amounts if each.value == 1 and each.unit not in {None, unit}}


def _whole(text: str) -> set[str]:
    """What is left of a question of which no word is known: its letters."""
    letters = "".join(letter for letter in text if letter.isalnum())
    return {letters} if letters else set()


def _kindred(one: Topic | None, other: Topic | None) -> bool:
    if one is other or one in {None, Topic.OTHER} or other in {None, Topic.OTHER}:
        return True
    return any(one in group and other in group for group in _KINDRED)


def _is_near(one: Sequence[str], other: Sequence[str], words: AskWords) -> bool:
    """Nearly all terms are met on the other side, and those that are not are letters that no row knows."""
    lone = [*(term for term in one if not _has(term, other)), *(term for term in other if not _has(term, one))]
    total = len(one) + len(other)
    return total - len(lone) >= _NEAR * total > 0 and not any(term in words.spoken for term in lone)


def _has(term: str, others: Sequence[str]) -> bool:
    return any(
        term == other or (min(len(term), len(other)) >= _LEAST_PART and (term in other or other in term))
        for other in others
    )


def _is_told(key: str, value: str, term: str, words: AskWords) -> bool:
    """Whether a fact tells a term: its key is about it, or a key that describes the goods speaks of it."""
    if any(stem in key for stem in words.answered_by.get(term, ())):
        return True
    if not any(stem in key for stem in words.speaks_of):
        return False
    return any(way in value for way in (term, *words.spoken.get(term, ())))
