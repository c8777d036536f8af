"""`/api/v1/openapi.json`: OpenAPI 3.1 from the models that check the requests and a table of the routes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from live.sources.kinds import POST_CALLERS, SOCKET_CALLERS
from live.sources.models import IngestFrame
from live.web.checked import MAX_KEY_CHARACTERS
from live.web.commands import COMMANDS
from live.web.openapi_evening import evening_paths, evening_schemas
from live.web.openapi_health import HEALTH, health_operation
from live.web.openapi_llm import llm_paths, llm_schemas
from live.web.openapi_outbound import outbound_paths, outbound_schemas
from live.web.openapi_pickup import pickup_paths, pickup_schemas
from live.web.openapi_schemas import (
    COMMENT_KINDS,
    COMMENT_PAGE,
    CYCLES,
    EVENTS,
    INGEST_ERROR,
    LINKS,
    PICTURE,
    PROBLEM,
    ROOM_PATTERN,
    SNAPSHOT,
    reference,
)
from live.web.openapi_script import script_paths, script_schemas
from live.web.openapi_viewers import viewer_paths, viewer_schemas
from live.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.service.wire import Json

VERSION = "1.0.0"
_JSON = "application/json"
_REFS = "#/components/schemas/{model}"


@cache
def document() -> Json:
    """The whole description."""
    schemas: Json = {
        "Problem": PROBLEM,
        "Events": EVENTS,
        "Snapshot": SNAPSHOT,
        "CommentPage": COMMENT_PAGE,
        "CommentKinds": COMMENT_KINDS,
        "Picture": PICTURE,
        "Cycles": CYCLES,
        "Links": LINKS,
        "Health": HEALTH,
        "IngestError": INGEST_ERROR,
        "Ack": _object({"type": {"const": "ack"}, "ids": {"type": "array", "items": {"type": "string"}}}),
    }
    _add_union(schemas, "Command", COMMANDS)
    _add_union(schemas, "IngestFrame", TypeAdapter(IngestFrame))
    schemas |= viewer_schemas() | outbound_schemas() | pickup_schemas() | evening_schemas() | script_schemas()
    schemas |= llm_schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "邻播",
            "version": VERSION,
            "description": "Comments in, commands, events and the state of a room.",
        },
        "security": [{"bearer": []}],
        "paths": _paths()
        | viewer_paths()
        | outbound_paths()
        | pickup_paths()
        | evening_paths()
        | script_paths()
        | llm_paths(),
        "components": {"schemas": schemas, "securitySchemes": _SECURITY},
    }


_SECURITY: Json = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "query": {"type": "apiKey", "in": "query", "name": "token"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "linbo_host"},
}


def _paths() -> Json:
    return {
        "/api/v1/rooms/{room}/commands": {"post": _commands()},
        "/api/v1/rooms/{room}/comments": {"get": _comments()},
        "/api/v1/rooms/{room}/comments/kinds": {"get": _comment_kinds()},
        "/api/v1/pictures": {"post": _pictures()},
        "/api/v1/rooms/{room}/snapshot": {"get": _snapshot()},
        "/api/v1/rooms/{room}/cycles": {"get": _cycles()},
        "/api/v1/rooms/{room}/links": {"get": _links()},
        "/api/v1/rooms/{room}/health": {"get": health_operation()},
        "/ingest": {"post": _ingest()},
        "/ingest/{tool}": {"post": _ingest_tool(), "options": _ingest_tool_options()},
        "/ws/ingest": {"get": _ws_ingest()},
        "/ws/ingest/{tool}": {"get": _ws_ingest_tool()},
        "/ws/events": {"get": _ws_events()},
        "/api/v1/openapi.json": {"get": _open("openapi", "This document.", _JSON)},
        "/healthz": {"get": _open("healthz", "The process answers.", _JSON)},
        "/readyz": {"get": _open("readyz", "Comments can be taken and kept.", _JSON) | _unready()},
        "/metrics": {"get": _open("metrics", "Prometheus' text format.", "text/plain")},
    }


def _commands() -> Json:
    key = {"type": "string", "minLength": 1, "maxLength": MAX_KEY_CHARACTERS}
    return {
        "operationId": "command",
        "summary": "Have a command carried out (host).",
        "parameters": [
            _ROOM_IN_PATH,
            {
                "name": "Idempotency-Key",
                "in": "header",
                "schema": key,
                "description": "A retried command takes effect once and gives the first answer again.",
            },
        ],
        "requestBody": _body("Command"),
        "responses": _answers("Events", 400, 401, 403, 404, 409, 413, 415, 422, 503),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _pictures() -> Json:
    image: Json = {"schema": {"type": "string", "format": "binary"}}
    return {
        "operationId": "uploadPicture",
        "summary": "Keep a picture of goods; its name is what an offer's `picture` takes (host).",
        "requestBody": {"required": True, "content": {f"image/{kind}": image for kind in ("jpeg", "png", "webp")}},
        "responses": _answers("Picture", 401, 403, 413, 415),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _comments() -> Json:
    after: Json = {"type": "integer", "minimum": 0, "default": 0}
    limit: Json = {"type": "integer", "minimum": 0, "maximum": 1000, "default": 100}
    return {
        "operationId": "comments",
        "summary": "Stored comments in order of arrival (host).",
        "parameters": [_ROOM_IN_PATH, _query("after", after), _query("limit", limit)],
        "responses": _answers("CommentPage", 401, 403, 404, 422, 503),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _comment_kinds() -> Json:
    return {
        "operationId": "commentKinds",
        "summary": "What each comment of the session is, as lists of places (host).",
        "parameters": [_ROOM_IN_PATH],
        "responses": _answers("CommentKinds", 401, 403, 404, 503),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _snapshot() -> Json:
    return {
        "operationId": "snapshot",
        "summary": "The state of a room (host: whole; overlay: names masked, no ids and codes).",
        "parameters": [_ROOM_IN_PATH],
        "responses": _answers("Snapshot", 401, 403, 404),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _links() -> Json:
    return {
        "operationId": "links",
        "summary": "Where viewers order when comments do not arrive, as a link and a QR code (host, overlay).",
        "parameters": [_ROOM_IN_PATH],
        "responses": _answers("Links", 401, 403, 404),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _cycles() -> Json:
    return {
        "operationId": "cycles",
        "summary": "What is left to do in the room's order cycles, newest session first (host).",
        "parameters": [_ROOM_IN_PATH],
        "responses": _answers("Cycles", 401, 403, 404, 503),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _ingest() -> Json:
    responses = _answers("Ack", 401, 403, 413, 415)
    invalid = _content("Some of it was not taken.", _JSON, reference("IngestError"))
    return {
        "operationId": "ingest",
        "summary": "Bring comments; answered when they are durable (ingest).",
        "parameters": [_ROOM_IN_QUERY],
        "requestBody": _body("IngestFrame"),
        "responses": responses | {"422": invalid},
        "security": [{"bearer": []}, {"query": []}],
    }


def _ws_ingest() -> Json:
    return {
        "operationId": "ingestSocket",
        "summary": "WebSocket: frames of the schema IngestFrame in, acks and errors out (ingest).",
        "parameters": [_ROOM_IN_QUERY],
        "responses": _UPGRADED | _problems(401, 403, 422, 426),
        "security": [{"bearer": []}, {"query": []}],
    }


def _ingest_tool() -> Json:
    invalid = _content("Some of it was not taken.", _JSON, reference("IngestError"))
    return {
        "operationId": "ingestTool",
        "summary": "What a tool posts in a form of its own; answered when its comments are durable (ingest).",
        "parameters": [_tool(POST_CALLERS), _ROOM_OR_THE_RUNNING, _PLATFORM],
        "requestBody": {"required": True, "content": {_JSON: {"schema": {"type": "object"}}}},
        "responses": _answers("Ack", 401, 403, 404, 413, 415) | {"422": invalid},
        "security": [{"bearer": []}, {"query": []}],
    }


def _ingest_tool_options() -> Json:
    return {
        "operationId": "ingestToolOptions",
        "summary": "Allows no foreign page anything.",
        "parameters": [_tool(POST_CALLERS)],
        "responses": {"204": {"description": "Nothing."}} | _problems(403, 404),
        "security": [],
    }


def _ws_ingest_tool() -> Json:
    return {
        "operationId": "ingestToolSocket",
        "summary": "WebSocket: what a tool says in frames of its own; nothing is answered (ingest).",
        "parameters": [_tool(SOCKET_CALLERS), _ROOM_OR_THE_RUNNING, _PLATFORM],
        "responses": _UPGRADED | _problems(401, 403, 404, 422, 426),
        "security": [{"bearer": []}, {"query": []}],
    }


def _ws_events() -> Json:
    since: Json = {"type": "integer", "minimum": 0, "description": "The last seq that was seen."}
    topics: Json = {"type": "string", "description": "Kinds or their prefixes, by commas: offer,reservation_made"}
    return {
        "operationId": "eventsSocket",
        "summary": "WebSocket: a snapshot (or the events after `since`), then every event in order.",
        "parameters": [_ROOM_IN_QUERY, _query("since", since), _query("topics", topics)],
        "responses": _UPGRADED | _problems(401, 403, 422, 426),
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }


def _open(operation: str, summary: str, media_type: str) -> Json:
    done = _content("Done.", media_type, {"type": "object"} if media_type == _JSON else {"type": "string"})
    return {"operationId": operation, "summary": summary, "responses": {"200": done}, "security": []}


def _unready() -> Json:
    done = _content("Ready.", _JSON, {"type": "object"})
    return {"responses": {"200": done} | _problems(503)}


_ROOM_SCHEMA: Json = {"type": "string", "pattern": ROOM_PATTERN}
_ROOM_IN_PATH: Json = {"name": "room", "in": "path", "required": True, "schema": _ROOM_SCHEMA}
_ROOM_IN_QUERY: Json = {"name": "room", "in": "query", "required": True, "schema": _ROOM_SCHEMA}
_ROOM_OR_THE_RUNNING: Json = {
    "name": "room",
    "in": "query",
    "schema": _ROOM_SCHEMA,
    "description": "May be left out while exactly one room has a running session.",
}
_PLATFORM: Json = {
    "name": "platform",
    "in": "query",
    "schema": {"type": "string", "pattern": "^[a-z0-9_:-]{1,40}$"},
    "description": "The platform of frames that name none.",
}
_UPGRADED: Json = {"101": {"description": "Upgraded to a WebSocket."}}


def _tool(known: Iterable[str]) -> Json:
    return {"name": "tool", "in": "path", "required": True, "schema": {"type": "string", "enum": list(known)}}


def _query(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def _body(model: str) -> Json:
    return {"required": True, "content": {_JSON: {"schema": reference(model)}}}


def _answers(model: str, *problems: int) -> Json:
    return {"200": _content("Done.", _JSON, reference(model)), **_problems(*problems)}


def _problems(*statuses: int) -> Json:
    return {str(status): _content("Refused.", MEDIA_TYPE, reference("Problem")) for status in statuses}


def _content(description: str, media_type: str, schema: Json) -> Json:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _object(properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def _add_union(schemas: Json, name: str, adapter: TypeAdapter[Any]) -> None:
    """Add a union of models under a name, and its parts under theirs."""
    schema = adapter.json_schema(ref_template=_REFS)
    schemas.update(schema.pop("$defs"))
    schemas[name] = schema
