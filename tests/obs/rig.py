"""OBS control on an evening that the test tells, with a clock that the test moves."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from config.settings import ObsSettings
from live.obs.client import Patience
from live.obs.run import controlling
from live.obs.stage import Stage
from live.service.results import Published, PublishedEvent
from live.store.port import StoredEvent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from live.obs.watch import Watch

    Json = dict[str, Any]

EVENING_MS = 1_767_787_200_000
OVERLAY = "http://127.0.0.1:8000/overlay/live?token=overlay-token"
QUICK = Patience(open_s=10.0, answer_s=20.0, close_s=0.5, ready_s=0.01)


@dataclass(kw_only=True)
class Evening:
    """A room whose events the test makes up: committed ones are stored, and told to whoever listens."""

    folder: Path
    now_ms: int = EVENING_MS
    stored: list[StoredEvent] = field(default_factory=list)
    flash_sales: dict[str, Json] = field(default_factory=dict)
    reports: list[str | None] = field(default_factory=list)
    audio: list[str | None] = field(default_factory=list)
    session: Json | None = None
    overlay_url: str = OVERLAY
    patience: Patience = QUICK
    _listeners: list[Callable[[Published], None]] = field(default_factory=list)

    def happens(self, kind: str, *, room: str = "live", **data: Json) -> None:
        """Commit an event and tell it."""
        self.tell(self.commit(kind, **data), room=room, **data)

    def commit(self, kind: str, **data: Json) -> StoredEvent:
        event = StoredEvent(seq=len(self.stored) + 1, at_ms=self.now_ms, kind=kind, data=to_json(data))
        self.stored.append(event)
        if "flash_sale" in data:
            self.flash_sales[str(data["flash_sale"]["id"])] = data["flash_sale"]
        return event

    def tell(self, event: StoredEvent, *, room: str = "live", **data: Json) -> None:
        told = PublishedEvent(
            seq=event.seq, at_ms=event.at_ms, at="", kind=event.kind, data=dict(data), encoded=event.data
        )
        for listener in self._listeners:
            listener(Published(room=room, events=(told,), comments=()))

    def flash(self, id_: str, state: str) -> None:
        kind = "flash_sale_started" if state == "running" else "flash_sale_ended"
        self.happens(kind, flash_sale={"id": id_, "state": state})

    def stage(self) -> Stage:
        return Stage(
            room="live",
            folder=self.folder,
            overlay_url=self.overlay_url,
            snapshot=self._snapshot,
            events_since=self._since,
            subscribe=self._subscribe,
            report=self.reports.append,
            audio=self.audio.append,
            now_ms=lambda: self.now_ms,
            chance=lambda: 0.0,
            patience=self.patience,
        )

    async def _snapshot(self) -> Json:
        return {"seq": len(self.stored), "session": self.session, "flash_sales": list(self.flash_sales.values())}

    async def _since(self, seq: int, limit: int) -> list[StoredEvent]:
        return self.stored[seq : seq + limit]

    def _subscribe(self, listener: Callable[[Published], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)


@dataclass(kw_only=True)
class Said:
    """What was logged, line by line."""

    lines: list[Any]

    def warnings(self) -> list[str]:
        """What the host reads on the terminal."""
        return [line["event"] for line in self.lines if line["log_level"] in {"warning", "error"}]

    def notes(self) -> list[str]:
        """What only the file has."""
        return [line["event"] for line in self.lines if line["log_level"] == "info"]


def settings(url: str | None, **more: object) -> ObsSettings:
    return ObsSettings.model_validate({"url": url, "password": "geheim"} | more)


@asynccontextmanager
async def control(evening: Evening, url: str, **more: object) -> AsyncIterator[Watch]:
    """Control OBS while the block runs."""
    async with controlling(settings(url, **more), evening.stage()) as watch:
        assert watch is not None
        yield watch
