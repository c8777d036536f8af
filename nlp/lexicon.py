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
    heard_words: Mapping[str, str]
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
    return Lexicon(
        words=MappingProxyType(_tagged(order) | _tagged(own)),
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
        heard_words=MappingProxyType(dict(_pairs(heard["words"]))),
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
