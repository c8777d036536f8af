"""What the tools' feeds share: what they are told, and how they make comments and activities of what a tool says.

A feed is a pure function from one decoded frame of a tool to a `Frame`. It never raises: what it does not know is a
fault in the frame, to be counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from live.domain.comment import Comment, fingerprint
from live.domain.viewer import Viewer, identify
from live.sources.contract import parse
from live.sources.frame import Activity, Fault, FaultCode, Frame
from live.sources.models import NAME_CHARACTERS, TEXT_CHARACTERS
from live.sources.shape import identifier
from live.sources.shape import text as clean_text

HIDDEN = "***"
"""Stands for a name that a tool does not tell: a masked name, so that nobody is taken for somebody else."""

NAMELESS = "匿名"
"""Stands for the name of somebody whose id is known."""

_BADGE_CHARACTERS = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What a frame does not say itself.

    Attributes:
        platform: the platform of frames that name none.
        received_ms: when the frame arrived, in milliseconds; stands in where the tool gives no time.
        only: the one broadcast on the platform whose comments are taken; None for all.
    """

    platform: str
    received_ms: int
    only: str | None = None


Feed = Callable[[object, Context], Frame]


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """The writer as a tool shows them. `id` carries its scope already (`shape.scoped`); `name` is as it came."""

    id: str | None
    name: object
    level: int | None = None
    badges: tuple[str, ...] = ()
    is_host: bool = False


def read_message(feed: Feed, data: str | bytes, context: Context) -> Frame:
    """Decode one message of a tool and read it; what is no JSON is counted as well."""
    try:
        frame = parse(data)
    except (ValueError, RecursionError) as error:
        return strange(f"frame: must be JSON ({error})")
    return feed(frame, context)


def said(*, platform: str, id: str | None, person: Person, text: object, at_ms: int) -> Frame:  # noqa: A002  # the field is called id
    """Make the frame of one comment; a comment without words (a sticker) is an empty frame."""
    words = clean_text(text, TEXT_CHARACTERS)
    if not words:
        return Frame()
    name = _name_of(person)
    own = id or fingerprint(platform=platform, user=person.id or name, text=words, at_ms=at_ms)
    comment = Comment(
        platform=platform,
        id=own,
        viewer=identify(platform=platform, user_id=person.id, name=name, cause=own),
        text=words,
        at_ms=at_ms,
        level=person.level,
        badges=tuple(badge for badge in (clean_text(each, _BADGE_CHARACTERS) for each in person.badges) if badge),
        from_host=person.is_host,
    )
    return Frame(comments=(comment,))


def did(
    kind: str,
    *,
    platform: str,
    id: str | None,  # noqa: A002  # the field is called id
    person: Person,
    at_ms: int,
    count: int = 1,
) -> Frame:
    """Make the frame of what a viewer did without words."""
    viewer = _viewer(platform, person, cause=id or f"{kind}-{at_ms}")
    return Frame(activities=(Activity(kind=kind, platform=platform, id=id, viewer=viewer, count=count, at_ms=at_ms),))


def strange(detail: str) -> Frame:
    """Make the frame that says what was not understood."""
    return Frame(faults=(Fault(code=FaultCode.INVALID_FRAME, detail=detail),))


def joined(frames: list[Frame]) -> Frame:
    """Put the frames of one message together, in order."""
    return Frame(
        comments=tuple(comment for frame in frames for comment in frame.comments),
        faults=tuple(fault for frame in frames for fault in frame.faults),
        activities=tuple(activity for frame in frames for activity in frame.activities),
        presence=next((frame.presence for frame in reversed(frames) if frame.presence is not None), None),
    )


def shown(value: object) -> str:
    """Write a foreign value into a fault: short, on one line."""
    return identifier(clean_text(value, 40) if isinstance(value, str) else value) or type(value).__name__


def _viewer(platform: str, person: Person, *, cause: str) -> Viewer:
    return identify(platform=platform, user_id=person.id, name=_name_of(person), cause=cause)


def _name_of(person: Person) -> str:
    return clean_text(person.name, NAME_CHARACTERS) or (NAMELESS if person.id else HIDDEN)
