"""A list of goods in whatever form it comes: which form it is, and the offers in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from live.goods.chat_list import read_chat
from live.goods.columns import find_heading
from live.goods.csv_text import decode, separator_of, table_of
from live.goods.found import Found, Unreadable, bounded
from live.goods.rows import read_rows
from live.goods.settle import settle
from live.goods.sheet import OLD, ZIP, read_sheet

if TYPE_CHECKING:
    from live.goods.found import Json

GIVEN = ("title", "cycle", "hosts", "policy", "script")
"""What a whole `start_session` body says beside its offers."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF")


def read_goods(data: bytes) -> Found:
    """Read an XLSX file, CSV, a pasted table, 接龙 text, or the JSON of earlier evenings.

    The offers are objects as `start_session` takes them. Never raises anything but what is told here.

    Raises:
        Unreadable: nothing of it is a list of goods.
    """
    if data.startswith(ZIP):
        rows, faults, warnings = read_sheet(data)
        found = read_rows(rows)
        found.faults += faults
        found.warnings += warnings
        settle(found)
    else:
        found = _read_text(_text_of(data))
    if not found.offers and not found.faults:
        raise Unreadable("表头下面没有商品，请在下面一行一个地填")
    found.faults, found.warnings = bounded(found.faults), bounded(found.warnings)
    return found


def _text_of(data: bytes) -> str:
    if data.startswith(OLD):
        raise Unreadable("这是旧版 .xls，或者设了打开密码。请在表格软件里另存为 .xlsx（不设密码）再选")
    if data.startswith(_PICTURES):
        raise Unreadable("这是图片或 PDF，读不出商品。请选 XLSX、CSV，或把接龙文字粘贴进来")
    text = decode(data)
    if not text.strip():
        raise Unreadable("这里是空的。请选商品清单的文件，或粘贴接龙文字")
    return text


def _read_text(text: str) -> Found:
    if text.lstrip()[:1] in {"{", "["}:
        value = _json(text)
        if value is not None:
            return value
    rows = [line for line in _table_or_nothing(text) if any(line[1])] if separator_of(text) else []
    found = read_chat(text) if find_heading(rows) is None else read_rows(rows)
    settle(found)
    return found


def _table_or_nothing(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """A text with a stray quote is no table, and may still be a list."""
    try:
        return table_of(text)
    except Unreadable:
        if find_heading([(n, tuple(line.split(","))) for n, line in enumerate(text.splitlines()[:15], 1)]):
            raise
        return []


def _json(text: str) -> Found | None:
    """The offers of a `start_session` body, of `{"offers": […]}` or of the bare list; None for what only looks like JSON."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        if text.lstrip()[:1] == "{":
            raise Unreadable("这不是完整的 JSON，请检查逗号、引号和括号；也可以用模板填表格") from None
        return None
    around: Json = value if isinstance(value, dict) else {}
    offers = around.get("offers") if isinstance(value, dict) else value
    if not isinstance(offers, list) or not offers or not all(isinstance(offer, dict) for offer in offers):
        raise Unreadable('没有找到商品。要有 "offers": [ … ]，里面至少一个商品')
    found = Found(given={name: around[name] for name in GIVEN if name in around})
    found.offers = [(n, dict(offer)) for n, offer in enumerate(offers, 1)]
    return found
