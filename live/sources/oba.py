"""Frames of oba-live-tool (qiutongxue/oba-live-tool 1.6): 视频号, 抖音, 快手, 小红书, 淘宝.

A frame names neither room nor, for 抖音 and 快手, platform. `time` is the clock of the host's PC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.sources.feed import Context, Person, did, said, shown, strange
from live.sources.frame import Frame
from live.sources.shape import identifier, message_id, moment_ms, scoped, word

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLATFORMS: Mapping[str, str | None] = {
    "comment": None,  # 抖音 or 快手, as configured
    "wechat_channel_live_msg": "wechat_channels",
    "xiaohongshu_comment": "xiaohongshu",
    "taobao_comment": "taobao",
}
"""Frames that hold a comment, and the platform each stands for."""

_DEEDS: Mapping[str, str] = {"room_enter": "enter", "room_like": "like", "room_follow": "follow"}
"""Frames of 抖音's 罗盘 that hold an activity of the contract."""

_OTHER = frozenset({"subscribe_merchant_brand_vip", "ecom_fansclub_participate", "live_order"})
"""Known, and nothing to us: a `live_order` was paid on the platform, it is no reservation."""


def feed(frame: object, context: Context) -> Frame:
    """Read one frame."""
    if not isinstance(frame, dict):
        return strange(f"frame: must be an object, not {shown(frame)}")
    kind = word(frame.get("msg_type"))
    if kind in _PLATFORMS:
        return _comment(frame, _PLATFORMS[kind] or context.platform, context)
    if kind in _DEEDS:
        return _deed(frame, _DEEDS[kind], context)
    return Frame() if kind in _OTHER else strange(f"msg_type: unknown: {shown(frame.get('msg_type'))}")


def _comment(frame: dict[str, Any], platform: str, context: Context) -> Frame:
    return said(
        platform=platform,
        id=message_id(frame.get("msg_id")),
        person=Person(id=_user_id(frame), name=frame.get("nick_name")),
        text=frame.get("content"),
        at_ms=moment_ms(frame.get("time"), context.received_ms),
    )


def _user_id(frame: dict[str, Any]) -> str | None:
    """视频号 deals ids anew each session; 抖音 and 快手 tell none; a reply in 视频号 comes without one."""
    user_id = identifier(frame.get("user_id"))
    match frame.get("msg_type"):
        case "wechat_channel_live_msg":
            return scoped("session", user_id)
        case "comment":
            return None
        case _:
            return user_id


def _deed(frame: dict[str, Any], kind: str, context: Context) -> Frame:
    return did(
        kind,
        platform="douyin",
        id=message_id(frame.get("msg_id")),
        person=Person(id=identifier(frame.get("user_id")), name=frame.get("nick_name")),
        at_ms=moment_ms(frame.get("time"), context.received_ms),
    )
