"""Comments to put on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.comment import Comment
from live.domain.viewer import identify
from live.streams.port import Arrival

if TYPE_CHECKING:
    from live.streams.port import Delivery


def arrival(comment_id: str, *, text: str = "要两箱鸡蛋", received_ms: int = 1_767_787_201_456) -> Arrival:
    viewer = identify(platform="douyin", user_id=f"u-{comment_id}", name="张姐", cause=comment_id)
    comment = Comment(
        platform="douyin", id=comment_id, viewer=viewer, text=text, at_ms=1_767_787_201_123, level=7, badges=("粉丝团",)
    )
    return Arrival(comment=comment, received_ms=received_ms)


def arrivals(*comment_ids: str) -> list[Arrival]:
    return [arrival(comment_id) for comment_id in comment_ids]


def numbered(count: int) -> list[str]:
    return [f"m-{n}" for n in range(count)]


def ids(delivery: Delivery) -> list[str]:
    return [each.comment.id for each in delivery.arrivals]
