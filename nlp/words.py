"""Words: jieba's segmentation, for the few places that want words and not characters.

The tokenizer belongs to the object that `build_segmenter` makes, never to the module; its dictionary (about a second, and
some 80 MB) loads when `warm` is called or the first words are wanted. Share one segmenter among all classifiers.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import jieba

from nlp.tokens import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.tokens import Token


class Segmenter:
    """Cuts folded text into words."""

    def __init__(self) -> None:
        self._tokenizer = jieba.Tokenizer()

    def warm(self) -> None:
        """Load the dictionary now, quietly."""
        if not self._tokenizer.initialized:
            jieba.default_logger.setLevel(logging.WARNING)
            self._tokenizer.initialize()

    def words(self, text: str) -> list[str]:
        """The words of a text, which joined give the text again."""
        self.warm()
        return [str(word) for word in self._tokenizer.lcut(text, HMM=False)]

    def edges(self, text: str) -> frozenset[int]:
        """The places where a word begins or ends."""
        places = [0]
        for word in self.words(text):
            places.append(places[-1] + len(word))
        return frozenset(places)


def build_segmenter() -> Segmenter:
    """A segmenter of its own; nothing is loaded yet."""
    return Segmenter()


def has_cut_name(text: str, tokens: Sequence[Token], segmenter: Segmenter) -> bool:
    """Whether a name was read out of a longer word: 笋 of 毛笋, 锅 of 高压锅.

    A word that reaches into something understood is no objection: 肥牛羊肉卷 is two names, whatever a dictionary holds.
    """
    unknown = [token for token in tokens if token.tag is Tag.LETTER]
    ends, starts = {token.end for token in unknown}, {token.start for token in unknown}
    doubtful = [token for token in tokens if token.tag is Tag.OFFER and (token.start in ends or token.end in starts)]
    if not doubtful:
        return False
    edges = segmenter.edges(text)
    return any(
        (token.start in ends and token.start not in edges) or (token.end in starts and token.end not in edges)
        for token in doubtful
    )
