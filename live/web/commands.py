"""`POST /api/v1/rooms/{room}/commands`: the one way in for everything that a host does."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from urllib.parse import unquote

from aiohttp import web
from pydantic import TypeAdapter

from live.web.auth import require
from live.web.bodies import read_body
from live.web.checked import checked, idempotency_key, object_of, request_hash
from live.web.command_models import CommandModel, CommandUnion
from live.web.command_orders import to_order
from live.web.keys import NEW_ID, SERVICE
from live.web.problems import MEDIA_TYPE, FieldFault, refuse
from live.web.rooms import room_in_path
from live.web.tokens import Role

if TYPE_CHECKING:
    from live.service.results import Answer

MAX_BODY_BYTES = 1024 * 1024

BY = "Linbo-By"
MOST_OF_A_NAME = 20

COMMANDS: TypeAdapter[CommandModel] = TypeAdapter(CommandUnion)
KNOWN = tuple(get_args(model.model_fields["type"].annotation)[0] for model in get_args(CommandModel))
"""The values of `type`."""


async def command(request: web.Request) -> web.Response:
    """Check a command, have it done, and answer with the events it made."""
    require(request, Role.HOST)
    room, key = room_in_path(request), idempotency_key(request)
    data = await read_body(request, MAX_BODY_BYTES)
    order = to_order(parse(data), request.app[NEW_ID])
    service = request.app[SERVICE]
    await service.open(room)
    return answer(await service.command(room, order, key=key, request_hash=request_hash(data), by=acting(request)))


def acting(request: web.Request) -> str | None:
    """The name of who gives a command (`Linbo-By`, percent-encoded UTF-8), for the other screens; None: they do not say.

    It is a courtesy among those who hold the host's token, and proves nothing.
    """
    name = " ".join(unquote(request.headers.get(BY, "")).split())
    return name[:MOST_OF_A_NAME] if name.isprintable() and name else None


def answer(said: Answer) -> web.Response:
    """The service's answer over HTTP."""
    media_type = "application/json" if said.status < web.HTTPBadRequest.status_code else MEDIA_TYPE
    return web.Response(body=said.body, status=said.status, content_type=media_type)


def parse(data: bytes) -> CommandModel:
    """Read a command.

    Raises:
        ProblemRaised: 400 for what is no JSON object, 422 with every fault for what is no command.
    """
    _check_type(object_of(data, example='{"type":"close_prompt"}'))
    return checked(COMMANDS, data, what="命令", tagged=True)


def _check_type(value: dict[str, object]) -> None:
    if value.get("type") not in KNOWN:
        known = " ".join(KNOWN)
        fault = FieldFault(field="type", message=f"只能是：{known}")
        raise refuse(422, "unknown_command", f"不认识这个命令。可用的命令：{known}", [fault])
