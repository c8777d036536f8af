"""What Social Stream Ninja posts (steveseguin/social_stream): a message of one of its 120 sites.

Its own `id` is a counter from a random start, so it names nothing; `meta.messageId` is the platform's.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from live.sources.feed import Context, Person, said, shown, strange
from live.sources.frame import Frame
from live.sources.plain_text import words_of
from live.sources.shape import identifier, inner, message_id, moment_ms, text

_OWN_NAMES = frozenset({"youtube", "twitch", "tiktok", "bilibili"})
_SAME_CHAT = {"youtubeshorts": "youtube"}
_NOT_IN_NAMES = re.compile(r"[^a-z0-9_-]")
_SITE_CHARACTERS = 30


def feed(frame: object, context: Context) -> Frame:
    """Read one message."""
    if not isinstance(frame, dict):
        return strange(f"frame: must be an object, not {shown(frame)}")
    if not isinstance(frame.get("chatmessage"), str):
        return strange("chatmessage: must be a string")
    if frame.get("event") or frame.get("private") is True:
        return Frame()
    return said(
        platform=_platform(frame.get("type")),
        id=message_id(inner(frame, "meta", "messageId")),
        person=_person(frame),
        text=_text(frame),
        at_ms=moment_ms(frame.get("timestamp"), context.received_ms),
    )


def _platform(site: object) -> str:
    name = _NOT_IN_NAMES.sub("", text(site, _SITE_CHARACTERS).lower())
    name = _SAME_CHAT.get(name, name)
    return name if name in _OWN_NAMES else f"other:{name or 'ssn'}"


def _text(frame: dict[str, Any]) -> str:
    message: str = frame["chatmessage"]
    return message if frame.get("textonly") is True else words_of(message)


def _person(frame: dict[str, Any]) -> Person:
    """A chat bot is the shop's own voice: what it repeats all evening is no order."""
    user_id = identifier(frame.get("userid"))
    if user_id is None and frame.get("type") == "twitch":
        user_id = identifier(frame.get("username"))
    name = frame.get("chatname")
    membership = frame.get("membership")
    return Person(
        id=user_id,
        name=unescape(name) if isinstance(name, str) else name,
        badges=(membership,) if isinstance(membership, str) else (),
        is_host=frame.get("bot") is True,
    )
