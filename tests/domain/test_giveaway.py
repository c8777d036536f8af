from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.giveaway import HOUR_MS, WITNESS_MS, Beacon, GiveawayState, Prize
from tests.domain.factories import EVENING_MS, viewer
from tests.domain.stage_factories import GIVEAWAY, RULES

CLOSED = replace(
    GIVEAWAY,
    state=GiveawayState.CLOSED,
    closed_ms=EVENING_MS + 60_000,
    witness_until_ms=EVENING_MS + 60_000 + WITNESS_MS,
)


def prize(entry: str, won_ms: int, round_: int = 1) -> Prize:
    return Prize(entry_id=entry, round=round_, viewer=viewer(), pickup_code="code", won_ms=won_ms)


@pytest.mark.parametrize(("after_ms", "takes"), [(-1, False), (0, True), (59_999, True), (60_000, False)])
def test_entries_are_taken_from_the_opening_until_the_closing(after_ms: int, takes: bool) -> None:
    assert GIVEAWAY.takes(EVENING_MS + after_ms) is takes


def test_a_closed_list_takes_nobody() -> None:
    assert not replace(GIVEAWAY, state=GiveawayState.CLOSED).takes(EVENING_MS)


@pytest.mark.parametrize(("after_ms", "bears"), [(-1, False), (0, True), (9_999, True), (10_000, False)])
def test_witnesses_come_within_ten_seconds_after_the_closing(after_ms: int, bears: bool) -> None:
    assert CLOSED.bears(EVENING_MS + 60_000 + after_ms) is bears


def test_nobody_bears_witness_before_the_closing_nor_where_a_beacon_does() -> None:
    assert not GIVEAWAY.bears(EVENING_MS + 60_000)
    assert not replace(CLOSED, witness_until_ms=None).bears(EVENING_MS + 60_000)


def test_the_rules_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        RULES.winners = 2  # type: ignore[misc]  # that it cannot be done is what is tested


def test_each_prize_has_the_hours_of_its_own_round() -> None:
    first, second = prize("a", EVENING_MS), prize("b", EVENING_MS + 5 * HOUR_MS, 2)
    drawn = replace(GIVEAWAY, prizes=(first, second))
    assert drawn.claimable_until_ms(first) == EVENING_MS + 48 * HOUR_MS
    assert drawn.claimable_until_ms(second) == drawn.claim_until_ms == EVENING_MS + 53 * HOUR_MS


def test_a_draw_that_nobody_won_may_be_claimed_by_nobody() -> None:
    assert GIVEAWAY.claim_until_ms is None
    assert replace(GIVEAWAY, drawn_ms=EVENING_MS).claim_until_ms == EVENING_MS + 48 * HOUR_MS
    assert GIVEAWAY.prize("a") is None


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1000, max_value=60_000))
def test_a_beacons_round_is_not_known_at_the_closing_nor_one_period_after(since_ms: int, period_ms: int) -> None:
    beacon = Beacon(url="https://beacon.example", genesis_ms=EVENING_MS, period_ms=period_ms)
    known_ms = EVENING_MS + (beacon.round_after(EVENING_MS + since_ms) - 1) * period_ms
    assert EVENING_MS + since_ms + period_ms < known_ms <= EVENING_MS + since_ms + 2 * period_ms
