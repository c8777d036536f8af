"""The description of the teleprompter's routes (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from live.web.openapi_schemas import ROOM_PATTERN, reference
from live.web.problems import MEDIA_TYPE
from live.web.script_models import DraftScript, EveningScript, ReadScript, WriteScript

if TYPE_CHECKING:
    from live.service.wire import Json

_JSON = "application/json"
_REFS = "#/components/schemas/{model}"
_TEXT: Json = {"type": "string"}
_FAULT: Json = {
    "type": "object",
    "required": ["line", "what", "mend"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "what": _TEXT, "mend": _TEXT},
}
READ_AS: Json = {
    "type": "object",
    "description": "The script as it was read, as text written out fair, and every fault with its line and its mend.",
    "required": ["script", "markdown", "faults"],
    "properties": {
        "script": reference("EveningScript"),
        "markdown": _TEXT,
        "faults": {"type": "array", "items": _FAULT},
        "by": {"enum": ["template", "model"], "description": "Of a draft: who has worded it."},
        "dropped": {
            "type": "integer",
            "minimum": 0,
            "description": "Of a draft: sentences of the model that do not stand.",
        },
        "trouble": {"type": ["string", "null"], "description": "Of a draft: why the model has not worded it."},
    },
}


def script_schemas() -> Json:
    """What is sent and answered."""
    schemas: Json = {"ScriptRead": READ_AS}
    for model in (EveningScript, ReadScript, WriteScript, DraftScript):
        schema = TypeAdapter(model).json_schema(ref_template=_REFS)
        schemas |= schema.pop("$defs", {})
        schemas[model.__name__] = schema
    return schemas


def script_paths() -> Json:
    """Every route of a script."""
    path = "/api/v1/rooms/{room}/script"
    return {
        f"{path}/read": {"post": _operation("readScript", "A script from its Markdown (host).", "ReadScript")},
        f"{path}/write": {"post": _operation("writeScript", "A script to its Markdown (host).", "WriteScript")},
        f"{path}/draft": {"post": _operation("draftScript", "A script made of the offers (host).", "DraftScript")},
    }


def _operation(name: str, summary: str, model: str) -> Json:
    refused: Json = {"description": "Refused.", "content": {MEDIA_TYPE: {"schema": reference("Problem")}}}
    room = {"name": "room", "in": "path", "required": True, "schema": {"type": "string", "pattern": ROOM_PATTERN}}
    done: Json = {"description": "Done.", "content": {_JSON: {"schema": reference("ScriptRead")}}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [room],
        "requestBody": {"required": True, "content": {_JSON: {"schema": reference(model)}}},
        "responses": {"200": done, **{str(status): refused for status in (400, 401, 403, 404, 413, 415, 422, 503)}},
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }
