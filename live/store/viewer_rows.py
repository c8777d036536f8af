"""The columns of a viewer, the same in every table that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.domain.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Sequence


def viewer_columns(viewer: Viewer) -> tuple[str, str, str | None, str, bool]:
    """The columns of a viewer, in every table that has one."""
    return viewer.key, viewer.platform, viewer.id, viewer.name, viewer.weak


def viewer_from(columns: Sequence[Any]) -> Viewer:
    """Read the columns of a viewer."""
    key, platform, id_, name, weak = columns
    return Viewer(key=key, platform=platform, id=id_, name=name, weak=bool(weak))
