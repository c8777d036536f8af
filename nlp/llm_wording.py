"""What a text of a model may not hold: markup, links, ways out of the room, forbidden words, promises that nobody made.

The words are in `config/lexicon/advertising.toml`. A text that holds any of it is thrown away; nothing is mended.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.fold import MAX_CHARACTERS
from nlp.lexicon import LEXICON_FOLDER, LexiconError
from nlp.llm_clean import has_unseen

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.fold import Folding

_LISTS = ("never", "harmless", "only_if_said", "contact")
_MARKUP = re.compile(
    r"[<>`{}\\|#*_]|~~|&[a-z#]|\]\(|!\[|javascript|\bon[a-z]+\s*=|={3,}|-{3,}|[\u2500-\u25ff]", re.IGNORECASE
)
_LINK = re.compile(
    r"://|\bwww\b|https?\b|[a-z0-9][a-z0-9-]*\s*[.。·点]\s*"
    r"(?:com|cn|net|org|top|xyz|vip|shop|cc|io|me|info|site|club|ltd|link|store|app|tv|co)(?![a-z])|(?:\d{1,3}\.){3}\d{1,3}|[\w.]+@[\w.]+",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"[0-9零〇一二三四五六七八九幺](?:[ \-.]?[0-9零〇一二三四五六七八九幺]){6,}|[a-z][a-z0-9_-]{5,}", re.IGNORECASE
)
_GAPS = re.compile(r"[\s,，.。、·\-_/~～!！?？:：;；'\"“”‘’()（）]+")
#: Stands for a harmless word: no gap, so that what is on both sides of it makes no word.
_HOLE = "\0"


class Fault(StrEnum):
    """Why a text is not taken: the first that applies."""

    HIDDEN = "hidden"
    MARKUP = "markup"
    LINK = "link"
    CONTACT = "contact"
    FORBIDDEN = "forbidden"
    UNSAID = "unsaid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What texts rest on, made ready once for all of them by `Wording.ground`."""

    plain: str
    tight: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The lists, folded, and how texts are folded to be compared with them."""

    folding: Folding
    never: tuple[str, ...]
    harmless: tuple[str, ...]
    only_if_said: tuple[str, ...]
    contact: tuple[str, ...]

    def ground(self, said: str) -> Ground:
        """Make ready what texts rest on."""
        return Ground(plain=said.lower(), tight=_GAPS.sub("", self._fold(said)))

    def fault(self, text: str, said: str | Ground) -> Fault | None:
        """Why *text* may not be shown, or None; *said* is what it rests on."""
        plain = unicodedata.normalize("NFKC", text)
        if has_unseen(text):
            return Fault.HIDDEN
        if _MARKUP.search(plain):
            return Fault.MARKUP
        if _LINK.search(plain):
            return Fault.LINK
        return self._worded(plain, said if isinstance(said, Ground) else self.ground(said))

    def _worded(self, plain: str, ground: Ground) -> Fault | None:
        folded = self._fold(plain)
        tight, harmful = _GAPS.sub("", folded), _GAPS.sub("", self._without_harmless(folded))
        if any(word in tight for word in self.contact) or _has_foreign_account(plain, ground):
            return Fault.CONTACT
        if any(word in harmful for word in self.never):
            return Fault.FORBIDDEN
        if any(word in tight and word not in ground.tight for word in self.only_if_said):
            return Fault.UNSAID
        return None

    def _fold(self, text: str) -> str:
        pieces = (text[start : start + MAX_CHARACTERS] for start in range(0, len(text), MAX_CHARACTERS))
        return "".join(self.folding.fold(piece) for piece in pieces)

    def _without_harmless(self, folded: str) -> str:
        """The text before its gaps are closed, for 卖得最多，订的人 holds no harmless 最多订."""
        for word in self.harmless:
            folded = folded.replace(word, _HOLE)
        return folded


def _has_foreign_account(plain: str, ground: Ground) -> bool:
    """Names and numbers of accounts that nobody gave."""
    return any(found[0].lower() not in ground.plain for found in _ACCOUNT.finditer(plain))


def load_wording(folding: Folding, folder: Path = LEXICON_FOLDER) -> Wording:
    """Read the words. Raises `LexiconError` for a file that is not these four lists of words, and `OSError`."""
    path = folder / "advertising.toml"
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not TOML in UTF-8: {error}") from error
    if set(lists) != set(_LISTS) or not all(_are_words(lists[name]) for name in _LISTS):
        raise LexiconError(f"{path}: the lists {' '.join(_LISTS)} are needed, each of words in quotes")
    words = {name: tuple(folding.fold(word) for word in lists[name]) for name in _LISTS}
    return Wording(folding=folding, **words)


def _are_words(listed: object) -> bool:
    return isinstance(listed, list) and all(isinstance(word, str) and word for word in listed)
