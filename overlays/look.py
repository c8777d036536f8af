"""How the picture looks: one of the themes, and the host's own sheet over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from config.settings import Settings

SHEET = "style.css"


def own_folder(settings: Settings) -> Path:
    """Where the host's own look lies: as set, or `overlay` in the data folder."""
    return settings.overlay.folder or settings.data_dir / "overlay"


def dressed(page: str, settings: Settings) -> str:
    """The overlay's page with its theme (`data-look`), and whether there is a sheet of the host's own (`data-own`)."""
    own = " data-own" if (own_folder(settings) / SHEET).is_file() else ""
    return page.replace("<html ", f'<html data-look="{settings.overlay.theme}"{own} ', 1)
