"""What is wrong with the settings, in words for the one who wrote them: where, what, and what to do."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

#: pydantic's kinds of faults → our words; `{…}` is filled from pydantic's own context.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "int_type": "应是整数",
        "int_parsing": "应是整数",
        "int_from_float": "应是整数",
        "float_type": "应是数字",
        "float_parsing": "应是数字",
        "decimal_type": "应是数字",
        "decimal_parsing": "应是数字",
        "decimal_max_places": "最多两位小数（元、角、分）",
        "dict_type": "应是一节设置，或写成 JSON",
        "greater_than_equal": "不能小于 {ge}",
        "less_than_equal": "不能大于 {le}",
        "string_type": "应是文字，要加引号",
        "string_too_short": "不能为空",
        "string_pattern_mismatch": "写法不对，应符合 {pattern}",
        "path_type": "应是文件夹的路径，要加引号",
        "tuple_type": '应是列表，例：["甲", "乙"]',
        "model_type": "应是一节设置，不是一个值",
        "missing": "缺了这一项，请补上",
        "value_error": "{error}",
    }
)


class SettingsError(Exception):
    """The settings cannot be used; `faults` holds one sentence for each thing that is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def faults_of(error: ValidationError, origins: Mapping[tuple[str, ...], str], model: type[BaseModel]) -> list[str]:
    """Say each fault that pydantic found with its file or variable, its key, and the mend."""
    known = list(known_paths(model))
    return [sentence(found, origins, known) for found in error.errors(include_url=False, include_input=False)]


def sentence(found: ErrorDetails, origins: Mapping[tuple[str, ...], str], known: Sequence[str]) -> str:
    """Write one fault as one sentence: `环境变量 LIVE_SERVER__PORT：server.port 应是整数`."""
    path = tuple(str(part) for part in found["loc"])
    key = ".".join(path)
    if found["type"] == "extra_forbidden":
        return f"{origin_of(path, origins)}：没有 {key} 这个设置{nearest(path, known)}"
    words = WORDS.get(found["type"], found["msg"]).format(**found.get("ctx", {}))
    return f"{origin_of(path, origins)}：{key} {words}"


def origin_of(path: tuple[str, ...], origins: Mapping[tuple[str, ...], str]) -> str:
    """Find where the value at *path* was written: there itself, in a list around it, or in a table below it."""
    around = (path[:length] for length in range(len(path), 0, -1))
    below = (leaf for leaf in origins if leaf[: len(path)] == path)
    return next((origins[place] for place in (*around, *below) if place in origins), "设置")


def nearest(path: tuple[str, ...], known: Sequence[str]) -> str:
    """Suggest the known name that is most like *path*, or say where all are listed."""
    wanted = ".".join(part for part in path if not part.isdigit())
    close = get_close_matches(wanted, known, n=1, cutoff=0.6) or [name for name in known if name.endswith(f".{wanted}")]
    return f"（是不是 {close[0]}？）" if close else "（全部设置见 docs/settings.md）"


def known_paths(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """List every name that may be set, and every section, with dots."""
    for name, info in model.model_fields.items():
        yield prefix + name
        inner = section_of(info.annotation)
        if inner is not None:
            yield from known_paths(inner, f"{prefix}{name}.")


def section_of(annotation: object) -> type[BaseModel] | None:
    """Find the section that a field holds, by itself or as the items of a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := section_of(inner))), None)
