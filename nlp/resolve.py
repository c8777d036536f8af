"""From drafts to actions: the catalogue and the pinned offer say what an item and an amount mean.

What keeps an action from being booked at once comes out beside it, as `Doubt`s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.types import Action, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.catalogue import Catalogue
    from nlp.drafts import Draft
    from nlp.lexicon import Lexicon
    from nlp.tokens import Quantity
    from nlp.types import CatalogueOffer

MOST_AUTO = 20
# Goods that are one piece each: 一个 is one of them.
_SINGLE_UNITS = frozenset("个只口台双条把床顶棵颗串块朵枚") | {"套", "件"}
# A vessel that is sold alone may be called 个: 酱油要一个.
_VESSELS = frozenset("瓶桶罐壶坛杯碗")
_KILOGRAMS = frozenset({"公斤", "千克", "kg"})
_SET_TITLES = ("套餐", "餐", "券", "票", "卡", "桶", "礼盒", "套装", "代金券")


class Doubt(StrEnum):
    """Why an order is not booked at once; the value is the phrase for the host."""

    OFFER = "不知道是哪个商品，请确认"
    SEVERAL = "可能指几个商品，请确认"
    CONFLICT = "编号和名称对不上，请确认"
    VARIANT = "没说规格，请问一下"
    COUNT = "数量不明，请确认"
    UNIT = "单位和商品不符，请确认"
    MANY = "数量较大，请确认"
    BARE = "只写了商品，请确认要不要"
    NUMBER = "只有数字，请确认"
    KEPT = "没说换多少，请确认"
    CONDITION = "带条件的，请确认"
    ASKED = "话里有疑问，请确认"
    HEARSAY = "替别人要的，请确认"
    FERVOUR = "语气像玩笑，请确认"
    UNCLEAR = "话没看全懂，请确认"
    REMOVAL = "要退的不明确，请确认"
    WORD = "系统没有十足把握，请确认"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """A draft with the actions it comes to and the doubts about them."""

    draft: Draft
    actions: tuple[Action, ...]
    doubts: frozenset[Doubt]
    #: The amount says that no order is meant (来一台 of apples, 18包 of an 18-roll pack).
    is_other_thing: bool = False
    from_pinned: bool = False


def resolve(draft: Draft, catalogue: Catalogue, pinned: str | None, *, is_pointed: bool) -> Resolved:
    """Resolve one draft; `is_pointed` says that the comment points at the pinned offer (这个)."""
    ids, doubts, from_pinned = _offers(draft, catalogue, pinned, is_pointed=is_pointed)
    offers = [catalogue.offer(id_) for id_ in ids] or [None]
    actions: list[Action] = []
    other = False
    for offer in offers:
        action, more, strange = _action(draft, offer, catalogue)
        actions.extend(_each_variant(action, draft, offer) if len(offers) == 1 else [action])
        doubts |= more
        other = other or strange
    if len(actions) > len(offers):
        doubts = (doubts - {Doubt.VARIANT}) | {Doubt.SEVERAL}
    return Resolved(
        draft=draft, actions=tuple(actions), doubts=frozenset(doubts), is_other_thing=other, from_pinned=from_pinned
    )


def _offers(
    draft: Draft, catalogue: Catalogue, pinned: str | None, *, is_pointed: bool
) -> tuple[tuple[str, ...], set[Doubt], bool]:
    """The ids meant (none: not known), the doubts, and whether the pinned offer was taken for want of a name."""
    named = draft.ids
    pairs = draft.pairs or draft.dropped
    if named is None and pairs:
        named = tuple(dict.fromkeys(offer for offer, _ in pairs[0]))
        if pinned is not None and pinned in named and not draft.kinds_said:
            return (pinned,), set(), False
    elif named is None and not draft.absent and not draft.former:
        free = draft.op is not Op.CANCEL or is_pointed or draft.own
        return ((pinned,), set(), True) if pinned and free else ((), {Doubt.OFFER}, False)
    if not named:
        return (), {Doubt.CONFLICT if draft.conflict else Doubt.OFFER}, False
    return _among(draft, named, catalogue, pinned)


def _among(
    draft: Draft, named: tuple[str, ...], catalogue: Catalogue, pinned: str | None
) -> tuple[tuple[str, ...], set[Doubt], bool]:
    if len(named) == 1 and pinned is not None and _means_pinned(draft, named[0], pinned, catalogue):
        return (pinned,), {Doubt.SEVERAL}, False
    if len(named) == 1 or (draft.several and draft.kinds == {"number"}):
        family = _family(draft, named, catalogue) if draft.each and len(named) == 1 else named
        return family, _unless(len(family) in {len(named), draft.kinds_said}), False
    if draft.each:
        return named, _unless(len(named) == draft.kinds_said), False
    if pinned in named and pinned is not None:
        return (pinned,), set(), False
    units = {quantity.unit for quantity in draft.quantities} - catalogue.lexicon.own_units
    sold_so = [id_ for id_ in named if catalogue.offers[id_].unit in units]
    return (tuple(sold_so) if len(sold_so) == 1 else ()), {Doubt.SEVERAL}, False


def _means_pinned(draft: Draft, named: str, pinned: str, catalogue: Catalogue) -> bool:
    """要一箱鸡蛋 while 土鸡蛋 is shown: the measure word fits the pinned offer and not the one of that very name."""
    own = [name for name, ids in catalogue.names.items() if named in ids]
    alike = any(name.endswith(each) for name, ids in catalogue.names.items() if pinned in ids for each in own)
    units = {quantity.unit for quantity in draft.quantities}
    shown, other = catalogue.offers[pinned].unit, catalogue.offers[named].unit
    return pinned != named and draft.kinds == {"name"} and alike and shown in units and other not in units


def _unless(is_clear: bool) -> set[Doubt]:
    return set() if is_clear else {Doubt.SEVERAL}


def _family(draft: Draft, named: tuple[str, ...], catalogue: Catalogue) -> tuple[str, ...]:
    """鸡蛋两种各一份: with a count of kinds, a name also means the offers whose names end with it."""
    if not draft.kinds_said or draft.pairs:
        return named
    own = [name for name, ids in catalogue.names.items() if named[0] in ids]
    wider = [id_ for name, ids in catalogue.names.items() for id_ in ids if any(name.endswith(each) for each in own)]
    return tuple(id_ for id_ in catalogue.offers if id_ in {*named, *wider})


def _action(draft: Draft, offer: CatalogueOffer | None, catalogue: Catalogue) -> tuple[Action, set[Doubt], bool]:
    op = draft.op or Op.SET
    id_ = offer.id if offer else None
    variant = _variant(draft, offer)
    if op is Op.CANCEL:
        return Action(op=op, offer=id_, variant=variant, quantity=None), set(), False
    count, doubts, strange = _count(draft, offer, catalogue)
    if offer and len(offer.variants) > 1 and variant is None:
        doubts.add(Doubt.VARIANT)
    return Action(op=op, offer=id_, variant=variant, quantity=count), doubts, strange


def _variant(draft: Draft, offer: CatalogueOffer | None) -> str | None:
    """The variant said; a change that names no other (大果改成两箱) keeps it."""
    said = draft.pairs or draft.dropped[-1:]
    if offer is None or not said:
        return None
    own = {variant for pairs in said for owner, variant in pairs if owner == offer.id}
    return own.pop() if len(own) == 1 else None


def _each_variant(action: Action, draft: Draft, offer: CatalogueOffer | None) -> list[Action]:
    """瓜子一样来一袋, 瓜子两种各两袋: of each variant."""
    if not draft.each or offer is None or action.variant or action.op is Op.CANCEL:
        return [action]
    if len(offer.variants) < 2:  # noqa: PLR2004 - one variant is no choice
        return [action]
    if not draft.repeated and draft.kinds_said != len(offer.variants):
        return [action]
    return [
        Action(op=action.op, offer=action.offer, variant=each.id, quantity=action.quantity) for each in offer.variants
    ]


def _count(draft: Draft, offer: CatalogueOffer | None, catalogue: Catalogue) -> tuple[int | None, set[Doubt], bool]:
    if not draft.quantities:
        return _unsaid(draft)
    said = [_in_units(quantity, draft, offer, catalogue) for quantity in draft.quantities]
    strange = any(fit == "strange" for _, fit in said)
    fitting = [(count, fit) for count, fit in said if fit in {"own", "loose"}]
    bare = not draft.is_named and draft.verb is None and all(fit != "own" for _, fit in fitting)
    if bare and _repeats_contents(draft, offer, catalogue):
        return None, {Doubt.COUNT}, True
    if not fitting:
        doubts = {Doubt.COUNT, Doubt.UNIT} if any(fit == "foreign" for _, fit in said) else {Doubt.COUNT}
        return None, doubts, strange
    doubts = {Doubt.UNIT} if draft.op is Op.REDUCE and len(fitting) < len(said) else set()
    counts = {count for count, _ in fitting}
    count = counts.pop() if len(counts) == 1 else None
    return count, doubts | _count_doubts(count, draft, fitting) | _content_doubts(draft, catalogue), strange


def _repeats_contents(draft: Draft, offer: CatalogueOffer | None, catalogue: Catalogue) -> bool:
    """24包 while a pack of 24 is shown only says what is in it."""
    said = {f"{each.value}{each.unit}" for each in draft.quantities}
    return offer is not None and bool(said & catalogue.contents[offer.id])


def _content_doubts(draft: Draft, catalogue: Catalogue) -> set[Doubt]:
    """30枚的鸡蛋, where two kinds of eggs come in thirties."""
    said = {f"{each.value}{each.unit}" for each in draft.quantities} if len(draft.quantities) > 1 else set()
    return {Doubt.SEVERAL for content in said if sum(content in each for each in catalogue.contents.values()) > 1}


def _count_doubts(count: int | None, draft: Draft, fitting: Sequence[tuple[int | None, str]]) -> set[Doubt]:
    doubts: set[Doubt] = set()
    if count is None or count == 0:
        doubts.add(Doubt.COUNT)
    elif count > MOST_AUTO:
        doubts.add(Doubt.MANY)
    if any(fit == "loose" for _, fit in fitting):
        doubts.add(Doubt.UNIT)
    signed = any(quantity.sign for quantity in draft.quantities)
    if len(fitting) > 1 and (signed or len({count for count, _ in fitting}) > 1):
        doubts.add(Doubt.COUNT)
    if any(quantity.sign == "-" for quantity in draft.quantities):
        doubts.add(Doubt.UNCLEAR)
    return doubts


def _unsaid(draft: Draft) -> tuple[int | None, set[Doubt], bool]:
    """One where nothing is said; a change keeps what the writer has."""
    if not draft.changed:
        return 1, set(), False
    held = draft.held.value if draft.held else None
    return held, set() if held else {Doubt.KEPT}, False


def _in_units(
    quantity: Quantity, draft: Draft, offer: CatalogueOffer | None, catalogue: Catalogue
) -> tuple[int | None, str]:
    """The count in the offer's own unit, and how it fits: `own`, `loose` (ask), `foreign` (no count) or `strange`."""
    unit, words = quantity.unit, catalogue.lexicon
    if unit is None or unit in words.own_units:
        return quantity.value, "own"
    if offer is None:
        return _in_unknown(quantity.value, unit, draft, catalogue)
    if unit == offer.unit or _is_alike(unit, offer.unit, words):
        return quantity.value, "own"
    if unit == "个":
        return quantity.value, _pieces(draft, offer, is_pack=_is_pack(offer, catalogue))
    by_piece = offer.unit in words.pieces and not _is_pack(offer, catalogue)
    return _converted(quantity.value, unit, offer.unit, words, by_piece=by_piece)


