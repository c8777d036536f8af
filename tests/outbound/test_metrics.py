from __future__ import annotations

from prometheus_client import CollectorRegistry, generate_latest

from live.outbound.metrics import OutboundCollector
from live.outbound.outcome import Later, Sent
from live.outbound.watch import Watch
from tests.outbound.factories import a_delivery
from tests.outbound.lines import a_target


def text(*watches: Watch, now_ms: int = 10_000) -> str:
    registry = CollectorRegistry()
    registry.register(OutboundCollector(watches, lambda: now_ms))
    return generate_latest(registry).decode()


def test_what_came_of_the_attempts_and_how_long_the_head_waits_is_told() -> None:
    watch = Watch(a_target())
    for outcome in (Sent(), Sent(), Later(why="")):
        watch.tried(a_delivery(), outcome, took_ms=1)
    watch.waiting_since_ms = 7_500
    told = text(watch)
    for result, number in (("sent", 2), ("later", 1), ("dead", 0), ("skipped", 0)):
        assert f'linbo_outbound_deliveries_total{{form="webhook",result="{result}",target="erp"}} {number}.0' in told
    assert 'linbo_outbound_waiting_seconds{form="webhook",target="erp"} 2.5' in told


def test_an_empty_line_waits_for_nothing_whatever_the_clock_says() -> None:
    watch = Watch(a_target())
    assert 'linbo_outbound_waiting_seconds{form="webhook",target="erp"} 0.0' in text(watch)
    watch.waiting_since_ms = 99_000
    assert 'linbo_outbound_waiting_seconds{form="webhook",target="erp"} 0.0' in text(watch)


def test_without_targets_nothing_is_said_of_any() -> None:
    assert "target=" not in text()
