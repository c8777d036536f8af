"""The description of what leaves the shop: targets and dead letters, lists for group chats, tables (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.export import CSV, TABLES, XLSX
from live.web.jielong_models import FULL, MASKED, OFFERS, ORDERS, PASTED
from live.web.openapi_schemas import ROOM_PATTERN, reference
from live.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from live.service.wire import Json

_JSON = "application/json"
_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_MAYBE_MOMENT: Json = {"type": ["string", "null"], "format": "date-time"}
_HOST: list[Json] = [{"bearer": []}, {"query": []}, {"cookie": []}]
_ROOM: Json = {"name": "room", "in": "path", "required": True, "schema": {"type": "string", "pattern": ROOM_PATTERN}}
_DELIVERY: Json = {"name": "delivery", "in": "path", "required": True, "schema": _TEXT}
_SESSION: Json = {"name": "session", "in": "query", "schema": _TEXT, "description": "The id of one; else the newest."}


def _object(description: str, **properties: Json) -> Json:
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


_TARGET = _object(
    "A group robot or a webhook. `off`: no longer in the settings; `failing`: the last that is known is a failure.",
    name=_TEXT,
    form={"enum": ["wecom", "webhook", None]},
    to=_MAYBE_TEXT,
    rooms={"type": ["array", "null"], "items": _TEXT},
    state={"enum": ["ok", "failing", "off"]},
    delivered=_COUNT,
    delivered_at=_MAYBE_MOMENT,
    waiting=_COUNT,
    oldest_at=_MAYBE_MOMENT,
    dead=_COUNT,
    last_error=_MAYBE_TEXT,
    failed_at=_MAYBE_MOMENT,
)
_LETTER = _object(
    "What was given up, and why.",
    id=_TEXT,
    target=_TEXT,
    room=_TEXT,
    seq={"type": ["integer", "null"]},
    kind=_TEXT,
    form={"enum": ["text", "markdown", "file", "event"]},
    name=_TEXT,
    attempts=_COUNT,
    made_at={"type": "string", "format": "date-time"},
    error=_MAYBE_TEXT,
)
_PROPOSAL = _object(
    "An order of a list: send `command` with `key` as its Idempotency-Key, and no line is ever booked twice.",
    line=_COUNT,
    text=_TEXT,
    name=_TEXT,
    sure={"type": "boolean"},
    reason=_TEXT,
    has={"type": "integer", "description": "What this name has of this offer already."},
    key=_TEXT,
    command=reference("Reserve"),
)


def outbound_schemas() -> Json:
    """The schemas that are named below."""
    return {
        "Outbound": _object("All targets, and the newest dead letters.", targets=_list(_TARGET), dead=_list(_LETTER)),
        "Retried": _object("It waits to be sent.", id=_TEXT, state={"const": "waiting"}),
        "PastedList": PASTED.json_schema(),
        "SignUps": _object(
            "What a list was read as; nothing is booked.",
            proposals=_list(_PROPOSAL),
            faults=_list(_object("A line that could not be read.", line=_COUNT, text=_TEXT, message=_TEXT)),
            skipped=_COUNT,
        ),
    }


def outbound_paths() -> Json:
    """Every route of what leaves the shop."""
    what, names = _query("what", OFFERS, ORDERS), _query("names", MASKED, FULL)
    return {
        "/api/v1/outbound": {"get": _operation("outbound", "How messages and events arrive (host).", _answer("Outbound"), 401, 503)},
        "/api/v1/outbound/{delivery}/retry": {"post": _operation("retryDelivery", "Try a delivery again now (host).", _answer("Retried"), 401, 404, 503, blanks=[_DELIVERY])},
        "/api/v1/rooms/{room}/jielong": {
            "get": _operation("writeList", "The 接龙 for a group chat (host).", _file("text/plain"), 401, 404, 422, 503, blanks=[_ROOM, what, names]),
            "post": _operation("readList", "A 接龙 to proposed orders (host).", _answer("SignUps"), 400, 401, 404, 413, 415, 422, 503, blanks=[_ROOM]) | {"requestBody": {"required": True, "content": {_JSON: {"schema": reference("PastedList")}}}},
        },
        "/api/v1/rooms/{room}/export.csv": {"get": _operation("exportCsv", "One table of a session (host).", _file(CSV), 401, 404, 422, 503, blanks=[_ROOM, _query("table", *TABLES), _SESSION])},
        "/api/v1/rooms/{room}/export.xlsx": {"get": _operation("exportXlsx", "All tables of a session (host).", _file(XLSX), 401, 404, 503, blanks=[_ROOM, _SESSION])},
    }  # fmt: skip


def _operation(name: str, summary: str, answer: Json, *problems: int, blanks: list[Json] | None = None) -> Json:
    refusals = {str(status): _content("Refused.", MEDIA_TYPE, reference("Problem")) for status in (403, *problems)}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": blanks or [],
        "responses": {"200": answer, **refusals},
        "security": _HOST,
    }


def _answer(model: str) -> Json:
    return _content("Done.", _JSON, reference(model))


def _file(media_type: str) -> Json:
    return _content("The file.", media_type, _TEXT)


def _content(description: str, media_type: str, schema: Json) -> Json:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _query(name: str, *choices: str) -> Json:
    return {"name": name, "in": "query", "schema": {"enum": list(choices), "default": choices[0]}}
