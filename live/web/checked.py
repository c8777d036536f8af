"""The body of a request against a model: every fault at once, in words, and nothing that JSON does not know."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from live.web.command_faults import faults_of
from live.web.problems import refuse

if TYPE_CHECKING:
    from aiohttp import web
    from pydantic import TypeAdapter

    from live.web.problems import ProblemRaised

T = TypeVar("T")

MAX_KEY_CHARACTERS = 255


def checked(adapter: TypeAdapter[T], data: bytes, *, what: str, tagged: bool) -> T:
    """Read a body that `object_of` has taken for an object; `tagged` for a union, whose tag is no place in it.

    Raises:
        ProblemRaised: 400 for what only Python would read as JSON, 422 with every fault.
    """
    try:
        return adapter.validate_json(data)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            # pydantic reads JSON more strictly than Python does: no half of an emoji, no nesting without end
            raise _no_json() from None
        faults = faults_of(error, tagged=tagged)
        where = "、".join(dict.fromkeys(fault.field for fault in faults if fault.field))
        raise refuse(422, "invalid_command", f"{what}里有 {len(faults)} 处要改：{where}", faults) from None


def object_of(data: bytes, *, example: str) -> dict[str, object]:
    """Read a JSON object; raises a 400 problem for anything else."""
    try:
        value = json.loads(data, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise _no_json() from None
    if not isinstance(value, dict):
        raise refuse(400, "invalid_json", f"内容要写成一个 JSON 对象，例：{example}。")
    return value


def request_hash(data: bytes) -> str:
    """The SHA-256 of a body, whatever the order of its fields and its spaces."""
    canonical = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def idempotency_key(request: web.Request) -> str | None:
    """The `Idempotency-Key` of a request; raises a 422 problem for one that cannot be kept."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= MAX_KEY_CHARACTERS and key.isprintable()):
        raise refuse(422, "invalid_key", f"Idempotency-Key 要有 1 到 {MAX_KEY_CHARACTERS} 个可打印字符。")
    return key


def _no_json() -> ProblemRaised:
    return refuse(400, "invalid_json", "内容不是正确的 JSON（UTF-8）。")


def _refuse_constant(name: str) -> None:
    """Python reads NaN and Infinity, JSON does not know them."""
    raise ValueError(name)


def _finite(digits: str) -> float:
    """A number too large for a float would be told to every page as Infinity, which their JSON does not know either."""
    number = float(digits)
    if math.isinf(number):
        raise ValueError(digits)
    return number
