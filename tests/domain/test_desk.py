from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain import desk_commands as d
from live.domain.desk import MOST_SET_ASIDE
from live.domain.events import EventKind
from live.domain.refusal import RefusalCode
from live.domain.settled import UNDO_MS
from nlp.types import Intent, Op, Route
from tests.domain.factories import (
    CUTOFF_MS,
    Evening,
    act,
    an_evening,
    apple,
    egg,
    read_as,
    reduce,
    set_to,
    stranger,
    viewer,
)  # fmt: skip
from tests.domain.stage_factories import flash_deal

if TYPE_CHECKING:
    from live.domain.comment import AnsweredComment
    from live.domain.session import LiveSession
    from nlp.types import Action

CHAT = read_as(Intent.CHAT, route=Route.IGNORE)


def doubtful(evening: Evening, *actions: Action, intent: Intent = Intent.BUY) -> str:
    """A comment in the confirm queue; its id."""
    return evening.say("多来点", read_as(intent, *actions, route=Route.CONFIRM)).comment.id


def session(evening: Evening) -> LiveSession:
    assert evening.state.session is not None
    return evening.state.session


# A slip of the finger


def test_an_accepted_comment_can_be_taken_back() -> None:
    evening = an_evening()
    comment_id = doubtful(evening, set_to(2))
    evening.do(c.AcceptComment(comment_id=comment_id))
    events = evening.do(d.UndoComment(comment_id=comment_id))
    assert [event.kind for event in events] == [EventKind.RESERVATION_CANCELLED, EventKind.COMMENT_REOPENED]
    assert evening.has() == []
    assert [pending.id for pending in evening.state.pending.values()] == [comment_id]
    assert evening.offer().available == 10


def test_what_was_taken_back_can_be_accepted_again() -> None:
    evening = an_evening()
    comment_id = doubtful(evening, set_to(2))
    for _ in range(3):
        evening.do(c.AcceptComment(comment_id=comment_id))
        evening.do(d.UndoComment(comment_id=comment_id))
    evening.do(c.AcceptComment(comment_id=comment_id))
    assert evening.has() == [("reserved", 2)]


def test_a_dismissed_comment_comes_back_to_its_place() -> None:
    evening = an_evening()
    first, second = doubtful(evening, set_to(2)), doubtful(evening, set_to(3))
    evening.do(c.DismissComment(comment_id=first))
    evening.do(d.UndoComment(comment_id=first))
    assert [pending.id for pending in evening.state.pending.values()] == [first, second]


def test_only_what_the_tap_has_added_is_taken_back() -> None:
    evening = an_evening()
    evening.buys(2)
    comment_id = doubtful(evening, act(Op.ADD, "egg", 3))
    evening.do(c.AcceptComment(comment_id=comment_id))
    assert evening.has() == [("reserved", 5)]
    evening.do(d.UndoComment(comment_id=comment_id))
    assert evening.has() == [("reserved", 2)]


def test_what_the_tap_has_taken_away_is_given_again() -> None:
    evening = an_evening()
    evening.buys(5)
    comment_id = doubtful(evening, reduce(3), intent=Intent.CHANGE)
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.do(d.UndoComment(comment_id=comment_id))
    assert sum(quantity for _, quantity in evening.has()) == 5


def test_those_who_wait_get_what_was_taken_back() -> None:
    evening = an_evening(egg(quota=2))
    comment_id = doubtful(evening, set_to(2))
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.buys(1, by=viewer("李叔"))
    evening.do(d.UndoComment(comment_id=comment_id))
    assert evening.has(viewer("李叔")) == [("reserved", 1)]


def test_who_was_taken_back_is_not_taken_for_turned_away() -> None:
    evening = an_evening()
    comment_id = doubtful(evening, set_to(2))
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.do(d.UndoComment(comment_id=comment_id))
    evening.do(c.DismissComment(comment_id=comment_id))
    assert evening.buys(1) == "reserved"


@pytest.mark.parametrize("late_ms", [0, 1])
def test_a_minute_later_it_stands(late_ms: int) -> None:
    evening = an_evening()
    comment_id = doubtful(evening, set_to(2))
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.now_ms += UNDO_MS + late_ms
    undo = d.UndoComment(comment_id=comment_id)
    if late_ms:
        assert evening.refuse(undo).code is RefusalCode.TOO_LATE_TO_UNDO
    else:
        evening.do(undo)


def test_what_was_never_settled_or_is_back_already_cannot_be_taken_back() -> None:
    evening = an_evening()
    comment_id = doubtful(evening, set_to(2))
    assert evening.refuse(d.UndoComment(comment_id=comment_id)).code is RefusalCode.TOO_LATE_TO_UNDO
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.do(d.UndoComment(comment_id=comment_id))
    assert evening.refuse(d.UndoComment(comment_id=comment_id)).code is RefusalCode.TOO_LATE_TO_UNDO


