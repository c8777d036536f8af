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


#: How often the dictionary's own texts hold a word, for it to count.
_LEAST_MET = 20
#: Verbs that are often one character of another word.
_VERBS = frozenset({
    Tag.TAKE, Tag.SHOP, Tag.ADD, Tag.LESS, Tag.SETTLE, Tag.SWAP, Tag.CANCEL, Tag.EACH, Tag.CONCESSION, Tag.THEN, Tag.AND,
})  # fmt: skip


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

    def is_word(self, text: str) -> bool:
        """Whether the dictionary holds a word that is met now and then."""
        self.warm()
        return bool(self._tokenizer.FREQ.get(text, 0) >= _LEAST_MET)

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


def without_hidden_verbs(text: str, tokens: Sequence[Token], segmenter: Segmenter) -> Sequence[Token]:
    """The tokens, with a verb of one character that makes a word with the unknown letter beside it as a letter: 改 of 改善."""
    if _VERBS.isdisjoint([token.tag for token in tokens]):
        return tokens
    last = len(tokens) - 1
    hidden = {
        place
        for place, token in enumerate(tokens)
        if token.tag in _VERBS and token.end - token.start == 1
        if (
            place < last
            and tokens[place + 1].tag is Tag.LETTER
            and segmenter.is_word(text[token.start : token.end + 1])
        )
        or (place and tokens[place - 1].tag is Tag.LETTER and segmenter.is_word(text[token.start - 1 : token.end]))
    }
    if not hidden:
        return tokens
    return [token._replace(tag=Tag.LETTER) if place in hidden else token for place, token in enumerate(tokens)]
