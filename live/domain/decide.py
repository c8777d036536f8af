"""From what a comment was understood as to what is done about it. Pure: it looks, it does not act.

The order of the checks is the order in which a careful assistant would ask: is there a sale, is it one of us, do we know
who it is, do we know what they want, may they have it, and is it for us to decide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live.domain.offer import OfferPhase
from live.domain.orders import Order, Outcome, foresee
from live.domain.session import Repeat
from nlp.types import Action, Intent, Op, Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.comment import Comment
    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.session import LiveSession
    from live.domain.state import RoomState
    from nlp.types import Classification

ORDER_INTENTS = frozenset({Intent.BUY, Intent.CHANGE, Intent.CANCEL})


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What to do about a comment: orders to place at once, or one tap of the host, or nothing.

    `actions` are what a tap would carry out, completed from what the viewer has where that is certain. `outcome` is set
    where nothing will be placed; `reason` is for the host.
    """

    route: Route
    orders: tuple[Order, ...] = ()
    actions: tuple[Action, ...] = ()
    outcome: Outcome | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Doubt:
    """Why an order is put to the host, or is nothing at all."""

    outcome: Outcome
    reason: str


def decide(state: RoomState, session: LiveSession, comment: Comment, read: Classification, *, now_ms: int) -> Decision:
    """Decide about one comment by the policy, the stock's state and what its writer already has."""
    nothing = _nothing_to_do(session, comment, read, now_ms)
    if nothing is not None:
        return nothing
    actions = tuple(part for action in read.actions for part in _complete(state, comment, read, action))
    if read.route is not Route.AUTO:
        return _put_to_host(read.route, actions, read.reason)
    if comment.viewer.weak:
        return _put_to_host(Route.CONFIRM, actions, "平台隐去了身份，请确认是谁")
    return _decide_orders(state, session, comment, read.intent, actions)


def _nothing_to_do(session: LiveSession, comment: Comment, read: Classification, now_ms: int) -> Decision | None:
    if comment.from_host or session.is_host(user_id=comment.viewer.id, name=comment.viewer.name):
        return _ignore(Outcome.HOST, "主播或场控自己的评论")
    if not session.running:
        return _ignore(Outcome.SESSION_ENDED, "本场已经结束")
    if read.route is Route.IGNORE or read.intent not in ORDER_INTENTS:
        return _ignore(Outcome.NONE, read.reason)
    if not session.takes_orders(now_ms):
        return _ignore(Outcome.CUTOFF_PASSED, "已经截单")
    return None


def _ignore(outcome: Outcome, reason: str) -> Decision:
    return Decision(route=Route.IGNORE, outcome=outcome, reason=reason)


def _decide_orders(
    state: RoomState, session: LiveSession, comment: Comment, intent: Intent, actions: tuple[Action, ...]
) -> Decision:
    doubts = [_doubt(state, session, comment, intent, action) for action in actions]
    orders = [_order(session, intent, a) for a, doubt in zip(actions, doubts, strict=True) if doubt is None]
    doubts += [
        _too_much(state, session, comment, orders, offer_id) for offer_id in dict.fromkeys(o.offer_id for o in orders)
    ]
    found = [doubt for doubt in doubts if doubt is not None]
    asked = next((doubt for doubt in found if doubt.outcome is Outcome.NEEDS_CONFIRMATION), None)
    if asked is not None:
        return _put_to_host(Route.CONFIRM, actions, asked.reason)
    if orders:
        return Decision(route=Route.AUTO, orders=tuple(orders), actions=actions)
    first = found[0] if found else _Doubt(outcome=Outcome.NONE, reason="没有要办的事")
    return _ignore(first.outcome, first.reason)


def _put_to_host(route: Route, actions: tuple[Action, ...], reason: str) -> Decision:
    return Decision(
        route=route, actions=actions, outcome=Outcome.NEEDS_CONFIRMATION, reason=reason or "拿不准，请主播定"
    )


def _complete(state: RoomState, comment: Comment, read: Classification, action: Action) -> tuple[Action, ...]:
    """Name what a bare "不要了", "改成3箱" or "换成大果" is about where its writer has just one thing it can mean."""
    key = comment.viewer.key
    if action.offer is None:
        offers = [offer_id for offer_id in state.offers if state.of_viewer(key, offer_id)]
        known = action.op is Op.CANCEL and len(offers) == 1
        return (replace(action, offer=offers[0]) if known else action,)
    has = foresee(state.of_viewer(key, action.offer), ())
    if len(has) != 1:
        return (action,)
    ((variant, total),) = has.items()
    if action.variant is None:
        return (replace(action, variant=variant),)
    return _swap(action, variant, total) if _swaps(read, action, variant) else (action,)


def _swaps(read: Classification, action: Action, variant: str | None) -> bool:
    """Whether "换成大果" speaks of what its writer has of another variant, and says no more about it."""
    alone = sum(other.offer == action.offer for other in read.actions) == 1
    return alone and read.intent is Intent.CHANGE and action.op is Op.SET and action.variant != variant


def _swap(action: Action, variant: str | None, total: int) -> tuple[Action, ...]:
    """The one is given back for the other; where no count is said, it stays."""
    quantity = total if action.quantity is None else action.quantity
    return replace(action, op=Op.CANCEL, variant=variant, quantity=None), replace(action, quantity=quantity)


