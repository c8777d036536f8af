from __future__ import annotations

from urllib.parse import urljoin

import pytest

from live.reports.fulfilment.labels import Names
from live.reports.fulfilment.links import FILES, links_from_paper, links_from_report

REPORT = "http://127.0.0.1:8000/shop/reports/a-1"


def test_addresses_hold_under_any_prefix() -> None:
    links = links_from_report("a-1")
    assert urljoin(REPORT, links.purchase) == f"{REPORT}/purchase"
    assert urljoin(REPORT, links.labels_58mm) == f"{REPORT}/labels?format=58mm"
    paper = links_from_paper("a-1")
    assert urljoin(f"{REPORT}/purchase", paper.report) == REPORT
    assert urljoin(f"{REPORT}/purchase", paper.workbook) == f"{REPORT}/fulfilment.xlsx"


def test_labels_lead_to_the_same_labels_with_names_the_other_way_and_keep_the_choice() -> None:
    masked, full = links_from_paper("a-1", "58mm"), links_from_paper("a-1", "58mm", Names.FULL)
    assert (masked.other_names, masked.labels_a4) == ("labels?format=58mm&names=full", "labels?format=a4")
    assert (full.other_names, full.labels_a4) == ("labels?format=58mm&names=masked", "labels?format=a4&names=full")
    assert links_from_paper("a-1").other_names is None


@pytest.mark.parametrize("id_", ["a/b", "a?b", "a#b", "周三"])
def test_a_strange_session_id_stays_one_step_of_the_address(id_: str) -> None:
    assert urljoin("http://x/reports/y", links_from_report(id_).purchase).count("/") == 5


def test_files_lie_side_by_side() -> None:
    assert not any("/" in link for link in (FILES.report, FILES.purchase, FILES.picklist, FILES.workbook))
