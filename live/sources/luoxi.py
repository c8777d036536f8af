"""Frames of the userscript 洛曦-直播弹幕监听助手 (greasyfork 490966), which reads what a page shows.

No ids, no times: comments are known by their fingerprint, viewers by their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.sources.feed import Context, Person, did, said, shown, strange
from live.sources.frame import Frame
from live.sources.shape import word

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLATFORMS: Mapping[str, str] = {
    "快手": "kuaishou",
    "视频号": "wechat_channels",
    "微信视频号": "wechat_channels",
    "抖音": "douyin",
    "小红书": "xiaohongshu",
    "淘宝": "taobao",
    "TikTok": "tiktok",
    "斗鱼": "other:douyu",
    "拼多多": "other:pinduoduo",
    "1688": "other:1688",
}
_SAYINGS = frozenset({"comment", "super_chat"})
_DEEDS: Mapping[str, str] = {"gift": "gift", "like": "like", "entrance": "enter", "follow": "follow"}


def feed(frame: object, context: Context) -> Frame:
    """Read one frame."""
    if not isinstance(frame, dict):
        return strange(f"frame: must be an object, not {shown(frame)}")
    kind = word(frame.get("type"))
    if kind in _SAYINGS:
        return _comment(frame, context)
    if kind in _DEEDS:
        return _deed(frame, _DEEDS[kind], context)
    return Frame() if kind == "info" else strange(f"type: unknown: {shown(frame.get('type'))}")


def _comment(frame: dict[str, Any], context: Context) -> Frame:
    return said(
        platform=_platform(frame, context),
        id=None,
        person=Person(id=None, name=frame.get("username")),
        text=frame.get("content"),
        at_ms=context.received_ms,
    )


def _deed(frame: dict[str, Any], kind: str, context: Context) -> Frame:
    person = Person(id=None, name=frame.get("username"))
    return did(kind, platform=_platform(frame, context), id=None, person=person, at_ms=context.received_ms)


def _platform(frame: dict[str, Any], context: Context) -> str:
    return _PLATFORMS.get(word(frame.get("platform")), context.platform)
