"""Complaints about the picture or the sound of the stream (没声音, 卡了, 看不清), told from complaints about goods.

A stream that stutters is one fault that a hundred viewers report; a bad apple is one viewer's. The words are in
`config/lexicon/stream.toml`. Where goods or an order are spoken of as well (上次买的音响没声音) it is not the stream.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.lexicon import LEXICON_FOLDER, LexiconError
from nlp.tokens import Tag
from nlp.types import STREAM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nlp.tokens import Token

Spans = list[tuple[int, int, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamWords:
    """`stream` speak of picture and sound; any of `goods` beside them says that it is something else."""

    stream: tuple[str, ...]
    goods: tuple[str, ...]


def load_stream_words(folder: Path = LEXICON_FOLDER) -> StreamWords:
    """Read the words. Raises `LexiconError` for a file that is not these two lists, and `OSError`."""
    path = folder / "stream.toml"
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        return StreamWords(stream=tuple(lists["stream"]), goods=tuple(lists["goods"]))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise LexiconError(f"{path}: not the lists stream and goods in UTF-8 TOML: {error}") from error


def heard(text: str, tokens: Sequence[Token], words: StreamWords) -> Spans:
    """Where a folded complaint speaks of the stream, for evidence; empty where it is about goods."""
    if any(token.tag is Tag.OFFER for token in tokens) or any(word in text for word in words.goods):
        return []
    found = next((word for word in words.stream if word in text), None)
    return [] if found is None else [(text.index(found), text.index(found) + len(found), STREAM)]
