"""The description of the language model's routes (host)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.web.llm_models import TURN
from live.web.openapi_schemas import reference
from live.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from live.service.wire import Json

_JSON = "application/json"
_COUNT: Json = {"type": "integer", "minimum": 0}
_YUAN: Json = {"type": "string", "pattern": r"^\d+\.\d{2}$"}
_MAYBE_TEXT: Json = {"type": ["string", "null"]}


def _object(description: str, **properties: Json) -> Json:
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}


_SPEND = _object("Requests, tokens and money.", requests=_COUNT, tokens=_COUNT, yuan=_YUAN)
_MAYBE_SPEND: Json = {"anyOf": [_SPEND, {"type": "null"}]}
_WINDOW = _object(
    "What counts now, and how much at most.", requests=_COUNT, tokens=_COUNT, yuan=_YUAN, most=_MAYBE_SPEND
)


def llm_schemas() -> Json:
    """The schemas that are named below."""
    spent = _object(
        "Since the start, within the last minute and within the evening (twelve hours).",
        requests=_COUNT,
        tokens=_COUNT,
        yuan=_YUAN,
        minute=_WINDOW,
        evening=_WINDOW,
    )
    return {
        "TurnModel": TURN.json_schema(),
        "LanguageModel": _object(
            "How the language model stands. `trouble` says in words what is wrong while it is on.",
            configured={"type": "boolean"},
            on={"type": "boolean"},
            model=_MAYBE_TEXT,
            circuit={"enum": ["closed", "open", "half_open"]},
            trouble=_MAYBE_TEXT,
            spent=spent,
            uses={"type": "array", "items": {"enum": ["opinion", "answer", "script", "narrative"]}},
        ),
    }


def llm_paths() -> Json:
    """Every route of the model."""
    body = {"required": True, "content": {_JSON: {"schema": reference("TurnModel")}}}
    turn = _operation(
        "turnLlm", "Turn the language model on or off; kept over a restart (host).", 400, 409, 413, 415, 422, 503
    )
    return {
        "/api/v1/llm": {
            "get": _operation("llm", "How the language model stands (host)."),
            "post": turn | {"requestBody": body},
        }
    }


def _operation(name: str, summary: str, *problems: int) -> Json:
    refused: Json = {"description": "Refused.", "content": {MEDIA_TYPE: {"schema": reference("Problem")}}}
    done: Json = {"description": "Done.", "content": {_JSON: {"schema": reference("LanguageModel")}}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [],
        "responses": {"200": done, **{str(status): refused for status in (401, 403, *problems)}},
        "security": [{"bearer": []}, {"query": []}, {"cookie": []}],
    }
