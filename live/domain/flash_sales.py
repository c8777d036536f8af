"""Handlers of flash deals. They open and end by the clock; what a comment gets is decided by when it arrived."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import stock
from live.domain.events import EventKind
from live.domain.flash import FlashSale, FlashState
from live.domain.offer import OfferPhase
from live.domain.refusal import CUT_OFF, RefusalCode, Refused, unknown_offer

if TYPE_CHECKING:
    from live.domain import stage_commands as c
    from live.domain.draft import Draft
    from live.domain.offer import Offer
    from live.domain.state import RoomState


def start_flash_sale(draft: Draft, command: c.StartFlashSale) -> Refused | None:
    """Announce a flash deal of one offer; the clock starts it after the countdown."""
    offer = draft.state.offers.get(command.offer_id)
    if offer is None:
        return unknown_offer(command.offer_id)
    refused = _refuse_start(draft, offer, command)
    if refused is None:
        starts_ms = draft.at_ms + command.countdown_seconds * 1000
        flash = FlashSale(
            id=command.flash_id,
            session_id=draft.session.id,
            offer_id=offer.id,
            price_fen=command.price_fen,
            regular_price_fen=offer.price_fen,
            quota=command.quota,
            per_viewer_limit=command.per_viewer_limit,
            state=FlashState.ANNOUNCED,
            announced_ms=draft.at_ms,
            starts_ms=starts_ms,
            ends_ms=starts_ms + command.seconds * 1000,
        )
        draft.tell(EventKind.FLASH_SALE_ANNOUNCED, flash_sale=flash, offer=offer)
        start_due(draft)
    return refused


def _refuse_start(draft: Draft, offer: Offer, command: c.StartFlashSale) -> Refused | None:
    under_way = next((each for each in draft.state.flash_sales.values() if not each.ended), None)
    if under_way is not None:
        title = draft.offer(under_way.offer_id).title
        return Refused(code=RefusalCode.FLASH_RUNNING, detail=f"{title}的秒杀还没结束，请先结束它，再开下一个")
    if not draft.session.takes_orders(draft.at_ms):
        return CUT_OFF
    if offer.phase is OfferPhase.FAILED:
        return Refused(code=RefusalCode.OFFER_FAILED, detail=f"{offer.title}没成团，已经收掉了")
    if command.price_fen >= offer.price_fen:
        return Refused(code=RefusalCode.INVALID_PRICE, detail="price：秒杀价要低于原价")
    if command.quota > offer.available:
        left = f"只剩 {offer.available} {offer.unit}"
        return Refused(code=RefusalCode.NOT_ENOUGH_STOCK, detail=f"quota：{offer.title}{left}，请减少秒杀数量或先补货")
    return None


def pause_flash_sale(draft: Draft, command: c.PauseFlashSale) -> Refused | None:
    """Hold a running deal; a second tap changes nothing."""
    flash = _under_way(draft, command.offer_id)
    if isinstance(flash, Refused) or flash.state is FlashState.PAUSED:
        return flash if isinstance(flash, Refused) else None
    if flash.state is FlashState.ANNOUNCED:
        return Refused(code=RefusalCode.FLASH_NOT_OPEN, detail="秒杀还没开始，不能暂停；不想开了请点结束")
    _change(draft, replace(flash, state=FlashState.PAUSED, paused_ms=draft.at_ms))
    return None


def resume_flash_sale(draft: Draft, command: c.ResumeFlashSale) -> Refused | None:
    """Go on with the time that was left; a second tap changes nothing."""
    flash = _under_way(draft, command.offer_id)
    if isinstance(flash, Refused):
        return flash
    if flash.paused_ms is not None:
        ends_ms = flash.ends_ms + draft.at_ms - flash.paused_ms
        _change(draft, replace(flash, state=FlashState.RUNNING, paused_ms=None, ends_ms=ends_ms))
    return None


def extend_flash_sale(draft: Draft, command: c.ExtendFlashSale) -> Refused | None:
    """Give a deal more time or more units; those who wait get them first."""
    flash = _under_way(draft, command.offer_id)
    if isinstance(flash, Refused):
        return flash
    offer = draft.offer(flash.offer_id)
    if command.quantity > max(0, offer.available - flash.available):
        spare = max(0, offer.available - flash.available)
        return Refused(
            code=RefusalCode.NOT_ENOUGH_STOCK,
            detail=f"quantity：{offer.title}最多还能加 {spare} {offer.unit}，请先补货",
        )
    longer = replace(flash, ends_ms=flash.ends_ms + command.seconds * 1000, quota=flash.quota + command.quantity)
    _change(draft, longer)
    stock.promote(draft, flash.offer_id)
    return None


def stop_flash_sale(draft: Draft, command: c.StopFlashSale) -> Refused | None:
    """End a deal now; what was sold stands, and the offer sells at its own price again."""
    flash = _under_way(draft, command.offer_id)
    if isinstance(flash, Refused):
        return flash
    _end(draft, flash)
    return None


def _under_way(draft: Draft, offer_id: str) -> FlashSale | Refused:
    if offer_id not in draft.state.offers:
        return unknown_offer(offer_id)
    flash = draft.flash(offer_id)
    if flash is None or flash.ended:
        return Refused(code=RefusalCode.NO_FLASH_SALE, detail=f"{draft.offer(offer_id).title}现在没有秒杀")
    return flash


def start_due(draft: Draft) -> None:
    """Start what has been counted down: the offer is on sale and shown from here on."""
    for flash in list(draft.state.flash_sales.values()):
        if flash.state is FlashState.ANNOUNCED and flash.starts_ms <= draft.at_ms:
            _start(draft, flash)


def _start(draft: Draft, flash: FlashSale) -> None:
    offer = draft.offer(flash.offer_id)
    if offer.phase is not OfferPhase.OPEN:
        draft.tell(EventKind.OFFER_OPENED, offer=replace(offer, phase=OfferPhase.OPEN))
    if draft.session.running and draft.session.pinned_offer_id != offer.id:
        pinned = replace(draft.session, pinned_offer_id=offer.id)
        draft.tell(EventKind.OFFER_PINNED, offer=draft.offer(offer.id), session=pinned)
    draft.tell(
        EventKind.FLASH_SALE_STARTED,
        flash_sale=replace(flash, state=FlashState.RUNNING),
        offer=draft.offer(offer.id),
    )


def end_due(draft: Draft) -> None:
    """End what has had its time."""
    for flash in list(draft.state.flash_sales.values()):
        if flash.state is FlashState.RUNNING and flash.ends_ms <= draft.at_ms:
            _end(draft, flash, at_ms=flash.ends_ms)


def end_all(draft: Draft, offer_id: str | None = None) -> None:
    """End every deal, or those of one offer: the offer is taken off, the evening or the cycle is over."""
    for flash in list(draft.state.flash_sales.values()):
        if not flash.ended and offer_id in (None, flash.offer_id):
            _end(draft, flash)


def _end(draft: Draft, flash: FlashSale, *, at_ms: int | None = None) -> None:
    """What was kept for it goes back to the offer, and so to whoever waits there."""
    ended = replace(flash, state=FlashState.ENDED, ended_ms=draft.at_ms if at_ms is None else at_ms)
    draft.tell(EventKind.FLASH_SALE_ENDED, flash_sale=ended, offer=draft.offer(flash.offer_id))
    stock.promote(draft, flash.offer_id)


def _change(draft: Draft, flash: FlashSale) -> None:
    if flash != draft.state.flash_sales[flash.id]:
        draft.tell(EventKind.FLASH_SALE_CHANGED, flash_sale=flash, offer=draft.offer(flash.offer_id))


def due_ms(state: RoomState) -> list[int]:
    """When the clock must look at the room's flash deals again."""
    waiting = [each.starts_ms for each in state.flash_sales.values() if each.state is FlashState.ANNOUNCED]
    return waiting + [each.ends_ms for each in state.flash_sales.values() if each.state is FlashState.RUNNING]
