from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from live.web.tokens import FILE_NAME, Role, TokenFileError, Tokens, load_tokens

if TYPE_CHECKING:
    from pathlib import Path


def test_tokens_are_made_once_and_are_the_same_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    assert load_tokens(folder) == load_tokens(folder)


def test_every_shop_and_every_role_has_its_own(tmp_path: Path) -> None:
    shops = [load_tokens(tmp_path / name) for name in ("a", "b")]
    tokens = [shop.of(role) for shop in shops for role in Role]
    assert len(set(tokens)) == 6
    assert min(map(len, tokens)) >= 32


def test_tokens_stand_in_an_address_as_they_are(tmp_path: Path) -> None:
    tokens = load_tokens(tmp_path)
    assert all(tokens.of(role).replace("-", "").replace("_", "").isalnum() for role in Role)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")
def test_only_the_owner_reads_the_file(tmp_path: Path) -> None:
    load_tokens(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_tokens_hide_themselves_from_logs() -> None:
    assert repr(Tokens(host="h1", ingest="i1", overlay="o1")) == "Tokens()"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host":"a"}', '{"host":"","ingest":"","overlay":""}', "null"])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(TokenFileError, match="删掉它再启动"):
        load_tokens(tmp_path)
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == text


def test_a_file_that_is_no_text_is_damaged_too(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TokenFileError):
        load_tokens(tmp_path)


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(TokenFileError, match=r"--data|权限"):
        load_tokens(tmp_path / "file" / "data")
