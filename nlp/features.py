"""What the model sees of a comment: hashed character n-grams of its masked text, and the kinds of words met.

Names become O, variants V, goods that the catalogue lacks A, amounts Q, money M and other numbers 0, so that what is learnt
of 苹果甜吗 holds for every shop. A feature is the CRC-32 of its name, cut to 18 bits: the weights hold no words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from nlp.tokens import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.tokens import Token

_BITS = (1 << 18) - 1
_LONGEST = 3
_MOST_CHARACTERS = 120
_MASKS = {
    Tag.OFFER: "O", Tag.VARIANT: "V", Tag.ABSENT: "A", Tag.QUANTITY: "Q", Tag.MONEY: "M", Tag.NUMBER: "0", Tag.SPACE: " ",
}  # fmt: skip
_PLAIN = frozenset({Tag.LETTER, Tag.SPACE, Tag.BREAK, Tag.FILLER, Tag.REMARK})


def masked(text: str, tokens: Sequence[Token]) -> str:
    """The text with names and numbers masked, runs of blanks as one."""
    pieces = [_MASKS.get(token.tag) or text[token.start : token.end] for token in tokens]
    return " ".join("".join(pieces).split())[:_MOST_CHARACTERS]


def features(text: str, tokens: Sequence[Token], *, has_offers: bool) -> list[int]:
    """The hashed features of a comment, each once; at most three for each of its first 120 characters."""
    line = f"^{masked(text, tokens)}$"
    size = len(line)
    names = {line[start : start + length] for length in range(1, _LONGEST + 1) for start in range(size - length + 1)}
    names.update(f"#{token.tag}" for token in tokens if token.tag not in _PLAIN)
    names.add("#offers" if has_offers else "#no-offers")
    names.add(f"#size{min(size // 4, 8)}")
    return sorted({crc32(name.encode()) & _BITS for name in names})
