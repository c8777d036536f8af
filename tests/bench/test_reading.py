"""What reading a comment costs, measured beside jieba."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from live.bench.reading import ReadingCost, own_texts, reading_cost, recorded_texts
from live.bench.run import run_bench

if TYPE_CHECKING:
    from pathlib import Path


def test_both_costs_are_measured_on_the_same_texts() -> None:
    texts, offers = own_texts()
    cost = reading_cost(texts[:50], offers)
    assert cost.texts == 50
    assert min(cost.classify_us, cost.lcut_us) > 0


def test_the_ratio_says_how_many_times_jieba_a_reading_costs() -> None:
    assert ReadingCost(texts=1, classify_us=50.0, lcut_us=20.0).as_dict()["ratio_to_lcut"] == 2.5


def test_a_recorded_room_is_read_with_its_own_catalogue(tmp_path: Path) -> None:
    log, catalog = tmp_path / "room.jsonl", tmp_path / "catalog.json"
    frames = [{"type": "comment", "text": "要两箱脐橙"}, {"type": "activity", "kind": "like"}]
    log.write_text("\n".join(json.dumps(frame) for frame in frames), encoding="utf-8")
    offer = {"id": "orange", "number": 1, "title": "脐橙", "unit": "箱", "price": "39.90", "quota": 10}
    catalog.write_text(json.dumps({"offers": [offer]}), encoding="utf-8")
    texts, offers = recorded_texts(log, catalog)
    assert (texts, [each.id for each in offers]) == (["要两箱脐橙"], ["orange"])


@pytest.mark.parametrize("content", [None, "", '{"type":"activity"}', "not json"])
def test_a_log_that_cannot_be_read_is_told_and_nothing_runs(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "room.jsonl"
    if content is not None:
        log.write_text(content, encoding="utf-8")
    assert run_bench(as_json=True, log=log) == 2
    assert "--texts" in capsys.readouterr().err
