"""Handlers of the host's desk: slips of the finger, who is of the shop, what is set aside, the script."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import stock
from live.domain.events import EventKind
from live.domain.orders import at_terms, give_back, held_by
from live.domain.refusal import RefusalCode, Refused
from live.domain.settled import UNDO_MS, Move, Settled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain import desk_commands as d
    from live.domain.comment import AnsweredComment, PendingComment
    from live.domain.draft import Draft
    from live.domain.viewer import Viewer

MOST_SET_ASIDE = 500
"""Comments that a session keeps out of sight; beyond it the oldest come back."""

UNDONE = "主播撤回"

Holdings = Counter[tuple[str, str | None, str | None]]
"""What a viewer has, by offer, variant and flash deal."""


def holdings(draft: Draft, viewer: Viewer, offer_ids: Iterable[str]) -> Holdings:
    """Count what a viewer has of some offers that may still change."""
    has: Holdings = Counter()
    for offer_id in set(offer_ids):
        for each in draft.state.of_viewer(viewer.key, offer_id):
            has[offer_id, each.variant_id, each.flash_id] += each.quantity
    return has


def remember(draft: Draft, comment: PendingComment, before: Holdings, after: Holdings) -> None:
    """Keep what a tap has done, for a moment."""
    keys = sorted(before.keys() | after.keys(), key=str)
    moves = tuple(
        Move(offer_id=key[0], variant_id=key[1], flash_id=key[2], before=before[key], after=after[key])
        for key in keys
        if before[key] != after[key]
    )
    draft.state.settle(Settled(comment=comment, at_ms=draft.at_ms, moves=moves))


def undo_comment(draft: Draft, command: d.UndoComment) -> Refused | None:
    """Put a comment back into the queue that was accepted or dismissed a moment ago, and take back what that booked."""
    found = draft.state.find_settled(command.comment_id)
    if found is None or draft.at_ms - found.at_ms > UNDO_MS:
        return Refused(code=RefusalCode.TOO_LATE_TO_UNDO, detail="撤回只在一分钟内有效；要改请到订单里改")
    viewer = found.comment.viewer
    if any(_has(draft, viewer, move) != move.after for move in found.moves):
        return Refused(code=RefusalCode.CHANGED_MEANWHILE, detail=f"{viewer.name}的预订后来又改过，请到订单里改")
    if any(_is_gone(draft, move) for move in found.moves):
        return Refused(code=RefusalCode.CHANGED_MEANWHILE, detail="价格已经变了，撤不回原来的价，请到订单里改")
    draft.comment_id = found.comment.id
    for move in found.moves:
        _take_back(draft, viewer, move)
    draft.tell(EventKind.COMMENT_REOPENED, comment=found.comment)
    return None


def _has(draft: Draft, viewer: Viewer, move: Move) -> int:
    return sum(
        each.quantity for each in at_terms(held_by(draft, viewer, move.offer_id, move.variant_id), move.flash_id)
    )


def _is_gone(draft: Draft, move: Move) -> bool:
    """Whether what would be given again no longer sells at its price."""
    return move.before > move.after and draft.terms(move.offer_id).flash_id != move.flash_id


def _take_back(draft: Draft, viewer: Viewer, move: Move) -> None:
    more = move.before - move.after
    if more > 0:
        wish = stock.Claim(viewer=viewer, offer_id=move.offer_id, variant_id=move.variant_id, quantity=more)
        stock.claim(draft, wish)
    else:
        held = at_terms(held_by(draft, viewer, move.offer_id, move.variant_id), move.flash_id)
        give_back(draft, held, -more, reason=UNDONE)


def add_host(draft: Draft, command: d.AddHost) -> Refused | None:
    """Count a comment's writer among the shop's own people; a second tap changes nothing."""
    if command.comment is None:
        return _unknown(command.comment_id)
    viewer = command.comment.comment.viewer
    if viewer.weak:
        return Refused(
            code=RefusalCode.WEAK_IDENTITY,
            detail="平台隐去了这位的身份，认不出下一条是不是他；请在开播时写上场控的名字",
        )
    if not draft.session.is_host(user_id=viewer.id, name=viewer.name):
        known_by = viewer.name if viewer.id is None else viewer.id
        draft.tell(EventKind.HOST_ADDED, session=replace(draft.session, hosts=(*draft.session.hosts, known_by)))
    return None


def remove_host(draft: Draft, command: d.RemoveHost) -> Refused | None:
    """Take somebody off the list of the shop's own people."""
    if command.host not in draft.session.hosts:
        return Refused(code=RefusalCode.UNKNOWN_VIEWER, detail=f"host：名单里没有“{command.host}”")
    left = tuple(host for host in draft.session.hosts if host != command.host)
    draft.tell(EventKind.HOST_REMOVED, session=replace(draft.session, hosts=left))
    return None


def set_aside_comment(draft: Draft, command: d.SetAsideComment) -> Refused | None:
    """Take a comment out of sight; a second tap changes nothing."""
    key = _key(draft, command.comment)
    if key is None:
        return _unknown(command.comment_id)
    if key not in draft.session.set_aside:
        aside = (*draft.session.set_aside, key)[-MOST_SET_ASIDE:]
        draft.tell(EventKind.COMMENT_SET_ASIDE, session=replace(draft.session, set_aside=aside))
    return None


def bring_back_comment(draft: Draft, command: d.BringBackComment) -> Refused | None:
    """Show a comment again; a second tap changes nothing."""
    key = _key(draft, command.comment)
    if key is None:
        return _unknown(command.comment_id)
    if key in draft.session.set_aside:
        left = tuple(each for each in draft.session.set_aside if each != key)
        draft.tell(EventKind.COMMENT_BROUGHT_BACK, session=replace(draft.session, set_aside=left))
    return None


def update_script(draft: Draft, command: d.UpdateScript) -> Refused | None:
    """Replace the script; the same one again changes nothing."""
    if draft.session.script != command.script:
        draft.tell(EventKind.SCRIPT_CHANGED, session=replace(draft.session, script=command.script))
    return None


def _key(draft: Draft, found: AnsweredComment | None) -> str | None:
    """What a comment of this session is known by on every console."""
    if found is None or found.session_id != draft.session.id:
        return None
    return f"{found.comment.platform}/{found.comment.id}"


def _unknown(comment_id: str) -> Refused:
    return Refused(code=RefusalCode.UNKNOWN_COMMENT, detail=f"comment_id：本场没有“{comment_id}”这条评论")
