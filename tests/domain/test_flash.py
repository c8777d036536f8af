"""A flash deal's numbers, and what it says to an order of any moment."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.flash import FLASH_TRANSITIONS, FlashSale, FlashState, Window, awaited, terms_of
from tests.domain.factories import egg
from tests.domain.stage_factories import FLASH

START, END = FLASH.starts_ms, FLASH.ends_ms
RUNNING = replace(FLASH, state=FlashState.RUNNING)
PAUSED = replace(FLASH, state=FlashState.PAUSED, paused_ms=START + 20_000)
STOPPED = replace(FLASH, state=FlashState.ENDED, ended_ms=START + 30_000)
STOPPED_WHILE_PAUSED = replace(PAUSED, state=FlashState.ENDED, ended_ms=START + 30_000)
CALLED_OFF = replace(FLASH, state=FlashState.ENDED, ended_ms=START - 5_000)
RESUMED = replace(RUNNING, ends_ms=END + 15_000)


@pytest.mark.parametrize("flash", [FLASH, RUNNING], ids=["announced", "running"])
@pytest.mark.parametrize(
    ("at_ms", "window"),
    [
        (FLASH.announced_ms - 1, Window.OVER),
        (FLASH.announced_ms, Window.EARLY),
        (START - 1, Window.EARLY),
        (START, Window.OPEN),
        (END - 1, Window.OPEN),
        (END, Window.OVER),
    ],
)
def test_the_moment_of_arrival_decides_and_not_whether_the_clock_has_looked(
    flash: FlashSale, at_ms: int, window: Window
) -> None:
    assert flash.window(at_ms) is window


def test_what_came_before_the_pause_is_still_served_and_what_came_in_it_waits() -> None:
    assert PAUSED.window(START + 19_999) is Window.OPEN
    assert PAUSED.window(START + 20_000) is Window.HELD
    assert PAUSED.window(END + 3_600_000) is Window.HELD


def test_what_came_before_a_paused_deal_was_announced_is_no_business_of_it() -> None:
    assert PAUSED.window(FLASH.announced_ms - 1) is Window.OVER


def test_after_the_pause_it_lasts_for_the_time_that_was_left() -> None:
    assert RESUMED.window(END + 14_999) is Window.OPEN
    assert RESUMED.window(END + 15_000) is Window.OVER


def test_what_came_before_a_stop_is_served_and_nothing_after_it() -> None:
    assert STOPPED.window(START + 29_999) is Window.OPEN
    assert STOPPED.window(START + 30_000) is Window.OVER


def test_a_stop_during_the_pause_serves_what_came_before_the_pause_alone() -> None:
    assert STOPPED_WHILE_PAUSED.window(START + 19_999) is Window.OPEN
    assert STOPPED_WHILE_PAUSED.window(START + 29_999) is Window.HELD
    assert STOPPED_WHILE_PAUSED.window(START + 30_000) is Window.OVER


def test_a_deal_that_is_called_off_in_the_countdown_never_opens() -> None:
    assert CALLED_OFF.window(START - 5_001) is Window.EARLY
    assert CALLED_OFF.window(START - 5_000) is Window.OVER
    assert CALLED_OFF.window(START) is Window.OVER


@given(sold=st.integers(0, 3), waitlisted=st.integers(0, 9))
def test_what_is_sold_and_what_is_left_are_the_quota(sold: int, waitlisted: int) -> None:
    flash = FLASH.with_sold(sold).with_waitlisted(waitlisted)
    assert flash.sold + flash.available == flash.quota
    assert flash.room_in_line == max(0, flash.quota - waitlisted)
    assert flash.with_sold(-sold).with_waitlisted(-waitlisted) == FLASH


def test_it_keeps_what_it_shows_as_left_until_it_ends() -> None:
    assert FLASH.with_sold(1).kept == 2
    assert STOPPED.with_sold(1).kept == 0


def test_only_an_open_deal_has_its_price_and_its_limit() -> None:
    offer = egg(limit=5)
    open_, over = terms_of(offer, FLASH, START), terms_of(offer, FLASH, END)
    assert (open_.price_fen, open_.per_viewer_limit, open_.flash_id) == (990, 1, "f-1")
    assert (over.price_fen, over.per_viewer_limit, over.flash_id) == (3990, 5, None)
    assert terms_of(offer, None, START) == over


def test_orders_must_wait_in_the_countdown_and_in_a_pause_alone() -> None:
    assert awaited(FLASH, START - 1)
    assert awaited(PAUSED, START + 20_000)
    assert not awaited(FLASH, START)
    assert not awaited(FLASH, END)
    assert not awaited(None, START)


def test_an_ended_deal_stays_ended() -> None:
    assert FLASH_TRANSITIONS[FlashState.ENDED] == frozenset()
    assert set(FLASH_TRANSITIONS) == set(FlashState)


@given(st.lists(st.integers(FLASH.announced_ms - 10_000, END + 40_000), min_size=2))
def test_a_deal_opens_once_and_closes_once(moments: list[int]) -> None:
    order = [Window.OVER, Window.EARLY, Window.OPEN, Window.HELD]
    for flash in (FLASH, STOPPED, CALLED_OFF, RESUMED):
        seen = [flash.window(at_ms) for at_ms in sorted(moments) if at_ms >= flash.announced_ms]
        opened = [was is not Window.OPEN and now is Window.OPEN for was, now in pairwise([Window.EARLY, *seen])]
        assert sum(opened) <= 1
        assert set(seen) <= set(order)
