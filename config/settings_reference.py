"""Writes `docs/settings.md` from the settings themselves: `python -m config.settings_reference`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, SecretStr

from config.setting_faults import section_of
from config.setting_inputs import PREFIX, SEPARATOR
from config.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"

HEAD = """\
# 设置

先后：默认值 < `--config` 文件（TOML） < 环境变量 < 命令行选项，后面的盖过前面的。
写错的名字、写错的值会一次全部指出来，每条都说明在哪个文件或变量里、该怎么改。

```toml
# linbo.toml，用 --config linbo.toml
data_dir = "data"

[server]
host = "0.0.0.0"
public_url = "https://shop.example"
```

环境变量是 `LIVE_` 加上用 `__` 连起来的路径：`LIVE_SERVER__PORT=9000` 就是 `[server]` 里的 `port`。
列表写成 `甲,乙` 或 JSON；空的变量等于没有设置。密钥请放在环境变量里。

本页由 `python -m config.settings_reference` 写成，请不要手改。
"""

LISTS = (("sources",), ("outbound", "wecom"), ("outbound", "webhook"))
"""Sections that may come several times; in a variable the whole list is one JSON value."""

TITLES: Mapping[tuple[str, ...], str] = {(): "最外层"} | {path: f"[[{'.'.join(path)}]]" for path in LISTS}


def reference() -> str:
    """Write the whole page."""
    return HEAD + "".join(section for section in sections(Settings, ()))


def sections(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[str]:
    """Write the table of *model*, then those of the sections in it."""
    inner = {name: found for name, info in model.model_fields.items() if (found := section_of(info.annotation))}
    rows = [row(path, name, info) for name, info in model.model_fields.items() if name not in inner or info.description]
    title = TITLES.get(path, f"[{'.'.join(path)}]")
    yield f"\n## {title}\n\n| 名字 | 默认 | 说明 | 环境变量 |\n|---|---|---|---|\n{''.join(rows)}"
    for name, section in inner.items():
        yield from sections(section, (*path, name))


def row(path: tuple[str, ...], name: str, info: FieldInfo) -> str:
    """Write one setting as a row."""
    variable = PREFIX + SEPARATOR.join((*path, name)).upper()
    in_list = path in LISTS
    return f"| `{name}` | {default(info)} | {info.description}{bounds(info)} | {'' if in_list else f'`{variable}`'} |\n"


def default(info: FieldInfo) -> str:
    """Write the default of a setting."""
    if info.is_required():
        return "必填"
    value = info.get_default(call_default_factory=True)
    if value is None or isinstance(value, SecretStr):
        return "无"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{json.dumps(value) if isinstance(value, tuple | dict) else value}`"


def bounds(info: FieldInfo) -> str:
    """Write the smallest and the largest value, where there are such."""
    lowest = next((part.ge for part in info.metadata if hasattr(part, "ge")), None)
    highest = next((part.le for part in info.metadata if hasattr(part, "le")), None)
    return "" if lowest is None and highest is None else f"（{lowest}–{highest}）"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
