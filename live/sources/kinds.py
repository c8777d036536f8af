"""The tools we know: those we call, those that call us, and those that post to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.sources import barrage_grab, dycast, luoxi, oba, ssn, wxlivespy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.sources.feed import Feed


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A tool that is a WebSocket server, which we call.

    Attributes:
        tool: its name, for the host.
        feed: how its frames are read.
        platform: the platform of frames that name none, where the settings name none either.
        silence_s: seconds without a message after which the connection is not believed any more.
        mend: what the host does when nothing listens at its address.
    """

    tool: str
    feed: Feed
    platform: str
    silence_s: float
    mend: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A tool that calls us: its name for the host, how its frames are read, and the platform of those that name none."""

    tool: str
    feed: Feed
    platform: str


KINDS: Mapping[str, Kind] = {
    "oba": Kind(
        tool="oba-live-tool",
        feed=oba.feed,
        platform="douyin",
        silence_s=20,
        mend="请在 oba-live-tool 的自动回复设置里打开「启用 WebSocket 服务」，再点「开始监听」",
    ),
    "barrage_grab": Kind(
        tool="弹幕抓取工具",
        feed=barrage_grab.feed,
        platform="douyin",
        silence_s=60,
        mend="请先打开弹幕抓取工具（DouyinBarrageGrab 等），再打开直播间或直播伴侣",
    ),
}
"""What `kind` of `[[sources]]` may be; `config.setting_types.SOURCE_KINDS` lists the same names."""

SOCKET_CALLERS: Mapping[str, Caller] = {
    "luoxi": Caller(tool="洛曦", feed=luoxi.feed, platform="other:luoxi"),
    "dycast": Caller(tool="dycast", feed=dycast.feed, platform=dycast.PLATFORM),
}
"""Tools that open a WebSocket to us."""

POST_CALLERS: Mapping[str, Caller] = {
    "wxlivespy": Caller(tool="wxlivespy", feed=wxlivespy.feed, platform=wxlivespy.PLATFORM),
    "ssn": Caller(tool="Social Stream Ninja", feed=ssn.feed, platform="other:ssn"),
}
"""Tools that post to us."""
