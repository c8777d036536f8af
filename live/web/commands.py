"""`POST /api/v1/rooms/{room}/commands`: the one way in for everything that a host does."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, get_args

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from live.web.auth import require
from live.web.bodies import read_body
from live.web.command_faults import faults_of
from live.web.command_models import CommandModel, CommandUnion
from live.web.command_orders import to_order
from live.web.keys import NEW_ID, SERVICE
from live.web.problems import MEDIA_TYPE, FieldFault, refuse
from live.web.rooms import room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from live.service.results import Answer
    from live.web.problems import ProblemRaised

MAX_BODY_BYTES = 1024 * 1024
MAX_KEY_CHARACTERS = 255

COMMANDS: TypeAdapter[CommandModel] = TypeAdapter(CommandUnion)
KNOWN = tuple(get_args(model.model_fields["type"].annotation)[0] for model in get_args(CommandModel))
"""The values of `type`."""


async def command(request: web.Request) -> web.Response:
    """Check a command, have it done, and answer with the events it made."""
    require(request, Role.HOST)
    room, key = room_in_path(request), _idempotency_key(request)
    data = await read_body(request, MAX_BODY_BYTES)
    order = to_order(parse(data), request.app[NEW_ID])
    service = request.app[SERVICE]
    await service.open(room)
    return answer(await service.command(room, order, key=key, request_hash=request_hash(data)))


def answer(said: Answer) -> web.Response:
    """The service's answer over HTTP."""
    media_type = "application/json" if said.status < web.HTTPBadRequest.status_code else MEDIA_TYPE
    return web.Response(body=said.body, status=said.status, content_type=media_type)


def parse(data: bytes) -> CommandModel:
    """Read a command.

    Raises:
        ProblemRaised: 400 for what is no JSON object, 422 with every fault for what is no command.
    """
    _check_type(_object(data))
    try:
        return COMMANDS.validate_json(data)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            # pydantic reads JSON more strictly than Python does: no half of an emoji, no nesting without end
            raise _no_json() from None
        faults = faults_of(error)
        where = "、".join(dict.fromkeys(fault.field for fault in faults if fault.field))
        raise refuse(422, "invalid_command", f"命令里有 {len(faults)} 处要改：{where}", faults) from None


def request_hash(data: bytes) -> str:
    """The SHA-256 of a command, whatever the order of its fields and its spaces."""
    canonical = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _object(data: bytes) -> dict[str, object]:
    try:
        value = json.loads(data, parse_constant=_refuse_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise _no_json() from None
    if not isinstance(value, dict):
        raise refuse(400, "invalid_json", '命令要写成一个 JSON 对象，例：{"type":"close_prompt"}。')
    return value


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


def _check_type(value: dict[str, object]) -> None:
    if value.get("type") not in KNOWN:
        known = " ".join(KNOWN)
        fault = FieldFault(field="type", message=f"只能是：{known}")
        raise refuse(422, "unknown_command", f"不认识这个命令。可用的命令：{known}", [fault])


def _idempotency_key(request: web.Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= MAX_KEY_CHARACTERS and key.isprintable()):
        raise refuse(422, "invalid_key", f"Idempotency-Key 要有 1 到 {MAX_KEY_CHARACTERS} 个可打印字符。")
    return key
