"""An evening of two thousand reservations: its papers hold everybody and stay small in memory."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.papers import paper_files
from tests.reports.cycles import cut_off, noodle, pear, pork, the_cycle
from tests.reports.factories import a_stream, egg, person

if TYPE_CHECKING:
    from live.store.port import CycleRecord

VIEWERS = 500
MOST_BYTES = 64 * 1024 * 1024


def a_cycle_of_two_thousand() -> CycleRecord:
    stream = a_stream(egg(quota=9_000), pork(quota=9_000), pear(quota=9_000), replace(noodle(), quota=9_000))
    for place in range(VIEWERS):
        by = person(f"顾客{place}")
        for offer, variant in (("egg", None), ("pork", None), ("pear", None), ("noodle", "wide")):
            stream.do(c.Reserve(viewer=by, offer_id=offer, variant_id=variant, quantity=1 + place % 3))
    cut_off(stream)
    return the_cycle(stream)


def test_two_thousand_reservations_are_all_on_the_papers_within_bounded_memory() -> None:
    cycle = a_cycle_of_two_thousand()
    tracemalloc.start()
    try:
        labels = {name: content.count(b'class="label"') for name, content in paper_files(cycle)}
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(cycle.sessions[0].reservations) == 4 * VIEWERS == 2_000
    assert labels["labels-58mm.html"] == labels["labels-a4.html"] == VIEWERS
    assert sum(len(point.entries) for point in fulfilment_of(cycle).picks.points) == VIEWERS
    assert peak < MOST_BYTES
