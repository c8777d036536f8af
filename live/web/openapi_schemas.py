"""Schemas of what we answer. They name what others may rely on; more may be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.service.wire import Json

ROOM_PATTERN = "^[a-z0-9_-]{1,40}$"


def reference(name: str) -> Json:
    """Point to a schema of this document."""
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


_OBJECT: Json = {"type": "object"}
_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}

PROBLEM: Json = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; `errors` has every fault of the request.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "code": _TEXT,
        "detail": _TEXT,
        "errors": _list(
            {"type": "object", "required": ["field", "message"], "properties": {"field": _TEXT, "message": _TEXT}}
        ),
    },
}

EVENTS: Json = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "events": _list(
            {
                "type": "object",
                "required": ["type", "seq", "at", "kind", "data"],
                "properties": {
                    "type": {"const": "event"},
                    "seq": _COUNT,
                    "at": {"type": "string", "format": "date-time"},
                    "kind": _TEXT,
                    "data": _OBJECT,
                },
            }
        ),
        "giveaway": {
            **_OBJECT,
            "description": "After `draw_giveaway` and `redraw_giveaway`: the draw as it is now, whenever it is asked for.",
        },
        "warnings": _list(
            {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {"code": _TEXT, "name": _TEXT, "offers": _list(_TEXT), "detail": _TEXT},
            }
        ),
    },
}

SNAPSHOT: Json = {
    "type": "object",
    "description": "For every offer, reserved + available == quota.",
    "required": ["seq", "session", "offers", "reservations", "giveaways", "polls", "questions", "totals"],
    "properties": {
        "seq": _COUNT,
        "session": {"type": ["object", "null"]},
        "prompt": {"type": ["object", "null"]},
        "offers": _list(_OBJECT),
        "reservations": _list(_OBJECT),
        "confirmations": _list(_OBJECT),
        "giveaways": _list(_OBJECT),
        "polls": _list(_OBJECT),
        "questions": _list(_OBJECT),
        "sources": _list(_OBJECT),
        "totals": _OBJECT,
    },
}

PICTURE: Json = {
    "type": "object",
    "required": ["picture"],
    "properties": {"picture": {"type": "string", "pattern": r"^[0-9a-f]{32}\.(jpg|png|webp)$"}},
}
COMMENT_PAGE: Json = {
    "type": "object",
    "required": ["comments", "next"],
    "properties": {"comments": _list(_OBJECT), "next": _COUNT},
}

COMMENT_KINDS: Json = {
    "type": "object",
    "description": "Places (`n`) of the session's comments: `first` to `last` without a gap, and those of each kind.",
    "required": ["session_id", "first", "last", "orders", "questions", "complaints", "confirm", "hidden"],
    "properties": {
        "session_id": {"type": ["string", "null"]},
        "first": {"type": ["integer", "null"]},
        "last": _COUNT,
        **{name: _list(_COUNT) for name in ("orders", "questions", "complaints", "confirm", "hidden")},
    },
}

LINKS: Json = {
    "type": "object",
    "required": ["shop"],
    "properties": {
        "shop": {
            "type": "object",
            "description": "`reach` is who can open it, `note` says so; `qr` is the symbol, a string of 0 and 1 a row.",
            "required": ["url", "reach", "note", "qr"],
            "properties": {
                "url": _TEXT,
                "reach": {"enum": ["public", "wifi", "this_machine"]},
                "note": _TEXT,
                "qr": _list(_TEXT),
            },
        }
    },
}

CYCLES: Json = {
    "type": "object",
    "required": ["cycles"],
    "properties": {
        "cycles": _list(
            {
                "type": "object",
                "required": ["session", "cycle", "reservations", "points", "offers", "tickets"],
                "properties": {
                    "session": _OBJECT,
                    "cycle": _OBJECT,
                    "reservations": {"type": "object", "additionalProperties": _COUNT},
                    "points": _list(_OBJECT),
                    "offers": _list(_OBJECT),
                    "tickets": _list(_OBJECT),
                },
            }
        )
    },
}

_FAULT: Json = {
    "type": "object",
    "required": ["code", "detail"],
    "properties": {
        "code": {"enum": ["invalid_frame", "invalid_comment", "too_large", "room_closed", "overloaded"]},
        "detail": _TEXT,
        "id": _TEXT,
    },
}

INGEST_ERROR: Json = {
    "type": "object",
    "description": "The first fault, all of them in `errors`, and the ids that were taken all the same.",
    "required": ["type", "code", "detail", "errors", "acknowledged"],
    "properties": {
        "type": {"const": "error"},
        "code": _TEXT,
        "detail": _TEXT,
        "id": _TEXT,
        "errors": _list(_FAULT),
        "acknowledged": _list(_TEXT),
    },
}
