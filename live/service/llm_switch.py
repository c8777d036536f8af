"""The switch of the language model: how it stands, in words of the wire, and what the host chose, kept over a restart."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from live.service.wire_values import yuan
from nlp.llm_setup import setup_of
from nlp.llm_types import Use

if TYPE_CHECKING:
    from config.settings import LlmSettings
    from live.service.wire_values import Json
    from nlp.llm_desk import Desk
    from nlp.llm_types import Bounds, Spend

FILE_NAME = "llm.json"
_MICRO = 1_000_000


class ModelSwitch:
    """Turns the model of a desk on and off, and tells how it stands."""

    def __init__(self, desk: Desk, settings: LlmSettings, folder: Path, bounds: Bounds | None) -> None:
        """`bounds` are those of the client, None where no model is set. What was chosen before is done at once."""
        self.desk = desk
        self.dialect = settings.dialect
        self._model = settings.model
        self._bounds, self._path = bounds, folder / FILE_NAME
        self._turning = asyncio.Lock()
        self._starting: asyncio.Task[object] | None = None
        chosen = _chosen(self._path)
        if chosen is not None:
            desk.llm.switch(on=chosen)

    @property
    def is_configured(self) -> bool:
        """Whether there is a model at all."""
        return self._bounds is not None

    async def turn(self, *, on: bool) -> None:
        """Keep the choice, and do it; turned on, the endpoint is tried beside the answer. Raises OSError."""
        async with self._turning:
            await asyncio.to_thread(_keep, self._path, on=on)
            self.desk.llm.switch(on=on)
        if on:
            self._starting = asyncio.create_task(self.desk.llm.start(), name="try the language model")

    def told(self) -> Json:
        """How it stands: `spent` is since the start, and within the minute and the evening beside their bounds."""
        counts, standing = self.desk.llm.counts, self.desk.llm.standing()
        trouble = standing.last_trouble if standing.on else None
        return {
            "configured": self.is_configured,
            "on": standing.on,
            "model": self._model if self.is_configured else None,
            "circuit": standing.circuit.value,
            "trouble": None if trouble is None else trouble.words,
            "spent": {
                "requests": counts.requests,
                "tokens": counts.sent_tokens + counts.answered_tokens,
                "yuan": money(counts.micro_fen),
                "minute": _window(standing.minute, None if self._bounds is None else self._bounds.minute),
                "evening": _window(standing.evening, None if self._bounds is None else self._bounds.evening),
            },
            "uses": sorted(use.value for use in self.desk.uses if use is not Use.PROBE),
        }


def not_configured() -> Json:
    """What is told where nobody has set a model up."""
    nothing: Json = {"requests": 0, "tokens": 0, "yuan": "0.00"}
    window = nothing | {"most": None}
    return {
        "configured": False,
        "on": False,
        "model": None,
        "circuit": "closed",
        "trouble": None,
        "spent": nothing | {"minute": window, "evening": window},
        "uses": [],
    }


def money(micro_fen: int) -> str:
    """Millionths of a fen as yuan, a begun fen as a whole one."""
    return yuan(-(-micro_fen // _MICRO))


def _window(spend: Spend, most: Spend | None) -> Json:
    return _spend(spend) | {"most": None if most is None else _spend(most)}


def _spend(spend: Spend) -> Json:
    return {"requests": spend.requests, "tokens": spend.tokens, "yuan": money(spend.micro_fen)}


def _chosen(path: Path) -> bool | None:
    """What the host chose; None where nobody did, or where the file says nothing that can be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    on = kept.get("on") if isinstance(kept, dict) else None
    return on if isinstance(on, bool) else None


def _keep(path: Path, *, on: bool) -> None:
    """Write the choice whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"on": on}, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def model_switch(desk: Desk, settings: LlmSettings, folder: Path) -> ModelSwitch:
    """Make the switch of a desk that was made of these settings; `folder` is the shop's data folder."""
    setup = setup_of(settings)
    return ModelSwitch(desk, settings, folder, None if setup is None else setup.bounds)
