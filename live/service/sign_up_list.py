"""接龙 as it is written: the text that a shop posts to its group, and the list of who has ordered what.

The groups have strangers in them, so names are masked unless somebody asks for them. What is written here is read again by
`live.service.sign_ups`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from live.domain.offer import OfferPhase
from live.domain.viewer import mask_name
from live.service.moments import moment_of
from live.service.wire import yuan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.session import LiveSession
    from live.domain.state import RoomState

MARK = "#接龙"


def offers_text(session: LiveSession, offers: Iterable[Offer]) -> str:
    """Write what is on sale, with prices, an example, and the place for the first entry.

    #接龙
    周三的晚市
    截单 1月7日 周三 21:30，1月8日 周四 16:00 起提货
    1号 土鸡蛋 30 枚（鸡蛋） 39.90元/箱
    例 张三 鸡蛋2箱

    1.
    """
    on_sale = [offer for offer in offers if offer.phase is OfferPhase.OPEN]
    names = short_names(on_sale)
    example = [f"例 张三 {_taken(offer, names, 2, _first(offer))}" for offer in on_sale[:1]]
    return "\n".join([*_head(session), *(_offer(offer, names) for offer in on_sale), *example, "", "1. "])


def orders_text(state: RoomState, *, mask_names: bool = True) -> str:
    """Write who has ordered what, in the order of their first reservations: "1. 张* 鸡蛋2箱、苹果（大果）1箱"."""
    if state.session is None:
        return MARK
    names = short_names(state.offers.values())
    people = _by_person(state.reservations.values())
    lines = [
        f"{number}. {_name(held[0], mask_names=mask_names)} {_orders(held, state.offers, names)}"
        for number, held in enumerate(people, 1)
    ]
    return "\n".join([*_head(state.session), "", *lines])


def short_names(offers: Iterable[Offer]) -> dict[str, str]:
    """How people call each offer: its first name that no other bears, else its number, else its title."""
    offers = list(offers)
    borne = Counter(name for offer in offers for name in {offer.title, *offer.aliases})
    return {offer.id: _short_name(offer, borne) for offer in offers}


def _short_name(offer: Offer, borne: Mapping[str, int]) -> str:
    plain = [name for name in offer.aliases if borne[name] == 1 and not _ends_in_number(name)]
    if plain:
        return plain[0]
    return offer.title if offer.number is None else f"{offer.number}号"


def _ends_in_number(name: str) -> bool:
    """A quantity right behind a number would read as part of it."""
    return name[-1:].isdigit()


def _head(session: LiveSession) -> list[str]:
    cycle = session.cycle
    return [MARK, session.title, f"截单 {moment_of(cycle.cutoff_at_ms)}，{moment_of(cycle.pickup_at_ms)} 起提货"]


def _offer(offer: Offer, names: Mapping[str, str]) -> str:
    number = "" if offer.number is None else f"{offer.number}号 "
    kinds = f"（{'、'.join(variant.name for variant in offer.variants)}）" if offer.variants else ""
    full = "（满了，可以排队）" if offer.sold_out else ""
    called = names[offer.id]
    short = f"，写“{called}”就行" if called not in (offer.title, f"{offer.number}号") else ""
    return f"{number}{offer.title}{kinds} {yuan(offer.price_fen)}元/{offer.unit}{short}{full}"


def _first(offer: Offer) -> str | None:
    return offer.variants[0].id if offer.variants else None


def _taken(offer: Offer, names: Mapping[str, str], quantity: int, variant_id: str | None) -> str:
    variant = offer.variant(variant_id)
    kind = "" if variant is None else f"（{variant.name}）"
    return f"{names[offer.id]}{kind}{quantity}{offer.unit}"


def _by_person(reservations: Iterable[Reservation]) -> Iterable[list[Reservation]]:
    people: dict[str, list[Reservation]] = {}
    for each in sorted((each for each in reservations if each.holds), key=lambda each: each.position):
        people.setdefault(each.viewer.key, []).append(each)
    return people.values()


def _name(held: Reservation, *, mask_names: bool) -> str:
    return mask_name(held.viewer.name) if mask_names else held.viewer.name


def _orders(held: Iterable[Reservation], offers: Mapping[str, Offer], names: Mapping[str, str]) -> str:
    return "、".join(_taken(offers[each.offer_id], names, each.quantity, each.variant_id) for each in held)
