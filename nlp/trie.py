"""A trie over characters: the longest word that begins at a place, in one walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nlp.tokens import Tag, Value

#: One node: characters to nodes, and under "" what the word that ends here is.
Node = dict[str, Any]
END = ""


def build_trie(words: Iterable[tuple[str, Tag, Value]]) -> Node:
    """Build a trie; of equal words the first stays."""
    root: Node = {}
    for word, tag, value in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        if word:
            node.setdefault(END, (tag, value))
    return root


def longest(root: Node, text: str, start: int) -> tuple[int, Tag, Value] | None:
    """The longest word at `start`: its end, tag and value; at most as many steps as the longest word has characters."""
    node, found, end = root.get(text[start]), None, start + 1
    size = len(text)
    while node is not None:
        if END in node:
            tag, value = node[END]
            found = (end, tag, value)
        if end == size:
            break
        node = node.get(text[end])
        end += 1
    return found


def opens(node: Node, following: str) -> bool:
    """Whether a word may stand where its first letter led to this node: it ends there, or goes on with the next letter."""
    return END in node or following in node
