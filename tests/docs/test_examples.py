"""What the pages show is taken by the code that they show it for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from live.sources.contract import read_frame
from live.sources.frame import FaultCode, Limits
from live.sources.kinds import KINDS, POST_CALLERS, SOCKET_CALLERS
from live.web.commands import parse
from tests.docs.pages import PAGES, blocks, inline, name_of, read, rows, section

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = read("how-to/connect-a-source.md")
CYCLE = {"cutoff_at": "2026-01-07T21:30:00+08:00", "pickup_at": "2026-01-08T16:00:00+08:00"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_json_example_is_json(page: Path) -> None:
    for block in blocks(read(page), "json"):
        json.loads(block.text)
    for block in blocks(read(page), "jsonl"):
        assert all(isinstance(json.loads(line), dict) for line in block.text.splitlines())


def frames() -> list[str]:
    shown = [line for block in blocks(SOURCE, "jsonl") for line in block.text.splitlines()]
    return shown + [inline(frame)[0] for frame, _ in rows(section(SOURCE, "The frames")) if inline(frame)[0][0] == "{"]


@pytest.mark.parametrize("frame", frames())
def test_every_frame_that_is_shown_is_taken_without_a_fault(frame: str) -> None:
    taken = read_frame(frame, limits=Limits(), received_ms=0)
    assert not taken.faults
    assert taken.comments or taken.activities or taken.presence


def test_what_a_comment_must_have_is_what_the_page_says() -> None:
    whole = {"type": "comment", "platform": "kuaishou", "user": {"name": "张姐"}, "text": "要两箱鸡蛋"}
    assert not read_frame(json.dumps(whole), limits=Limits(), received_ms=0).faults
    for field in ("platform", "user", "text"):
        less = {name: value for name, value in whole.items() if name != field}
        (fault,) = read_frame(json.dumps(less), limits=Limits(), received_ms=0).faults
        assert field in fault.detail


def test_every_tool_that_is_known_stands_on_the_page_with_its_address() -> None:
    table = section(SOURCE, "Tools that Linbo knows")
    assert set(re.findall(r'`kind = "(\w+)"`', table)) == set(KINDS)
    assert set(re.findall(r"[^s]/ingest/(\w+)\?", table)) == set(POST_CALLERS)
    assert set(re.findall(r"/ws/ingest/(\w+)\?", table)) == set(SOCKET_CALLERS)


def test_every_code_of_an_error_is_told_of() -> None:
    told = {inline(code)[0] for code, *_ in rows(section(SOURCE, "The frames")) if inline(code)}
    assert set(FaultCode) <= told


def test_the_limits_on_the_page_are_the_ones_that_hold() -> None:
    long_text = {"type": "comment", "platform": "kuaishou", "user": {"name": "张姐"}, "text": "长" * 501}
    (fault,) = read_frame(json.dumps(long_text), limits=Limits(), received_ms=0).faults
    assert fault.detail == "text: at most 500 characters"
    assert "`text` | at most 500 characters" in SOURCE
    assert Limits() == Limits(frame_bytes=256 * 1024, batch_items=500)


def test_the_list_of_offers_in_the_host_guide_begins_a_session() -> None:
    (block,) = blocks(section(read("host-guide.zh-CN.md"), "用 JSON 清单（给写程序的人）"), "json")
    parse(json.dumps({"type": "start_session", "title": "今晚接单", "cycle": CYCLE} | json.loads(block.text)).encode())


def test_the_policy_in_the_host_guide_is_the_one_that_holds() -> None:
    body = {"type": "start_session", "title": "今晚接单", "cycle": CYCLE, "offers": []}
    policy = getattr(parse(json.dumps(body).encode()), "policy")  # noqa: B009  # one of many commands
    table = [row for row in rows(section(read("host-guide.zh-CN.md"), "店里的规矩")) if len(row) == 3]
    assert {inline(name)[0] for name, *_ in table} == set(type(policy).model_fields)
    defaults = {inline(name)[0]: default for name, _, default in table}
    assert inline(defaults["repeat"]) == [policy.repeat.value]
    assert defaults["max_auto_quantity"] == str(policy.max_auto_quantity)
    assert inline(defaults["cancel_by_comment"]) == [str(policy.cancel_by_comment).lower()]
    assert policy.hold_minutes is None
