from __future__ import annotations

from dataclasses import replace

import pytest

from live.outbound.report import is_failing, outbound_json
from live.store.deliveries import DeliveryState
from tests.outbound.factories import a_delivery
from tests.outbound.lines import a_record, a_target


def test_a_target_is_told_of_with_what_is_kept_of_it() -> None:
    told = outbound_json([a_target()], [a_record(delivered_ms=1_767_787_200_000)], [])
    assert told["targets"] == [
        {
            "name": "erp",
            "form": "webhook",
            "to": "erp.example",
            "rooms": None,
            "state": "ok",
            "delivered": 3,
            "delivered_at": "2026-01-07T20:00:00.000+08:00",
            "waiting": 2,
            "oldest_at": "2026-01-07T20:00:00.000+08:00",
            "dead": 1,
            "last_error": None,
            "failed_at": None,
        }
    ]


def test_one_of_which_nothing_is_kept_yet_is_there_too() -> None:
    told = outbound_json([a_target()], [], [])["targets"]
    assert isinstance(told, list)
    assert [(each["state"], each["delivered"], each["delivered_at"]) for each in told] == [("ok", 0, None)]


def test_one_that_was_taken_out_of_the_settings_is_off() -> None:
    told = outbound_json([a_target("new")], [a_record("old"), a_record("new")], [])["targets"]
    assert [(each["name"], each["state"]) for each in told] == [("new", "ok"), ("old", "off")]  # type: ignore[attr-defined]  # JSON


@pytest.mark.parametrize(
    ("delivered_ms", "failed_ms", "failing"),
    [(None, None, False), (5, None, False), (None, 5, True), (5, 6, True), (6, 5, False)],
)
def test_it_fails_when_the_last_that_is_known_is_a_failure(
    delivered_ms: int | None, failed_ms: int | None, failing: bool
) -> None:
    assert is_failing(a_record(delivered_ms=delivered_ms, failed_ms=failed_ms)) is failing


def test_a_dead_letter_is_shown_without_what_is_in_it() -> None:
    dead = replace(
        a_delivery("1. 张姐 13812345678", form="file", name="拣货单0107.xlsx"),
        state=DeliveryState.DEAD,
        attempts=20,
        last_error="HTTP 404",
    )
    told = outbound_json([], [], [dead])["dead"]
    assert told == [
        {
            "id": "d-1",
            "target": "tuan",
            "room": "main",
            "seq": 7,
            "kind": "goods_ready",
            "form": "file",
            "name": "拣货单0107.xlsx",
            "attempts": 20,
            "made_at": "2026-01-07T20:00:00.000+08:00",
            "error": "HTTP 404",
        }
    ]
