"""Which moments a replay is to be saved of, and when. Pure.

The replay buffer holds what has been, so a save waits until the moment itself is in it: the winner's name, the joy. What
comes up while one waits goes into the same file.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from live.obs.moments import DRAWN, FLASH_ENDED, RUSH

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from live.obs.moments import Moment

KINDS: Mapping[str, str] = MappingProxyType({"draw": DRAWN, "rush": RUSH, "flash": FLASH_ENDED})
"""What the settings call a moment, and its kind."""


class Replays:
    """The moments that wait for the next save, and those of the save that is under way."""

    def __init__(self, names: Collection[str], *, after_ms: int) -> None:
        self._kinds = frozenset(KINDS[name] for name in names)
        self._after_ms = after_ms
        self._waiting: list[Moment] = []
        self._saving: list[Moment] = []

    def want(self, moment: Moment) -> None:
        """Have a moment in the next replay, if its kind is one to save."""
        if moment.kind in self._kinds:
            self._waiting.append(moment)

    @property
    def due_ms(self) -> int | None:
        """When the next replay is to be saved; None while there is nothing to save."""
        return self._waiting[0].at_ms + self._after_ms if self._waiting else None

    def begin(self) -> None:
        """A save begins: what waits is in it."""
        self._saving, self._waiting = self._waiting, []

    def saved(self) -> list[Moment]:
        """It is done; the moments that it shows. Nothing for a save that the host asked for by hand."""
        done, self._saving = self._saving, []
        return done
