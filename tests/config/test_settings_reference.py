from __future__ import annotations

from config.setting_faults import known_paths
from config.settings import Settings
from config.settings_reference import PAGE, reference


def test_the_page_of_settings_is_the_one_made_from_the_settings() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python -m config.settings_reference"


def test_every_setting_has_a_help_text_on_the_page() -> None:
    page = reference()
    assert "| None |" not in page
    assert all(f"`{path.rpartition('.')[2]}`" in page for path in known_paths(Settings) if "." in path)
