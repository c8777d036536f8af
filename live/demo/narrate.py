"""What the terminal says of the evening: a line a fact that a host would tell at dinner. Pure; names masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.domain.viewer import mask_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from live.service.results import PublishedEvent

Data = dict[str, Any]


def line_of(event: PublishedEvent) -> str | None:
    """Say what happened; None for what needs no line."""
    tell = _LINES.get(event.kind)
    return None if tell is None else f"{event.at[11:19]}  {tell(event.data)}"


def _goods(data: Data) -> str:
    reservation, offer = data["reservation"], data["offer"]
    name = next((v["name"] for v in offer["variants"] if v["id"] == reservation["variant_id"]), "")
    return f"{offer['title']}{name and f'（{name}）'} ×{reservation['quantity']}"


def _who(data: Data) -> str:
    return mask_name(data["reservation"]["viewer"]["name"])


def _left(data: Data) -> str:
    offer = data["offer"]
    return f"还剩 {offer['available']} {offer['unit']}"


def _prompt(data: Data) -> str:
    return f"口令“{data['prompt']['keyword']}”"


_LINES: Mapping[str, Callable[[Data], str]] = {
    "session_started": lambda data: f"● 开播：{data['session']['title']}",
    "session_ended": lambda _: "● 下播",
    "offer_pinned": lambda data: f"▶ 讲解 {data['offer']['number']} 号 {data['offer']['title']}（{_left(data)}）",
    "offer_opened": lambda data: f"  上架 {data['offer']['number']} 号 {data['offer']['title']}",
    "offer_closed": lambda data: f"  下架 {data['offer']['title']}",
    "offer_sold_out": lambda data: f"■ 订满：{data['offer']['title']}",
    "offer_restocked": lambda data: f"  补货：{data['offer']['title']}，{_left(data)}",
    "prompt_opened": lambda data: f"▶ {_prompt(data)}打开",
    "prompt_closed": lambda data: f"  {_prompt(data)}结束",
    "reservation_made": lambda data: f"  {_who(data)} 订了 {_goods(data)}，{_left(data)}",
    "reservation_changed": lambda data: f"  {_who(data)} 改成 {_goods(data)}",
    "reservation_cancelled": lambda data: f"  {_who(data)} 取消 {_goods(data)}",
    "reservation_waitlisted": lambda data: f"  {_who(data)} 候补 {_goods(data)}",
    "reservation_promoted": lambda data: f"  {_who(data)} 候补转正 {_goods(data)}",
    "comment_needs_confirmation": lambda data: f"？ 请主播确认：{data['comment']['reason']}",
}
