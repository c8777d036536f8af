"""What the model sees of a comment: hashed character n-grams of its masked text, and the kinds of words met.

Names become O, variants V, goods that the catalogue lacks A, amounts Q, money M and other numbers 0, so that what is learnt
of 苹果甜吗 holds for every shop. A feature is the CRC-32 of its name, cut to 18 bits: the weights hold no words.
"""

from __future__ import annotations

import re
from operator import add
from typing import TYPE_CHECKING
from zlib import crc32

from nlp.tokens import Tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nlp.tokens import Token
    from nlp.trie import Node

_BITS = (1 << 18) - 1
_LONGEST = 3
_PICTURE = re.compile(r"\[[^\[\]\s]{1,6}\]|[\U0001f300-\U0001faff]")
_EITHER_OR = re.compile(r"(\w{1,3})[不没]\1")
_ASKING = frozenset("吗么呢不没嘛")
_SIGNS = " !,.?~。…、;:)(-"
_MOST_PICTURES = 4
_MOST_CHARACTERS = 120
_MASKS = {
    Tag.OFFER: "O", Tag.VARIANT: "V", Tag.ABSENT: "A", Tag.QUANTITY: "Q", Tag.MONEY: "M", Tag.NUMBER: "0", Tag.SPACE: " ",
}  # fmt: skip
_PLAIN = frozenset({Tag.LETTER, Tag.SPACE, Tag.BREAK, Tag.FILLER, Tag.REMARK})
_TAGS = {tag: f"#{tag}" for tag in Tag if tag not in _PLAIN}


def masked(text: str, tokens: Sequence[Token]) -> str:
    """The text with names and numbers masked, runs of blanks as one."""
    pieces = [_MASKS.get(token.tag) or text[token.start : token.end] for token in tokens]
    return " ".join("".join(pieces).split())[:_MOST_CHARACTERS]


def cue_trie(cues: Mapping[str, Sequence[str]]) -> Node:
    """The cue words as a trie of two levels, by their first three letters: what follows those, and the word's sections.

    The first letters are n-grams that a comment has anyway, so that a cue word costs one look-up.
    """
    sections: dict[str, list[str]] = {}
    for name, words in cues.items():
        for word in words:
            sections.setdefault(word, []).append(f"@{name}")
    root: Node = {}
    for word, names in sections.items():
        root.setdefault(word[:_LONGEST], []).append((word[_LONGEST:], tuple(names)))
    return root


def _grams(line: str) -> set[str]:
    """All runs of one to three letters."""
    pairs = list(map(add, line, line[1:]))
    return {*line, *pairs, *map(add, pairs, line[2:])}


def _cued(line: str, grams: set[str], cues: Node) -> set[str]:
    """@price and the like for every cue word in a line."""
    return {
        name
        for gram in grams
        if gram in cues
        for rest, names in cues[gram]
        if not rest or gram + rest in line
        for name in names
    }


def _asks(core: str, line: str, tags: AbstractSet[Tag]) -> bool:
    """Whether it looks like a question: roughly, and cheaper than the rules tell."""
    return (
        core[-1:] in _ASKING
        or "?" in line
        or Tag.ASKS in tags
        or (("不" in core or "没" in core) and _EITHER_OR.search(core) is not None)
    )


def features(text: str, tokens: Sequence[Token], cues: Node, raw: str, *, has_offers: bool) -> set[int]:
    """The hashed features of a comment, each once; a few for each of its first 120 characters."""
    line = f"^{masked(text, tokens)}$"
    size, core = len(line), line[1:-1].rstrip(_SIGNS)
    names = _grams(line)
    tags = {token.tag for token in tokens}
    asks, cued = _asks(core, line, tags), _cued(line, names, cues)
    mark = "?" if asks else "!"
    names |= cued
    names.update([name + mark for name in cued])
    names.update([_TAGS[tag] for tag in tags if tag in _TAGS])
    names.update([core[-length:] + ">" for length in range(1, min(_LONGEST, len(core)) + 1)])
    if not raw.isalnum():
        names.update(_PICTURE.findall(raw)[:_MOST_PICTURES])
    names.update(("#asks" + mark, "#offers" if has_offers else "#no-offers", f"#size{min(size // 4, 8)}"))
    return {crc32(name) & _BITS for name in map(str.encode, names)}
