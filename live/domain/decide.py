"""From what a comment was understood as to what is done about it. Pure: it looks, it does not act.

The order of the checks is the order in which a careful assistant would ask: is there a sale, is it one of us, do we know
who it is, do we know what they want, may they have it, and is it for us to decide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from live.domain.flash import awaited, terms_of
from live.domain.offer import OfferPhase
from live.domain.orders import GIVES_BACK, Order, Outcome, at_terms, foresee
from live.domain.session import Repeat
from nlp.types import Action, Intent, Op, Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.comment import Comment
    from live.domain.flash import Terms
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """A comment that asks for something, and what is looked at to decide about it."""

    state: RoomState
    session: LiveSession
    comment: Comment
    intent: Intent
    now_ms: int

    def terms(self, offer_id: str | None) -> Terms:
        """At what price and limit a known offer sold when the comment arrived."""
        offer = self.state.offers[offer_id or ""]
        return terms_of(offer, self.state.flash_of(offer.id, self.now_ms), self.now_ms)


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
    asked = _Asked(state=state, session=session, comment=comment, intent=read.intent, now_ms=now_ms)
    return _decide_orders(asked, actions)


def _nothing_to_do(session: LiveSession, comment: Comment, read: Classification, now_ms: int) -> Decision | None:
    if comment.from_host or session.is_host(user_id=comment.viewer.id, name=comment.viewer.name):
        return _ignore(Outcome.HOST, "主播或场控自己的评论")
    if comment.viewer.key in session.blocked:
        return _ignore(Outcome.BLOCKED, "您屏蔽了这位观众")
    if not session.running:
        return _ignore(Outcome.SESSION_ENDED, "本场已经结束")
    if read.route is Route.IGNORE or read.intent not in ORDER_INTENTS:
        return _ignore(Outcome.NONE, read.reason)
    if not session.takes_orders(now_ms):
        return _ignore(Outcome.CUTOFF_PASSED, "已经截单")
    return None


def _ignore(outcome: Outcome, reason: str) -> Decision:
    return Decision(route=Route.IGNORE, outcome=outcome, reason=reason)


def _decide_orders(asked: _Asked, actions: tuple[Action, ...]) -> Decision:
    doubts = [_doubt(asked, action) for action in actions]
    orders = [_order(asked.session, asked.intent, a) for a, doubt in zip(actions, doubts, strict=True) if doubt is None]
    measured = {offer_id: _too_much(asked, orders, offer_id) for offer_id in dict.fromkeys(o.offer_id for o in orders)}
    orders = [order for order in orders if measured[order.offer_id] is None]
    found = [doubt for doubt in (*doubts, *measured.values()) if doubt is not None]
    unsure = next((doubt for doubt in found if doubt.outcome is Outcome.NEEDS_CONFIRMATION), None)
    if unsure is not None:
        return _put_to_host(Route.CONFIRM, actions, unsure.reason)
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


def _doubt(asked: _Asked, action: Action) -> _Doubt | None:
    """The first reason not to carry an action out at once; None when there is none."""
    state, viewer_key = asked.state, asked.comment.viewer.key
    offer = state.offers.get(action.offer) if action.offer is not None else None
    if offer is None:
        return _ask("没说清是哪一个")
    takes = action.op is Op.ADD or (action.op is Op.SET and asked.intent is Intent.BUY)
    held = state.of_viewer(viewer_key, offer.id)
    if (takes or _sets_more(held, action)) and awaited(state.flash_of(offer.id, asked.now_ms), asked.now_ms):
        return _Doubt(outcome=Outcome.FLASH_NOT_OPEN, reason=f"{offer.title}的秒杀还没开始，或正暂停")
    if any(r.handled for r in held):
        return _ask("这单您已经处理过，请再确认")
    if state.turned_away(viewer_key, offer.id):
        return _ask("您取消过他的这单，请再确认")
    told = _no_shows(asked, held, action) or _unclear(offer, action)
    told = told or (_doubt_of_buying(asked, held, action) if takes else _doubt_of_changing(asked, offer, held, action))
    return told or _not_open(offer)


def _sets_more(held: list[Reservation], action: Action) -> bool:
    had = sum(r.quantity for r in held if r.variant_id == action.variant)
    return action.op is Op.SET and (action.quantity or 0) > had


def _no_shows(asked: _Asked, held: list[Reservation], action: Action) -> _Doubt | None:
    """Who has left goods behind is asked about before anything more is booked for them."""
    most = asked.session.policy.max_no_shows
    if most is None or _takes_no_more(asked, held, action):
        return None
    missed = asked.state.standing(asked.comment.viewer.key).no_shows
    return _ask(f"他有 {missed} 单没来提，请确认") if missed >= most else None


def _takes_no_more(asked: _Asked, held: list[Reservation], action: Action) -> bool:
    if _op(asked.session, asked.intent, action) is not Op.SET:
        return action.op in GIVES_BACK
    mine = at_terms(held, asked.terms(action.offer).flash_id)
    return 0 < (action.quantity or 0) <= sum(r.quantity for r in mine if r.variant_id == action.variant)


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


def _doubt_of_buying(asked: _Asked, held: list[Reservation], action: Action) -> _Doubt | None:
    """What was bought at another price is no repeat."""
    again = action.op is Op.SET and at_terms(held, asked.terms(action.offer).flash_id)
    return _REPEATS[asked.session.policy.repeat] if again else None


def _doubt_of_changing(asked: _Asked, offer: Offer, held: list[Reservation], action: Action) -> _Doubt | None:
    if not held and action.op is Op.SET:
        return _ask("没有找到他订的" + offer.title)
    if not held:
        return _Doubt(outcome=Outcome.NOTHING_RESERVED, reason="他没有订" + offer.title)
    whole = action.op is Op.CANCEL and action.variant is None
    concerned = [r for r in held if whole or r.variant_id == action.variant]
    if not concerned:
        return _ask("他订的不是这个规格，请确认")
    if action.op is Op.SET and at_terms(concerned, asked.terms(offer.id).flash_id) != concerned:
        return _ask("他订的是秒杀前后的另一个价，请确认")
    total = sum(r.quantity for r in concerned)
    less = total if action.op is Op.CANCEL else action.quantity or 0
    if action.op is Op.REDUCE and less > total:
        return _ask(f"他只订了 {total} {offer.unit}，要少 {less}")
    gone = action.op is not Op.SET and less == total
    return _ask("本店不凭评论取消，请确认") if gone and not asked.session.policy.cancel_by_comment else None


def _too_much(asked: _Asked, orders: list[Order], offer_id: str) -> _Doubt | None:
    """Whether all that a comment wants of one offer, over its variants, is more than may be booked at once.

    In the rush of a flash deal nobody can be asked about: whoever wants more than their limit gets nothing.
    """
    offer, most = asked.state.offers[offer_id], asked.session.policy.max_auto_quantity
    terms = asked.terms(offer_id)
    held = at_terms(asked.state.of_viewer(asked.comment.viewer.key, offer_id), terms.flash_id)
    mine = [order for order in orders if order.offer_id == offer_id]
    had, has = sum(r.quantity for r in held), foresee(held, mine).total()
    wanted = max(has if has > had else 0, *(order.quantity for order in mine))
    if wanted > most:
        return _ask(f"他要 {wanted} {offer.unit}，超过 {most}，请确认")
    limit = terms.per_viewer_limit
    if limit is None or has <= had or has <= limit:
        return None
    told = f"每人限购 {limit} {offer.unit}，他要 {has}"
    return _ask(told) if terms.flash is None else _Doubt(outcome=Outcome.OVER_LIMIT, reason=told)


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
