"""What each comment of a session is, as lists of places: a console counts and filters ten thousand with a few kilobytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.types import Intent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain.comment import CommentKind
    from live.service.wire import Json

_INTENTS = {
    "orders": frozenset({Intent.BUY.value, Intent.CHANGE.value, Intent.CANCEL.value}),
    "questions": frozenset({Intent.QUESTION.value}),
    "complaints": frozenset({Intent.COMPLAINT.value}),
}


def kinds_told(session: Json | None, kinds: Sequence[CommentKind]) -> Json:
    """The places (`n`) of a session's orders, questions and complaints, of those that wait for the host and those set aside.

    `kinds` are all its comments in order; their places have no gaps. What the shop's own people write is none of these.
    """
    aside = _set_aside(session)
    told: Json = {
        "session_id": None if session is None else session["id"],
        "first": kinds[0].n if kinds else None,
        "last": kinds[-1].n if kinds else 0,
    }
    for name, intents in _INTENTS.items():
        told[name] = [kind.n for kind in kinds if kind.intent in intents and kind.outcome != "host"]
    told["confirm"] = [kind.n for kind in kinds if kind.outcome == "needs_confirmation"]
    told["hidden"] = [kind.n for kind in kinds if "/".join(kind.key) in aside]
    return told


def _set_aside(session: Json | None) -> frozenset[str]:
    keys = [] if session is None else session["set_aside"]
    return frozenset(map(str, keys)) if isinstance(keys, list) else frozenset()