def _doubt(state: RoomState, session: LiveSession, comment: Comment, intent: Intent, action: Action) -> _Doubt | None:
    """The first reason not to carry an action out at once; None when there is none."""
    offer = state.offers.get(action.offer) if action.offer is not None else None
    if offer is None:
        return _ask("没说清是哪一个")
    held = state.of_viewer(comment.viewer.key, offer.id)
    missed, most = state.standing(comment.viewer.key).no_shows, session.policy.max_no_shows
    if most is not None and missed >= most and action.op is not Op.CANCEL:
        return _ask(f"他有 {missed} 单没来提，请确认")
    if any(r.handled for r in held):
        return _ask("这单您已经处理过，请再确认")
    if state.turned_away(comment.viewer.key, offer.id):
        return _ask("您取消过他的这单，请再确认")
    takes = action.op is Op.ADD or (action.op is Op.SET and intent is Intent.BUY)
    told = _unclear(offer, action)
    told = told or (
        _doubt_of_buying(session, held, action) if takes else _doubt_of_changing(session, offer, held, action)
    )
    return told or _not_open(offer)


def _unclear(offer: Offer, action: Action) -> _Doubt | None:
    """What must be known of an order before anybody may carry it out."""
    if action.variant is not None and offer.variant(action.variant) is None:
        return _ask(f"{offer.title}没有这个规格")
    if action.op is Op.CANCEL:
        return None
    if action.quantity is None or action.quantity <= 0:
        return _ask("没说清要几" + offer.unit)
    if action.variant is None and len(offer.variants) > 1:
        return _ask("没说清要哪种：" + "、".join(v.name for v in offer.variants))
    return None


def _not_open(offer: Offer) -> _Doubt | None:
    if offer.phase is OfferPhase.OPEN:
        return None
    return _ask(f"{offer.title}{'已下架' if offer.phase is OfferPhase.CLOSED else '还没上架'}")


def _doubt_of_buying(session: LiveSession, held: list[Reservation], action: Action) -> _Doubt | None:
    return _REPEATS[session.policy.repeat] if held and action.op is Op.SET else None


def _doubt_of_changing(session: LiveSession, offer: Offer, held: list[Reservation], action: Action) -> _Doubt | None:
    if not held and action.op is Op.SET:
        return _ask("没有找到他订的" + offer.title)
    if not held:
        return _Doubt(outcome=Outcome.NOTHING_RESERVED, reason="他没有订" + offer.title)
    whole = action.op is Op.CANCEL and action.variant is None
    concerned = [r for r in held if whole or r.variant_id == action.variant]
    if not concerned:
        return _ask("他订的不是这个规格，请确认")
    total = sum(r.quantity for r in concerned)
    less = total if action.op is Op.CANCEL else action.quantity or 0
    if action.op is Op.REDUCE and less > total:
        return _ask(f"他只订了 {total} {offer.unit}，要少 {less}")
    gone = action.op is not Op.SET and less == total
    return _ask("本店不凭评论取消，请确认") if gone and not session.policy.cancel_by_comment else None


def _too_much(
    state: RoomState, session: LiveSession, comment: Comment, orders: list[Order], offer_id: str
) -> _Doubt | None:
    """Whether all that a comment wants of one offer, over its variants, is more than may be booked at once."""
    offer, most = state.offers[offer_id], session.policy.max_auto_quantity
    held = state.of_viewer(comment.viewer.key, offer_id)
    mine = [order for order in orders if order.offer_id == offer_id]
    had, has = sum(r.quantity for r in held), foresee(held, mine).total()
    asked = max(has if has > had else 0, *(order.quantity for order in mine))
    if asked > most:
        return _ask(f"他要 {asked} {offer.unit}，超过 {most}，请确认")
    limit = offer.per_viewer_limit
    if limit is not None and has > had and has > limit:
        return _ask(f"每人限购 {limit} {offer.unit}，他要 {has}")
    return None


def _op(session: LiveSession, intent: Intent, action: Action) -> Op:
    """What a plain buy does to what its writer has is the shop's policy; 改成 is always to this quantity."""
    buys = intent is Intent.BUY and action.op is Op.SET
    return Op.ADD if buys and session.policy.repeat is Repeat.ADD else action.op


def _order(session: LiveSession, intent: Intent, action: Action) -> Order:
    if action.offer is None:
        raise AssertionError("an action without an offer is a doubt, not an order")
    return Order(
        op=_op(session, intent, action),
        offer_id=action.offer,
        variant_id=action.variant,
        quantity=action.quantity or 0,
    )


def _ask(reason: str) -> _Doubt:
    return _Doubt(outcome=Outcome.NEEDS_CONFIRMATION, reason=reason)


_REPEATS: Mapping[Repeat, _Doubt | None] = {
    Repeat.REPLACE: None,
    Repeat.ADD: None,
    Repeat.IGNORE: _Doubt(outcome=Outcome.REPEAT_IGNORED, reason="他已经订过，本场不重复订"),
    Repeat.ASK: _ask("他已经订过，请确认是改还是加"),
}