def test_what_was_changed_since_is_not_overwritten() -> None:
    evening = an_evening()
    comment_id = doubtful(evening, set_to(2))
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.do(c.SetQuantity(reservation_id=evening.only().id, quantity=4))
    assert evening.refuse(d.UndoComment(comment_id=comment_id)).code is RefusalCode.CHANGED_MEANWHILE
    assert evening.has() == [("reserved", 4)]


def test_what_was_bought_at_a_price_that_is_gone_is_not_given_again_at_another() -> None:
    evening = an_evening()
    evening.do(flash_deal(countdown=0, quota=5))
    evening.buys(3)
    comment_id = doubtful(evening, act(Op.CANCEL, "egg"), intent=Intent.CANCEL)
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.now_ms += UNDO_MS
    evening.do(c.Tick())
    assert evening.refuse(d.UndoComment(comment_id=comment_id)).code is RefusalCode.CHANGED_MEANWHILE


def test_after_the_cut_off_nothing_is_taken_back() -> None:
    evening = an_evening()
    evening.now_ms = CUTOFF_MS - 1
    comment_id = doubtful(evening, set_to(2))
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.now_ms = CUTOFF_MS
    assert evening.refuse(d.UndoComment(comment_id=comment_id)).code is RefusalCode.CUTOFF_PASSED


def test_several_offers_of_one_comment_are_taken_back_together() -> None:
    evening = an_evening(egg(), apple())
    comment_id = doubtful(evening, set_to(2), set_to(1, "apple", "s"))
    evening.do(c.AcceptComment(comment_id=comment_id))
    evening.do(d.UndoComment(comment_id=comment_id))
    assert evening.has() == []


# Who is of the shop


def said(evening: Evening, text: str = "我是小李", by: str = "小李") -> AnsweredComment:
    return evening.say(text, CHAT, by=viewer(by))


def test_who_is_marked_as_of_the_shop_orders_nothing_from_then_on() -> None:
    evening = an_evening()
    found = said(evening)
    mark = d.AddHost(comment_id=found.comment.id, comment=found)
    evening.do(mark)
    assert evening.do(mark) == []
    assert evening.buys(2, by=viewer("小李")) == "host"
    evening.do(d.RemoveHost(host="u-小李"))
    assert evening.buys(2, by=viewer("小李")) == "reserved"


def test_whom_the_platform_hides_cannot_be_marked() -> None:
    evening = an_evening()
    found = evening.say("我是小李", CHAT, by=stranger("a"))
    assert evening.refuse(d.AddHost(comment_id="a", comment=found)).code is RefusalCode.WEAK_IDENTITY


def test_who_is_not_on_the_list_cannot_be_taken_off_it() -> None:
    assert an_evening().refuse(d.RemoveHost(host="没这人")).code is RefusalCode.UNKNOWN_VIEWER


# Out of sight


def test_a_comment_is_set_aside_and_brought_back() -> None:
    evening = an_evening()
    found = said(evening, "脏话")
    aside = d.SetAsideComment(comment_id=found.comment.id, comment=found)
    evening.do(aside)
    assert evening.do(aside) == []
    assert session(evening).set_aside == (f"wechat_channels/{found.comment.id}",)
    back = d.BringBackComment(comment_id=found.comment.id, comment=found)
    evening.do(back)
    assert evening.do(back) == []
    assert session(evening).set_aside == ()


def test_the_oldest_come_back_where_very_many_are_set_aside() -> None:
    evening = an_evening()
    for _ in range(MOST_SET_ASIDE + 1):
        found = said(evening)
        evening.do(d.SetAsideComment(comment_id=found.comment.id, comment=found))
    assert len(session(evening).set_aside) == MOST_SET_ASIDE


@pytest.mark.parametrize("command", [d.AddHost, d.SetAsideComment, d.BringBackComment])
def test_a_comment_that_there_is_not_is_told(
    command: type[d.AddHost | d.SetAsideComment | d.BringBackComment],
) -> None:
    assert an_evening().refuse(command(comment_id="m-0")).code is RefusalCode.UNKNOWN_COMMENT


# The script


def test_another_script_takes_the_place_of_the_first() -> None:
    evening, script = an_evening(), {"sections": [{"id": "s1", "kind": "opening"}]}
    evening.do(d.UpdateScript(script=script))
    assert session(evening).script == script
    assert evening.do(d.UpdateScript(script=dict(script))) == []
