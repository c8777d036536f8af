"""The frames of section 2 of the contract as models: what is checked, and what the OpenAPI document shows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

TEXT_CHARACTERS = 500
NAME_CHARACTERS = 64
ID_CHARACTERS = 200
BATCH_ITEMS = 500

INT32 = 2**31 - 1
"""Every database takes numbers up to here."""

_AT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"

Platform = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_:-]{1,40}$")]
Id = Annotated[str, StringConstraints(max_length=ID_CHARACTERS, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_CHARACTERS)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_CHARACTERS)]
At = Annotated[str, StringConstraints(pattern=_AT)]
"""RFC 3339 with an offset, as in "2026-01-07T20:00:01.123+08:00"."""


class Frame(BaseModel):
    """Strict about types, tolerant of fields that the contract does not name. An optional field may also be null."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class UserFrame(Frame):
    """The person behind a comment, as the platform shows them."""

    name: Name
    id: Id | None = None
    level: Annotated[int, Field(ge=-INT32 - 1, le=INT32)] | None = None
    badges: list[str] | None = None


class CommentFrame(Frame):
    """What a viewer wrote."""

    type: Literal["comment"] = "comment"
    platform: Platform
    id: Id | None = None
    user: UserFrame
    text: Text
    at: At | None = None


class BatchFrame(Frame):
    """Up to 500 comments at once."""

    type: Literal["batch"]
    items: Annotated[list[CommentFrame], Field(max_length=BATCH_ITEMS)]


class ActivityFrame(Frame):
    """What a viewer did without words."""

    type: Literal["activity"]
    kind: Literal["enter", "like", "gift", "follow", "share"]
    platform: Platform
    id: Id | None = None
    user: UserFrame | None = None
    count: Annotated[int, Field(ge=1, le=INT32)] | None = None
    at: At | None = None


class PresenceFrame(Frame):
    """How many are watching."""

    type: Literal["presence"]
    viewers: Annotated[int, Field(ge=0, le=INT32)]
    at: At | None = None


IngestFrame = Annotated[CommentFrame | BatchFrame | ActivityFrame | PresenceFrame, Field(discriminator="type")]
"""Any frame that a client may send."""


class AckFrame(Frame):
    """These comments are durable."""

    type: Literal["ack"] = "ack"
    ids: list[str]


class ErrorFrame(Frame):
    """A frame or a comment was not taken; `detail` names the fields."""

    type: Literal["error"] = "error"
    code: Literal["invalid_frame", "invalid_comment", "too_large", "room_closed", "overloaded"]
    detail: str
    id: str | None = None
