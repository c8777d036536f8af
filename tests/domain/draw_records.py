"""Records of draws as the service publishes them, made from chance that is given."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from live.domain import draws

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

Record = dict[str, Any]
TEXTS = ("恭喜恭喜", "要两箱鸡蛋🥚", "𠮷祥 如意", "", "1", "Ça va ?", "抽我\u200d抽我", "a\tb", "\U0010ffff\ue000", "é")


def record_of(
    *,
    seed: bytes,
    entries: Sequence[str],
    witness: Record,
    counts: Sequence[int],
) -> Record:
    """The record of a draw with `counts` winners round by round; each round after the first is a redraw."""
    rounds: list[Record] = []
    won: list[str] = []
    for number, count in enumerate(counts, 1):
        these = list(draws.winners(seed, entries, witness["hash"], round_=number, count=count, leaving_out=won))
        rounds.append({"round": number, "winners": these, "reason": None if number == 1 else "过期没来领"})
        won += these
    return {
        "giveaway_id": "g-1",
        "rules": {"title": "今晚福袋", "prize": "土鸡蛋 30 枚", "prize_value": "39.90", "winners": counts[0]},
        "opened_at": "2026-01-07T20:20:00.000+08:00",
        "closed_at": "2026-01-07T20:30:00.000+08:00",
        "commitment": draws.commitment(seed),
        "seed": seed.hex(),
        "entries": sorted(entries),
        "list_hash": draws.list_hash(entries),
        "witness": witness,
        "rounds": rounds,
    }


def of_comments(comments: Sequence[tuple[str, str]]) -> Record:
    listed = [{"id": id_, "text": text} for id_, text in comments]
    return {"kind": "comments", "comments": listed, "hash": draws.witness_hash_of_comments(comments)}


def of_drand(round_: int, randomness: str) -> Record:
    hashed = draws.witness_hash_of_drand(round_, randomness)
    return {"kind": "drand", "round": round_, "randomness": randomness, "hash": hashed}


def entry(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:32]


def any_record(chance: Random) -> Record:
    """One of the records that there may be: nobody, one, many; comments, none, drand; redraws."""
    entries = sorted({entry(chance.getrandbits(64)) for _ in range(chance.choice((0, 1, 2, 5, 30)))})
    comments = [(f"m-{chance.getrandbits(40)}", chance.choice(TEXTS)) for _ in range(chance.randrange(6))]
    drand = of_drand(chance.randrange(1, 2**53), chance.randbytes(32).hex())
    witness = chance.choice((of_comments(comments), of_comments(comments), drand))
    count = chance.randrange(1, 5)
    redraws = [chance.randrange(1, count + 1) for _ in range(chance.choice((0, 0, 1, 3)))]
    return record_of(
        seed=chance.randbytes(32),
        entries=entries,
        witness=witness,
        counts=[count, *_possible(redraws, len(entries) - count, count)],
    )


def _possible(redraws: Sequence[int], left: int, prizes: int) -> list[int]:
    """The redraws that find anybody left, with as many as the first round really had."""
    kept: list[int] = []
    for each in redraws:
        if left - sum(kept) > 0 and each <= prizes:
            kept.append(each)
    return kept


records = st.randoms(use_true_random=False).map(any_record)
