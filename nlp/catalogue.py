"""The catalogue compiler: from the offers of a session to the names that comments may use for them.

It also finds what a host should hear of when a session is set up: names that fit several offers, and a draw keyword
that is an offer's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from nlp.features import cue_trie
from nlp.fold import Folding, build_folding
from nlp.lexicon import Lexicon, load_lexicon
from nlp.numerals import write_chinese
from nlp.tokens import OfferRef, Tag, Value
from nlp.trie import Node, build_trie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nlp.types import CatalogueOffer, CatalogueVariant

# What a title adds to the name: contents and weight (30 枚, 5 斤装), remarks in brackets.
_CONTENT = re.compile(
    r"[\d.一二两三四五六七八九十百]+\s*[a-z枚斤个包卷罐盒杯瓶升双袋只片条支克公厘米粒块张抽穗串对件根]{1,2}(?!套)装?|\(.*?\)|[\s+*x/]"
)
_COUNTS = re.compile(
    r"(\d+(?:\.\d+)?|[一两三四五六七八九十])\s*([枚斤个包卷罐盒杯瓶升双袋只片条支粒块张克抽穗串对件根])(?!套)"
)
_WITH_ZI = 2
#: 1.8 米, 30 码: a size said by its number alone, 1.8的.
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:米|码|寸|号|厘米|cm|升|l|斤|克|g)$")
_CONTENT_NUMBER = re.compile(r"(?<![\d.])[1-9]\d{0,3}(?![\d.])")
_COLOUR, _COLOURS = 2, frozenset("黑白灰红蓝绿粉黄紫橙棕米")
_MIN_NAME, _MIN_SOUND, _MAX_SOUND = 1, 2, 6
_ANIMALS = "牛羊猪"
_CUTS = (
    "腩",
    "腱",
    "柳",
    "肋",
    "霖",
    "展",
    "里脊",
    "五花",
    "梅花",
    "上脑",
    "眼肉",
    "肉卷",
    "肉片",
    "肉块",
    "前腿",
    "后腿",
)
_K = TypeVar("_K", int, str)


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """The offers of a session, compiled: one trie of their names and of the lexicon, and look-ups by number and price."""

    offers: Mapping[str, CatalogueOffer]
    lexicon: Lexicon
    folding: Folding
    trie: Node
    by_number: Mapping[int, tuple[str, ...]]
    by_price: Mapping[int, tuple[str, ...]]
    contents: Mapping[str, frozenset[str]]
    names: Mapping[str, tuple[str, ...]]
    cues: Node

    def offer(self, id_: str | None) -> CatalogueOffer | None:
        """The offer with this id, if it is in the catalogue."""
        return None if id_ is None else self.offers.get(id_)


def build_catalogue(
    offers: Sequence[CatalogueOffer], lexicon: Lexicon | None = None, folding: Folding | None = None
) -> Catalogue:
    """Compile offers once; do it again when the catalogue changes. Raises what `load_lexicon` raises."""
    words, fold = lexicon or load_lexicon(), folding or build_folding()
    names = _names(offers, fold)
    return Catalogue(
        offers=MappingProxyType({offer.id: offer for offer in offers}),
        lexicon=words,
        folding=fold,
        trie=build_trie(_entries(offers, names, words, fold)),
        by_number=_grouped((offer.number, offer.id) for offer in offers if offer.number is not None),
        by_price=_grouped((offer.price_fen, offer.id) for offer in offers if offer.price_fen is not None),
        contents=MappingProxyType({offer.id: _contents(offer, fold) for offer in offers}),
        names=names,
        cues=cue_trie(words.cues),
    )


def shared_names(offers: Sequence[CatalogueOffer]) -> dict[str, tuple[str, ...]]:
    """Names that more than one offer bears, with the ids of those offers, for the host to mend."""
    return {name: ids for name, ids in _names(offers, build_folding()).items() if len(ids) > 1}


def keyword_clash(keyword: str, offers: Sequence[CatalogueOffer]) -> tuple[str, ...]:
    """Ids of the offers that a draw keyword would name as well; such a keyword is refused."""
    folding = build_folding()
    return _names(offers, folding).get(_compact(folding.fold(keyword)), ())


def _grouped(pairs: Iterable[tuple[_K, str]]) -> Mapping[_K, tuple[str, ...]]:
    found: dict[_K, list[str]] = {}
    for key, id_ in pairs:
        listed = found.setdefault(key, [])
        if id_ not in listed:
            listed.append(id_)
    return MappingProxyType({key: tuple(ids) for key, ids in found.items()})


def _names(offers: Sequence[CatalogueOffer], folding: Folding) -> Mapping[str, tuple[str, ...]]:
    return _grouped((name, offer.id) for offer in offers for name in _own_names(offer, folding))


def _own_names(offer: CatalogueOffer, folding: Folding) -> list[str]:
    title = folding.fold(offer.title)
    core = _CONTENT.sub("", title)
    written = [core, *(_compact(folding.fold(alias)) for alias in offer.aliases)]
    return [name for name in dict.fromkeys(written) if len(name) >= _MIN_NAME]


def _compact(text: str) -> str:
    return "".join(text.split())


def _contents(offer: CatalogueOffer, folding: Folding) -> frozenset[str]:
    """The counts in a title with their measure words: `30枚`, `5斤`."""
    return frozenset(f"{count}{unit}" for count, unit in _COUNTS.findall(folding.fold(offer.title)))


def _entries(
    offers: Sequence[CatalogueOffer], names: Mapping[str, tuple[str, ...]], words: Lexicon, folding: Folding
) -> Iterator[tuple[str, Tag, Value]]:
    """All words, the strongest claim first."""
    yield from _written(names, _variant_names(offers, folding))
    for name, ids in _sound_alikes(names, words).items():
        yield name, Tag.OFFER, OfferRef(ids, "name")
    for word, tag in words.words.items():
        yield word, tag, None
    heads = _head_names(names, words)
    for name, ids in _with_zi(names, words).items():
        yield name, Tag.OFFER, OfferRef(ids, "head")
    for name, ids in (_meats(names) | heads).items():
        yield name, Tag.OFFER, OfferRef(ids, "head")
    for name, ids in _adjectives(names, heads).items():
        yield name, Tag.OFFER, OfferRef(ids, "name")
    for word in words.goods:
        if not any(name.endswith(word) for name in names):
            yield word, Tag.ABSENT, None


def _written(
    names: Mapping[str, tuple[str, ...]], variants: Mapping[str, tuple[tuple[str, str], ...]]
) -> Iterator[tuple[str, Tag, Value]]:
    """The names that the shop has written. What names an offer and a variant of it names the variant: 老豆腐 says more."""
    for name, ids in names.items():
        if not {id_ for id_, _ in variants.get(name, ())}.issuperset(ids):
            yield name, Tag.OFFER, OfferRef(ids, "name")
    for name, pairs in variants.items():
        yield name, Tag.VARIANT, pairs


def _variant_names(offers: Sequence[CatalogueOffer], folding: Folding) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for offer in offers:
        for variant in offer.variants:
            for name in _forms(variant, folding):
                found[name] = (*found.get(name, ()), (offer.id, variant.id))
    return found


def _forms(variant: CatalogueVariant, folding: Folding) -> list[str]:
    """A variant's names, and each with 的 where it is an adjective, so that 大号的 and 大号 are one."""
    names = [
        form for each in (variant.name, *variant.aliases) for form in (folding.fold(each), _compact(folding.fold(each)))
    ]
    names += [size.group(1) + end for name in names if (size := _SIZE.match(name)) for end in _size_ends(name)]
    names += [_CONTENT_NUMBER.sub(_in_chinese, name) for name in names if not name.isdigit()]
    # 黑灰白各两包: a colour alone.
    colours = [name[:-1] for name in names if len(name) == _COLOUR and name.endswith("色") and name[0] in _COLOURS]
    styles = [name[:-1] for name in names if len(name) == _COLOUR and name.endswith("款")]  # 女2男1
    return [name for name in dict.fromkeys([*names, *colours, *styles]) if name]


