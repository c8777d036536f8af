"""The description of what viewers' pages ask: no token; the pickup code, or the browser's cookie, is the secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.web.checked import MAX_KEY_CHARACTERS
from live.web.openapi_schemas import ROOM_PATTERN, reference
from live.web.problems import MEDIA_TYPE
from live.web.viewer_models import CHANGES, JOINS, ORDERS, SHORTEST_KEY

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from live.service.wire import Json

_JSON = "application/json"
_REFS = "#/components/schemas/{model}"
_OBJECT: Json = {"type": "object"}
_TEXT: Json = {"type": "string"}
_HASH: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_MOMENT: Json = {"type": "string", "format": "date-time"}
_ROOM: Json = {"name": "room", "in": "path", "required": True, "schema": {"type": "string", "pattern": ROOM_PATTERN}}
_CODE: Json = {
    "name": "code",
    "in": "path",
    "required": True,
    "schema": _TEXT,
    "description": "A pickup code; small letters, spaces and dashes will do.",
}
_GIVEAWAY: Json = {"name": "giveaway", "in": "path", "required": True, "schema": _TEXT}

SHOP: Json = {
    "type": "object",
    "description": "Nulls: a room that was never on; a browser that has ordered nothing of this list.",
    "required": ["now", "shop", "mine"],
    "properties": {"now": _MOMENT, "shop": {"type": ["object", "null"]}, "mine": {"type": ["object", "null"]}},
}
ORDERED: Json = {
    "type": "object",
    "description": "All that this browser has ordered of the list: what is reserved, what waits, and the code.",
    "required": ["now", "mine"],
    "properties": {"now": _MOMENT, "mine": reference("BasketPart")},
}
PART: Json = {
    "type": "object",
    "description": "What one identity has in one session.",
    "required": ["code", "name", "session", "cycle", "point_id", "lines", "amount"],
    "properties": {
        "code": _TEXT,
        "name": {"type": "string", "description": "Masked."},
        "session": _OBJECT,
        "cycle": _OBJECT,
        "point_id": {"type": ["string", "null"]},
        "lines": {"type": "array", "items": _OBJECT},
        "amount": _TEXT,
    },
}
BASKET: Json = {
    "type": "object",
    "required": ["now", "basket"],
    "properties": {
        "now": _MOMENT,
        "basket": {
            "type": "object",
            "required": ["code", "qr", "points", "parts"],
            "properties": {
                "code": _TEXT,
                "qr": {"type": "array", "items": {"type": "string", "pattern": "^[01]+$"}},
                "points": {"type": "integer"},
                "parts": {"type": "array", "items": reference("BasketPart")},
            },
        },
    },
}
DRAW_RECORD: Json = {
    "type": "object",
    "description": "While entries are taken: no more than the required. Closed: the list. Drawn: the seed and the winners.",
    "required": ["giveaway_id", "rules", "opened_at", "commitment"],
    "properties": {
        "giveaway_id": _TEXT,
        "rules": _OBJECT,
        "opened_at": _MOMENT,
        "closed_at": _MOMENT,
        "commitment": _HASH,
        "seed": _HASH,
        "entries": {"type": "array", "items": _TEXT},
        "list_hash": _HASH,
        "witness": _OBJECT,
        "rounds": {"type": "array", "items": _OBJECT},
    },
}
DRAW: Json = {
    "type": "object",
    "required": ["record", "state", "title", "entries", "closes_at", "names", "states"],
    "properties": {
        "record": reference("DrawRecord"),
        "state": {"enum": ["open", "closed", "drawn"]},
        "title": _TEXT,
        "entries": {"type": "integer"},
        "closes_at": _MOMENT,
        "claim_until": {"type": ["string", "null"], "format": "date-time"},
        "names": {"type": "object", "description": "Winners' masked names by entry id."},
        "states": {"type": "object", "description": "By entry id of a winner: won, claimed or forfeited."},
    },
}


def viewer_schemas() -> Json:
    """The schemas that are named below."""
    schemas: Json = {
        "Shop": SHOP,
        "Ordered": ORDERED,
        "BasketPart": PART,
        "Basket": BASKET,
        "DrawRecord": DRAW_RECORD,
        "Draw": DRAW,
    }
    for name, adapter in (("Order", ORDERS), ("Change", CHANGES), ("BasketJoin", JOINS)):
        _add(schemas, name, adapter)
    return schemas


def viewer_paths() -> Json:
    """Every route of viewers that is no page."""
    return {
        "/api/v1/shops/{room}": {"get": _get("shop", "The list of a room, and what this browser has ordered.", "Shop", _ROOM)},
        "/api/v1/shops/{room}/orders": {"post": _post("order", "Order by the form; all of it or nothing.", ("Order", "Ordered"), _ROOM, needs_key=True)},
        "/ws/shops/{room}": {"get": _socket("shopSocket", "WebSocket: the list and this browser's orders, again when they change.", _ROOM)},
        "/api/v1/baskets/{code}": {"get": _get("basket", "What a pickup code opens.", "Basket", _CODE)},
        "/api/v1/baskets/{code}/changes": {"post": _post("changeBasket", "Change a line, or how the goods are fetched.", ("Change", "Basket"), _CODE)},
        "/api/v1/baskets/{code}/joins": {"post": _post("joinBaskets", "Put two of one's own codes together.", ("BasketJoin", "Basket"), _CODE)},
        "/draw/{giveaway}.json": {"get": _get("drawRecord", "The record of a draw; the seed and the winners once it is drawn.", "DrawRecord", _GIVEAWAY)},
        "/api/v1/draws/{giveaway}": {"get": _get("draw", "A draw as its public page shows it.", "Draw", _GIVEAWAY)},
        "/ws/baskets/{code}": {"get": _socket("basketSocket", "WebSocket: the basket, again whenever it changes.", _CODE)},
    }  # fmt: skip


def _get(operation: str, summary: str, answer: str, blank: Json) -> Json:
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [blank],
        "responses": {"200": _content(_JSON, answer), **_problems(404, 429, 503)},
        "security": [],
    }


def _post(operation: str, summary: str, models: tuple[str, str], blank: Json, *, needs_key: bool = False) -> Json:
    body, answer = models
    return {
        "operationId": operation,
        "summary": f"{summary} Our own pages only (Origin).",
        "parameters": [blank, _key(needed=needs_key)],
        "requestBody": {"required": True, "content": {_JSON: {"schema": reference(body)}}},
        "responses": {"200": _content(_JSON, answer), **_problems(400, 403, 404, 409, 413, 415, 422, 429, 503)},
        "security": [],
    }


def _key(*, needed: bool) -> Json:
    least = SHORTEST_KEY if needed else 1
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": needed,
        "schema": {"type": "string", "minLength": least, "maxLength": MAX_KEY_CHARACTERS},
        "description": "What is sent again with it takes effect once.",
    }


def _socket(operation: str, summary: str, blank: Json) -> Json:
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [blank],
        "responses": {"101": {"description": "Upgraded to a WebSocket."}, **_problems(404, 426, 429, 503)},
        "security": [],
    }


def _problems(*statuses: int) -> Json:
    return {str(status): _content(MEDIA_TYPE, "Problem") for status in statuses}


def _content(media_type: str, model: str) -> Json:
    return {"description": model, "content": {media_type: {"schema": reference(model)}}}


def _add(schemas: Json, name: str, adapter: TypeAdapter[Any]) -> None:
    schema = adapter.json_schema(ref_template=_REFS)
    for part, described in schema.pop("$defs", {}).items():
        schemas[f"Viewer{part}"] = described
    schemas[name] = _renamed(schema)


def _renamed(schema: Any) -> Any:
    """Point to the parts under the names that keep them apart from the hosts' models."""
    if isinstance(schema, dict):
        return {key: _renamed(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_renamed(value) for value in schema]
    prefix = _REFS.format(model="")
    return f"{prefix}Viewer{schema.removeprefix(prefix)}" if str(schema).startswith(prefix) else schema
