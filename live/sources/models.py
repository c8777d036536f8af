"""The frames of section 2 of the contract as models: what is checked, and what the OpenAPI document shows."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict  # pydantic cannot read typing's own before Python 3.12

from live.sources.clean import clean_or_fail
from live.sources.moment import to_ms

TEXT_CHARACTERS = 500
NAME_CHARACTERS = 64
ID_CHARACTERS = 200
BATCH_ITEMS = 500

INT32 = 2**31 - 1
"""Every database takes numbers up to here."""

_AT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"

_NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f]*$"

Platform = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_:-]{1,40}$")]
Id = Annotated[str, StringConstraints(max_length=ID_CHARACTERS, pattern=_NO_CONTROLS)]
"""Kept to the letter, for it comes back in the ack."""

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_CHARACTERS),
    AfterValidator(clean_or_fail),
]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_CHARACTERS),
    AfterValidator(clean_or_fail),
]
At = Annotated[str, StringConstraints(pattern=_AT), AfterValidator(to_ms)]
"""RFC 3339 with an offset, as in "2026-01-07T20:00:01.123+08:00"; becomes milliseconds since the epoch."""

_STRICT = ConfigDict(strict=True, extra="ignore")
"""Strict about types, tolerant of fields that the contract does not name. An optional field may also be null.

Typed dictionaries, because they are checked in half the time that model objects take, and every comment passes here.
"""


@with_config(_STRICT)
class UserFrame(TypedDict):
    """The person behind a comment, as the platform shows them."""

    name: Name
    id: NotRequired[Id | None]
    level: NotRequired[Annotated[int, Field(ge=-INT32 - 1, le=INT32)] | None]
    badges: NotRequired[list[str] | None]


@with_config(_STRICT)
class CommentFrame(TypedDict):
    """What a viewer wrote. In a batch `type` may be left out."""

    type: NotRequired[Literal["comment"]]
    platform: Platform
    id: NotRequired[Id | None]
    user: UserFrame
    text: Text
    at: NotRequired[At | None]


@with_config(_STRICT)
class BatchFrame(TypedDict):
    """Up to 500 comments at once."""

    type: Literal["batch"]
    items: Annotated[list[CommentFrame], Field(max_length=BATCH_ITEMS)]


@with_config(_STRICT)
class ActivityFrame(TypedDict):
    """What a viewer did without words."""

    type: Literal["activity"]
    kind: Literal["enter", "like", "gift", "follow", "share"]
    platform: Platform
    id: NotRequired[Id | None]
    user: NotRequired[UserFrame | None]
    count: NotRequired[Annotated[int, Field(ge=1, le=INT32)] | None]
    at: NotRequired[At | None]


@with_config(_STRICT)
class PresenceFrame(TypedDict):
    """How many are watching."""

    type: Literal["presence"]
    viewers: Annotated[int, Field(ge=0, le=INT32)]
    at: NotRequired[At | None]


IngestFrame = Annotated[CommentFrame | BatchFrame | ActivityFrame | PresenceFrame, Field(discriminator="type")]
"""Any frame that a client may send."""


@with_config(_STRICT)
class AckFrame(TypedDict):
    """These comments are durable."""

    type: Literal["ack"]
    ids: list[str]


@with_config(_STRICT)
class ErrorFrame(TypedDict):
    """A frame or a comment was not taken; `detail` names the fields."""

    type: Literal["error"]
    code: Literal["invalid_frame", "invalid_comment", "too_large", "room_closed", "overloaded"]
    detail: str
    id: NotRequired[str]
