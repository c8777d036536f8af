"""What the robot of a WeCom group answers, judged. Its failures come in a 200: `{"errcode": 93000, "errmsg": "…"}`.

The numbers are those of WeCom's list of error codes: 4xxxx is about what we sent, 93xxx about the robot.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from live.outbound.outcome import Dead, Later, Sent, by_status

if TYPE_CHECKING:
    from live.outbound.outcome import Outcome
    from live.outbound.post import Reply

TOO_OFTEN = 45009
AT_ONCE = 45033
NO_SUCH_ROBOT = 93000
SLOW_DOWN_MS = 60_000

_OURS = range(40_000, 50_000)
_ROBOTS = range(93_000, 94_000)
_GONE = "企业微信说没有这个机器人：可能 key 抄错了，或者机器人被移出了群。请在群里重新复制 Webhook 地址，改好设置再重试"
_MOST_SAID = 120


def judge(reply: Reply) -> Outcome:
    """Tell what an answer means for the message."""
    if reply.status != HTTPStatus.OK:
        judged = by_status(reply)
        return Later(why=f"HTTP {reply.status}：回答看不懂") if isinstance(judged, Sent) else judged
    said = said_in(reply.body)
    code = said.get("errcode")
    if not isinstance(code, int):
        return Later(why="回答看不懂（不是企业微信的格式），请核对 base_url")
    return Sent() if code == 0 else _refused(code, str(said.get("errmsg", "")))


def _refused(code: int, message: str) -> Outcome:
    if code in (TOO_OFTEN, AT_ONCE):
        return Later(why=f"发得太快了（errcode {code}），过一分钟再发", after_ms=SLOW_DOWN_MS)
    if code == NO_SUCH_ROBOT:
        return Dead(why=f"{_GONE}（errcode {code}）")
    words = f"errcode {code}：{_short(message)}"
    if code in _OURS or code in _ROBOTS:
        return Dead(why=f"企业微信不收这一条（{words}）")
    return Later(why=f"企业微信暂时不行（{words}）")


def _short(message: str) -> str:
    """The beginning of what was said, in one line; the hint behind it is for WeCom's own people."""
    return " ".join(message.partition(", hint:")[0].split())[:_MOST_SAID]


def said_in(body: bytes) -> dict[str, object]:
    """Read an answer; nothing where it is no JSON object."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
