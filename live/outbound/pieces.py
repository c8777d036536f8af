"""A long text cut to messages of bounded bytes: between lines, and inside a line only where no character is torn."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK_BYTES = len("\n（99/99）".encode())
"""What the number of a part takes."""

LEAST_BYTES = 4
"""The longest code point: with less, nothing could be cut at all."""

_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_FLAGS = range(0x1F1E6, 0x1F200)
_JAMO = range(0x1160, 0x1200)


def numbered(text: str, limit: int) -> list[str]:
    """Cut a text to messages of at most `limit` bytes each; where there are several, each says which it is: "（2/3）"."""
    if size(text.strip("\n")) <= limit:
        return pieces(text, limit)
    parts = pieces(text, limit - MARK_BYTES)
    return [f"{part}\n（{number}/{len(parts)}）" for number, part in enumerate(parts, 1)]


def pieces(text: str, limit: int) -> list[str]:
    """Cut a text to pieces of at most `limit` bytes in UTF-8, none of them blank, as few as lines allow.

    Raises ValueError for a limit that not even one character fits in.
    """
    if limit < LEAST_BYTES:
        raise ValueError(f"no text fits in {limit} bytes")
    cut = (part for line in text.split("\n") for part in _cut(line, limit))
    return [piece for packed in _packed(cut, limit, between="\n") if (piece := packed.strip("\n")).strip()]


def size(text: str) -> int:
    """How many bytes a text takes."""
    return len(text.encode())


def clusters(text: str) -> Iterator[str]:
    """The characters as people see them: an emoji with its skin, a letter with its marks, a flag, stay together.

    The rules of Unicode (UAX 29) that matter here: marks, joiners, modifiers, tags, pairs of flag letters, and the
    vowels and finals of Korean.
    """
    held = ""
    for character in text:
        if held and not _continues(held, character):
            yield held
            held = ""
        held += character
    if held:
        yield held


def _continues(held: str, character: str) -> bool:
    code = ord(character)
    if unicodedata.category(character).startswith("M") or character == _JOINER or held.endswith(_JOINER):
        return True
    if code in _FLAGS:
        return len(held) == 1 and ord(held) in _FLAGS
    return code in _SKIN or code in _TAGS or code in _JAMO


def _cut(line: str, limit: int) -> Iterable[str]:
    if size(line) <= limit:
        return (line,)
    whole = (cluster if size(cluster) <= limit else tuple(cluster) for cluster in clusters(line))
    return _packed((part for each in whole for part in ((each,) if isinstance(each, str) else each)), limit, between="")


def _packed(parts: Iterable[str], limit: int, *, between: str) -> Iterator[str]:
    """Put parts together for as long as they fit; each of them does by itself."""
    held: list[str] = []
    room = limit
    for part in parts:
        needed = size(part) + (len(between) if held else 0)
        if held and needed > room:
            yield between.join(held)
            held, room, needed = [], limit, size(part)
        held.append(part)
        room -= needed
    if held:
        yield between.join(held)
