"""Our own frames (section 2 of the contract) into comments. Pure; no input makes it raise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic_core import ValidationError, from_json, to_json

from live.domain.comment import Comment, fingerprint
from live.domain.viewer import Viewer, identify
from live.sources.clean import clean
from live.sources.faults import say_all
from live.sources.frame import Activity, Fault, FaultCode, Frame, Limits, Presence
from live.sources.models import ID_CHARACTERS, ActivityFrame, CommentFrame, PresenceFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Read = Callable[[dict[str, Any], Limits, int], Frame]

_check_comment = TypeAdapter(CommentFrame).validator.validate_python
_check_activity = TypeAdapter(ActivityFrame).validator.validate_python
_check_presence = TypeAdapter(PresenceFrame).validator.validate_python

_BADGES = 20
_BADGE_CHARACTERS = 64
_UTF8_BYTES = 4


def read_frame(data: str | bytes, *, limits: Limits, received_ms: int) -> Frame:
    """Read one frame of a client: good comments are taken, each bad one is answered with its id.

    `received_ms` stands in where a comment has no `at`.
    """
    if _exceeds(data, limits.frame_bytes):
        return _refuse(FaultCode.TOO_LARGE, f"frame: at most {limits.frame_bytes} bytes")
    try:
        frame = parse(data)
    except (ValueError, RecursionError) as error:
        return _refuse(FaultCode.INVALID_FRAME, f"frame: must be JSON ({error})")
    return read_object(frame, limits=limits, received_ms=received_ms)


def parse(data: str | bytes) -> object:
    """Decode JSON, also where a platform has cut an emoji in two. Raises ValueError or RecursionError."""
    try:
        return from_json(data)
    except (ValueError, TypeError):
        return from_json(_mend(data))


def read_object(frame: object, *, limits: Limits, received_ms: int) -> Frame:
    """Read one frame that is decoded already."""
    if not isinstance(frame, dict):
        return _refuse(FaultCode.INVALID_FRAME, "frame: must be an object")
    kind = frame.get("type")
    read = _READERS.get(kind) if isinstance(kind, str) else None
    if read is None:
        return _refuse(FaultCode.INVALID_FRAME, f"type: must be one of {', '.join(_READERS)}", _id_of(frame))
    return read(frame, limits, received_ms)


def read_comment(item: object, *, received_ms: int) -> Comment | Fault:
    """Read one comment object. All its faults are joined in one `detail`."""
    try:
        fields: CommentFrame = _check_comment(item)
    except ValidationError as error:
        return Fault(code=FaultCode.INVALID_COMMENT, detail=say_all(error), id=_id_of(item))
    return _comment(fields, received_ms)


def ack_frame(ids: Iterable[str]) -> str:
    """Write the answer for comments that are durable."""
    return to_json({"type": "ack", "ids": list(ids)}).decode()


def error_frame(fault: Fault) -> str:
    """Write the answer for what cannot be taken."""
    answer = {"type": "error", "code": fault.code, "detail": fault.detail}
    return to_json(answer if fault.id is None else answer | {"id": fault.id}).decode()


def _exceeds(data: str | bytes, most: int) -> bool:
    """Tell whether a frame is too long in bytes; what is short enough in any case is not encoded to find out."""
    if isinstance(data, bytes) or len(data) > most:
        return len(data) > most
    return len(data) * _UTF8_BYTES > most and len(data.encode(errors="surrogatepass")) > most


def _mend(data: str | bytes) -> bytes:
    """Write JSON anew without what only the standard library reads: halves of emoji, a byte order mark."""
    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    return json.dumps(json.loads(text), ensure_ascii=False).encode(errors="ignore")


def _refuse(code: FaultCode, detail: str, comment_id: str | None = None) -> Frame:
    return Frame(faults=(Fault(code=code, detail=detail, id=comment_id),))


def _id_of(item: object) -> str | None:
    """The id under which a bad comment is answered, if it is fit to be repeated."""
    own = item.get("id") if isinstance(item, dict) else None
    return own if isinstance(own, str) and 0 < len(own) <= ID_CHARACTERS and own == clean(own) else None


def _read_comment(frame: dict[str, Any], _limits: Limits, received_ms: int) -> Frame:
    comment = read_comment(frame, received_ms=received_ms)
    return Frame(comments=(comment,)) if isinstance(comment, Comment) else Frame(faults=(comment,))


def _read_batch(frame: dict[str, Any], limits: Limits, received_ms: int) -> Frame:
    items = frame.get("items")
    if not isinstance(items, list):
        return _refuse(FaultCode.INVALID_FRAME, "items: must be a list")
    if len(items) > limits.batch_items:
        return _refuse(FaultCode.INVALID_FRAME, f"items: at most {limits.batch_items} comments")
    results = [read_comment(item, received_ms=received_ms) for item in items]
    return Frame(
        comments=tuple(result for result in results if isinstance(result, Comment)),
        faults=tuple(_placed(n, result) for n, result in enumerate(results) if isinstance(result, Fault)),
    )


def _placed(n: int, fault: Fault) -> Fault:
    """Name the place in the batch of a comment that cannot be named by its id."""
    return fault if fault.id is not None else Fault(code=fault.code, detail=f"items.{n}: {fault.detail}")


def _read_activity(frame: dict[str, Any], _limits: Limits, received_ms: int) -> Frame:
    try:
        return Frame(activities=(_activity(_check_activity(frame), received_ms),))
    except ValidationError as error:
        return _refuse(FaultCode.INVALID_FRAME, say_all(error), _id_of(frame))


def _read_presence(frame: dict[str, Any], _limits: Limits, received_ms: int) -> Frame:
    try:
        fields: PresenceFrame = _check_presence(frame)
    except ValidationError as error:
        return _refuse(FaultCode.INVALID_FRAME, say_all(error))
    return Frame(presence=Presence(viewers=fields["viewers"], at_ms=_at_ms(fields, received_ms)))


_READERS: Mapping[str, Read] = {
    "comment": _read_comment,
    "batch": _read_batch,
    "activity": _read_activity,
    "presence": _read_presence,
}
"""Who reads a frame, by its type."""


def _comment(fields: CommentFrame, received_ms: int) -> Comment:
    platform, user, text = fields["platform"], fields["user"], fields["text"]
    name = user["name"]
    user_id = user.get("id") or None
    at_ms = _at_ms(fields, received_ms)
    own = fields.get("id") or fingerprint(platform=platform, user=user_id or name, text=text, at_ms=at_ms)
    badges = user.get("badges")
    return Comment(
        platform=platform,
        id=own,
        viewer=identify(platform=platform, user_id=user_id, name=name, cause=own),
        text=text,
        at_ms=at_ms,
        level=user.get("level"),
        badges=_badges(badges) if badges else (),
    )


def _activity(fields: ActivityFrame, received_ms: int) -> Activity:
    return Activity(
        kind=fields["kind"],
        platform=fields["platform"],
        id=fields.get("id") or None,
        viewer=_viewer(fields, cause=fields.get("id") or str(received_ms)),
        count=fields.get("count") or 1,
        at_ms=_at_ms(fields, received_ms),
    )


def _viewer(fields: ActivityFrame, *, cause: str) -> Viewer | None:
    user = fields.get("user")
    if user is None:
        return None
    return identify(platform=fields["platform"], user_id=user.get("id"), name=user["name"], cause=cause)


def _badges(badges: list[str]) -> tuple[str, ...]:
    """Keep what a card can show; a viewer with many badges is no reason to lose an order."""
    return tuple(clean(badge[:_BADGE_CHARACTERS]) for badge in badges[:_BADGES])


def _at_ms(fields: Mapping[str, Any], received_ms: int) -> int:
    at_ms: int | None = fields.get("at")
    return received_ms if at_ms is None else at_ms
