"""The scene of flash sales: gone to when one starts, left when the last has ended.

Where we came from is kept in the data folder, so that a service that was killed in between still finds the way back. The
host's hand always counts for more: who has gone to another scene meanwhile is not fetched from there.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

from live.obs.source import scene_on_air

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from live.obs.clock import Ask

    Json = dict[str, Any]

FILE_NAME = "obs-scene.json"
ON_AIR = frozenset({"running", "paused"})
"""The states of a flash sale in which its scene belongs on the picture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """The flash sales that have been switched for, and the scene that was on air before the first of them."""

    sales: tuple[str, ...] = ()
    before: str = ""


class FlashScene:
    """Switches to `scene` and back; `home` is where to go when nobody knows where we came from ("": stay)."""

    def __init__(self, folder: Path, *, scene: str, home: str) -> None:
        self._path = folder / FILE_NAME
        self._scene = scene
        self._home = home
        self._memory = _read(self._path)

    async def follow(self, ask: Ask, running: Collection[str]) -> str | None:
        """Be in the scene that these flash sales call for; the scene that was switched to, None for none.

        Raises RequestFailed (600: there is no such scene), ObsGone, OSError.
        """
        known = self._memory.sales
        if set(running) - set(known):
            return await self._go(ask, running)
        if running or not known:
            return None
        return await self._return(ask)

    async def _go(self, ask: Ask, running: Collection[str]) -> str | None:
        there = await scene_on_air(ask)
        before = self._memory.before or ("" if there == self._scene else there)
        self._keep(Memory(sales=tuple(running), before=before))
        if there == self._scene:
            return None
        return await _switch(ask, self._scene)

    async def _return(self, ask: Ask) -> str | None:
        before = self._memory.before or self._home
        self._keep(Memory())
        if not before or await scene_on_air(ask) != self._scene:
            return None
        return await _switch(ask, before)

    def _keep(self, memory: Memory) -> None:
        """Whole or not at all: it is read after a crash."""
        self._memory = memory
        draft = self._path.with_name(f"{FILE_NAME}.{os.getpid()}.tmp")
        draft.write_bytes(to_json(asdict(memory)))
        draft.replace(self._path)


def flash_sales_of(snapshot: Json) -> set[str]:
    """The flash sales of a room that are on air."""
    return {str(sale["id"]) for sale in snapshot.get("flash_sales", ()) if sale.get("state") in ON_AIR}


async def _switch(ask: Ask, scene: str) -> str:
    await ask("SetCurrentProgramScene", {"sceneName": scene})
    return scene


def _read(path: Path) -> Memory:
    try:
        kept = from_json(path.read_bytes())
        return Memory(sales=tuple(map(str, kept["sales"])), before=str(kept["before"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Memory()  # there is none yet, or a disk has failed: the host knows where to go
