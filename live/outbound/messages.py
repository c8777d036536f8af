"""What a group is told of an event: pure, from the event as it was told and the session as it is kept.

A group has strangers in it: names are masked, and there is no money, no pickup code and no id in any of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from live.domain.offer import OfferPhase
from live.domain.reservation import ReservationState
from live.outbound.pick_list import pick_list, point_name
from live.outbound.pieces import numbered
from live.outbound.wecom import FILE, MARKDOWN, MARKDOWN_BYTES, TEXT, TEXT_BYTES
from live.outbound.words import day, plain
from live.service.moments import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from live.domain.offer import Offer
    from live.domain.reservation import Reservation
    from live.domain.state import RoomState
    from live.outbound.pick_list import PointList

    WriteTable = Callable[[str, Sequence[tuple[str, int]], Sequence[Sequence[str | int]]], bytes]
    """Write one table as a spreadsheet: its name, its heads with their widths in characters, its rows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An event as it was told: when, its kind, its data; and the session that it is about, as it is kept now."""

    at_ms: int
    kind: str
    data: Mapping[str, Any]
    state: RoomState


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One message of a robot: text or markdown that is short enough, or a file with its name."""

    form: str
    body: bytes
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What a group is told (`config.setting_types.GROUP_MESSAGES`), and how."""

    messages: frozenset[str]
    phone_tails: bool
    write_table: WriteTable


def posts_of(told: Told, style: Style) -> list[Post]:
    """The messages that an event makes for a group, in order; none for most kinds."""
    makers = [make for name, make in OF_KIND.get(told.kind, ()) if name in style.messages]
    return [post for make in makers for post in make(told, style)]


def _summary(told: Told, style: Style) -> Iterator[Post]:  # noqa: ARG001  # one shape for all makers
    session, cycle = told.data["session"], told.data["cycle"]
    sold = [line for offer in told.state.offers.values() if (line := _sold(told.state, offer))]
    buyers = len({each.viewer.key for each in told.state.reservations.values() if each.holds})
    lines = [
        f"### 截单小结：{plain(session['title'])}",
        *(sold or ["这一期没有人订。"]),
        f"> 共 {buyers} 位顾客，{_time(cycle['pickup_at'])} 起提货",
    ]
    yield from _marked("\n".join(lines))


def _sold(state: RoomState, offer: Offer) -> str:
    if offer.phase is OfferPhase.FAILED:
        return f'**{plain(offer.title)}** <font color="warning">没成团，这次不送</font>'
    return f"**{plain(offer.title)}** {_amounts(state, offer)}" if offer.reserved else ""


def _amounts(state: RoomState, offer: Offer) -> str:
    """How much of an offer is to be handed out, by variant where it has some: "大果 3 箱、小果 1 箱"."""
    sums: dict[str, int] = {}
    for each in state.reservations.values():
        if each.offer_id == offer.id and each.holds:
            variant = offer.variant(each.variant_id)
            name = "" if variant is None else f"{plain(variant.name)} "
            sums[name] = sums.get(name, 0) + each.holds
    return "、".join(f"{name}{quantity} {plain(offer.unit)}" for name, quantity in sums.items())


def _pick_text(told: Told, style: Style) -> Iterator[Post]:
    points = pick_list(told.state, phone_tails=style.phone_tails)
    if points:
        head = f"拣货单：{told.data['session']['title']}\n{_time(told.data['cycle']['pickup_at'])} 起提货"
        yield from _said("\n\n".join([head, *map(_point_text, points)]))


def _point_text(point: PointList) -> str:
    total = "、".join(map(str, point.totals))
    return "\n".join([f"【{point.name}】{len(point.pickers)} 位：{total}", *map(str, point.pickers)])


HEADS = (
    ("自提点", 16),
    ("号", 5),
    ("顾客", 10),
    ("手机尾号", 10),
    ("商品", 30),
    ("规格", 12),
    ("数量", 8),
    ("单位", 6),
)


def _pick_file(told: Told, style: Style) -> Iterator[Post]:
    points = pick_list(told.state, phone_tails=style.phone_tails)
    if points:
        body = style.write_table("拣货单", HEADS, list(_rows(points)))
        yield Post(form=FILE, body=body, name=f"拣货单{day(told.at_ms)}.xlsx")


def _rows(points: Sequence[PointList]) -> Iterator[Sequence[str | int]]:
    for point in points:
        for picker in point.pickers:
            for line in picker.lines:
                who = (point.name, picker.number, picker.name, picker.tail or "")
                yield (*who, line.title, line.variant or "", line.quantity, line.unit)


def _arrived(told: Told, style: Style) -> Iterator[Post]:  # noqa: ARG001  # one shape for all makers
    cycle, state = told.data["cycle"], told.state
    places = {point["name"]: _place(point) for point in cycle["pickup_points"]}
    fresh = _fresh(state, told.at_ms)
    lines = [f"{places.get(name, name)}：{'、'.join(goods)}" for name, goods in fresh.items()]
    locked = (each for each in state.reservations.values() if each.state is ReservationState.LOCKED)
    late = _titles(state, (each for each in locked if point_name(state, each) in fresh))
    more = [f"还没到的：{'、'.join(late)}，到了再通知"] if late else []
    yield from _said("\n".join(["到货了", *lines, f"{_time(cycle['pickup_at'])} 起提货，来的时候请出示提货码", *more]))


def _fresh(state: RoomState, at_ms: int) -> dict[str, list[str]]:
    """What came at a moment, by point. What was fetched since has changed since; then the others of its kind tell of it."""
    came = [each for each in state.reservations.values() if each.changed_ms == at_ms and each.state in HERE]
    points = dict.fromkeys(point_name(state, each) for each in came)
    return {name: _titles(state, (each for each in came if point_name(state, each) == name)) for name in points}


def _titles(state: RoomState, reservations: Iterable[Reservation]) -> list[str]:
    named = (state.offers.get(each.offer_id) for each in reservations)
    return list(dict.fromkeys(offer.title for offer in named if offer is not None))


HERE = frozenset({ReservationState.READY, ReservationState.COLLECTED})


def _moved(told: Told, style: Style) -> Iterator[Post]:  # noqa: ARG001  # one shape for all makers
    cycle = told.data["cycle"]
    notice = f"\n{cycle['notice']}" if cycle["notice"] else ""
    yield from _said(f"提货时间改了：{told.data['session']['title']}\n改到 {_time(cycle['pickup_at'])}{notice}")


def _place(point: Mapping[str, Any]) -> str:
    return f"{point['name']}（{point['address']}）" if point["address"] else str(point["name"])


def _time(at: str) -> str:
    return moment(datetime.fromisoformat(at))


def _said(text: str) -> Iterator[Post]:
    return (Post(form=TEXT, body=part.encode()) for part in numbered(text, TEXT_BYTES))


def _marked(text: str) -> Iterator[Post]:
    return (Post(form=MARKDOWN, body=part.encode()) for part in numbered(text, MARKDOWN_BYTES))


OF_KIND: Mapping[str, tuple[tuple[str, Callable[[Told, Style], Iterator[Post]]], ...]] = {
    "cycle_closed": (("summary", _summary), ("pick_list", _pick_text), ("pick_file", _pick_file)),
    "goods_ready": (("arrived", _arrived),),
    "cycle_moved": (("moved", _moved),),
}
"""Which messages an event of each kind makes, in order."""


def kinds_for(messages: Sequence[str]) -> frozenset[str]:
    """The kinds of events that make at least one of these messages."""
    return frozenset(kind for kind, makers in OF_KIND.items() if any(name in messages for name, _ in makers))
