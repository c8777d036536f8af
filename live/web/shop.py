"""`/shop/{room}`: tomorrow's list with its stock, for every phone. It is made on the server and renews itself.

It takes no order yet; it says how to order in the live room.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any
from zlib import crc32

from aiohttp import web

from live.web.headers import page_headers
from live.web.keys import SERVICE
from live.web.rooms import room_in_path
from live.web.views import public_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.service.wire import Json

RENEW_SECONDS = 10
"""How old the stock on a phone may be."""

_WEEKDAYS = "一二三四五六日"


async def shop(request: web.Request) -> web.Response:
    """The list of a room, for everybody."""
    room, service = room_in_path(request), request.app[SERVICE]
    # Anybody may ask, for any name: only a room that is on has an owner to ask, and none is made for a stranger.
    state = public_snapshot(service.snapshot(room)) if room in service.running_rooms() else None
    page = shop_page(state)
    headers = page_headers(framed_by_us=False) | {"Cache-Control": "no-store"}
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=headers)


def shop_page(state: Json | None) -> str:
    """Make the page of a running room's public state (`public_snapshot`); None: it is not on."""
    if state is None:
        title = "现在没有开播"
        body = "<p class='quiet'>开播后，这里会列出明天的团购清单。这一页会自己更新。</p>"
        return _page(title, f"<header><h1>{title}</h1></header>{body}")
    session: Any = state["session"]
    offers: Any = state["offers"]
    listed = [offer for offer in offers if offer["state"] != "closed"]
    body = _header(session) + _how_to_order(listed) + "".join(_offer(offer) for offer in listed)
    return _page(session["title"], body)


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN" data-theme="auto"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<noscript><meta http-equiv="refresh" content="{RENEW_SECONDS}"></noscript>'
        '<link rel="icon" href="../static/shared/mark.svg">'
        '<link rel="stylesheet" href="../static/shared/theme.css"><link rel="stylesheet" href="../static/shop/shop.css">'
        '<script type="module" src="../static/shop/shop.js"></script>'
        f'<title>{escape(title)}</title><main data-version="{crc32(body.encode()):08x}" data-renew="{RENEW_SECONDS}">'
        f'{body}</main><p class="stale" role="status" hidden>现在连不上，上面是刚才的数。连上后会自己更新。</p></html>'
    )


def _header(session: Json) -> str:
    cycle: Any = session["cycle"]
    points = "、".join(escape(point["name"]) for point in cycle["pickup_points"])
    where = f"<dt>自提点</dt><dd>{points}</dd>" if points else ""
    return (
        f"<header><h1>{escape(str(session['title']))}</h1><dl>"
        f"<dt>截单</dt><dd>{_moment(cycle['cutoff_at'])}</dd>"
        f"<dt>自提</dt><dd>{_moment(cycle['pickup_at'])}</dd>{where}</dl></header>"
    )


def _moment(at: str) -> str:
    when = datetime.fromisoformat(at)
    return f"{when.month}月{when.day}日 周{_WEEKDAYS[when.weekday()]} {when:%H:%M}"


def _offer(offer: Json) -> str:
    number = "" if offer["number"] is None else f"<b class='number'>{offer['number']}</b>"
    return (
        f"<article class='{offer['state']}'>{number}<div><h2>{escape(str(offer['title']))}</h2>"
        f"<p class='price'>¥{offer['price']}<span> / {escape(_unit(offer))}</span></p>"
        f"<p class='stock'>{_stock(offer)}</p>{_variants(offer)}"
        f"{_facts(offer)}</div></article>"
    )


def _facts(offer: Json) -> str:
    facts: Any = offer["facts"]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    return f"<dl class='facts'>{rows}</dl>" if rows else ""


def _stock(offer: Json) -> str:
    unit, left = escape(_unit(offer)), offer["available"]
    match offer["state"]:
        case "listed":
            return "还没上架"
        case "sold_out":
            return f"已订满，{offer['waitlisted']} {unit}在排队" if offer["waitlisted"] else "已订满，可以排队"
        case _:
            limit = offer["per_viewer_limit"]
            return f"还剩 {left} {unit}" + ("" if limit is None else f"<span> · 每人限 {limit} {unit}</span>")


def _variants(offer: Json) -> str:
    variants: Any = offer["variants"]
    if not variants:
        return ""
    return f"<p>{_joined(escape(v['name']) + _left(v) for v in variants)}</p>"


def _left(variant: Json) -> str:
    return "" if variant["available"] is None else f"（剩 {variant['available']}）"


def _how_to_order(offers: Iterable[Json]) -> str:
    first = next((offer for offer in offers if offer["state"] == "open" and offer["number"] is not None), None)
    example = "要两份" if first is None else f"{first['number']}号{_kind(first)}+2"
    return f"<p class='how'>在直播间评论<b>“{escape(example)}”</b>就订上了。改数量、取消，也在直播间说一声。</p>"


def _kind(offer: Json) -> str:
    """The name of a kind that is left, where there are several: "2号+2" would not say which."""
    variants: Any = offer["variants"]
    left = [variant["name"] for variant in variants if variant["available"] is None or variant["available"] > 0]
    return str(left[0]) if len(variants) > 1 and left else ""


def _unit(offer: Json) -> str:
    return str(offer["unit"])


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
