"""What the host puts on the picture beside the goods, and whom they block."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.events import EventKind
from live.domain.handle import next_due_ms
from live.domain.refusal import RefusalCode
from live.domain.shown import ShownAs
from nlp.types import Intent, Route
from tests.domain.factories import CUTOFF_MS, Evening, an_evening, egg, read_as, set_to, start, stranger, viewer
from tests.domain.stage_factories import flash_deal, lucky_bag, question

if TYPE_CHECKING:
    from live.domain.comment import AnsweredComment
    from live.domain.session import LiveSession
    from live.domain.shown import Shown
    from live.domain.viewer import Viewer

PRAISE, ASKS = read_as(Intent.PRAISE, route=Route.IGNORE), read_as(Intent.QUESTION, route=Route.IGNORE)
ZHANG = viewer("张姐")


def session(evening: Evening) -> LiveSession:
    assert evening.state.session is not None
    return evening.state.session


def shown(evening: Evening) -> Shown:
    """What is on the picture; something is."""
    found = session(evening).shown
    assert found is not None
    return found


def show(said: AnsweredComment, **how: object) -> s.ShowComment:
    return replace(s.ShowComment(comment_id=said.comment.id, seconds=15, comment=said), **how)  # type: ignore[arg-type]  # fields by name


def block(said: AnsweredComment) -> s.BlockViewer:
    return s.BlockViewer(comment_id=said.comment.id, comment=said)


def blocked_evening(by: Viewer = ZHANG) -> Evening:
    """张姐 has said something and was blocked for it."""
    evening = an_evening(egg())
    evening.do(block(evening.say("你们家的东西都是假的", PRAISE, by=by)))
    return evening


# Shown


def test_a_comment_is_shown_for_so_long_and_taken_off_by_the_clock() -> None:
    evening = an_evening(egg())
    (told,) = evening.do(show(evening.say("上次的特别甜", PRAISE)))
    assert told.kind is EventKind.COMMENT_SHOWN
    assert told.shown == shown(evening)
    assert (shown(evening).name, shown(evening).text) == ("张姐", "上次的特别甜")
    assert next_due_ms(evening.state) == shown(evening).until_ms == evening.now_ms + 15_000
    evening.wait(0.25)
    assert session(evening).shown is None
    assert evening.events[-1].kind is EventKind.COMMENT_HIDDEN
    assert next_due_ms(evening.state) == CUTOFF_MS


@pytest.mark.parametrize(
    ("read", "how", "shown_as"),
    [
        (PRAISE, {}, ShownAs.BUBBLE),
        (ASKS, {}, ShownAs.QUESTION),
        (PRAISE, {"answer": "明早八点到"}, ShownAs.QUESTION),
        (ASKS, {"shown_as": ShownAs.BUBBLE}, ShownAs.BUBBLE),
    ],
)
def test_a_question_is_shown_as_one_unless_told_otherwise(
    read: object, how: dict[str, object], shown_as: ShownAs
) -> None:
    evening = an_evening(egg())
    evening.do(show(evening.say("几点能提", read), **how))  # type: ignore[arg-type]  # a reading
    assert shown(evening).shown_as is shown_as
    assert shown(evening).answer == how.get("answer")


def test_the_next_comment_takes_the_place_of_the_one_before() -> None:
    evening = an_evening(egg())
    first, second = evening.say("甜", PRAISE), evening.say("几点能提", ASKS)
    evening.do(show(first))
    evening.wait(0.2)
    evening.do(show(second))
    assert shown(evening).text == "几点能提"
    evening.wait(0.1)
    assert shown(evening).text == "几点能提"


def test_the_host_takes_it_off() -> None:
    evening = an_evening(egg())
    evening.do(show(evening.say("甜", PRAISE)))
    (told,) = evening.do(s.HideComment())
    assert told.shown is not None
    assert (told.kind, told.shown.open) == (EventKind.COMMENT_HIDDEN, False)
    assert evening.refuse(s.HideComment()).code is RefusalCode.NOTHING_SHOWN


def test_only_a_comment_of_this_evening_is_shown() -> None:
    evening = an_evening(egg())
    said = evening.say("甜", PRAISE)
    assert evening.refuse(s.ShowComment(comment_id="m-9", seconds=15)).code is RefusalCode.UNKNOWN_COMMENT
    evening.do(c.EndSession())
    evening.do(start(egg(), session_id="s2"))
    assert evening.refuse(show(said)).code is RefusalCode.UNKNOWN_COMMENT


def test_the_picture_is_empty_after_the_evening() -> None:
    evening = an_evening(egg())
    evening.do(show(evening.say("甜", PRAISE)))
    evening.do(c.EndSession())
    assert session(evening).shown is None
    assert evening.kinds()[-2:] == [EventKind.COMMENT_HIDDEN, EventKind.SESSION_ENDED]
    said = evening.say("晚了", PRAISE)
    assert evening.refuse(show(said)).code is RefusalCode.SESSION_ENDED


# The order code


def test_the_order_code_is_put_on_the_picture_and_taken_off() -> None:
    evening = an_evening(egg())
    assert [event.kind for event in evening.do(s.ShowOrderCode(shown=True))] == [EventKind.ORDER_CODE_SHOWN]
    assert session(evening).order_code
    assert [event.kind for event in evening.do(s.ShowOrderCode(shown=False))] == [EventKind.ORDER_CODE_HIDDEN]
    assert not session(evening).order_code


@pytest.mark.parametrize("on", [True, False])
def test_a_second_tap_on_the_order_code_changes_nothing(on: bool) -> None:
    evening = an_evening(egg())
    evening.do(s.ShowOrderCode(shown=on))
    assert evening.do(s.ShowOrderCode(shown=on)) == []


# Blocked


def test_the_orders_of_a_blocked_viewer_do_nothing() -> None:
    evening = blocked_evening()
    assert evening.buys(1) == "blocked"
    assert evening.say("给我来点", read_as(Intent.BUY, set_to(1), route=Route.CONFIRM)).outcome == "blocked"
    assert (evening.has(), evening.state.pending) == ([], {})


def test_a_blocked_viewer_takes_no_part_in_a_deal_a_draw_or_a_poll() -> None:
    evening = blocked_evening()
    evening.do(flash_deal(countdown=0))
    evening.do(lucky_bag())
    evening.do(question())
    assert evening.buys(1) == "blocked"
    enters, votes = read_as(Intent.GIVEAWAY, route=Route.IGNORE), read_as(Intent.VOTE, route=Route.IGNORE)
    assert evening.say("锅到福到", enters).outcome == "blocked"
    assert evening.say("1", votes).outcome == "blocked"
    assert not any(evening.state.entries.values())
    assert not any(evening.state.votes.values())
    assert evening.state.flash_sales["f-1"].sold == 0


def test_the_others_are_heard_as_before() -> None:
    evening = blocked_evening()
    evening.do(lucky_bag())
    enters = read_as(Intent.GIVEAWAY, route=Route.IGNORE)
    assert evening.say("锅到福到", enters, by=viewer("李叔")).outcome == "entered"
    assert evening.buys(1, by=viewer("李叔")) == "reserved"


def test_a_complaint_of_a_blocked_viewer_opens_no_ticket() -> None:
    evening = blocked_evening()
    assert evening.say("鸡蛋碎了俩", read_as(Intent.COMPLAINT, route=Route.IGNORE)).outcome == "blocked"
    assert evening.state.tickets == {}


def test_what_a_viewer_had_before_they_were_blocked_stands() -> None:
    evening = an_evening(egg())
    evening.buys(2)
    evening.do(block(evening.say("骂人", PRAISE)))
    assert evening.has() == [("reserved", 2)]


def test_a_block_is_taken_back() -> None:
    evening = blocked_evening()
    (told,) = evening.do(s.UnblockViewer(viewer_key=ZHANG.key))
    assert (told.kind, session(evening).blocked) == (EventKind.VIEWER_UNBLOCKED, ())
    assert evening.buys(1) == "reserved"
    assert evening.refuse(s.UnblockViewer(viewer_key=ZHANG.key)).code is RefusalCode.UNKNOWN_VIEWER


def test_a_second_block_changes_nothing() -> None:
    evening = blocked_evening()
    assert evening.do(block(evening.say("又来了", PRAISE))) == []
    assert session(evening).blocked == (ZHANG.key,)


def test_a_block_outlasts_the_evening() -> None:
    evening = blocked_evening()
    evening.do(c.EndSession())
    evening.do(start(egg(), session_id="s2"))
    assert evening.buys(1) == "blocked"


def test_a_viewer_whom_the_platform_hides_cannot_be_blocked() -> None:
    evening = an_evening(egg())
    said = evening.say("骂人", PRAISE, by=stranger("m-7"))
    assert evening.refuse(block(said)).code is RefusalCode.WEAK_IDENTITY
    assert evening.refuse(s.BlockViewer(comment_id="m-9")).code is RefusalCode.UNKNOWN_COMMENT
