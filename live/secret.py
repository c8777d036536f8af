"""The shop's secret key, from which pickup codes are made. Made once, kept in the data folder."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "secret.key"
SIZE = 32


class SecretFileError(Exception):
    """The key file cannot be used; the message says why and what to do, in Chinese."""


def load_secret(folder: Path) -> bytes:
    """Read the key of a data folder, or make it where there is none yet.

    Raises:
        SecretFileError: it is damaged, or cannot be read or written.
    """
    path = folder / FILE_NAME
    try:
        return _read(path)
    except FileNotFoundError:
        return _make(path)
    except OSError as error:
        raise SecretFileError(f"读不了密钥文件 {path}：{error}。请检查这个文件的权限。") from error


def _read(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != SIZE:
        raise SecretFileError(f"密钥文件 {path} 坏了。请用备份恢复它；没有备份就删掉它，新的预订会用新的提货码。")
    return key


def _make(path: Path) -> bytes:
    key = secrets.token_bytes(SIZE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SecretFileError(f"写不了密钥文件 {path}：{error}。请换一个能写的数据文件夹（--data）。") from error
    return key
