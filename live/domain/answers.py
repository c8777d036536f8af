"""What the shop's own data answer to a question. Never a guess: where nothing is said, nothing is suggested."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.flash import FlashState, terms_of
from live.domain.giveaway import DAY_MS
from live.domain.question import Suggestion
from nlp.asking import alike, fact_for, figure_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from live.domain.offer import Offer
    from live.domain.question import Faq
    from live.domain.state import RoomState
    from nlp.asking import Asking

MINUTE_MS = 60_000
CHINA_MS = 8 * 60 * MINUTE_MS
"""China's one time zone, without summer time, since 1991."""

_DAYS = {0: "今天", 1: "明天", 2: "后天"}
MOST_CHARACTERS = 100
"""What a card on the picture holds."""


def known_answer(state: RoomState, asking: Asking, now_ms: int) -> Suggestion | None:
    """The kept answer of the shop, else what the evening's own figures say, else the fact of the goods."""
    offer = state.offers.get(asking.offer or "")
    kept = next((faq for faq in reversed(state.faq.values()) if _answers(faq, asking, offer)), None)
    if kept is not None:
        return Suggestion(text=kept.answer, source="faq", key=kept.id)
    figure = figure_for(asking)
    told = None if figure is None else _OF_THE_EVENING[figure](state, offer, now_ms)
    return told or _fact(asking, offer)


def _answers(faq: Faq, asking: Asking, offer: Offer | None) -> bool:
    of_it = faq.goods is None or (offer is not None and faq.goods == offer.title)
    return of_it and alike(replace(asking, offer=None), faq.asking)


def _price(state: RoomState, offer: Offer | None, now_ms: int) -> Suggestion | None:
    if offer is None:
        return None
    flash = state.flash_of(offer.id, now_ms)
    runs = flash is not None and flash.state is FlashState.RUNNING
    fen = terms_of(offer, flash, now_ms).price_fen
    return Suggestion(text=f"{'秒杀价 ' if runs else ''}{fen // 100}.{fen % 100:02} 元一{offer.unit}", source="price")


def _stock(state: RoomState, offer: Offer | None, now_ms: int) -> Suggestion | None:  # noqa: ARG001  # one shape for all answers
    if offer is None:
        return None
    left = f"还剩 {offer.available} {offer.unit}" if offer.available > 0 else "订完了，还要的可以排队"
    return Suggestion(text=left, source="stock")


def _pickup(state: RoomState, offer: Offer | None, now_ms: int) -> Suggestion | None:  # noqa: ARG001  # one shape for all answers
    if state.session is None:
        return None
    cycle = state.session.cycle
    places = "、".join(point.name for point in cycle.pickup_points)
    when = _moment(cycle.pickup_at_ms, now_ms)
    return Suggestion(text=f"{when} 起提货{'，在' + places if places else ''}"[:MOST_CHARACTERS], source="pickup")


def _cutoff(state: RoomState, offer: Offer | None, now_ms: int) -> Suggestion | None:  # noqa: ARG001  # one shape for all answers
    if state.session is None or not state.session.takes_orders(now_ms):
        return None
    return Suggestion(text=f"{_moment(state.session.cycle.cutoff_at_ms, now_ms)} 截单", source="cutoff")


def _how_to_order(state: RoomState, offer: Offer | None, now_ms: int) -> Suggestion | None:
    if state.session is None or not state.session.takes_orders(now_ms):
        return None
    until = _moment(state.session.cycle.cutoff_at_ms, now_ms)
    example = "要2份" if offer is None or offer.number is None else f"{offer.number}号要2{offer.unit}"
    return Suggestion(text=f"评论里打“{example}”就行，{until} 截单", source="how_to_order")


def _moment(at_ms: int, now_ms: int) -> str:
    """今天 22:00, 明天 10:00, 5 天后 10:00."""
    days, rest_ms = divmod(at_ms + CHINA_MS, DAY_MS)
    ahead = days - (now_ms + CHINA_MS) // DAY_MS
    hour, minute = divmod(rest_ms // MINUTE_MS, 60)
    return f"{_DAYS.get(ahead, f'{ahead} 天后')} {hour:02}:{minute:02}"


def _fact(asking: Asking, offer: Offer | None) -> Suggestion | None:
    key = None if offer is None else fact_for(asking, offer.facts)
    if offer is None or key is None:
        return None
    return Suggestion(text=offer.facts[key][:MOST_CHARACTERS], source="fact", key=key)


_OF_THE_EVENING: Mapping[str, Callable[[RoomState, Offer | None, int], Suggestion | None]] = {
    "price": _price,
    "stock": _stock,
    "cutoff": _cutoff,
    "pickup": _pickup,
    "how_to_order": _how_to_order,
}
"""What the evening's figures say, by the names of `nlp.asking.figure_for`."""
