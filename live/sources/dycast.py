"""Frames that a dycast page (skmcj/dycast, 2025) relays: 抖音, one room object first, then lists of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.sources.feed import Context, Person, did, joined, said, shown, strange
from live.sources.frame import Frame
from live.sources.shape import count_of, identifier, inner, message_id, word

if TYPE_CHECKING:
    from collections.abc import Mapping

PLATFORM = "douyin"

_DEEDS: Mapping[str, str] = {
    "WebcastGiftMessage": "gift",
    "WebcastLikeMessage": "like",
    "WebcastMemberMessage": "enter",
    "WebcastSocialMessage": "follow",
}
_OTHER = frozenset(
    {
        "WebcastRoomUserSeqMessage",
        "WebcastControlMessage",
        "WebcastEmojiChatMessage",
        "WebcastFansclubMessage",
        "WebcastRoomStatsMessage",
        "WebcastRoomRankMessage",
        "CustomMessage",
    }
)


def feed(frame: object, context: Context) -> Frame:
    """Read one frame."""
    if isinstance(frame, list):
        return joined([_message(each, context) for each in frame])
    return Frame() if isinstance(frame, dict) else strange(f"frame: must be a list, not {shown(frame)}")


def _message(message: object, context: Context) -> Frame:
    if not isinstance(message, dict):
        return strange("frame: must hold objects")
    method = word(message.get("method"))
    if method == "WebcastChatMessage":
        return _comment(message, context)
    if method in _DEEDS:
        return _deed(message, _DEEDS[method], context)
    return Frame() if method in _OTHER else strange(f"method: unknown: {shown(message.get('method'))}")


def _comment(message: dict[str, Any], context: Context) -> Frame:
    return said(
        platform=PLATFORM,
        id=message_id(message.get("id")),
        person=_person(message),
        text=message.get("content"),
        at_ms=context.received_ms,
    )


def _deed(message: dict[str, Any], kind: str, context: Context) -> Frame:
    return did(
        kind,
        platform=PLATFORM,
        id=message_id(message.get("id")),
        person=_person(message),
        at_ms=context.received_ms,
        count=count_of(inner(message, "gift", "count")),
    )


def _person(message: dict[str, Any]) -> Person:
    return Person(id=identifier(inner(message, "user", "id")), name=inner(message, "user", "name"))
