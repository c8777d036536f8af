"""What can be asked of a rehearsal."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from live.web.command_fields import Id, Model
from live.web.command_models import StartSession  # noqa: TC001  # pydantic reads it at run time

MOST_LOG_CHARACTERS = 6_000_000


class DemoRecording(Model):
    """The evening that comes with Linbo."""

    source: Literal["demo"]


class SessionRecording(Model):
    """What viewers wrote in an earlier session of the shop."""

    source: Literal["session"]
    session_id: Id


class LogRecording(Model):
    """A comment log (JSONL, the frames of ingest), as its text."""

    source: Literal["log"]
    text: Annotated[str, Field(min_length=1, max_length=MOST_LOG_CHARACTERS)]


RecordingModel = DemoRecording | SessionRecording | LogRecording


class RehearsalModel(Model):
    """A rehearsal: tonight's evening as it would be started, and what is replayed against it, so many times as fast."""

    recording: Annotated[RecordingModel, Field(discriminator="source")] = DemoRecording(source="demo")
    speed: Annotated[int, Field(ge=1, le=100)] = 5
    start: StartSession


REHEARSAL: TypeAdapter[RehearsalModel] = TypeAdapter(RehearsalModel)
