"""Handlers of the commands about offers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import flash_sales, keywords, stock
from live.domain.events import EventKind
from live.domain.offer import PHASE_TRANSITIONS, Offer, OfferPhase, Variant
from live.domain.refusal import CUT_OFF, RefusalCode, Refused, unknown_offer
from nlp.types import PromptMeaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain import commands as c
    from live.domain.draft import Draft
    from live.domain.session import HostPrompt


WORDS = frozenset({"number", "title", "aliases", "supplier", "facts"})
"""What an offer is called and who sends it: nobody's order hangs on it, so it may be mended after the cut-off."""


def add_offer(draft: Draft, command: c.AddOffer) -> Refused | None:
    """Put one more offer on the list."""
    refused = refuse_duplicates([*draft.state.offers.values(), command.offer])
    refused = refused or keywords.refuse_names(draft.state, [command.offer])
    if refused is None:
        announce(draft, command.offer)
    return refused


def announce(draft: Draft, offer: Offer) -> None:
    """Tell of a new offer: on sale at once, or listed for later."""
    kind = EventKind.OFFER_OPENED if offer.phase is OfferPhase.OPEN else EventKind.OFFER_ADDED
    draft.tell(kind, offer=offer)


def update_offer(draft: Draft, command: c.UpdateOffer) -> Refused | None:
    """Change fields of an offer. What is reserved stands, at the price it was reserved at."""
    old = draft.state.offers.get(command.offer_id)
    if old is None:
        return unknown_offer(command.offer_id)
    if not (command.changes.keys() <= WORDS or draft.session.takes_orders(draft.at_ms)):
        return CUT_OFF
    changes = dict(command.changes)
    variants, phase = changes.pop("variants", old.variants), changes.pop("phase", old.phase)
    if not isinstance(variants, tuple):
        raise TypeError("variants must be a tuple of Variant")
    new = replace(old, **changes, variants=_keep_reserved(old, variants))  # type: ignore[arg-type]  # names and types are checked where the command is read
    refused = _refuse_update(draft, old, new)
    if refused is not None:
        return refused
    if new != old:
        draft.tell(EventKind.OFFER_CHANGED, offer=new)
        stock.promote(draft, new.id)
    return _sell(draft, new.id, sells=phase is OfferPhase.OPEN)


def _sell(draft: Draft, offer_id: str, *, sells: bool) -> Refused | None:
    """Begin or end the sale as an update asks; what was never on sale need not be taken off."""
    if sells:
        return _move(draft, offer_id, OfferPhase.OPEN, EventKind.OFFER_OPENED)
    return _end_sale(draft, offer_id) if draft.offer(offer_id).phase is OfferPhase.OPEN else None


def _keep_reserved(old: Offer, variants: Iterable[Variant]) -> tuple[Variant, ...]:
    held = {v.id: v.reserved for v in old.variants}
    return tuple(replace(v, reserved=held.get(v.id, 0)) for v in variants)


def _refuse_update(draft: Draft, old: Offer, new: Offer) -> Refused | None:
    return (
        _refuse_thaw(draft, old, new)
        or _refuse_stock(draft, old, new)
        or refuse_duplicates([new, *(o for o in draft.state.offers.values() if o.id != new.id)])
        or (keywords.refuse_names(draft.state, [new]) if (new.title, new.aliases) != (old.title, old.aliases) else None)
    )


def _refuse_thaw(draft: Draft, old: Offer, new: Offer) -> Refused | None:
    """Price and limit stand from the moment an offer is on sale, or its flash deal announced: they have been shown."""
    same = (old.price_fen, old.per_viewer_limit) == (new.price_fen, new.per_viewer_limit)
    deal = draft.flash(old.id)
    if same or (old.phase is OfferPhase.LISTED and (deal is None or deal.ended)):
        return None
    return Refused(
        code=RefusalCode.FROZEN,
        detail=f"{old.title}已经开卖，价格和限购不能再改；要换价请用秒杀，或下架后另加一个商品",
    )


def _refuse_stock(draft: Draft, old: Offer, new: Offer) -> Refused | None:
    kept = {v.id for v in new.variants}
    in_use = [v.name for v in old.variants if v.id not in kept and (v.reserved or _waits(draft, old.id, v.id))]
    if in_use:
        return Refused(code=RefusalCode.VARIANT_IN_USE, detail=f"variants：{'、'.join(in_use)} 已经有人订，不能删掉")
    if new.quota < new.reserved:
        return Refused(
            code=RefusalCode.QUOTA_BELOW_RESERVED, detail=f"quota：已经订出 {new.reserved} {new.unit}，不能少于这个数"
        )
    deal = draft.flash(old.id)
    if deal is not None and new.quota < new.reserved + deal.kept:
        held = f"已经订出 {new.reserved} {new.unit}，秒杀还留着 {deal.kept}"
        return Refused(code=RefusalCode.QUOTA_BELOW_RESERVED, detail=f"quota：{held}，不能少于两者之和")
    short = [v for v in new.variants if v.quota is not None and v.quota < v.reserved]
    if short:
        names = "、".join(f"{v.name}已订 {v.reserved}" for v in short)
        return Refused(code=RefusalCode.QUOTA_BELOW_RESERVED, detail=f"variants：{names}，名额不能更少")
    return None


