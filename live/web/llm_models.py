"""The switch of the language model as it is sent."""

from __future__ import annotations

from pydantic import TypeAdapter

from live.web.command_fields import Model


class TurnModel(Model):
    """On or off."""

    on: bool


TURN = TypeAdapter(TurnModel)
