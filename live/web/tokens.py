"""The three secrets of a shop: who may act, who may bring comments, who may look. Made once, kept in the data folder."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "tokens.json"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,200}")


class Role(StrEnum):
    """What a token is for."""

    HOST = "host"
    INGEST = "ingest"
    OVERLAY = "overlay"


class TokenFileError(Exception):
    """The file of tokens cannot be used; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """One token a role. They hide themselves from `repr`, and so from logs."""

    host: str = field(repr=False)
    ingest: str = field(repr=False)
    overlay: str = field(repr=False)

    def of(self, role: Role) -> str:
        """The token of a role."""
        match role:
            case Role.HOST:
                return self.host
            case Role.INGEST:
                return self.ingest
            case Role.OVERLAY:
                return self.overlay


def load_tokens(folder: Path) -> Tokens:
    """Read the tokens of a data folder, or make them where there are none yet.

    Raises:
        TokenFileError: the file is damaged, or it cannot be read or written.
    """
    path = folder / FILE_NAME
    try:
        return _parse(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _make(path)
    except (OSError, UnicodeDecodeError) as error:
        raise TokenFileError(f"读不了口令文件 {path}：{error}。请检查这个文件的权限。") from error


def _make(path: Path) -> Tokens:
    tokens = Tokens(host=_secret(), ingest=_secret(), overlay=_secret())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_private(path, json.dumps(asdict(tokens), indent=2) + "\n")
    except OSError as error:
        raise TokenFileError(f"写不了口令文件 {path}：{error}。请换一个能写的数据文件夹（--data）。") from error
    return tokens


def _secret() -> str:
    return secrets.token_urlsafe(24)


def _parse(path: Path, text: str) -> Tokens:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    wanted = [role.value for role in Role]
    if isinstance(value, dict) and all(_is_token(value.get(name)) for name in wanted):
        return Tokens(**{name: value[name] for name in wanted})
    raise TokenFileError(f"口令文件 {path} 坏了。删掉它再启动，会做一份新的（中控台和叠加层的地址会变）。")


def _is_token(value: object) -> bool:
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads (where the system knows owners), whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
