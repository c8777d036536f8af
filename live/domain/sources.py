"""The handler of what the service observes of a session's sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.events import EventKind
from live.domain.source import Hearing, Source, estimated_gap

if TYPE_CHECKING:
    from live.domain import commands as c
    from live.domain.draft import Draft
    from live.domain.refusal import Refused


def report_source(draft: Draft, command: c.ReportSource) -> Refused | None:
    """Note how a source is heard; what is known already changes nothing."""
    held = draft.session.source(command.source.id)
    if held is not None and held.state is command.source.state:
        return None
    source = command.source if held is None else replace(command.source, missed=_missed(held, command.source))
    draft.tell(_kind(held, source), session=draft.session.hearing(source), source=source)
    return None


def _missed(held: Source, now: Source) -> int | None:
    restored = now.state is Hearing.LISTENING
    return estimated_gap(held.per_hour, now.since_ms - held.since_ms) if restored else None


def _kind(held: Source | None, now: Source) -> EventKind:
    if now.state is not Hearing.LISTENING:
        return EventKind.SOURCE_SILENT
    return EventKind.SOURCE_CONNECTED if held is None else EventKind.SOURCE_RESTORED
