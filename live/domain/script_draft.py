"""A first script from the list of offers: an opening, each offer with what is known of it, a bag and a deal, a closing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain.script_parts import (
    MOST_POINT,
    MOST_PRIZE,
    MOST_SECTIONS,
    BagLaunch,
    FlashLaunch,
    PromptLaunch,
    Script,
    Section,
    SectionKind,
    called,
    short_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.offer import Offer

OPENING_MINUTES, OFFER_MINUTES, FLASH_MINUTES, BAG_MINUTES, CLOSING_MINUTES = 3, 4, 3, 3, 3
BAG_AFTER, FLASH_AFTER = 3, 5
"""After how many offers the bag and the deal come; at the last one where there are fewer."""

MOST_FACTS = 6
_MOST_OFFERS = MOST_SECTIONS - 4
_TENTHS = 9
_FLASH_UNITS = 10


def draft_script(offers: Iterable[Offer], *, cutoff: str = "", pickup: str = "") -> Script:
    """Draft the script of an evening; `cutoff` and `pickup` say when, and where, in words of the host's time zone.

    Prices, units, limits, cases and facts are the list's; nothing is made up. The bag's prize and the deal's price are
    proposals: nothing is launched before the host taps and confirms it.
    """
    goods = sorted(offers, key=lambda offer: (offer.number is None, offer.number or 0))[:_MOST_OFFERS]
    sections: list[Section] = [_opening(goods, cutoff)]
    for place, offer in enumerate(goods, 1):
        sections.append(_offer(offer))
        if place == min(BAG_AFTER, len(goods)):
            sections.append(_bag(goods))
        if place == min(FLASH_AFTER, len(goods)) and (deal := _flash(goods[:place])):
            sections.append(deal)
    sections.append(_closing(cutoff, pickup))
    return Script(sections=tuple(_with_ids(sections)))


def _with_ids(sections: Iterable[Section]) -> list[Section]:
    return [replace(section, id=f"s{n}") for n, section in enumerate(sections, 1)]


def _opening(goods: Sequence[Offer], cutoff: str) -> Section:
    names = "、".join(short_title(offer) for offer in goods[:3])
    sample = f"想要就打“{short_title(goods[0])}2{goods[0].unit}”，报数量就能订" if goods else ""
    points = [
        "各位邻居晚上好，新来的点个关注",
        f"今晚 {len(goods)} 样：{names}{'，都在清单里' if len(goods) > 3 else ''}" if goods else "",  # noqa: PLR2004  # as many as are named
        sample,
        f"{cutoff}截单，过了就加不进去了" if cutoff else "",
    ]
    return _section(SectionKind.OPENING, "开场", OPENING_MINUTES, points)


def _offer(offer: Offer) -> Section:
    facts = [f"{name}：{said}" for name, said in offer.facts.items()][:MOST_FACTS]
    points = [f"{_price(offer.price_fen)} 元一{offer.unit}，今晚 {offer.quota} {offer.unit}", *facts, *_terms(offer)]
    launch = PromptLaunch(keyword="1", seconds=30)
    return replace(
        _section(SectionKind.OFFER, short_title(offer), OFFER_MINUTES, points), offer_id=offer.id, launch=launch
    )


def _terms(offer: Offer) -> list[str]:
    """What an order of it is bound to."""
    kinds = "、".join(variant.name for variant in offer.variants)
    limit, case = offer.per_viewer_limit, offer.case_size
    return [
        *([f"有{kinds}，要哪种说清楚"] if kinds else []),
        *([f"满 {offer.min_quantity} {offer.unit}成团"] if offer.min_quantity else []),
        *([f"{case} {offer.unit}一整件，凑满好发货"] if case > 1 else []),
        *([f"每人限 {limit} {offer.unit}"] if limit else []),
        *(["按实重结算，提货时多退少补"] if offer.weighed else []),
    ]


def _bag(goods: Sequence[Offer]) -> Section:
    prize = min(goods, key=lambda offer: offer.price_fen)
    name = f"{short_title(prize)[: MOST_PRIZE - 10]}一{prize.unit}"[:MOST_PRIZE]
    points = [f"发个福袋：{name}，抽 1 位", "打“福袋”就算参加，到时间当场开奖"]
    launch = BagLaunch(prize=name, value_fen=prize.price_fen)
    return replace(_section(SectionKind.BAG, "福袋", BAG_MINUTES, points), launch=launch)


def _flash(goods: Sequence[Offer]) -> Section | None:
    """A deal on the goods of which there is most; None where nothing can be taken off a price."""
    offer = max(goods, key=lambda each: each.quota)
    price, quota = offer.price_fen * _TENTHS // 100 * 10, min(_FLASH_UNITS, offer.quota)
    if not (0 < price < offer.price_fen and quota > 0):
        return None
    points = [
        f"{called(offer)}平时 {_price(offer.price_fen)} 元，秒杀 {_price(price)} 元",
        f"只有 {quota} {offer.unit}，每人 1 {offer.unit}，倒数完再打",
    ]
    launch = FlashLaunch(price_fen=price, quota=quota, per_viewer_limit=1)
    section = _section(SectionKind.FLASH, short_title(offer), FLASH_MINUTES, points)
    return replace(section, offer_id=offer.id, launch=launch)


def _closing(cutoff: str, pickup: str) -> Section:
    points = [
        f"{cutoff}截单，还想加的抓紧" if cutoff else "还想加的抓紧",
        f"{pickup}提货" if pickup else "",
        "提货码别弄丢，找不到就报名字和手机尾号",
        "谢谢大家，提货见",
    ]
    return _section(SectionKind.CLOSING, "结束", CLOSING_MINUTES, points)


def _section(kind: SectionKind, title: str, minutes: int, points: Iterable[str]) -> Section:
    said = tuple(point[:MOST_POINT] for point in (" ".join(each.split()) for each in points) if point)
    return Section(id="", kind=kind, title=title, minutes=minutes, points=said)


def _price(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02}".rstrip("0").rstrip(".") if rest else str(yuan)
