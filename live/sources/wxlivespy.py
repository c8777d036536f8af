"""What wxlivespy posts (fire4nt/wxlivespy 2023.1016, 2024.0202): 视频号, a list of events a message.

The real body differs from the tool's own schema: `{host_info, live_info, events}`, `seq` is text, `combogift` has no
underscore. `msg_time` is the clock of the host's PC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.sources.feed import Context, Person, did, joined, said, shown, strange
from live.sources.frame import Frame, Presence
from live.sources.shape import count_of, identifier, inner, message_id, moment_ms, scoped, whole, word

if TYPE_CHECKING:
    from collections.abc import Mapping

PLATFORM = "wechat_channels"

_DEEDS: Mapping[str, str] = {
    "enter": "enter",
    "like": "like",
    "gift": "gift",
    "combogift": "gift",
    "combo_gift": "gift",
}
_OTHER = frozenset({"levelup", "unknown"})


def feed(frame: object, context: Context) -> Frame:
    """Read one body."""
    events = inner(frame, "events")
    if not isinstance(events, list):
        return strange("events: must be a list")
    live_id = identifier(inner(frame, "live_info", "live_id")) or ""
    return joined([_presence(frame, context), *(_event(each, live_id, context) for each in _in_order(events))])


def _in_order(events: list[object]) -> list[object]:
    """Sort by `seq`, where every event has one: what was said first is acted on first."""
    numbers = [whole(inner(each, "seq")) for each in events]
    if None in numbers:
        return events
    return [each for _, each in sorted(zip(numbers, events, strict=True), key=lambda pair: pair[0] or 0)]


def _event(event: object, live_id: str, context: Context) -> Frame:
    if not isinstance(event, dict):
        return strange("events: must hold objects")
    kind = word(event.get("decoded_type"))
    if kind == "comment":
        return _comment(event, live_id, context)
    if kind in _DEEDS:
        return _deed(event, _DEEDS[kind], live_id, context)
    return Frame() if kind in _OTHER else strange(f"decoded_type: unknown: {shown(event.get('decoded_type'))}")


def _comment(event: dict[str, Any], live_id: str, context: Context) -> Frame:
    return said(
        platform=PLATFORM,
        id=_id(event, live_id),
        person=_person(event),
        text=event.get("content"),
        at_ms=moment_ms(event.get("msg_time"), context.received_ms),
    )


def _deed(event: dict[str, Any], kind: str, live_id: str, context: Context) -> Frame:
    return did(
        kind,
        platform=PLATFORM,
        id=_id(event, live_id),
        person=_person(event),
        at_ms=moment_ms(event.get("msg_time"), context.received_ms),
        count=count_of(event.get("combo_product_count") or event.get("gift_num")),
    )


def _id(event: dict[str, Any], live_id: str) -> str | None:
    """The platform's id, or the event's number in its broadcast."""
    own, number = message_id(event.get("msg_id")), identifier(event.get("seq"))
    return own or (f"{live_id}:{number}" if live_id and number else None)


def _person(event: dict[str, Any]) -> Person:
    """The 2024 release tells an id that stays the same for this host; before, there was one for each session."""
    lasting = scoped("host", identifier(event.get("decoded_openid")))
    return Person(id=lasting or scoped("session", identifier(event.get("sec_openid"))), name=event.get("nickname"))


def _presence(frame: object, context: Context) -> Frame:
    online = whole(inner(frame, "live_info", "online_count"))
    known = online is not None and online >= 0
    return Frame(presence=Presence(viewers=online or 0, at_ms=context.received_ms)) if known else Frame()
