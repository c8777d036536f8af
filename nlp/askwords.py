"""The words of questions, `config/lexicon/asking.toml`: what is asked for, and the facts of an offer that tell it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nlp.lexicon import LEXICON_FOLDER, LexiconError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Kind(StrEnum):
    """What a way of asking adds to a question; each is a section of the file."""

    THING = "things"
    DOING = "doings"
    GENERAL = "generals"
    ASKER = "askers"
    MARK = "marks"
    WEAK = "weak"


class Way(NamedTuple):
    """One thing that a way of asking stands for: its kind and the row's name."""

    kind: Kind
    term: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AskWords:
    """The compiled file.

    `ways`: text to what it stands for (nothing for words that say nothing); `longest`: first letter to the length of the
    longest way with it; `answered_by`: row to stems of fact keys; `speaks_of`: stems of keys whose value is looked into;
    `spoken`: row to all its ways; `absorbs`: row to the rows that it makes superfluous; `swallows`: rows beside which letters
    that nothing knows say nothing more; `marks`: the rows of when and where.
    """

    ways: Mapping[str, tuple[Way, ...]]
    longest: Mapping[str, int]
    answered_by: Mapping[str, tuple[str, ...]]
    speaks_of: tuple[str, ...]
    spoken: Mapping[str, tuple[str, ...]]
    absorbs: Mapping[str, frozenset[str]]
    swallows: frozenset[str]
    marks: frozenset[str]


@cache
def ask_words(folder: Path = LEXICON_FOLDER) -> AskWords:
    """Read and compile the file, once a process. Raises `LexiconError` for a file that is not these lists, and `OSError`."""
    path = folder / "asking.toml"
    try:
        return _compiled(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise LexiconError(f"{path}: not the sections of questions in UTF-8 TOML: {error}") from error


def _compiled(sections: Mapping[str, Mapping[str, list[str]]]) -> AskWords:
    ways: dict[str, tuple[Way, ...]] = dict.fromkeys(sections["say_nothing"]["words"], ())
    spoken: dict[str, tuple[str, ...]] = {}
    for way, text in _rows(sections):
        ways[text] = (*ways.get(text, ()), way)
        # A weak way (有) is in too many texts to tell that one speaks of its row.
        spoken[way.term] = (*spoken.get(way.term, ()), *([] if way.kind is Kind.WEAK else [text]))
    longest: dict[str, int] = {}
    for text in ways:
        longest[text[0]] = max(longest.get(text[0], 0), len(text))
    return AskWords(
        ways=MappingProxyType(ways),
        longest=MappingProxyType(longest),
        answered_by=MappingProxyType({term: tuple(keys) for term, keys in sections["answered_by"].items()}),
        speaks_of=tuple(sections["speaks_of"]["keys"]),
        spoken=MappingProxyType(spoken),
        absorbs=MappingProxyType({term: frozenset(rows) for term, rows in sections["absorbs"].items()}),
        swallows=frozenset(sections["swallows"]["rows"]),
        marks=frozenset(sections[Kind.MARK]),
    )


def _rows(sections: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[Way, str]]:
    for kind in Kind:
        for term, texts in sections[kind].items():
            for text in texts:
                yield Way(kind, term), text
