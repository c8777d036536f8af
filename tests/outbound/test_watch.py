from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from live.outbound.outcome import Dead, Later, Outcome, Sent
from live.outbound.watch import RESULTS, Watch, result_of
from tests.outbound.factories import a_delivery
from tests.outbound.lines import a_target

FAILED = Later(why="HTTP 503：对方暂时不行")


def levels(*outcomes: Outcome) -> list[str]:
    """How loud each attempt was."""
    watch = Watch(a_target())
    with capture_logs() as logs:
        for outcome in outcomes:
            watch.tried(a_delivery(), outcome, took_ms=7)
    return [entry["log_level"] for entry in logs]


def test_one_line_a_delivery_says_what_was_sent_where_and_what_came_of_it() -> None:
    with capture_logs() as logs:
        Watch(a_target()).tried(a_delivery(), Sent(), took_ms=7)
    (line,) = logs
    assert line == {
        "event": "去处 erp（erp.example）：送到了",
        "log_level": "info",
        "delivery": "d-1",
        "target": "tuan",
        "form": "text",
        "room": "main",
        "seq": 7,
        "kind": "goods_ready",
        "attempt": 1,
        "result": "sent",
        "ms": 7,
    }


def test_no_line_holds_what_is_sent() -> None:
    with capture_logs() as logs:
        Watch(a_target()).tried(a_delivery("1. 张姐 13812345678"), FAILED, took_ms=1)
    assert "张姐" not in str(logs)


def test_the_first_failure_of_a_row_is_for_the_host_and_the_others_for_the_file() -> None:
    assert levels(FAILED, FAILED, Sent(), FAILED) == ["warning", "info", "info", "warning"]


def test_what_is_given_up_is_always_for_the_host() -> None:
    assert levels(Dead(why="HTTP 404"), Dead(why="HTTP 404")) == ["warning", "warning"]


def test_waiting_for_the_next_minute_is_no_failure() -> None:
    assert levels(Later(why="一分钟最多发 20 条", after_ms=9, tried=False), Sent()) == ["info", "info"]


def test_a_fault_that_lasts_is_told_once_until_all_is_well_again() -> None:
    watch = Watch(a_target())
    with capture_logs() as logs:
        for message in ("磁盘已满", "磁盘已满", "数据库正在启动"):
            watch.broke(OSError(message))
        watch.works()
        watch.broke(OSError("数据库正在启动"))
    assert [entry["event"].rpartition("会自动再试")[2] for entry in logs] == [
        "（磁盘已满）",
        "（数据库正在启动）",
        "（数据库正在启动）",
    ]


@pytest.mark.parametrize(("outcome", "result"), [(Sent(), "sent"), (FAILED, "later"), (Dead(why=""), "dead")])
def test_every_outcome_is_counted_under_its_name(outcome: Outcome, result: str) -> None:
    watch = Watch(a_target())
    watch.tried(a_delivery(), outcome, took_ms=1)
    assert dict(watch.counts) == {result: 1}
    assert result_of(outcome) == result
    assert result in RESULTS
