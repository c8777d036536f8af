"""What came of one attempt to send something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from live.outbound.post import Reply


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """It has arrived, and the other side has said so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Later:
    """It may arrive another time: after `after_ms`, or whenever the usual wait is over. `tried`: it counts as an attempt."""

    why: str
    after_ms: int | None = None
    tried: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Dead:
    """It will not arrive as it is. `why` says what to do, in Chinese."""

    why: str


Outcome = Sent | Later | Dead

_MEND = {
    401: "对方不认这个签名，请核对两边的密钥",
    403: "对方不让进，请核对网址和两边的密钥",
    404: "没有这个网址，请核对",
    405: "这个网址不收 POST，请核对",
    410: "对方说不再收了，请核对网址",
    413: "对方嫌内容太大",
}

_TEMPORARY = frozenset({408, 429})


def by_status(reply: Reply) -> Outcome:
    """Judge by the HTTP status alone: 2xx has arrived, 4xx never will (but for 408 and 429), all else may yet."""
    match reply.status // 100:
        case 2:
            return Sent()
        case 3:
            return Later(why=f"HTTP {reply.status}：对方要我们换个网址；我们不跟过去，请把网址改成最终的那个")
        case 4 if reply.status not in _TEMPORARY:
            return Dead(why=f"HTTP {reply.status}：{_MEND.get(reply.status, '对方不收，请看对方的日志')}")
        case _:
            return Later(why=f"HTTP {reply.status}：对方暂时不行", after_ms=reply.retry_after_ms)
