"""Frames of the tools on port 8888, which speak three dialects: 抖音, and what 直播伴侣 carries.

- HaoDong108/DouyinBarrageGrab 2.7: `Data` is JSON written into a string, type 1 is a comment.
- wushuaihua520/BarrageGrab: `Data` is an object, type 3 is a comment and type 1 somebody entering.
- aiobs: as the second, with a `Platform`, ids as text, `IsAnchor` and `TimeSpan`.

The numbers of one dialect mean something else in the next, so the dialect is told first, by `Data` and `Platform`. These
tools obey commands that come over the same socket (one closes the program): nothing is ever sent to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from live.sources.contract import parse
from live.sources.feed import Context, Person, did, said, shown, strange
from live.sources.frame import Frame, Presence
from live.sources.shape import count_of, identifier, inner, message_id, moment_ms, scoped, text, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

_ABSENT = frozenset({None, "", "0"})
"""How these tools write that there is no such id."""

_HAODONG: Mapping[int, str] = {
    1: "comment",
    2: "like",
    3: "enter",
    4: "follow",
    5: "gift",
    6: "presence",
    7: "other",
    8: "share",
    9: "other",
}
_WUSHUAIHUA: Mapping[int, str] = {
    1: "enter",
    2: "follow",
    3: "comment",
    4: "like",
    5: "gift",
    6: "share",
    7: "presence",
    8: "other",
    9: "other",
    10: "other",
}

_AIOBS_PLATFORMS: Mapping[str, str] = {
    "douyin": "douyin",
    "tiktok": "tiktok",
    "kuaishou": "kuaishou",
    "bilibili": "bilibili",
    "xiaohongshu": "xiaohongshu",
    "shipinhao": "wechat_channels",
    "taobao": "taobao",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Message:
    """A frame whose dialect is known."""

    kind: str
    platform: str
    data: dict[str, Any]


def feed(frame: object, context: Context) -> Frame:
    """Read one frame."""
    message = _message(frame, context)
    if isinstance(message, Frame):
        return message
    elsewhere = _elsewhere(message.data, context)
    if elsewhere:
        return strange(f"room: {elsewhere} is not {context.only}")
    if message.kind == "comment":
        return _comment(message, context)
    if message.kind == "presence":
        return _presence(message.data, context)
    return Frame() if message.kind == "other" else _deed(message, context)


def _message(frame: object, context: Context) -> _Message | Frame:
    data = inner(frame, "Data")
    if isinstance(data, str):
        return _typed(frame, _HAODONG, context.platform, _decoded(data))
    site = inner(frame, "Platform")
    platform = context.platform if site is None else _aiobs_platform(site)
    return _typed(frame, _WUSHUAIHUA, platform, data)


def _typed(frame: object, kinds: Mapping[int, str], platform: str, data: object) -> _Message | Frame:
    number = whole(inner(frame, "Type"))
    if number is None or number not in kinds:
        return strange(f"Type: unknown: {shown(inner(frame, 'Type'))}")
    if not isinstance(data, dict):
        return strange("Data: must be an object")
    return _Message(kind=kinds[number], platform=platform, data=data)


def _decoded(data: str) -> object:
    try:
        return parse(data)
    except (ValueError, RecursionError):
        return None


def _aiobs_platform(site: object) -> str:
    name = text(site, 20).lower()
    plain = "".join(letter for letter in name if letter.isascii() and letter.isalnum())
    return _AIOBS_PLATFORMS.get(plain, f"other:{plain or 'aiobs'}")


def _elsewhere(data: dict[str, Any], context: Context) -> str | None:
    """The broadcast of a frame that is not the one wanted: the tool hears every page that the PC has open."""
    names = [data.get("RoomId"), data.get("WebRoomId"), inner(data, "Onwer", "UserId"), inner(data, "Onwer", "SecUid")]
    known = [name for name in map(identifier, names) if name not in _ABSENT]
    if context.only is None or not known or context.only in known:
        return None
    return known[0]


def _comment(message: _Message, context: Context) -> Frame:
    return said(
        platform=message.platform,
        id=message_id(message.data.get("MsgId")),
        person=_person(message),
        text=message.data.get("Content"),
        at_ms=moment_ms(message.data.get("TimeSpan"), context.received_ms),
    )


def _deed(message: _Message, context: Context) -> Frame:
    return did(
        message.kind,
        platform=message.platform,
        id=message_id(message.data.get("MsgId")),
        person=_person(message),
        at_ms=context.received_ms,
        count=count_of(message.data.get("GiftCount") or message.data.get("Count")),
    )


def _presence(data: dict[str, Any], context: Context) -> Frame:
    online = whole(data.get("OnlineUserCount"))
    known = online is not None and online >= 0
    return Frame(presence=Presence(viewers=online or 0, at_ms=context.received_ms)) if known else Frame()


def _person(message: _Message) -> Person:
    user = inner(message.data, "User")
    level = whole(inner(user, "FansClub", "Level"))
    return Person(
        id=_user_id(message.platform, user),
        name=inner(user, "Nickname") or inner(user, "NickName"),
        level=level or None,
        badges=tuple(_badges(user)),
        is_host=_is_host(message.data, user),
    )


def _user_id(platform: str, user: object) -> str | None:
    """`SecUid` where it is told, else `Id`, which may be one that everybody has; 视频号 deals ids for a session."""
    user_id = identifier(inner(user, "SecUid")) or identifier(inner(user, "Id"))
    return scoped("session", user_id) if platform == "wechat_channels" else user_id


def _badges(user: object) -> list[str]:
    club, pay_level = inner(user, "FansClub", "ClubName"), whole(inner(user, "PayLevel"))
    badges = [club] if isinstance(club, str) else []
    return badges + ([f"荣誉等级{pay_level}"] if pay_level else [])


def _is_host(data: dict[str, Any], user: object) -> bool:
    pairs = [
        (inner(user, "Id"), inner(data, "Onwer", "UserId")),
        (inner(user, "SecUid"), inner(data, "Onwer", "SecUid")),
    ]
    same = [identifier(mine) == identifier(owner) and identifier(mine) not in _ABSENT for mine, owner in pairs]
    return data.get("IsAnchor") is True or any(same)
