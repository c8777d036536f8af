"""What an answer at the question desk may rest on: lines of the shop's own data, each with a name that a host can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nlp.llm_answer import Line
from nlp.types import CatalogueOffer, CatalogueVariant, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from live.service.view import RoomView

NOT_FROM_DATA = frozenset({Topic.LIVE, Topic.ORDER_STATUS, Topic.STOCK})
"""What no line can answer: the stream itself, what one viewer has ordered, and stock, which is another by then."""

_FEN_IN_YUAN = 100


def offers_of(view: RoomView) -> list[CatalogueOffer]:
    """The offers of a room as the reader of comments knows them."""
    return [_offer(each) for each in view.offers.values()]


def _offer(told: Mapping[str, Any]) -> CatalogueOffer:
    yuan, _, fen = str(told["price"]).partition(".")
    return CatalogueOffer(
        id=told["id"],
        number=told["number"],
        title=told["title"],
        aliases=tuple(told["aliases"]),
        unit=told["unit"],
        price_fen=int(yuan) * _FEN_IN_YUAN + int(fen or 0),
        variants=tuple(
            CatalogueVariant(id=each["id"], name=each["name"], aliases=tuple(each["aliases"]))
            for each in told["variants"]
        ),
        facts=told["facts"],
    )


def lines_for(view: RoomView, question: Mapping[str, Any]) -> list[Line]:
    """All that the shop's data say beside a question: of its goods, of the cycle, and what it has kept."""
    if question["topic"] in NOT_FROM_DATA:
        return []
    offer: Any = view.offers.get(str(question["offer_id"]))
    return [*_of_goods(offer), *_of_cycle(view.session), *_kept(view, offer)]


def _of_goods(offer: Mapping[str, Any] | None) -> Iterator[Line]:
    if offer is None:
        return
    for key, value in offer["facts"].items():
        yield Line(id=f"商品资料·{key}", kind="fact", text=f"{offer['title']}，{key}：{value}")
    yield Line(id="价格", kind="fact", text=f"{offer['title']} {offer['price']} 元一{offer['unit']}")
    if offer["per_viewer_limit"] is not None:
        yield Line(
            id="限购", kind="policy", text=f"{offer['title']}每人限购 {offer['per_viewer_limit']} {offer['unit']}"
        )
    if offer["variants"]:
        names = "、".join(each["name"] for each in offer["variants"])
        yield Line(id="规格", kind="fact", text=f"{offer['title']}有{names}")


def _kept(view: RoomView, offer: Mapping[str, Any] | None) -> Iterator[Line]:
    """The shop's own answers about these goods, and those about any."""
    for each in reversed(view.faq.values()):
        if each["goods"] is None or (offer is not None and each["goods"] == offer["title"]):
            yield Line(id=f"常见问题·{each['text']}", kind="faq", text=str(each["answer"]), asked=str(each["text"]))


def _of_cycle(session: Mapping[str, Any] | None) -> Iterator[Line]:
    if session is None:
        return
    cycle = session["cycle"]
    till = "，截单前能改、能退" if session["policy"]["cancel_by_comment"] else ""
    yield Line(id="截单时间", kind="cycle", text=f"{_moment(cycle['cutoff_at'])} 截单{till}")
    yield Line(id="提货时间", kind="cycle", text=f"{_moment(cycle['pickup_at'])} 起提货")
    for point in cycle["pickup_points"]:
        yield Line(id=f"自提点·{point['name']}", kind="cycle", text=f"自提点 {point['name']}，{point['address']}")


def _moment(at: str) -> str:
    """From 2026-01-08T10:00:00+08:00 to 1月8日 10:00."""
    return f"{int(at[5:7])}月{int(at[8:10])}日 {at[11:16]}"