def _waits(draft: Draft, offer_id: str, variant_id: str) -> bool:
    return any(r.variant_id == variant_id for r in draft.state.waiting(offer_id))


def restock(draft: Draft, command: c.Restock) -> Refused | None:
    """Raise a quota and promote those who wait."""
    offer = find(draft, command.offer_id, command.variant_id)
    if isinstance(offer, Refused):
        return offer
    if command.quantity <= 0:
        return Refused(code=RefusalCode.INVALID_QUANTITY, detail="quantity：补货数量要大于 0")
    draft.tell(EventKind.OFFER_RESTOCKED, offer=offer.with_quota(command.quantity, command.variant_id))
    stock.promote(draft, offer.id)
    return None


def open_offer(draft: Draft, command: c.OpenOffer) -> Refused | None:
    """Put an offer on sale; a second tap changes nothing."""
    return _move(draft, command.offer_id, OfferPhase.OPEN, EventKind.OFFER_OPENED)


def close_offer(draft: Draft, command: c.CloseOffer) -> Refused | None:
    """Take an offer off sale, and with it the prompt that claims it; a second tap changes nothing."""
    return _end_sale(draft, command.offer_id)


def _end_sale(draft: Draft, offer_id: str) -> Refused | None:
    refused = _move(draft, offer_id, OfferPhase.CLOSED, EventKind.OFFER_CLOSED)
    if refused is None:
        flash_sales.end_all(draft, offer_id)
    prompt = draft.state.prompt
    if refused is None and prompt is not None and _claims(prompt, offer_id):
        draft.tell(EventKind.PROMPT_CLOSED, prompt=replace(prompt, open=False))
    return refused


def _claims(prompt: HostPrompt, offer_id: str) -> bool:
    return prompt.meaning is PromptMeaning.CLAIM and prompt.ref_id == offer_id


def _move(draft: Draft, offer_id: str, phase: OfferPhase, kind: EventKind) -> Refused | None:
    offer = draft.state.offers.get(offer_id)
    if offer is None:
        return unknown_offer(offer_id)
    if offer.phase is phase:
        return None
    if offer.phase is OfferPhase.FAILED:
        return Refused(code=RefusalCode.OFFER_FAILED, detail=f"{offer.title}没成团，已经收掉了")
    if phase not in PHASE_TRANSITIONS[offer.phase]:
        return Refused(code=RefusalCode.OFFER_NOT_OPEN, detail=f"{offer.title}还没上架，不用下架")
    draft.tell(kind, offer=replace(offer, phase=phase))
    return None


def pin_offer(draft: Draft, command: c.PinOffer) -> Refused | None:
    """Show an offer; a second tap changes nothing."""
    offer = draft.state.offers.get(command.offer_id)
    if offer is None:
        return unknown_offer(command.offer_id)
    if draft.session.pinned_offer_id != offer.id:
        draft.tell(EventKind.OFFER_PINNED, offer=offer, session=replace(draft.session, pinned_offer_id=offer.id))
    return None


def refuse_unless_open(offer: Offer) -> Refused | None:
    """Refuse to ask for claims of what is not on sale: every "1" would end with the host."""
    if offer.phase is OfferPhase.OPEN:
        return None
    return Refused(code=RefusalCode.OFFER_NOT_OPEN, detail=f"{offer.title}不在售，请先上架，再让大家扣口令")


def unknown_variant(offer: Offer, variant_id: str) -> Refused:
    """Say which variants there are instead."""
    known = "、".join(v.id for v in offer.variants) or "没有规格"
    return Refused(
        code=RefusalCode.UNKNOWN_VARIANT, detail=f"variant_id：{offer.title}没有“{variant_id}”，现有：{known}"
    )


def find(draft: Draft, offer_id: str, variant_id: str | None) -> Offer | Refused:
    """The offer that an order names, if there is such a one and it has the variant."""
    offer = draft.state.offers.get(offer_id)
    if offer is None:
        return unknown_offer(offer_id)
    if variant_id is not None and offer.variant(variant_id) is None:
        return unknown_variant(offer, variant_id)
    return offer


def unsaid_variant(offer: Offer) -> Refused:
    """Say between which variants to choose."""
    names = "、".join(f"{v.name}（{v.id}）" for v in offer.variants)
    return Refused(code=RefusalCode.UNKNOWN_VARIANT, detail=f"variant_id：{offer.title}请选一种：{names}")


def refuse_duplicates(offers: Iterable[Offer]) -> Refused | None:
    """Refuse a list in which two offers share an id or a number: "3号" must mean one thing."""
    offers = list(offers)
    ids = [i for i, times in Counter(o.id for o in offers).items() if times > 1]
    numbers = [str(n) for n, times in Counter(o.number for o in offers).items() if n is not None and times > 1]
    faults = [f"id 重复：{'、'.join(ids)}"] if ids else []
    faults += [f"number 重复：{'、'.join(numbers)} 号"] if numbers else []
    return Refused(code=RefusalCode.DUPLICATE_OFFER, detail="offers：" + "；".join(faults)) if faults else None
