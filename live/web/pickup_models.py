"""What the counter asks about persons."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from live.web.command_fields import Code, Model

Key = Annotated[str, StringConstraints(min_length=3, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A viewer's key, as reservations have it."""


class Join(Model):
    """Two identities that are one person: by their pickup codes, or (no weak ones) by their viewer keys."""

    pickup_codes: Annotated[list[Code], Field(min_length=2, max_length=2)] | None = None
    viewer_keys: Annotated[list[Key], Field(min_length=2, max_length=2)] | None = None


class Split(Model):
    """An identity that is a person alone again."""

    viewer_key: Key


JOIN = TypeAdapter(Join)
SPLIT = TypeAdapter(Split)
