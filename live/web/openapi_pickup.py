"""The description of what the counter asks: whose goods lie there, and who is one person (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.openapi_schemas import ROOM_PATTERN, reference
from live.web.pickup_models import JOIN, SPLIT
from live.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from live.service.wire import Json

_JSON = "application/json"
_OBJECT: Json = {"type": "object"}
_TEXT: Json = {"type": "string"}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_MOMENT: Json = {"type": "string", "format": "date-time"}
_SECURITY: list[Json] = [{"bearer": []}, {"query": []}, {"cookie": []}]


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _all(properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


ROOM = _all({"room": _TEXT, "seq": _COUNT})
SESSION = _all(
    {
        "id": _TEXT,
        "room": _TEXT,
        "title": _TEXT,
        "state": _TEXT,
        "started_at": _MOMENT,
        "letter": _TEXT,
        "cycle": _OBJECT,
        "bag_points": _COUNT,
        "offers": _list(_OBJECT),
        "giveaways": _list(_OBJECT),
    }
)
BASKET = _all(
    {
        "session_id": _TEXT,
        "room": _TEXT,
        "viewer": _OBJECT,
        "pickup_code": _TEXT,
        "number": _COUNT,
        "line_number": _TEXT,
        "pickup_point_id": _MAYBE_TEXT,
        "phone_tail": _MAYBE_TEXT,
        "own_bag": {"type": "boolean"},
        "bag_points": _COUNT,
        "redeemed_points": _COUNT,
        "reservations": _list(_OBJECT),
    }
)
CUSTOMER = _all(
    {
        "id": _TEXT,
        "keys": _list(_TEXT),
        "points": {"type": "integer"},
        "no_shows": _COUNT,
        "baskets": _list(BASKET),
    }
)
COUNTER = _all(
    {"at": _MOMENT, "rooms": _list(ROOM), "sessions": _list(SESSION), "people": _list(CUSTOMER)},
) | {
    "description": (
        "What lies at the counter of a room: its newest session and those with goods to hand over, of all rooms that share"
        " their cycle, grouped by person. `rooms` has the number of the last event that is in it."
        " `line_number` is the number in line as papers print it: with the `letter` of its session where more than one"
        " of the cycle has sold something."
    )
}
PERSON = _all({"viewer_keys": _list(_TEXT)}) | {"description": "All viewer keys of one person."}


def pickup_schemas() -> Json:
    """What the counter sends and is answered."""
    return {"Counter": COUNTER, "Person": PERSON, "Join": JOIN.json_schema(), "Split": SPLIT.json_schema()}


def pickup_paths() -> Json:
    """The counter's addresses."""
    return {
        "/api/v1/rooms/{room}/pickup": {"get": _counter()},
        "/api/v1/people/join": {"post": _people("join", "Make two identities one person (host).", "Join")},
        "/api/v1/people/split": {"post": _people("split", "Let an identity be a person alone again (host).", "Split")},
    }


def _counter() -> Json:
    looked_for = {
        "name": "q",
        "in": "query",
        "schema": {"type": "string", "maxLength": 500},
        "description": "A pickup code or its first four letters, the address of a viewer's page, the last four digits of a"
        " phone, a name or a part of it, a number in line (12, B12, 12号). Without it: everybody. A whole code is found however old it is.",
    }
    room = {"name": "room", "in": "path", "required": True, "schema": {"type": "string", "pattern": ROOM_PATTERN}}
    return {
        "operationId": "counter",
        "summary": "Whose goods lie at the counter, by person (host).",
        "parameters": [room, looked_for],
        "responses": _answers("Counter", 401, 403, 404, 422, 503),
        "security": _SECURITY,
    }


def _people(operation: str, summary: str, model: str) -> Json:
    return {
        "operationId": operation,
        "summary": summary,
        "requestBody": {"required": True, "content": {_JSON: {"schema": reference(model)}}},
        "responses": _answers("Person", 400, 401, 403, 404, 413, 415, 422, 503),
        "security": _SECURITY,
    }


def _answers(model: str, *problems: int) -> Json:
    refused: Json = {"description": "Refused.", "content": {MEDIA_TYPE: {"schema": reference("Problem")}}}
    done: Json = {"description": "Done.", "content": {_JSON: {"schema": reference(model)}}}
    return {"200": done, **{str(status): refused for status in problems}}
