"""An evening tried out on a room that nobody sees."""

from __future__ import annotations

from dataclasses import replace

from live.domain.commands import StartSession
from live.domain.offer import Offer
from live.domain.refusal import RefusalCode
from live.domain.session import OrderCycle, Policy
from live.service.trial import try_start

NOW_MS = 1_767_787_200_000
HOUR_MS = 3_600_000


def start(*offers: Offer, cutoff_ms: int = NOW_MS + HOUR_MS) -> StartSession:
    cycle = OrderCycle(cutoff_at_ms=cutoff_ms, pickup_at_ms=cutoff_ms + HOUR_MS)
    return StartSession(
        session_id="s", title="今晚", offers=offers, cycle=cycle, policy=Policy(), hosts=(), script=None
    )


FUJI = Offer(id="fuji", number=3, title="红富士", aliases=("苹果",), price_fen=1280, quota=10)
GALA = replace(FUJI, id="gala", number=5, title="嘎啦")


def test_a_good_evening_is_not_refused() -> None:
    trial = try_start("live", start(FUJI), now_ms=NOW_MS)
    assert (trial.refused, trial.warnings) == (None, [])


def test_a_name_of_two_offers_is_told_before_the_start() -> None:
    [warning] = try_start("live", start(FUJI, GALA), now_ms=NOW_MS).warnings
    assert (warning["name"], warning["offers"]) == ("苹果", ["fuji", "gala"])


def test_a_cut_off_that_has_passed_is_refused_and_names_are_looked_at_all_the_same() -> None:
    trial = try_start("live", start(FUJI, GALA, cutoff_ms=NOW_MS - 1), now_ms=NOW_MS)
    assert trial.refused is not None
    assert trial.refused.code is RefusalCode.INVALID_CYCLE
    assert len(trial.warnings) == 1
