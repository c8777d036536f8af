from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from live.domain import commands as c
from live.domain.desk_commands import AnswerQuestion
from live.domain.events import CARRIES, EventKind
from live.domain.source import Hearing, Source
from live.domain.stage_commands import ShowComment
from live.service.ledger import Ledger
from live.service.outbox import publish
from live.service.view import RoomView
from live.web.views import public_event
from nlp.types import Intent, PromptMeaning, Route
from tests.docs.pages import blocks, inline, read, rows, section
from tests.domain.desk_factories import SWEET
from tests.domain.factories import EVENING_MS, PICKUP_MS, Evening, apple, egg, read_as, set_to, start
from tests.domain.stage_factories import flash_deal, lucky_bag, question

if TYPE_CHECKING:
    from live.service.wire import Json

PAGE = read("events.md")
SEEN_BY_ALL = {inline(name)[0]: fields for name, fields in rows(section(PAGE, "What an overlay token sees"))}
FIELDS = {inline(name)[0]: inline(fields) for name, fields in rows(section(PAGE, "What the objects hold"))}


def an_evening() -> Json:
    """One object of each kind, as a page is told of it."""
    evening = Evening()
    evening.do(start(egg(), apple()))
    evening.do(c.PinOffer(offer_id="egg"))
    evening.do(c.OpenPrompt(prompt_id="p", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=30))
    evening.buys(2)
    evening.say("鸡蛋", read_as(Intent.BUY, set_to(1), route=Route.CONFIRM))
    evening.say("上次的碎了俩", read_as(Intent.COMPLAINT, route=Route.IGNORE))
    evening.do(c.SetBasket(pickup_code=evening.of()[0].pickup_code, own_bag=True))
    evening.do(c.MovePickup(pickup_at_ms=PICKUP_MS + 1, notice="车坏在路上了"))
    evening.do(c.ReportSource(source=Source(id="x", name="小助手", state=Hearing.LISTENING, since_ms=EVENING_MS)))
    evening.do(flash_deal())
    evening.do(lucky_bag())
    evening.say("锅到福到", read_as(Intent.GIVEAWAY))
    evening.do(c.ClosePrompt())
    evening.do(question())
    evening.say("1", read_as(Intent.VOTE))
    said = evening.say("上次的特别甜", read_as(Intent.PRAISE))
    evening.do(ShowComment(comment_id=said.comment.id, seconds=15, comment=said))
    asked = evening.asks("甜不甜", SWEET)
    evening.do(AnswerQuestion(question_id=next(iter(evening.state.questions)), text="甜", keep=True, seconds=15))
    assert asked.outcome == "none"
    ledger = Ledger()
    told: Json = {}
    for seq, event in enumerate(evening.events, 1):
        told |= publish(event, seq=seq, ledger=ledger, comments=evening.state.comments).data
    return told


DATA = an_evening()


def test_every_kind_stands_on_the_page_with_what_it_carries() -> None:
    told = {inline(kind)[0]: set(inline(carried)) for kind, carried, _ in rows(section(PAGE, "Kinds"))}
    assert told == {kind.value: set(CARRIES[kind]) for kind in EventKind}


def test_the_kinds_stand_in_the_order_of_the_code() -> None:
    assert [inline(kind)[0] for kind, *_ in rows(section(PAGE, "Kinds"))] == [kind.value for kind in EventKind]


def test_the_page_tells_of_every_object_that_data_may_hold() -> None:
    assert set(FIELDS) == {"totals", "cycle"} | {name for carried in CARRIES.values() for name in carried}
    assert set(FIELDS) | {"comment_id"} == set(DATA)


@pytest.mark.parametrize("name", FIELDS)
def test_an_object_holds_the_fields_that_the_page_tells_of(name: str) -> None:
    assert set(FIELDS[name]) == fields_of(DATA, name)


@pytest.mark.parametrize("name", SEEN_BY_ALL)
def test_the_picture_gets_the_fields_that_the_page_tells_of(name: str) -> None:
    told, cell = set(inline(SEEN_BY_ALL[name])), SEEN_BY_ALL[name]
    expected = set(FIELDS[name]) - told if cell.startswith("all") else told
    assert fields_of(public_event(DATA), name) == expected


def test_what_the_page_keeps_from_the_picture_is_not_there() -> None:
    assert set(public_event(DATA)) == set(SEEN_BY_ALL) | {"comment_id"}
    offer: Any = public_event(DATA)["offer"]
    assert all("aliases" not in variant for variant in offer["variants"])


def fields_of(data: Json, name: str) -> set[str]:
    value = data[name]
    assert isinstance(value, dict)
    return set(value)


def test_the_frames_on_the_page_have_the_form_of_the_service() -> None:
    snapshot, event = (json.loads(block.text) for block in blocks(PAGE, "json"))
    assert list(snapshot) == ["type", "seq", "state"]
    assert list(event) == ["type", "seq", "at", "kind", "data"]
    assert set(event["data"]) == CARRIES[EventKind(event["kind"])] | {"comment_id", "totals"}
    assert snapshot["state"].keys() == RoomView(room="live").snapshot().keys()
