from __future__ import annotations

from live.replay.log import LineFault
from live.replay.report import MOST_FAULTS, summary
from live.replay.result import Refusal, ReplayResult


def result(
    *, refusals: tuple[Refusal, ...] = (), faults: tuple[LineFault, ...] = (), seconds: float = 2.0
) -> ReplayResult:
    return ReplayResult(sent=500, acknowledged=497, rejected=3, seconds=seconds, refusals=refusals, faults=faults)


def test_the_counts_and_the_rate_are_told() -> None:
    assert summary(result(), name="kfc.jsonl") == "发送 500 条，确认 497 条，拒绝 3 条；用时 2.0 秒，每秒 248 条。"


def test_a_replay_of_nothing_has_no_rate() -> None:
    assert "每秒 0 条" in summary(result(seconds=0), name="kfc.jsonl")


def test_a_reason_is_told_once_with_its_count() -> None:
    told = summary(result(refusals=(Refusal(reason="room_closed：没有开播", count=3),)), name="kfc.jsonl")
    assert told.splitlines()[1] == "拒绝 3 条，room_closed：没有开播"


def test_a_bad_line_is_named_with_its_file() -> None:
    told = summary(result(faults=(LineFault(line=12, detail="text: is required"),)), name="kfc.jsonl")
    assert told.splitlines()[1] == "kfc.jsonl 第 12 行没有发送：text: is required"


def test_many_bad_lines_do_not_flood_the_terminal() -> None:
    faults = tuple(LineFault(line=n, detail="x") for n in range(MOST_FAULTS + 5))
    told = summary(result(faults=faults), name="kfc.jsonl").splitlines()
    assert len(told) == MOST_FAULTS + 2
    assert told[-1] == "还有 5 处没有发送。"
