from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from config.setting_faults import known_paths
from config.settings import Settings, load_settings
from tests.docs.pages import PAGES, blocks, inline, name_of, read

if TYPE_CHECKING:
    from pathlib import Path

PATHS = set(known_paths(Settings))
SECTIONS = {path.partition(".")[0] for path in PATHS if "." in path}
KNOWN = PATHS - SECTIONS | {"sources"}


def test_every_setting_has_its_row() -> None:
    page = read("settings.md")
    missing = [path for path in KNOWN if f"`{path.rpartition('.')[2]}`" not in page]
    assert not missing, "run: python -m config.settings_reference"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    named = {
        code
        for code in inline(read(page))
        if re.fullmatch(r"[a-z]+\.[a-z_]+", code) and code.partition(".")[0] in SECTIONS
    }
    assert named - FILES <= KNOWN


FILES = {"session.json", "sources.py"}


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(read(page), "toml")], ids=name_of)
def test_every_example_of_a_settings_file_is_read_without_a_fault(page: Path, tmp_path: Path) -> None:
    for block in blocks(read(page), "toml"):
        file = tmp_path / "linbo.toml"
        file.write_text(block.text, encoding="utf-8")
        load_settings(file, {}, {})
