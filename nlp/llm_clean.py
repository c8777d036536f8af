"""Texts on their way into a prompt: data, and nothing but what can be seen.

Hidden characters, marks that pile up and the signs that templates of models use are taken out; what is left is bounded.
What viewers write is folded as well (`nlp.fold`: look-alikes become one, mentions of names go), and long numbers, which
may be phones, are masked.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.fold import Folding

MAX_COMMENT = 120
MAX_LINE = 200
_MAX_RAW = 2000
_MASK = "某号码"

#: Formats, surrogates, private and unassigned signs, and marks that sit on others.
_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn", "Mn", "Me", "Mc"})
#: Letters and signs by their category, and yet nothing to see: fillers and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_STRUCTURE = str.maketrans(dict.fromkeys("<>{}[]|`\\＜＞｛｝［］｜｀＼〈〉《》", " "))
_MENTION = re.compile(r"@[^\s,，:：。!！?？]{1,20}")
_DIGIT = "[0-9零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]"
#: Six digits and more, however they are set apart; with other signs than blanks, dots and dashes between them seven, for orders have lists.
_LONG_NUMBER = re.compile(
    rf"[a-z_]*{_DIGIT}(?:(?:[ \-.]?{_DIGIT}){{5,}}|(?:(?:[^\w]|_){{0,4}}{_DIGIT}){{6,}})[a-z0-9_]*"
)


def has_unseen(text: str) -> bool:
    """Whether a text holds anything that a reader would not see, line breaks apart."""
    return any((_is_unseen(letter) or unicodedata.category(letter) == "Cc") and letter != "\n" for letter in text)


def seen(text: str) -> str:
    """What can be seen of a text: hidden characters go, controls and line breaks become spaces."""
    kept = (letter for letter in text[:_MAX_RAW] if not _is_unseen(letter))
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in kept)


def _is_unseen(letter: str) -> bool:
    return letter in _BLANK or unicodedata.category(letter) in _UNSEEN


def viewers_text(text: str, folding: Folding, most: int = MAX_COMMENT) -> str:
    """What a viewer wrote, as a prompt may hold it: seen, folded, masked, without signs of structure, bounded."""
    return masked(folding.fold(_plain(text)).translate(_STRUCTURE))[:most]


def masked(text: str) -> str:
    """A text without mentions of names, and with numbers that may be phones masked."""
    bare = " ".join(_MENTION.sub(" ", _plain(text)).split())
    return " ".join(_LONG_NUMBER.sub(_MASK, bare).split())


def _plain(text: str) -> str:
    """Seen, in the plain forms of signs, with single blanks: what is looked for must not hide behind another form of it."""
    return " ".join(seen(unicodedata.normalize("NFKC", text[:_MAX_RAW])).split())


def shops_text(text: str, most: int = MAX_LINE) -> str:
    """What the shop wrote (titles, facts, policies), as a prompt may hold it: as it stands, seen and bounded."""
    return " ".join(seen(unicodedata.normalize("NFKC", text[:_MAX_RAW])).translate(_STRUCTURE).split())[:most]
