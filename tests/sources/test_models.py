from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from live.sources.contract import ack_frame, error_frame
from live.sources.frame import Fault, FaultCode
from live.sources.models import AckFrame, ErrorFrame, IngestFrame
from tests.sources.examples import comment

FRAMES: list[dict[str, Any]] = [
    comment(),
    {"type": "batch", "items": [comment()]},
    {"type": "activity", "kind": "like", "platform": "douyin"},
    {"type": "presence", "viewers": 312},
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame["type"])
def test_the_frames_of_the_contract_are_of_the_published_shape(frame: dict[str, Any]) -> None:
    assert TypeAdapter(IngestFrame).validate_python(frame)["type"] == frame["type"]


def test_the_published_shape_says_what_is_required() -> None:
    schema = TypeAdapter(IngestFrame).json_schema()
    required = set(schema["$defs"]["CommentFrame"]["required"])
    assert required == {"platform", "user", "text"}
    assert schema["$defs"]["UserFrame"]["required"] == ["name"]


def test_our_answers_are_of_the_published_shape() -> None:
    TypeAdapter(AckFrame).validate_json(ack_frame(["m-1"]))
    for code in FaultCode:
        TypeAdapter(ErrorFrame).validate_json(error_frame(Fault(code=code, detail="x", id="m-1")))
