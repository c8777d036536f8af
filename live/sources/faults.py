"""What is wrong with a frame, in the words of the contract: the field, and what it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails, ValidationError

_PATTERNS: Mapping[str, str] = {
    "platform": "1 to 40 characters of a-z 0-9 _ : -",
    "id": "must not hold control characters",
    "at": 'must be RFC 3339 with an offset, as in "2026-01-07T20:00:01.123+08:00"',
}
"""The fields that are checked by a pattern, and what the pattern asks for."""

_SAYINGS: Mapping[str, str] = {
    "missing": "is required",
    "value_error": "{error}",
    "string_type": "must be a string",
    "string_unicode": "must be valid Unicode",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number",
    "list_type": "must be a list",
    "too_long": "at most {max_length} items",
    "dict_type": "must be an object",
    "literal_error": "must be {expected}",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
}


def say(error: ErrorDetails) -> str:
    """Put one fault into words ("text: at most 500 characters")."""
    place = ".".join(map(str, error["loc"]))
    saying = _saying(error)
    return f"{place}: {saying}" if place else saying


def say_all(error: ValidationError) -> str:
    """Put all faults of an object into one sentence."""
    return "; ".join(map(say, error.errors(include_url=False, include_input=False)))


def _saying(error: ErrorDetails) -> str:
    if error["type"] == "string_pattern_mismatch":
        return _PATTERNS[str(error["loc"][-1])]
    template = _SAYINGS.get(error["type"])
    return error["msg"] if template is None else template.format_map(error.get("ctx", {}))
