"""How a draw is worked out: from a seed, a frozen list and a witness, the same winners whoever computes it.

Section 6 of the public contract, to the letter; `static/draw/` computes the same a second time, in JavaScript. Nothing here
knows chance: the seed was drawn by whoever opened the giveaway. Hashes are lower-case hex of 64 digits.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

SEED_BYTES = 32
"""How long a seed is."""

MOST_COMMENTS = 5
"""How many comments after the closing are the witness, at most."""

_HASH = "sha256"


def commitment(seed: bytes) -> str:
    """What is published when a giveaway opens, so that its seed cannot be changed later."""
    return hashlib.sha256(seed).hexdigest()


def list_hash(entries: Iterable[str]) -> str:
    """The hash of the frozen entry ids, in the order in which the record lists them: ascending.

    `entries` may come in any order; an id twice is an id once.
    """
    return _hash("\n".join(sorted(set(entries))))


def witness_hash_of_comments(comments: Iterable[tuple[str, str]]) -> str:
    """The hash of the first comments after the closing, (id, text) each, in order of arrival; none is a witness too."""
    return _hash("\n".join(f"{id_}\t{text}" for id_, text in comments))


def witness_hash_of_drand(round_: int, randomness: str) -> str:
    """The hash of the randomness (hex) that a drand beacon published in its round `round_`."""
    return _hash(f"drand:{round_}:{randomness}")


def rank(seed: bytes, list_hash: str, witness_hash: str, entry: str, round_: int) -> str:
    """The place of an entry in a round: the smallest wins, and hex sorts as the number does."""
    return hmac.digest(seed, f"{list_hash}:{witness_hash}:{entry}:{round_}".encode(), _HASH).hex()


def winners(
    seed: bytes,
    entries: Collection[str],
    witness_hash: str,
    *,
    round_: int,
    count: int,
    leaving_out: Collection[str] = (),
) -> Sequence[str]:
    """The entry ids that win a round, best first: `count` of them, or all that are left.

    `entries` are all ids of the frozen list, in any order; `leaving_out` is who has won in an earlier round.
    """
    of_list = list_hash(entries)
    left = set(entries).difference(leaving_out)
    return sorted(left, key=lambda entry: rank(seed, of_list, witness_hash, entry, round_))[:count]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
