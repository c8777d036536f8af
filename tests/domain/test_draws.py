"""The algorithm of a draw, checked against sums written out by hand and against what must hold for every draw."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain import draws

if TYPE_CHECKING:
    from random import Random

SEED = bytes(range(32))
ENTRIES = ("0a" * 16, "1b" * 16, "2c" * 16, "3d" * 16)
WITNESS = draws.witness_hash_of_comments([("m-1", "恭喜恭喜")])

seeds = st.binary(min_size=32, max_size=32)
entry_ids = st.text("0123456789abcdef", min_size=32, max_size=32)
lists = st.lists(entry_ids, unique=True, max_size=12)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
witnesses = st.lists(st.tuples(st.text("m-0123456789", min_size=1, max_size=8), texts), max_size=5)


def test_the_commitment_is_the_sha256_of_the_seeds_bytes() -> None:
    assert draws.commitment(SEED) == "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"


def test_the_list_is_hashed_sorted_with_a_newline_between_two() -> None:
    assert draws.list_hash(["b", "a", "b"]) == hashlib.sha256(b"a\nb").hexdigest()
    assert draws.list_hash([]) == hashlib.sha256(b"").hexdigest()


def test_comments_are_hashed_as_id_tab_text_in_the_order_of_arrival() -> None:
    hashed = hashlib.sha256("m-9\t来了\nm-1\t恭喜".encode()).hexdigest()
    assert draws.witness_hash_of_comments([("m-9", "来了"), ("m-1", "恭喜")]) == hashed


def test_no_comment_at_all_is_a_witness_too() -> None:
    assert draws.witness_hash_of_comments([]) == hashlib.sha256(b"").hexdigest()


def test_a_drand_round_is_hashed_with_its_number() -> None:
    assert draws.witness_hash_of_drand(7, "ab" * 32) == hashlib.sha256(b"drand:7:" + b"ab" * 32).hexdigest()


def test_a_rank_is_the_hmac_of_everything_that_goes_in() -> None:
    text = f"{draws.list_hash(ENTRIES)}:{WITNESS}:{ENTRIES[0]}:1"
    wanted = hmac.new(SEED, text.encode(), hashlib.sha256).hexdigest()
    assert draws.rank(SEED, draws.list_hash(ENTRIES), WITNESS, ENTRIES[0], 1) == wanted


def test_nobody_entered_nobody_wins() -> None:
    assert draws.winners(SEED, [], WITNESS, round_=1, count=3) == []


def test_more_prizes_than_entries_give_one_to_everybody() -> None:
    assert sorted(draws.winners(SEED, ENTRIES, WITNESS, round_=1, count=9)) == sorted(ENTRIES)


@given(seeds, lists, witnesses, st.integers(1, 5), st.randoms())
def test_asking_again_in_any_order_gives_the_same_winners(
    seed: bytes, entries: list[str], comments: list[tuple[str, str]], count: int, chance: Random
) -> None:
    witness = draws.witness_hash_of_comments(comments)
    first = draws.winners(seed, entries, witness, round_=1, count=count)
    chance.shuffle(entries)
    assert draws.winners(seed, entries, witness, round_=1, count=count) == first
    assert len(set(first)) == len(first) == min(count, len(entries))
    assert set(first) <= set(entries)


@given(seeds, lists, st.integers(1, 5), st.integers(1, 5))
def test_a_redraw_leaves_out_whoever_has_won(seed: bytes, entries: list[str], first: int, second: int) -> None:
    before = draws.winners(seed, entries, WITNESS, round_=1, count=first)
    after = draws.winners(seed, entries, WITNESS, round_=2, count=second, leaving_out=before)
    assert set(after).isdisjoint(before)
    assert len(after) == min(second, len(entries) - len(before))


@pytest.mark.parametrize("round_", [1, 2])
def test_the_list_that_is_hashed_holds_those_left_out_too(round_: int) -> None:
    whole = draws.list_hash(ENTRIES)
    after = draws.winners(SEED, ENTRIES, WITNESS, round_=round_, count=3, leaving_out=ENTRIES[:1])
    wanted = sorted(ENTRIES[1:], key=lambda entry: draws.rank(SEED, whole, WITNESS, entry, round_))
    assert after == wanted
