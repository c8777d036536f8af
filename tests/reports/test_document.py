from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from live.reports.document import report_json
from live.reports.facts import facts_of
from tests.reports.askings import an_asking_evening
from tests.reports.big_evening import a_big_evening
from tests.reports.cycles import a_fetched_evening
from tests.reports.evenings import evenings
from tests.reports.factories import a_quiet_evening, a_small_evening, a_stream, egg
from tests.reports.stages import a_lively_evening

if TYPE_CHECKING:
    from live.store.port import SessionRecord

DOCS = Path(__file__).parents[2] / "docs" / "how-to" / "report.md"
COUNTS = re.compile(r"comments\.by_\w+")
"""Objects whose keys are the contract's own words for intents, topics, routes and outcomes."""
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00")
PRICE = re.compile(r"\d+\.\d\d")

Keys = dict[str, set[str]]


def keys_of(value: object, path: str = "report") -> Keys:
    """All keys of a document under the path of the object that holds them: "offers[].variants[]"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    if COUNTS.fullmatch(path):
        return found
    if isinstance(value, dict):
        found[path] |= value.keys()
        inner = [(each, key if path == "report" else f"{path}.{key}") for key, each in value.items()]
    else:
        inner = [(each, f"{path}[]") for each in value] if isinstance(value, list) else []
    for each, its_path in inner:
        for key, names in keys_of(each, its_path).items():
            found[key] |= names
    return found


def documented() -> Keys:
    """The keys that the tables of the page name under each heading."""
    sections = re.split(r"^### ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {section.split("`")[1]: set(re.findall(r"`(\w+)`", _first_column(section))) for section in sections}
    pile, ticket = found["handover.collected"], found["tickets.waiting[]"]
    return found | {
        "viewers[].lines[]": found["reservations[]"],
        "handover.outstanding": pile,
        "handover.no_shows": pile,
        "tickets.promised[]": ticket,
    }


def _first_column(section: str) -> str:
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return " ".join(row.split("|")[1] for row in rows)


def everything_in(value: object) -> list[object]:
    if isinstance(value, dict):
        return [each for inner in value.values() for each in everything_in(inner)]
    return [each for inner in value for each in everything_in(inner)] if isinstance(value, list) else [value]


def test_every_key_is_documented_and_every_documented_key_is_there() -> None:
    found = keys_of(report_json(facts_of(a_small_evening())))
    for record in (a_fetched_evening(), a_lively_evening(), an_asking_evening()):
        for path, names in keys_of(report_json(facts_of(record))).items():
            found.setdefault(path, set()).update(names)
    assert found == documented()


def test_the_keys_are_the_same_however_large_the_evening() -> None:
    for record in (a_big_evening(viewers=60, comments=900), a_fetched_evening(), a_quiet_evening()):
        assert keys_of(report_json(facts_of(record))).items() <= documented().items()


@given(evenings())
def test_the_document_is_plain_json_and_stays_the_same_when_read_back(record: SessionRecord) -> None:
    document = report_json(facts_of(record))
    assert json.loads(json.dumps(document, ensure_ascii=False)) == document


@given(evenings())
def test_money_in_the_document_adds_up(record: SessionRecord) -> None:
    document = json.loads(json.dumps(report_json(facts_of(record))))
    total = Decimal(document["totals"]["amount"])
    for name in ("offers", "viewers", "reservations"):
        assert sum((Decimal(each["amount"]) for each in document[name]), Decimal()) == total


def test_money_is_a_decimal_string_and_time_has_an_offset() -> None:
    document = json.loads(json.dumps(report_json(facts_of(a_small_evening()))))
    assert document["totals"]["amount"] == "258.50"
    assert [offer["price"] for offer in document["offers"]] == ["39.90", "59.00"]
    for line in document["reservations"]:
        assert PRICE.fullmatch(line["unit_price"])
        assert TIME.fullmatch(line["made_at"])
    assert datetime.fromisoformat(document["as_of"]).utcoffset() == timedelta(hours=8)


def test_a_running_session_has_no_end_and_no_evening_no_conversion() -> None:
    document = json.loads(json.dumps(report_json(facts_of(a_stream(egg()).record()))))
    assert document["session"]["ended_at"] is None
    assert document["session"]["state"] == "running"
    assert document["totals"]["conversion"] is None


@pytest.mark.parametrize("mask_names", [False, True])
def test_no_platform_id_and_no_telephone_number_leaves_the_store(mask_names: bool) -> None:  # pytest gives it by name
    text = json.dumps(report_json(facts_of(a_small_evening(), mask_names=mask_names)), ensure_ascii=False)
    assert "wx-id-" not in text
    assert "111111" not in text
    assert "13812345678" not in text
    assert ("张姐" in text) is not mask_names


def test_hosts_are_left_out_for_their_names_may_be_ids() -> None:
    document = json.loads(json.dumps(report_json(facts_of(a_small_evening()))))
    assert "hosts" not in document["session"]


def test_nothing_in_the_document_is_a_fraction_of_a_fen() -> None:
    floats = [v for v in everything_in(report_json(facts_of(a_small_evening()))) if isinstance(v, float)]
    assert floats == [0.5]
