"""`?topics=`: which events a page wants.

A comma list of kinds ("offer_opened") and families ("offer": every kind that begins with "offer_"). "comment" takes the
comment frames and the family of the confirm queue. Without `topics` everything comes. With it the numbers of the events
have holes, so a narrowed page cannot tell a gap by them; `since` still works.
"""

from __future__ import annotations

import re

from live.web.problems import refuse

Topics = frozenset[str]
"""Kinds and families; empty for everything."""

COMMENTS = "comment"
_TOPIC = re.compile(r"[a-z_]{1,40}")
_MOST = 40


def parse_topics(text: str) -> Topics:
    """Read the list; raises 422 for what cannot be a kind."""
    topics = [topic for part in text.split(",") if (topic := part.strip())]
    if len(topics) > _MOST or not all(_TOPIC.fullmatch(topic) for topic in topics):
        raise refuse(
            422, "invalid_topics", f"topics 是用逗号隔开的事件种类或前缀，最多 {_MOST} 个，例：offer,reservation_made。"
        )
    return frozenset(topics)


def wants(topics: Topics, kind: str) -> bool:
    """Whether a page with these topics gets events of this kind."""
    return not topics or kind in topics or any(kind.startswith(f"{topic}_") for topic in topics)


def wants_comments(topics: Topics) -> bool:
    """Whether a page with these topics gets comment frames."""
    return not topics or COMMENTS in topics
