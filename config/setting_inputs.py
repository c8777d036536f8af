"""Where settings come from: a TOML file, the environment, options. Each value remembers its origin for the messages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

PREFIX = "LIVE_"
SEPARATOR = "__"


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One value that was written: `("server", "port")`, what it is, and where it stands (`环境变量 LIVE_SERVER__PORT`)."""

    path: tuple[str, ...]
    value: object
    origin: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """All values as nested tables, the origin of each leaf, and what could not be put together."""

    values: dict[str, object]
    origins: dict[tuple[str, ...], str]
    faults: tuple[str, ...]


class UnreadableFileError(Exception):
    """The settings file cannot be read; the message says why and what to do."""


def read_toml(path: Path) -> list[Leaf]:
    """Read a TOML file.

    Raises:
        UnreadableFileError: it is not there, not UTF-8 or not TOML.
    """
    origin = f"配置文件 {path}"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableFileError(f"{origin}：打不开（{error.strerror}），请检查 --config 的路径") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{origin}：不是 UTF-8 编码，请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFileError(f"{origin}：TOML 格式不对（{error}），文字要加引号，节名要加方括号") from error
    return [Leaf(path=place, value=value, origin=origin) for place, value in flatten(values)]


def read_environment(environ: Mapping[str, str]) -> list[Leaf]:
    """Take the variables that begin with `LIVE_`: `LIVE_SERVER__PORT=9000` is server.port. An empty one is not set."""
    return [
        Leaf(path=variable_path(name), value=value, origin=f"环境变量 {name}")
        for name, value in sorted(environ.items())
        if name.startswith(PREFIX) and value
    ]


def variable_path(name: str) -> tuple[str, ...]:
    """Give the path that a variable stands for."""
    return tuple(name.removeprefix(PREFIX).lower().split(SEPARATOR))


def read_options(overrides: Mapping[str, object]) -> list[Leaf]:
    """Take the options that were given; None stands for one that was not."""
    return [
        Leaf(path=path, value=value, origin=f"选项 --{option_name(path)}")
        for path, value in flatten(overrides)
        if value is not None
    ]


def option_name(path: tuple[str, ...]) -> str:
    """Name the option that stands for *path*: server.port is `port`, database.url is `database`, data_dir is `data`."""
    last = path[-2] if path[-1] == "url" else path[-1].removesuffix("_dir")
    return last.replace("_", "-")


def flatten(values: Mapping[str, object], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """List every leaf with its path; an empty table is a leaf as well."""
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from flatten(value, (*path, key))
        else:
            yield (*path, key), value


def merge(layers: Sequence[Iterable[Leaf]]) -> Merged:
    """Lay later layers over earlier ones, leaf by leaf; lists are replaced whole."""
    leaves = {leaf.path: leaf for layer in layers for leaf in layer}
    sections = {path[:length] for path in leaves for length in range(1, len(path))}
    values: dict[str, object] = {}
    for leaf in leaves.values():
        if leaf.path not in sections:
            place(values, leaf)
    return Merged(
        values=values,
        origins={path: leaf.origin for path, leaf in leaves.items()},
        faults=tuple(
            f"{leaf.origin}：{'.'.join(path)} 是一节设置，不能写成一个值"
            for path, leaf in leaves.items()
            if path in sections and leaf.value != {}
        ),
    )


def place(values: dict[str, object], leaf: Leaf) -> None:
    """Put *leaf* into its nested table."""
    table = values
    for key in leaf.path[:-1]:
        table = table.setdefault(key, {})  # type: ignore[assignment]  # sections hold tables alone
    table[leaf.path[-1]] = leaf.value
