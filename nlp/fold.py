"""Folding: every way of typing the same thing becomes one.

Full-width and circled forms, keycaps and ➕ become plain letters, digits and operators; traditional characters become
simplified ones; letters become small; emoji codes such as `[玫瑰]` and emoji become spaces. `fold` is linear, and
`origins` says for each folded character where it stood, so that evidence can be cut from the comment as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CHARACTERS = 500

_BLANKS = re.compile(r"(?:\[[^\[\]\s]{1,8}\]|@[^\s,，:：。!！?？]{1,20})+")
# What NFKC leaves alone: operators drawn as emoji, dashes, and signs that are typed for one another.
_SIGNS = {
    "➕": "+", "✚": "+", "﹢": "+", "➖": "-", "−": "-", "–": "-", "—": "-", "✖": "x", "×": "x", "✕": "x", "╳": "x",
    "🔟": "10", "→": ">", "➡": ">", "～": "~", "〜": "~", "。": "。", "，": ",", "；": ";", "：": ":", "！": "!", "？": "?",
    "【": " ", "】": " ", "（": "(", "）": ")", "「": " ", "」": " ", "“": " ", "”": " ", "❓": "?", "❔": "?", "❗": "!",
}  # fmt: skip
_DINGBATS = {chr(start + step): str(step + 1) for start in (0x2776, 0x2780, 0x278A) for step in range(10)}
_INVISIBLE = frozenset("\ufe0e\ufe0f\u20e3\u200b\u200c\u200d\u2060\ufeff\u00ad")
_IDEOGRAPHS = range(0x4E00, 0xA000)
# Traditional by the table, but the everyday form where shops write it.
_AS_TYPED = frozenset("著乾餘")


@dataclass(frozen=True, kw_only=True, slots=True)
class Folding:
    """The table of characters whose folded form is another one; built once by `build_folding`."""

    table: Mapping[str, str]

    def fold(self, raw: str) -> str:
        """Fold a text, of which the first 500 characters count; emoji codes and mentions in a row are one space."""
        text = raw[:MAX_CHARACTERS]
        if "[" in text or "@" in text:
            text = _BLANKS.sub(" ", text)
        table = self.table
        return "".join([table[letter] if letter in table else self._fold_letter(letter) for letter in text])

    def origins(self, raw: str) -> list[int]:
        """For each character of `fold(raw)` its place in `raw`, and the end as one more entry."""
        text = raw[:MAX_CHARACTERS]
        places: list[int] = []
        at = 0
        for blank in _BLANKS.finditer(text):
            self._place(text, at, blank.start(), places)
            places.append(blank.start())
            at = blank.end()
        self._place(text, at, len(text), places)
        return [*places, len(text)]

    def _fold_letter(self, letter: str) -> str:
        """A letter that the table lacks; its compatible form may be one that the table has."""
        if letter.isascii():
            return letter.lower()
        return "".join([self.table.get(each, each) for each in _plain(letter)])

    def _place(self, text: str, start: int, end: int, places: list[int]) -> None:
        for place in range(start, end):
            letter = text[place]
            places.extend([place] * len(self.table[letter] if letter in self.table else self._fold_letter(letter)))


def build_folding() -> Folding:
    """Build the folding table from the traditional-to-simplified tables of OpenCC (character by character)."""
    ideographs = [chr(code) for code in _IDEOGRAPHS]
    simplified = opencc.OpenCC("t2s").convert("\n".join(ideographs)).split("\n")
    table = {old: new for old, new in zip(ideographs, simplified, strict=True) if len(new) == 1}
    table |= {letter: letter for letter in _AS_TYPED}
    return Folding(table=MappingProxyType(table))


def _plain(letter: str) -> str:
    if letter in _INVISIBLE:
        return ""
    if letter in _SIGNS:
        return _SIGNS[letter]
    if letter in _DINGBATS:
        return _DINGBATS[letter]
    plain = unicodedata.normalize("NFKC", letter).lower()
    return "".join(_SIGNS.get(each, each) if _is_text(each) else " " for each in plain)


def _is_text(letter: str) -> bool:
    """Whether a character can carry meaning here; pictures, controls and private signs cannot."""
    return letter in _SIGNS or (unicodedata.category(letter)[0] in "LNPSZ" and unicodedata.category(letter) != "So")
