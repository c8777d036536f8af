"""The description of setting an evening up and of rehearsing it (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.openapi_schemas import ROOM_PATTERN, reference
from live.web.problems import MEDIA_TYPE
from live.web.rehearsal_models import REHEARSAL

if TYPE_CHECKING:
    from live.service.wire import Json

_JSON = "application/json"
_OBJECT: Json = {"type": "object"}
_TEXT: Json = {"type": "string"}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_SECURITY: list[Json] = [{"bearer": []}, {"query": []}, {"cookie": []}]
_ROOM: Json = {"name": "room", "in": "path", "required": True, "schema": {"type": "string", "pattern": ROOM_PATTERN}}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _all(properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


_REMARKS = _list(_all({"row": _COUNT, "column": _MAYBE_TEXT, "message": _TEXT}))
GOODS = _all({"offers": _list(_OBJECT), "faults": _REMARKS, "warnings": _REMARKS, "given": _OBJECT}) | {
    "description": (
        '`offers` as `start_session` takes them, also those with a fault, to be mended in a form: an unreadable price is "".'
        " `row` is the line of the file or text, from 1. `given` has title, cycle, hosts, policy and script where the list is"
        " the JSON of a whole evening."
    )
}
FINDINGS = _all({"faults": _list(_all({"field": _TEXT, "message": _TEXT})), "warnings": _list(_OBJECT)}) | {
    "description": "What `start_session` would refuse, by field (`offers[2].price`), and what it would warn of; nothing is started."
}


HELD = _all(
    {"room": _TEXT, "console": _TEXT, "speed": _COUNT, "comments": _COUNT, "sent": _COUNT, "unread": _COUNT}
) | {
    "description": (
        "`console` is an address under our root; the rehearsal's whole interface stands under its first two parts"
        " (`rehearsal/{room}/api/v1/…`), its room is `room`. `sent` of `comments` have come in; `unread` lines of a log had"
        " no comment in them."
    )
}
REHEARSALS = _all({"running": {"oneOf": [HELD, {"type": "null"}]}, "recordings": _list(_all({"source": _TEXT}))})


def evening_schemas() -> Json:
    """What is answered, and what a rehearsal is asked with."""
    asked = REHEARSAL.json_schema(ref_template="#/components/schemas/{model}")
    parts: Json = {name: schema for name, schema in asked.pop("$defs").items() if name.endswith("Recording")}
    return {"Goods": GOODS, "Findings": FINDINGS, "Rehearsal": asked, "Held": HELD, "Rehearsals": REHEARSALS} | parts


def evening_paths() -> Json:
    """The addresses of setting up."""
    return {
        "/api/v1/rooms/{room}/last-session": {"get": _last()},
        "/api/v1/rooms/{room}/offers/read": {"post": _read()},
        "/api/v1/rooms/{room}/check": {"post": _check()},
        "/api/v1/rooms/{room}/rehearsal": {"get": _look(), "post": _begin(), "delete": _end()},
        "/api/v1/offers-template.csv": {"get": _template("csv", "text/csv")},
        "/api/v1/offers-template.xlsx": {
            "get": _template("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        },
    }


def _last() -> Json:
    return {
        "operationId": "lastSession",
        "summary": "The room's last evening as the body of the next `start_session`, its times moved to the coming days (host).",
        "parameters": [_ROOM],
        "responses": _answers(reference("StartSession"), 401, 403, 404, 503),
        "security": _SECURITY,
    }


def _read() -> Json:
    binary: Json = {"schema": {"type": "string", "format": "binary"}}
    return {
        "operationId": "readOffers",
        "summary": "Read a list of goods: XLSX, CSV (UTF-8, GB18030), a pasted table, 接龙 text or JSON (host).",
        "parameters": [_ROOM],
        "requestBody": {"required": True, "content": {"application/octet-stream": binary}},
        "responses": _answers(reference("Goods"), 401, 403, 404, 413, 422),
        "security": _SECURITY,
    }


def _check() -> Json:
    return {
        "operationId": "checkStart",
        "summary": "Every fault and warning of a `start_session` body, without starting anything (host).",
        "parameters": [_ROOM],
        "requestBody": {"required": True, "content": {_JSON: {"schema": reference("StartSession")}}},
        "responses": _answers(reference("Findings"), 400, 401, 403, 404, 413, 415, 503),
        "security": _SECURITY,
    }


def _look() -> Json:
    return {
        "operationId": "rehearsal",
        "summary": "The rehearsal that is held now, and what can be replayed (host).",
        "parameters": [_ROOM],
        "responses": _answers(reference("Rehearsals"), 401, 403, 404, 409, 503),
        "security": _SECURITY,
    }


def _begin() -> Json:
    return {
        "operationId": "beginRehearsal",
        "summary": "Replay a recording against an evening, in a service and a store of its own (host).",
        "parameters": [_ROOM],
        "requestBody": {"required": True, "content": {_JSON: {"schema": reference("Rehearsal")}}},
        "responses": _answers(reference("Held"), 400, 401, 403, 404, 409, 413, 415, 422, 503),
        "security": _SECURITY,
    }


def _end() -> Json:
    return {
        "operationId": "endRehearsal",
        "summary": "End the rehearsal and throw away all of it (host).",
        "parameters": [_ROOM],
        "responses": _answers(_all({"ended": {"type": "boolean"}}), 401, 403, 404, 409),
        "security": _SECURITY,
    }


def _template(kind: str, media_type: str) -> Json:
    file: Json = {"description": "Done.", "content": {media_type: {"schema": {"type": "string"}}}}
    return {
        "operationId": f"{kind}Template",
        "summary": f"The list of goods to fill in, as {kind.upper()} (host).",
        "responses": {"200": file} | _refused(401, 403),
        "security": _SECURITY,
    }


def _answers(schema: Json, *problems: int) -> Json:
    done: Json = {"description": "Done.", "content": {_JSON: {"schema": schema}}}
    return {"200": done, **_refused(*problems)}


def _refused(*problems: int) -> Json:
    refused: Json = {"description": "Refused.", "content": {MEDIA_TYPE: {"schema": reference("Problem")}}}
    return {str(status): refused for status in problems}
