"""Text of strangers, made fit to be kept, shown and compared."""

from __future__ import annotations

import re

_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
"""What separates words on its own line; a space stands in for it."""

_UNSEEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: NUL breaks databases, ESC terminals
    "\u200b\u2060\ufeff"  # zero width, so that 鸡\u200b蛋 is 鸡蛋; U+200C and U+200D stay, emoji are joined by them
    "\u202a-\u202e\u2066-\u2069"  # bidi overrides, which turn a price or a name around on screen
    "\ud800-\udfff"  # halves of an emoji that a platform cut in two
    "\U000e0000-\U000e007f"  # tags: hidden text for a language model
    "]"
)

_JOINERS = " \u200c\u200d\ufe0e\ufe0f"
"""Between other characters these shape an emoji; alone they are a name that nobody sees on the list."""


def clean(text: str) -> str:
    """Strip a text of what nobody sees and of surrounding space; line breaks become spaces."""
    if not text.isprintable():
        text = _UNSEEN.sub("", _BREAKS.sub(" ", text))
    return text.strip()


def clean_or_fail(text: str) -> str:
    """Clean a text that must say something. Raises ValueError where nothing is left of it."""
    if text.isprintable():
        return text
    cleaned = clean(text)
    if not cleaned.strip(_JOINERS):
        raise ValueError("must not be empty")
    return cleaned
