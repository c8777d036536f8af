from __future__ import annotations

import pytest

from live.domain.basket import Basket
from live.domain.comment import PendingComment
from live.domain.events import CARRIES, Event, EventKind
from live.domain.session import HostPrompt
from live.domain.source import Hearing, Source
from live.domain.ticket import ANSWER_WITHIN_MS, Ticket
from nlp.types import PromptMeaning
from tests.domain.desk_factories import FAQ, QUESTION
from tests.domain.factories import EVENING_MS, egg, reservation, session, viewer
from tests.domain.stage_factories import ENTRY, FLASH, GIVEAWAY, POLL, SHOWN

PROMPT = HostPrompt(
    id="p-1", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", opened_ms=EVENING_MS, closes_ms=EVENING_MS + 1
)
PENDING = PendingComment(
    n=1,
    id="m-1",
    platform="douyin",
    viewer=viewer(),
    text="鸡蛋",
    at_ms=EVENING_MS,
    intent="buy",
    actions=(),
    reason="没说清要几箱",
)
BASKET = Basket(session_id="s1", viewer_key=viewer().key, pickup_code="CODE", changed_ms=EVENING_MS)
TICKET = Ticket(
    id="t-1",
    session_id="s1",
    viewer=viewer(),
    text="苹果坏了俩",
    opened_ms=EVENING_MS,
    due_ms=EVENING_MS + ANSWER_WITHIN_MS,
    changed_ms=EVENING_MS,
)
SOURCE = Source(id="oba-1", name="oba-live-tool", state=Hearing.SILENT, since_ms=EVENING_MS)
OBJECTS: dict[str, object] = {
    "session": session(),
    "offer": egg(),
    "reservation": reservation(),
    "prompt": PROMPT,
    "comment": PENDING,
    "basket": BASKET,
    "ticket": TICKET,
    "source": SOURCE,
    "flash_sale": FLASH,
    "giveaway": GIVEAWAY,
    "entry": ENTRY,
    "poll": POLL,
    "shown": SHOWN,
    "question": QUESTION,
    "faq": FAQ,
}


def event(kind: EventKind, carried: frozenset[str]) -> Event:
    objects = {name: OBJECTS[name] for name in carried}
    return Event(kind=kind, at_ms=EVENING_MS, **objects)  # type: ignore[arg-type]  # the names pick the types


def test_every_kind_says_what_it_carries() -> None:
    assert set(CARRIES) == set(EventKind)
    assert all(carried <= set(OBJECTS) for carried in CARRIES.values())


@pytest.mark.parametrize("kind", list(EventKind))
def test_an_event_that_carries_what_its_kind_says_is_a_fact(kind: EventKind) -> None:
    assert event(kind, CARRIES[kind]).kind is kind


@pytest.mark.parametrize(("kind", "lost"), [(kind, name) for kind in EventKind for name in sorted(CARRIES[kind])])
def test_an_event_that_lacks_one_object_is_refused_by_its_name(kind: EventKind, lost: str) -> None:
    with pytest.raises(AssertionError, match=lost):
        event(kind, CARRIES[kind] - {lost})


def test_what_changes_stock_always_shows_the_offer_after_it() -> None:
    assert all("offer" in carried for carried in CARRIES.values() if "reservation" in carried)
