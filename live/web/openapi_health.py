"""The description of `GET /api/v1/rooms/{room}/health` (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.openapi_schemas import ROOM_PATTERN, reference
from live.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from live.service.wire import Json

_TEXT: Json = {"type": "string"}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_MAYBE_COUNT: Json = {"type": ["integer", "null"], "minimum": 0}
_FLAG: Json = {"type": "boolean"}
_MOMENT: Json = {"type": "string", "format": "date-time"}
_MAYBE_MOMENT: Json = {"type": ["string", "null"], "format": "date-time"}
_ROOM: Json = {"name": "room", "in": "path", "required": True, "schema": {"type": "string", "pattern": ROOM_PATTERN}}


def _all(properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


_SOURCE = _all(
    {
        "id": _TEXT,
        "name": _TEXT,
        "platform": _MAYBE_TEXT,
        "state": {"enum": ["listening", "silent", "away"]},
        "since": _MOMENT,
        "last_comment_at": _MAYBE_MOMENT,
        "per_hour": _COUNT,
        "missed": _MAYBE_COUNT,
        "detail": _MAYBE_TEXT,
    }
) | {
    "description": (
        "As in events; `missed` of one that is not heard is what the gap may have cost by now, `detail` what is the matter"
        " with a tool that we call, and the mend."
    )
}
_COMMENTS = _all(
    {"lag_ms": _MAYBE_COUNT, "worst_lag_ms": _MAYBE_COUNT, "waiting": _COUNT, "oldest_waiting_ms": _MAYBE_COUNT}
) | {
    "description": (
        "From arrival to commit: of the newest batch and of the slowest of the last minute, null when no comment came; and"
        " how many wait for theirs, and since when the first of them has."
    )
}
HEALTH: Json = _all(
    {
        "room": _TEXT,
        "at": _MOMENT,
        "session_id": _MAYBE_TEXT | {"description": "The running session."},
        "watched": _FLAG | {"description": "False where `ingest.silent_after_s` is 0: no source is called silent."},
        "silent_after_ms": _COUNT,
        "sources": {"type": "array", "items": _SOURCE},
        "comments": _COMMENTS,
        "commands": _all({"answering": _FLAG, "busy_ms": _COUNT})
        | {
            "description": "`busy_ms`: how long the room's owner has been at one piece of work; 0 while it waits for some."
        },
        "writable": _FLAG | {"description": "Whether comments can be taken and kept."},
        "pages": _all({"hosts": _COUNT, "pictures": _COUNT, "viewers": _COUNT})
        | {"description": "Pages that listen: of hosts and pictures in this room, of viewers in all."},
        "trouble": {
            "description": "What hosts are told of, whichever room it is about.",
            "oneOf": [_all({"code": _TEXT, "detail": _TEXT}), {"type": "null"}],
        },
    }
)


def health_operation() -> Json:
    """How it is asked for."""
    told: Json = {"description": "Done.", "content": {"application/json": {"schema": reference("Health")}}}
    refused: Json = {"description": "Refused.", "content": {MEDIA_TYPE: {"schema": reference("Problem")}}}
    return {
        "operationId": "health",
        "summary": "Whether a room's orders are safe: sources, lag, what waits, commands, open pages (host).",
        "parameters": [_ROOM],
        "responses": {"200": told} | {str(status): refused for status in (401, 403, 404, 503)},
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }
