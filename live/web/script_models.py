"""Scripts as others send them: sections, and what each launches as the command that does it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from live.domain.script_parts import MOST_MINUTES, MOST_POINT, MOST_POINTS, MOST_SECTIONS, SectionKind
from live.web.command_fields import Id, Line, Model, Name
from live.web.command_models import CycleModel, OfferModel, OpenPrompt
from live.web.stage_models import OpenGiveaway, OpenPoll, StartFlashSale

MOST_CHARACTERS = 60_000

Offers = Annotated[list[OfferModel], Field(max_length=500)]
LaunchModel = Annotated[OpenPrompt | StartFlashSale | OpenGiveaway | OpenPoll, Field(discriminator="type")]
"""What a section may launch: the body of its command."""


class EveningSection(Model):
    """A part of the evening."""

    id: Id = "new"
    kind: SectionKind
    title: Name
    offer_id: Id | None = None
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)] | None = None
    points: Annotated[list[Annotated[Line, Field(max_length=MOST_POINT)]], Field(max_length=MOST_POINTS)] = Field(
        default_factory=list
    )
    launch: LaunchModel | None = None


class EveningScript(Model):
    """What the host means to say and do, in order."""

    sections: Annotated[list[EveningSection], Field(max_length=MOST_SECTIONS)]


class ReadScript(Model):
    """A script as text; `offers` before the session, else those of the room are meant."""

    markdown: Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]
    offers: Offers | None = None


class WriteScript(Model):
    """A script to be written as text."""

    script: EveningScript
    offers: Offers | None = None


class DraftScript(Model):
    """A script to be made of the list of offers; `cycle` before the session. `by`: who words it, the model where it is on."""

    offers: Offers | None = None
    cycle: CycleModel | None = None
    by: Literal["template", "model"] = "template"


READ = TypeAdapter(ReadScript)
WRITE = TypeAdapter(WriteScript)
DRAFT = TypeAdapter(DraftScript)
SCRIPT = TypeAdapter(EveningScript)
