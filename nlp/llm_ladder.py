"""The ladder: a schema enforced by the server, then any JSON object, then JSON found in text.

`request_parts` says what a rung adds to a request, `read_answer` finds the answer in what came back.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from nlp.llm_types import T

MAX_ANSWER = 20_000
"""Characters of an answer that are looked at: the longest that we ask for is a script of about 6,000."""

_MAX_STARTS = 40
_THOUGHT = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
_FENCE, _LANGUAGE = "```", re.compile(r"[a-zA-Z]*")
_ABOUT_THE_FORMAT = re.compile(r"response_format|json_?schema|json_?object|structured|guided|grammar", re.IGNORECASE)


class Rung(StrEnum):
    """How the shape of an answer is asked for, best first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TEXT = "text"


def below(rung: Rung) -> Rung | None:
    """The next rung down."""
    rungs = list(Rung)
    place = rungs.index(rung) + 1
    return rungs[place] if place < len(rungs) else None


def speaks_of_the_format(message: str) -> bool:
    """Whether an error is about how the shape was asked for, and not about what was asked."""
    return _ABOUT_THE_FORMAT.search(message) is not None


def schema_of(shape: type[BaseModel]) -> dict[str, object]:
    """The JSON schema of *shape* as servers want it: every object closed, every property required."""
    schema = shape.model_json_schema()
    _close(schema)
    return schema


def _close(node: object) -> None:
    if isinstance(node, list):
        for each in node:
            _close(each)
    if isinstance(node, dict):
        if isinstance(properties := node.get("properties"), dict):
            node["additionalProperties"] = False
            node["required"] = list(properties)
        for each in node.values():
            _close(each)


def request_parts(rung: Rung, shape: type[BaseModel]) -> tuple[dict[str, object], str]:
    """The `response_format` parameter of a rung, and what it adds to the instructions."""
    schema = schema_of(shape)
    if rung is Rung.SCHEMA:
        named: dict[str, object] = {"name": shape.__name__, "schema": schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": named}}, ""
    written = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    told = f"\n只输出一个 JSON 对象，不要解释，不要代码框。它的 JSON Schema：{written}"
    return ({"response_format": {"type": "json_object"}} if rung is Rung.OBJECT else {}), told


def read_answer(text: str, shape: type[T]) -> T | None:
    """Find the one object of the right shape in *text*; None where there is none, or where several differ.

    A model that was talked into quoting a comment's JSON before its own answer gives two: neither is believed.
    """
    bare = _bare(text[:MAX_ANSWER])
    whole = _parsed(bare)
    candidates = [whole] if whole is not None else _objects_in(bare)
    found = [value for value in (_shaped(each, shape) for each in candidates) if value is not None]
    return found[0] if found and all(each == found[0] for each in found) else None


def _bare(text: str) -> str:
    """The answer without the thoughts before it and the code fence around it."""
    answer = _THOUGHT.sub("", text).strip()
    if not answer.startswith(_FENCE):
        return answer
    inside = _LANGUAGE.sub("", answer.removeprefix(_FENCE), count=1)
    return inside.removesuffix(_FENCE).strip()


def _parsed(text: str) -> object | None:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _objects_in(text: str) -> list[object]:
    """The JSON objects that stand in a text, none inside another."""
    decoder, found, at = json.JSONDecoder(), [], text.find("{")
    for _ in range(_MAX_STARTS):
        if at < 0:
            break
        try:
            value, end = decoder.raw_decode(text, at)
            found.append(value)
        except (ValueError, RecursionError):
            end = at + 1
        at = text.find("{", end)
    return found


def _shaped(value: object, shape: type[T]) -> T | None:
    try:
        return shape.model_validate(value)
    except (ValidationError, RecursionError):
        return None
