"""What the shop calls things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from live.domain.giveaway import PrizeState
from live.domain.orders import Outcome
from live.domain.reservation import ReservationState
from live.domain.ticket import Promise
from live.service.wire import CHINA, yuan
from nlp.types import Intent, Route, Topic

Names = Mapping[str, str]

INTENTS: Names = {
    Intent.BUY: "要货",
    Intent.CHANGE: "改单",
    Intent.CANCEL: "取消",
    Intent.QUESTION: "提问",
    Intent.COMPLAINT: "售后投诉",
    Intent.GIVEAWAY: "抽福袋",
    Intent.VOTE: "投票",
    Intent.WISH: "想要的货",
    Intent.BOUGHT: "已在别处拍",
    Intent.PRAISE: "夸货",
    Intent.SPAM: "广告",
    Intent.CHAT: "聊天",
}

TOPICS: Names = {
    Topic.PRICE: "价格",
    Topic.STOCK: "还有没有",
    Topic.SPEC: "规格",
    Topic.QUALITY: "好不好",
    Topic.USAGE: "怎么吃怎么用",
    Topic.DELIVERY: "送货",
    Topic.PICKUP: "提货",
    Topic.PAYMENT: "付款",
    Topic.PROMOTION: "优惠",
    Topic.HOW_TO_ORDER: "怎么订",
    Topic.ORDER_STATUS: "我的单子",
    Topic.LIVE: "直播",
    Topic.OTHER: "其他",
}

ROUTES: Names = {
    Route.AUTO: "自动办了",
    Route.CONFIRM: "请主播点一下",
    Route.ASK: "反问顾客",
    Route.IGNORE: "不用办",
}

OUTCOMES: Names = {
    Outcome.NONE: "不用办",
    Outcome.RESERVED: "订上了",
    Outcome.PARTLY_WAITLISTED: "订上一部分",
    Outcome.WAITLISTED: "排队",
    Outcome.CHANGED: "改好了",
    Outcome.CANCELLED: "取消了",
    Outcome.UNCHANGED: "本来就是这样",
    Outcome.NEEDS_CONFIRMATION: "等主播点",
    Outcome.ACCEPTED: "主播点了确认",
    Outcome.DISMISSED: "主播点了忽略",
    Outcome.NOTHING_RESERVED: "没订过，不用办",
    Outcome.REPEAT_IGNORED: "重复，没再订",
    Outcome.OVER_LIMIT: "超过秒杀限购",
    Outcome.SOLD_OUT: "秒杀抢完了",
    Outcome.FLASH_NOT_OPEN: "秒杀没开",
    Outcome.ENTERED: "参加了福袋",
    Outcome.NOT_ELIGIBLE: "不能参加福袋",
    Outcome.VOTED: "投了票",
    Outcome.BLOCKED: "拉黑的人说的",
    Outcome.CUTOFF_PASSED: "截单以后",
    Outcome.SESSION_ENDED: "下播以后",
    Outcome.HOST: "自家人说的",
}

STATES: Names = {
    ReservationState.WAITLISTED: "排队中",
    ReservationState.RESERVED: "已订",
    ReservationState.LOCKED: "已截单",
    ReservationState.READY: "可提货",
    ReservationState.COLLECTED: "已提货",
    ReservationState.CANCELLED: "已取消",
    ReservationState.EXPIRED: "超时释放",
    ReservationState.NO_SHOW: "爽约",
}

PRIZES: Names = {PrizeState.WON: "还没领", PrizeState.CLAIMED: "领走了", PrizeState.FORFEITED: "没要，补抽了"}
PROMISES: Names = {Promise.REFUND: "退款", Promise.REPLACEMENT: "补发"}

_WEEKDAYS = "一二三四五六日"


def day(at_ms: int) -> str:
    """A day as people say it: "1月7日 周三"."""
    at = _local(at_ms)
    return f"{at.month}月{at.day}日 周{_WEEKDAYS[at.weekday()]}"


def clock(at_ms: int) -> str:
    """The time of day: "20:05"."""
    return f"{_local(at_ms):%H:%M}"


def moment(at_ms: int) -> str:
    """A day and a time: "1月7日 周三 20:05"."""
    return f"{day(at_ms)} {clock(at_ms)}"


def span(start_ms: int, end_ms: int) -> str:
    """From when to when: the day is said once where it is the same."""
    end = clock(end_ms) if day(start_ms) == day(end_ms) else moment(end_ms)
    return f"{moment(start_ms)}–{end}"


def minutes_long(start_ms: int, end_ms: int) -> str:
    """A duration: "31 分钟", "2 小时 5 分"."""
    hours, minutes = divmod(max(0, end_ms - start_ms) // 60_000, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分钟"


def delay(milliseconds: int) -> str:
    """A wait in the unit that reads best: "0.4 秒", "12 秒", "3 分钟", "5 小时", "12 天"."""
    seconds = milliseconds / 1000
    if seconds < 10:  # noqa: PLR2004  # below ten, the tenths still say something
        return f"{seconds:.1f} 秒"
    for size, unit in ((86_400, "天"), (3_600, "小时"), (60, "分钟")):
        if seconds >= 2 * size:
            return f"{seconds // size:.0f} {unit}"
    return f"{seconds:.0f} 秒"


def count(number: int) -> str:
    """A number with its thousands apart: 12345 → "12,345"."""
    return f"{number:,}"


def money(fen: int) -> str:
    """An amount with its thousands apart: 1234590 → "12,345.90"."""
    whole, _, cents = yuan(fen).partition(".")
    return f"{int(whole):,}.{cents}"


def code(pickup_code: str) -> str:
    """A pickup code as people read it out, in fours: "7KQ4 M2XP 9ABC"."""
    return " ".join(pickup_code[at : at + 4] for at in range(0, len(pickup_code), 4))


def code_short(pickup_code: str) -> str:
    """A pickup code in short, "7KQ4…": it tells namesakes apart on paper, and the counter finds by how a code begins."""
    return f"{pickup_code[:4]}…"


def percent(ratio: float | None) -> str:
    """A ratio: 0.256 → "25.6%"; "–" where there is none."""
    return "–" if ratio is None else f"{ratio:.1%}"


def _local(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, CHINA)