def _size_ends(name: str) -> tuple[str, ...]:
    """What makes a size of its number: 28的, and of a bed 1.8床的."""
    return ("的", "床的", "的床") if name.endswith("米") else ("的",)


def _in_chinese(digits: re.Match[str]) -> str:
    """30 码 said as 三十码."""
    return write_chinese(int(digits.group()))


def _sound_alikes(names: Mapping[str, tuple[str, ...]], words: Lexicon) -> dict[str, tuple[str, ...]]:
    """Names with one character typed as another of its sound, unless that makes a name or a word of its own."""
    found: dict[str, tuple[str, ...]] = {}
    for name, ids in names.items():
        if not _MIN_SOUND <= len(name) <= _MAX_SOUND:
            continue
        for place, letter in enumerate(name):
            for other in words.sounds.get(letter, ""):
                heard = name[:place] + other + name[place + 1 :]
                if heard not in names and heard not in words.words:
                    found.setdefault(heard, ids)
    return found


def _head_names(names: Mapping[str, tuple[str, ...]], words: Lexicon) -> dict[str, tuple[str, ...]]:
    """Generic names (油, 苹果) with the offers whose names end, or for 腊味 and the like begin, with them."""
    ends = (name[-size:] for name in names for size in range(2, min(len(name), 5)))
    plain = (end for end in ends if not any(letter.isascii() for letter in end))
    found: dict[str, tuple[str, ...]] = {}
    for head in dict.fromkeys((*words.heads, *plain)):
        ids = [
            id_ for name, owners in names.items() if name != head and _heads(head, name, words.apart) for id_ in owners
        ]
        if ids and head not in names:
            found[head] = tuple(dict.fromkeys(ids))
    return found


