"""What the model sees of a comment: hashed character n-grams of its masked text, and the kinds of words met.

Names become O, variants V, goods that the catalogue lacks A, amounts Q, money M and other numbers 0, so that what is learnt
of 苹果甜吗 holds for every shop. A feature is the CRC-32 of its name, cut to 18 bits: the weights hold no words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zlib import crc32

from nlp.tokens import Tag
from nlp.trie import Node, build_trie, longest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.tokens import Token

_BITS = (1 << 18) - 1
_LONGEST = 3
_PICTURE = re.compile(r"\[[^\[\]\s]{1,6}\]")
_MOST_PICTURES = 4
_MOST_CHARACTERS = 120
_MASKS = {
    Tag.OFFER: "O", Tag.VARIANT: "V", Tag.ABSENT: "A", Tag.QUANTITY: "Q", Tag.MONEY: "M", Tag.NUMBER: "0", Tag.SPACE: " ",
}  # fmt: skip
_PLAIN = frozenset({Tag.LETTER, Tag.SPACE, Tag.BREAK, Tag.FILLER, Tag.REMARK})


def masked(text: str, tokens: Sequence[Token]) -> str:
    """The text with names and numbers masked, runs of blanks as one."""
    pieces = [_MASKS.get(token.tag) or text[token.start : token.end] for token in tokens]
    return " ".join("".join(pieces).split())[:_MOST_CHARACTERS]


def cue_trie(cues: Mapping[str, Sequence[str]]) -> Node:
    """A trie of the cue words with the sections that they stand in."""
    sections: dict[str, str] = {}
    for name, words in cues.items():
        for word in words:
            sections[word] = f"{sections[word]} {name}" if word in sections else name
    return build_trie((word, Tag.REMARK, names) for word, names in sections.items())


def _cued(line: str, cues: Node) -> set[str]:
    """@price and the like for every cue word in a line."""
    found: set[str] = set()
    for start, letter in enumerate(line):
        word = longest(cues, line, start) if letter in cues else None
        if word is not None and isinstance(word[2], str):
            found.update(f"@{name}" for name in word[2].split())
    return found


def features(text: str, tokens: Sequence[Token], cues: Node, raw: str, *, has_offers: bool) -> list[int]:
    """The hashed features of a comment, each once; at most four for each of its first 120 characters."""
    line = f"^{masked(text, tokens)}$"
    size = len(line)
    names = {line[start : start + length] for length in range(1, _LONGEST + 1) for start in range(size - length + 1)}
    names.update(f"#{token.tag}" for token in tokens if token.tag not in _PLAIN)
    names.update(_cued(line, cues))
    if "[" in raw:
        names.update(_PICTURE.findall(raw)[:_MOST_PICTURES])
    names.add("#offers" if has_offers else "#no-offers")
    names.add(f"#size{min(size // 4, 8)}")
    return sorted({crc32(name.encode()) & _BITS for name in names})
