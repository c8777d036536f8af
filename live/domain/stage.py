"""Handlers of what the host shows on the picture beside the goods, and of whom they block."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.events import EventKind
from live.domain.refusal import RefusalCode, Refused
from live.domain.shown import Shown, ShownAs
from nlp.types import Intent

if TYPE_CHECKING:
    from live.domain import stage_commands as c
    from live.domain.draft import Draft
    from live.domain.state import RoomState


def show_comment(draft: Draft, command: c.ShowComment) -> Refused | None:
    """Put a comment on the picture in the place of the one before."""
    found = command.comment
    if found is None or found.session_id != draft.session.id:
        return _unknown(command.comment_id)
    asks = found.classification.intent is Intent.QUESTION or command.answer is not None
    shown = Shown(
        id=draft.new_id(found.comment.platform, found.comment.id),
        shown_as=command.shown_as or (ShownAs.QUESTION if asks else ShownAs.BUBBLE),
        comment_id=found.comment.id,
        platform=found.comment.platform,
        name=found.comment.viewer.name,
        text=found.comment.text,
        answer=command.answer,
        shown_ms=draft.at_ms,
        until_ms=draft.at_ms + command.seconds * 1000,
    )
    draft.tell(EventKind.COMMENT_SHOWN, session=replace(draft.session, shown=shown), shown=shown)
    return None


def hide_comment(draft: Draft, command: c.HideComment) -> Refused | None:  # noqa: ARG001  # one shape for all handlers
    """Take the comment off the picture."""
    if draft.session.shown is None:
        return Refused(code=RefusalCode.NOTHING_SHOWN, detail="画面上现在没有评论")
    hide(draft)
    return None


def hide(draft: Draft) -> None:
    """Take off what is shown, if anything is."""
    shown = draft.session.shown
    if shown is not None:
        gone = replace(shown, open=False)
        draft.tell(EventKind.COMMENT_HIDDEN, session=replace(draft.session, shown=None), shown=gone)


def hide_due(draft: Draft) -> None:
    """Take off what has had its time."""
    due = due_ms(draft.state)
    if due and due[0] <= draft.at_ms:
        hide(draft)


def show_order_code(draft: Draft, command: c.ShowOrderCode) -> Refused | None:
    """Put the order page's code on the picture, or take it off; a second tap changes nothing."""
    if draft.session.order_code != command.shown:
        kind = EventKind.ORDER_CODE_SHOWN if command.shown else EventKind.ORDER_CODE_HIDDEN
        draft.tell(kind, session=replace(draft.session, order_code=command.shown))
    return None


def block_viewer(draft: Draft, command: c.BlockViewer) -> Refused | None:
    """Let a viewer's comments do nothing from here on; what they have reserved stands."""
    if command.comment is None:
        return _unknown(command.comment_id)
    viewer = command.comment.comment.viewer
    if viewer.weak:
        return Refused(
            code=RefusalCode.WEAK_IDENTITY, detail="平台隐去了这位观众的身份，认不出下一条是不是他，只能逐条忽略"
        )
    if viewer.key not in draft.session.blocked:
        blocked = replace(draft.session, blocked=(*draft.session.blocked, viewer.key))
        draft.tell(EventKind.VIEWER_BLOCKED, session=blocked)
    return None


def unblock_viewer(draft: Draft, command: c.UnblockViewer) -> Refused | None:
    """Take a block back."""
    if command.viewer_key not in draft.session.blocked:
        return Refused(code=RefusalCode.UNKNOWN_VIEWER, detail="viewer_key：没有屏蔽这位观众")
    left = tuple(key for key in draft.session.blocked if key != command.viewer_key)
    draft.tell(EventKind.VIEWER_UNBLOCKED, session=replace(draft.session, blocked=left))
    return None


def due_ms(state: RoomState) -> list[int]:
    """When the clock must look at what is shown again."""
    shown = None if state.session is None else state.session.shown
    return [] if shown is None else [shown.until_ms]


def _unknown(comment_id: str) -> Refused:
    return Refused(code=RefusalCode.UNKNOWN_COMMENT, detail=f"comment_id：本场没有“{comment_id}”这条评论")