def _meats(names: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """牛肉 where 牛腩 and 牛腱 are sold: what is cut from an animal is its meat."""
    found: dict[str, tuple[str, ...]] = {}
    for animal in _ANIMALS:
        cuts = tuple(animal + cut for cut in _CUTS)
        ids = [id_ for name, owners in names.items() if any(cut in name for cut in cuts) for id_ in owners]
        if ids and f"{animal}肉" not in names:
            found[f"{animal}肉"] = tuple(dict.fromkeys(ids))
    return found


def _with_zi(names: Mapping[str, tuple[str, ...]], words: Lexicon) -> dict[str, tuple[str, ...]]:
    """袜子 for 棉袜 and 船袜, 裤子 for 卫裤: 子 makes a word of the character that the names end with."""
    found: dict[str, tuple[str, ...]] = {}
    for word in (*words.goods, *words.heads):
        if len(word) == _WITH_ZI and word.endswith("子") and word not in names:
            ids = [id_ for name, owners in names.items() if name.endswith(word[0]) for id_ in owners]
            if ids:
                found[word] = tuple(dict.fromkeys(ids))
    return found


def _adjectives(
    names: Mapping[str, tuple[str, ...]], heads: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """菜籽的 for 菜籽油, 土的 for 土鸡蛋: what tells one of several alike from the others."""
    found: dict[str, tuple[str, ...]] = {}
    bearers = {**heads, **names}
    for name, ids in names.items():
        for size in range(1, len(name)):
            head = name[-size:]
            alike = {id_ for other, owners in names.items() if other.endswith(head) for id_ in owners}
            if head in bearers and len(alike) > 1:
                found[name[:-size] + "的"] = ids
    return found


def _heads(head: str, name: str, apart: tuple[str, ...]) -> bool:
    if name.endswith(head):
        return len(head) > 1 or not name.endswith(apart)
    return head.endswith("味") and name.startswith(head[:-1])
