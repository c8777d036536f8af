"""What is wrong with a command, field by field, in words for the person who typed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pydantic_core import core_schema

from live.web.command_fields import CODE, PLATFORM, PRICE, TAIL, WEIGHT
from live.web.problems import FieldFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SAYINGS: Mapping[str, str] = {
    "missing": "必须填写",
    "extra_forbidden": "没有这个字段，请检查拼写",
    "string_type": "要写成文字（带引号）",
    "string_too_short": "不能为空",
    "string_too_long": "最多 {max_length} 个字",
    "string_unicode": "不是正确的 Unicode 文字",
    "int_type": "要写成整数（不带引号、不带小数）",
    "int_from_float": "要写成整数（不带小数）",
    "bool_type": "只能是 true 或 false",
    "list_type": "要写成列表 […]",
    "dict_type": "要写成对象 {{…}}",
    "model_type": "要写成对象 {{…}}",
    "model_attributes_type": "要写成对象 {{…}}",
    "too_long": "最多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "enum": "只能是 {expected} 之一",
    "literal_error": "只能是 {expected}",
    "union_tag_not_found": "必须填写",
    "union_tag_invalid": "只能是 {expected_tags}",
    "timezone_aware": "时间要带时区，例：2026-01-07T21:30:00+08:00",
}
_MONEY = '金额要写成带引号的小数，最多两位，例："39.90"'
_TIME = "时间的写法是 2026-01-07T21:30:00+08:00"
_CONTROLS = "不能有控制字符"
_PATTERNS: Mapping[str, str] = {
    PRICE: _MONEY,
    PLATFORM: "只能用小写字母、数字、_ : 和 -，1 到 40 个字",
    CODE: "提货码只有字母和数字，例：7K2MABCDEFGH",
    TAIL: "要写四位数字，例：6688",
    WEIGHT: '重量要写成带引号的数，最多三位小数，例："2.350"',
}
_OTHER = "这个值不对"
_PYDANTIC = frozenset(get_args(core_schema.ErrorType))


def faults_of(error: ValidationError, *, tagged: bool = True) -> list[FieldFault]:
    """All faults of a command, in order; `tagged`: the first step of a place is the tag of a union."""
    found = error.errors(include_url=False, include_input=False)
    return [FieldFault(field=_path(each, skip=int(tagged)), message=_message(each)) for each in found]


def _path(error: ErrorDetails, *, skip: int) -> str:
    """Where: ("start_session", "offers", 0, "price") → "offers[0].price". The tags of unions are no places.

    What has no place is a union without a tag.
    """
    path = "" if error["loc"] else "type"
    for step in error["loc"][skip:]:
        if isinstance(step, int):
            path += f"[{step}]"
        elif not step.startswith("<"):
            path += f".{step}" if path else step
    return path


def _message(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if _is_price(error):
        return _MONEY
    if kind.startswith("datetime"):
        return _TIME
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], _CONTROLS)
    template = _SAYINGS.get(kind)
    if template is None:
        return error["msg"] if _is_ours(error) else _OTHER
    return template.format_map(context)


def _is_price(error: ErrorDetails) -> bool:
    return error["type"] not in {"missing", "extra_forbidden"} and error["loc"][-1:] == ("price",)


def _is_ours(error: ErrorDetails) -> bool:
    """Whether the check was written here, with its own Chinese message: pydantic knows no such type."""
    return error["type"] not in _PYDANTIC
