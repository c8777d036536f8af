"""Whether a comment says a word that was agreed on: the pass-phrase of a draw, an option of a poll by key or label."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CASTS = re.compile(r"^(?:我|俺|来|就|还是|肯定|当然|必须|支持|投票?|选(?:择|项)?|站|扣|打|敲|发|刷|要|想要?|给|个)+")
_ENDS = re.compile(r"[\s啊呀哈吧呢哦了的啦嘛呗哟吼号!！。.~,，、?？]+")


def folded(text: str) -> str:
    """One form for what looks alike: full-width and keycap digits, capitals, spaces at the ends."""
    kept = (
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) not in ("Mn", "Me", "Cf")
    )
    return "".join(kept).casefold().strip()


def says(text: str, keyword: str) -> bool:
    """Whether a comment has a keyword in it: 福 袋, ＡＢＣ, 来了福袋福袋; 1 is in 扣1 and in 111, and not in 11点."""
    pattern = _said(keyword)
    return pattern is not None and pattern.search(folded(text)) is not None


def beside(text: str, keyword: str) -> str:
    """What a comment says beside a keyword; empty where that is nothing that could be read."""
    pattern = _said(keyword)
    rest = folded(text) if pattern is None else pattern.sub(" ", folded(text))
    return rest.strip() if any(letter.isalnum() for letter in rest) else ""


def is_number(keyword: str) -> bool:
    """Whether a keyword is a number: it may be said as a quantity, a price or a time as well."""
    return folded(keyword).isdigit()


def _said(keyword: str) -> re.Pattern[str] | None:
    """The keyword with spaces anywhere; one of Latin letters or digits stands alone, and 6666 says 666."""
    letters = [letter for letter in folded(keyword) if not letter.isspace()]
    if not letters:
        return None
    word = r"\s*".join(map(re.escape, letters))
    if not all(letter.isascii() for letter in letters):
        return re.compile(word)
    often = rf"(?:\s*{re.escape(letters[0])})*" if len({*letters}) == 1 else rf"(?:\s*{word})*"
    return re.compile(rf"(?<![0-9a-z]){word}{often}(?![0-9a-z])")


def chosen(text: str, options: Sequence[tuple[str, str]]) -> str | None:
    """The key of the one option, of (key, label), that a comment names; None where it names none or several."""
    said = folded(text)
    named = _by_label(said, options)
    if named:
        return named[0] if len(named) == 1 else None
    pieces = [piece for piece in _ENDS.split(_CASTS.sub("", said)) if piece]
    keys = [(folded(key), key) for key, _ in options]
    hits = {key for form, key in keys if pieces and _is_only(pieces[0], form)}
    return hits.pop() if len(hits) == 1 else None


def _by_label(said: str, options: Sequence[tuple[str, str]]) -> list[str]:
    """Keys of the labels in a comment; of two that overlap the longer one is meant: 草莓酱 is no 草莓."""
    named = []
    for key, label in sorted(options, key=lambda option: -len(option[1])):
        form = folded(label)
        if form and form in said:
            named.append(key)
            said = said.replace(form, "\0")
    return named


def _is_only(piece: str, form: str) -> bool:
    """Whether a piece is a key, once or often, before a remark that is no further letter or digit."""
    return bool(form) and re.fullmatch(rf"(?:{re.escape(form)})+(?![0-9a-z]).*", piece) is not None
