from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from config.settings import SourceSettings
from live.logs import FILE_BYTES, FILES_KEPT
from live.outbound.metrics import OutboundCollector
from live.outbound.watch import Watch as Sending
from live.service.journal import Journal
from live.service.ledger import Ledger
from live.service.outbox import publish
from live.service.people import print_of
from live.service.results import Published
from live.sources.state import Watch
from live.web.metrics import Metrics
from live.web.source_metrics import SourceCollector
from nlp.types import Intent
from tests.docs.pages import blocks, inline, read, rows, section
from tests.domain.factories import Evening, egg, read_as, set_to, start
from tests.outbound.lines import a_target

if TYPE_CHECKING:
    import pytest

PAGE = read("how-to/logs-and-metrics.md")


SOURCE = SourceSettings(kind="oba", room="live", url="ws://127.0.0.1:12354")


def watched() -> Metrics:
    """All metrics of a service that has one source, which has said something."""
    watch, metrics = Watch(1, SOURCE, lambda: 0), Metrics(lambda: 0)
    watch.heard(0, ())
    metrics.registry.register(SourceCollector(lambda: (watch.state(),), lambda: 0))
    metrics.registry.register(OutboundCollector([Sending(a_target())], lambda: 0))
    return metrics


def test_every_metric_is_told_of_with_its_kind() -> None:
    told = {inline(name)[0]: kind for name, kind, *_ in rows(section(PAGE, "Metrics"))}
    found = {
        family.name + ("_total" if family.type == "counter" else ""): family.type
        for family in watched().registry.collect()
    }
    assert told == found


def test_the_labels_that_are_told_of_are_the_ones_that_are_counted_by() -> None:
    evening, ledger, metrics = Evening(), Ledger(), watched()
    evening.do(start(egg()))
    answered = evening.say("要两箱鸡蛋", read_as(Intent.BUY, set_to(2)))
    events = [publish(event, seq=1, ledger=ledger, comments=1) for event in evening.events]
    metrics.published(Published(room="r1", events=tuple(events), comments=(answered,)))
    metrics.fault("room_closed")
    counted = {
        sample.name: set(sample.labels)
        for family in metrics.registry.collect()
        for sample in family.samples
        if sample.name.endswith("_total")
    }
    told = {
        inline(name)[0]: set(inline(counts))
        for name, kind, counts, _ in rows(section(PAGE, "Metrics"))
        if kind == "counter"
    }
    assert told == counted


def test_a_line_of_the_comments_log_has_the_keys_that_are_told_of(caplog: pytest.LogCaptureFixture) -> None:
    evening = Evening()
    evening.do(start(egg()))
    answered = evening.say("要两箱鸡蛋", read_as(Intent.BUY, set_to(2)))
    with caplog.at_level(logging.INFO, logger="test.journal"):
        Journal(logging.getLogger("test.journal")).note("r1", [answered], now_ms=evening.now_ms)
    written = set(json.loads(caplog.messages[0]))
    shown, _ = blocks(PAGE, "json")
    assert set(json.loads(shown.text)) == written
    assert {code for keys, _ in key_rows() for code in inline(keys)} == written


def test_the_print_of_a_key_is_found_as_it_is_told() -> None:
    _, joined = blocks(PAGE, "json")
    assert set(json.loads(joined.text)) == {"by", "identity", "others", "event", "level", "logger", "timestamp"}
    assert json.loads(joined.text)["identity"] == print_of("kuaishou/id/u-1")


def key_rows() -> list[list[str]]:
    return [row for row in rows(section(PAGE, "Logs")) if "logs/" not in row[0]]


def test_the_size_of_the_logs_is_the_one_that_is_told() -> None:
    assert f"at most {FILE_BYTES * FILES_KEPT // 1_000_000} MB" in PAGE
