"""What the terminal says of the evening: a line a fact that a host would tell at dinner. Pure; names masked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from live.domain.viewer import mask_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from live.service.results import PublishedEvent
    from live.store.port import SessionRecord

Data = dict[str, Any]
MINUTE_MS = 60_000
MOST_LETTERS = 24


def line_of(event: PublishedEvent) -> str | None:
    """Say what happened; None for what needs no line."""
    tell = _LINES.get(event.kind)
    return None if tell is None else f"{event.at[11:19]}  {tell(event.data)}"


def opening_of(*, duration_ms: int, speed: float) -> str:
    """Say what is going to be seen, and how long it takes."""
    minutes = duration_ms / MINUTE_MS
    return f"\n下面放一晚 {minutes:.0f} 分钟的直播，{speed:g} 倍速，约 {_lasting(minutes / speed)}。打开上面的页面一起看：\n"


def _lasting(minutes: float) -> str:
    return f"{minutes:.0f} 分钟" if minutes >= 1 else f"{math.ceil(minutes * 60)} 秒"


def closing_of(record: SessionRecord, *, waiting: int, report: Path, page: str) -> str:
    """Sum the evening up, `waiting` comments still before the host, and lead to its report: the file and the page."""
    held = [reservation for reservation in record.reservations if reservation.holds]
    buyers = len({reservation.viewer.key for reservation in held})
    quantity = sum(reservation.holds for reservation in held)
    return "\n".join(
        (
            f"\n本场 {len(record.comments)} 条评论，{buyers} 人订了 {quantity} 份，{waiting} 条还等主播点一下。",
            f"复盘写好了：{report}",
            f"网页版（先打开中控台）：{page}",
        )
    )


def _goods(data: Data) -> str:
    reservation, offer = data["reservation"], data["offer"]
    name = next((v["name"] for v in offer["variants"] if v["id"] == reservation["variant_id"]), "")
    return f"{_short(offer)}{name and f' {name}'} ×{reservation['quantity']} {offer['unit']}"


def _short(offer: Data) -> str:
    """The name before its first space, as the pages say it: 土鸡蛋 30 枚 ×2 would read as thirty and two."""
    title: str = offer["title"]
    first = title.split(maxsplit=1)[0]
    return first if len(first) > 1 else title


def _asked(data: Data) -> str:
    comment = data["comment"]
    return (
        f"？ {mask_name(comment['user']['name'])}：“{_shorten(comment['text'])}”，等主播点一下（{comment['reason']}）"
    )


def _shorten(text: str) -> str:
    """A comment that fits a line of the terminal beside what is said of it."""
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _who(data: Data) -> str:
    return mask_name(data["reservation"]["viewer"]["name"])


def _left(data: Data) -> str:
    offer = data["offer"]
    return f"还剩 {offer['available']} {offer['unit']}"


def _prompt(data: Data) -> str:
    return f"扣 {data['prompt']['keyword']}"


def _deal(data: Data) -> str:
    sale = data["flash_sale"]
    return f"秒杀 {_short(data['offer'])} ¥{sale['price']}（原价 {sale['regular_price']}）"


def _sold(data: Data) -> str:
    sale = data["flash_sale"]
    return f"卖出 {sale['sold']} / {sale['quota']} {data['offer']['unit']}"


def _won(data: Data) -> str:
    """Who has won, masked as on the picture."""
    winners = data["giveaway"]["rounds"][-1]["winners"]
    return "、".join(mask_name(winner["name"]) for winner in winners) or "没有人参加"


def _counted(data: Data) -> str:
    options = sorted(data["poll"]["options"], key=lambda option: -option["votes"])
    return "，".join(f"{option['label']} {option['votes']} 票" for option in options)


_LINES: Mapping[str, Callable[[Data], str]] = {
    "session_started": lambda data: f"● 开播：{data['session']['title']}",
    "session_ended": lambda _: "● 下播",
    "offer_pinned": lambda data: f"▶ 讲解 {data['offer']['number']} 号 {data['offer']['title']}（{_left(data)}）",
    "offer_opened": lambda data: f"  上架 {data['offer']['number']} 号 {data['offer']['title']}",
    "offer_closed": lambda data: f"  下架 {data['offer']['title']}",
    "offer_sold_out": lambda data: f"■ 订满：{data['offer']['title']}",
    "offer_restocked": lambda data: f"  补货：{data['offer']['title']}，{_left(data)}",
    "prompt_opened": lambda data: f"▶ {_prompt(data)} 开始",
    "prompt_closed": lambda data: f"  {_prompt(data)} 结束",
    "flash_sale_announced": lambda data: (
        f"▶ {_deal(data)}，限 {data['flash_sale']['quota']} {data['offer']['unit']}，马上开抢"
    ),
    "flash_sale_started": lambda data: f"▶ {_deal(data)}，开抢",
    "flash_sale_ended": lambda data: f"  秒杀结束：{_short(data['offer'])}，{_sold(data)}",
    "giveaway_opened": lambda data: (
        f"▶ 福袋：{data['giveaway']['rules']['prize']}，口令“{data['giveaway']['keyword']}”"
    ),
    "giveaway_closed": lambda data: f"  福袋收口：{data['giveaway']['entries']} 人参加，等五条评论作公证",
    "giveaway_drawn": lambda data: f"★ 福袋开奖：{_won(data)}",
    "poll_opened": lambda data: f"▶ 投票：{data['poll']['question']}",
    "poll_closed": lambda data: f"  投票结束：{_counted(data)}",
    "reservation_made": lambda data: f"  {_who(data)} 订了 {_goods(data)}，{_left(data)}",
    "reservation_changed": lambda data: f"  {_who(data)} 改成 {_goods(data)}",
    "reservation_cancelled": lambda data: f"  {_who(data)} 取消 {_goods(data)}",
    "reservation_waitlisted": lambda data: f"  {_who(data)} 候补 {_goods(data)}",
    "reservation_promoted": lambda data: f"  {_who(data)} 候补转正 {_goods(data)}",
    "comment_needs_confirmation": _asked,
    "question_raised": lambda data: (
        f"？ {mask_name(data['question']['name'])} 问：“{_shorten(data['question']['text'])}”"
    ),
    "question_answered": lambda data: (
        f"  答了：“{_shorten(data['question']['text'])}”，{data['question']['askers']} 人问过"
    ),
    "complaint_raised": lambda data: (
        f"！ {mask_name(data['ticket']['viewer']['name'])} 说：“{_shorten(data['ticket']['text'])}”，要答复"
    ),
    "cycle_closed": lambda _: "● 截单",
    "source_connected": lambda data: f"  {data['source']['name']}连上了",
    "source_silent": lambda data: f"！ {data['source']['name']}没有声音了",
    "source_restored": lambda data: f"  {data['source']['name']}恢复了",
}
