"""The word lists under `config/lexicon/`: plain TOML that a host can read and add to (`local.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import config
from nlp.tokens import Tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEXICON_FOLDER = Path(config.__file__).parent / "lexicon"
_LOCAL = "local.toml"
#: How 了 ends a word elsewhere.
_ENDINGS = "啦咯喽咧嘞噜唻"
_ENDED_ALIKE = frozenset({
    Tag.CANCEL, Tag.SLIP, Tag.CORRECTION, Tag.PAST, Tag.KEEP, Tag.ENOUGH, Tag.NEVER_MIND, Tag.MISS, Tag.BUT,
})  # fmt: skip


class LexiconError(ValueError):
    """A word list that cannot be used; the message says which file, section and word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """The words of the grammar."""

    words: Mapping[str, Tag]
    goods_units: frozenset[str]
    own_units: frozenset[str]
    weights: frozenset[str]
    strange_units: frozenset[str]
    pieces: frozenset[str]
    multiples: Mapping[str, int]
    alike: Mapping[str, int]
    remark_units: tuple[str, ...]
    money_units: tuple[str, ...]
    heard_units: Mapping[str, str]
    sounds: Mapping[str, str]
    tails: frozenset[str]
    heads: tuple[str, ...]
    goods: tuple[str, ...]
    apart: tuple[str, ...]
    cues: Mapping[str, tuple[str, ...]]


def load_lexicon(folder: Path = LEXICON_FOLDER, local: Path | None = None) -> Lexicon:
    """Read the word lists; `local` is a host's own file (default: `local.toml` of the folder).

    Raises `LexiconError` for an unknown section or a word in two sections, and `OSError`.
    """
    order, units = _read(folder / "order.toml"), _read(folder / "units.toml")
    heard, names = _read(folder / "homophones.toml"), _read(folder / "names.toml")
    own = _read(local or folder / _LOCAL)
    misheard = dict(_pairs(heard["words"]))
    return Lexicon(
        words=MappingProxyType(_as_said(_tagged(order) | _tagged(own), misheard)),
        goods_units=frozenset(units["goods"]),
        own_units=frozenset(units["own"]),
        weights=frozenset(units["weights"]),
        strange_units=frozenset(units["strange"]),
        pieces=frozenset(units["pieces"]),
        multiples=MappingProxyType({name: int(count) for name, count in _pairs(units["multiples"])}),
        alike=MappingProxyType({name: place for place, row in enumerate(units["alike"]) for name in row.split()}),
        remark_units=_longest_first(units["remarks"]),
        money_units=_longest_first(units["money"]),
        heard_units=MappingProxyType({wrong: right for right, row in _pairs(heard["units"]) for wrong in row}),
        sounds=MappingProxyType(_sounds(heard["names"])),
        tails=frozenset("".join(names["tails"])),
        heads=tuple(names["heads"]),
        goods=tuple(names["goods"]),
        apart=tuple(names["apart"]),
        cues=MappingProxyType({name: tuple(words) for name, words in _read(folder / "cues.toml").items()}),
    )


def _read(path: Path) -> Mapping[str, Sequence[str]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not TOML in UTF-8: {error}") from error


def _tagged(sections: Mapping[str, Sequence[str]]) -> dict[str, Tag]:
    faults = [f"no section named {name}" for name in sections if name not in tuple(Tag)]
    words: dict[str, Tag] = {}
    for name, listed in sections.items():
        for word in listed:
            if word in words and words[word] != name:
                faults.append(f"{word} stands in {words[word]} and in {name}")
            elif not faults:
                words[word] = Tag(name)
    if faults:
        raise LexiconError("; ".join(faults))
    return words


def _as_said(words: Mapping[str, Tag], misheard: Mapping[str, str]) -> dict[str, Tag]:
    """The words as dialects end them (撤了, 撤咯) and as speech input hears them (取笑 for 取消); a word of the lists stays."""
    found = dict(words)
    for word, tag in words.items():
        if tag in _ENDED_ALIKE and len(word) > 1 and word[-1] == "了":
            for ending in _ENDINGS:
                found.setdefault(word[:-1] + ending, tag)
    for wrong, right in misheard.items():
        for word in [each for each in found if right in each]:
            found.setdefault(word.replace(right, wrong), found[word])
    return found


def _pairs(rows: Sequence[str]) -> list[tuple[str, str]]:
    return [(left, right) for left, _, right in (row.partition("=") for row in rows)]


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _sounds(rows: Sequence[str]) -> dict[str, str]:
    """For each character the others that sound like it."""
    found: dict[str, str] = {}
    for row in rows:
        for letter in row:
            found[letter] = found.get(letter, "") + row.replace(letter, "")
    return found
