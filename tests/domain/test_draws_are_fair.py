"""A draw favours nobody: Pearson's chi-square over a million draws, from seeds that are counted, so that it never flakes."""

from __future__ import annotations

from collections import Counter

from live.domain import draws

DRAWS = 1_000_000
PAIR_AT_MOST = 10.828
"""The 99.9 % quantile of chi-square with 1 degree of freedom: which of 2 entries wins."""

CROWD_DRAWS, CROWD = 5_000, 50
CROWD_AT_MOST = 85.351
"""The same with 49 degrees of freedom: one winner of 50, each expected 100 times."""

REST_AT_MOST = 84.037
"""The same with 48: one of them is left out."""

WITNESS = draws.witness_hash_of_comments([("m-1", "恭喜")])


def seed_of(number: int) -> bytes:
    """One seed after the other: what is fair for these is fair for seeds that were drawn."""
    return number.to_bytes(draws.SEED_BYTES, "big")


def chi_square(counts: list[int]) -> float:
    """How far counts are from all the same, in the statistic's own measure."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 for count in counts) / expected


def test_a_million_draws_favour_neither_of_two() -> None:
    pair = ("a1", "b2")
    won = Counter(draws.winners(seed_of(number), pair, WITNESS, round_=1, count=1)[0] for number in range(DRAWS))
    assert sum(won.values()) == DRAWS
    assert chi_square([won[each] for each in pair]) < PAIR_AT_MOST


def test_in_a_crowd_everybody_wins_equally_often() -> None:
    crowd = [f"{number:02x}" for number in range(CROWD)]
    won = Counter(draws.winners(seed_of(number), crowd, WITNESS, round_=1, count=1)[0] for number in range(CROWD_DRAWS))
    assert chi_square([won[each] for each in crowd]) < CROWD_AT_MOST


def test_a_redraw_is_another_draw_and_as_fair() -> None:
    crowd = [f"{number:02x}" for number in range(CROWD)]
    won = Counter(
        draws.winners(seed_of(number), crowd, WITNESS, round_=2, count=1, leaving_out=crowd[:1])[0]
        for number in range(CROWD_DRAWS)
    )
    assert won[crowd[0]] == 0
    assert chi_square([won[each] for each in crowd[1:]]) < REST_AT_MOST


def test_two_draws_in_a_thousand_that_are_turned_to_one_person_would_be_noticed() -> None:
    turned = DRAWS * 2 // 1_000
    assert chi_square([DRAWS // 2 + turned, DRAWS // 2 - turned]) > PAIR_AT_MOST
