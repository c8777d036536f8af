from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from config.setting_faults import known_paths
from config.settings import Settings, load_settings
from tests.docs.pages import PAGES, ROOT, blocks, inline, name_of, read, section

if TYPE_CHECKING:
    from pathlib import Path

PATHS = set(known_paths(Settings))
SECTIONS = {path.partition(".")[0] for path in PATHS if "." in path}
LISTED = ("sources", "outbound.wecom", "outbound.webhook", "llm")
"""Sections that may come several times, or are handed on as they are: code reads their fields, not their whole path."""

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


FILES = {"session.json", "sources.py", "llm.json"}


def settings_files(page: Path) -> list[str]:
    """The examples in TOML that are of a settings file; the lexicon is TOML as well."""
    return [
        block.text for block in blocks(read(page), "toml") if Settings.model_fields.keys() & tomllib.loads(block.text)
    ]


@pytest.mark.parametrize("page", [page for page in PAGES if settings_files(page)], ids=name_of)
def test_every_example_of_a_settings_file_is_read_without_a_fault(page: Path, tmp_path: Path) -> None:
    for text in settings_files(page):
        file = tmp_path / "linbo.toml"
        file.write_text(text, encoding="utf-8")
        load_settings(file, {}, {})


def test_the_readme_names_every_setting_that_has_no_effect_yet() -> None:
    told = set(inline(section(read(ROOT / "README.md"), "What this version does not do")))
    named = {path for path in READ_BY_THE_SERVICE if {path, f"[{path.partition('.')[0]}]"} & told}
    code = "\n".join(path.read_text(encoding="utf-8") for path in SERVICE)
    idle = {path for path in READ_BY_THE_SERVICE if not re.search(rf"\b{re.escape(path)}\b", code)}
    assert named == idle


READ_BY_THE_SERVICE = {
    path for path in KNOWN if "." in path and not path.startswith(tuple(f"{name}." for name in LISTED))
}
SERVICE = [
    ROOT / "config" / "settings.py",
    *(
        path
        for package in ("live", "nlp", "overlays")
        for path in (ROOT / package).rglob("*.py")
        if "doctor" not in path.parts
    ),
]
"""What could read a setting: all but the doctor, who only looks at them."""