def _in_unknown(value: int | None, unit: str, draft: Draft, catalogue: Catalogue) -> tuple[int | None, str]:
    """The count where the offer is not known: it stands unless none of those it can be is sold so."""
    if unit in catalogue.lexicon.strange_units:
        return value, "strange"
    sold = {catalogue.offers[id_].unit for id_ in draft.ids or () if id_ in catalogue.offers}
    return (None, "foreign") if sold and unit not in sold and unit != "个" else (value, "own")


def _is_alike(unit: str, own: str, words: Lexicon) -> bool:
    """颗 for 棵."""
    return unit not in words.weights and words.alike.get(unit, -1) == words.alike.get(own, -2)


def _converted(value: int | None, unit: str, own: str, words: Lexicon, *, by_piece: bool) -> tuple[int | None, str]:
    """两打 of what is sold by the piece, 两公斤 of what is sold by 斤; nothing else is converted."""
    if unit in words.multiples:
        return _multiplied(value, words.multiples[unit], by_piece=by_piece)
    if unit in _KILOGRAMS and own == "斤":
        return (None if value is None else value * 2), "own"
    return None, "strange" if unit in words.strange_units else "foreign"


def _is_pack(offer: CatalogueOffer, catalogue: Catalogue) -> bool:
    """筷子 10 双, 鸡蛋 30 枚: the title counts what is inside."""
    return any(content[-1] not in catalogue.lexicon.weights for content in catalogue.contents[offer.id])


def _pieces(draft: Draft, offer: CatalogueOffer, *, is_pack: bool) -> str:
    """一个 is one after a number or where each is one piece, loosely one vessel; after a food's name it counts pieces."""
    if not draft.is_named or (offer.unit in _VESSELS and not is_pack):
        return "loose"
    single = offer.unit in _SINGLE_UNITS and not is_pack
    if draft.kinds == {"number"} or single or offer.title.endswith(_SET_TITLES):
        return "own"
    return "foreign"


def _multiplied(count: int | None, factor: int, *, by_piece: bool) -> tuple[int | None, str]:
    if not by_piece:
        return None, "foreign"
    return (None if count is None else count * factor), "own"
