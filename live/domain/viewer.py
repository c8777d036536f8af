"""Who wrote a comment, and how sure we may be of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHARED_IDS = frozenset({"0", "111111"})
"""Ids that platforms hand out to everybody whose name they hide."""

_MASKED_NAME = re.compile(r"^.{0,2}\*+.{0,2}$")
"""At most two characters shown, then stars, then at most two: "堂***", "张*", "t**b"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """A platform identity: what a source tells us of the person behind a comment.

    `key` is what reservations are counted by. A weak identity (masked name, shared id) gets a key of its own for each
    comment, so that two strangers both shown as "堂***" are never merged.
    """

    key: str
    platform: str
    id: str | None
    name: str
    weak: bool = False


def is_weak(user_id: str | None, name: str) -> bool:
    """Tell whether a platform hides this person: a masked name ("薛***") or an id that everybody shares."""
    return user_id in SHARED_IDS or _MASKED_NAME.match(name.strip()) is not None


def identify(*, platform: str, user_id: str | None, name: str, cause: str) -> Viewer:
    """Build the viewer of a comment or of a command by hand.

    `cause` is the comment's or command's own id; it alone tells weak identities apart. A tool that knows no ids (抖音
    中控台) leaves the plain name as the key. No platform's name holds a slash, so no two of these keys collide.
    """
    user_id = user_id or None
    if is_weak(user_id, name):
        return Viewer(key=f"{platform}/weak/{cause}", platform=platform, id=user_id, name=name, weak=True)
    key = f"{platform}/id/{user_id}" if user_id else f"{platform}/name/{name}"
    return Viewer(key=key, platform=platform, id=user_id, name=name)


def mask_name(name: str) -> str:
    """Mask a name for the picture: the first character and a star ("张姐" → "张*")."""
    return f"{name.strip()[:1]}*"
