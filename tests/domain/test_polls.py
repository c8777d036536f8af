from __future__ import annotations

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.events import EventKind
from live.domain.poll import PollState
from live.domain.refusal import RefusalCode
from nlp.types import Intent
from tests.domain.bags import pass_seconds
from tests.domain.factories import EVENING_MS, HOST_NAME, Evening, an_evening, read_as, stranger, viewer
from tests.domain.stage_factories import question

READ = read_as(Intent.VOTE)


def a_poll(seconds: int = 60) -> Evening:
    evening = an_evening()
    evening.do(question(seconds))
    return evening


def votes(evening: Evening) -> dict[str, int]:
    return {option.label: option.votes for option in evening.state.polls["p-1"].options}


def cast(evening: Evening, text: str, by: str = "张姐") -> str:
    return evening.say(text, READ, by=viewer(by)).outcome


def test_one_vote_a_viewer_and_the_last_one_counts() -> None:
    evening = a_poll()
    assert [cast(evening, text) for text in ("1", "投荔枝", "2", "荔枝")] == ["voted"] * 4
    cast(evening, "1", by="李叔")
    assert votes(evening) == {"草莓": 1, "荔枝": 1}


def test_the_same_vote_again_makes_no_event() -> None:
    evening = a_poll()
    for _ in range(500):
        cast(evening, "2")
    assert evening.kinds().count(EventKind.POLL_VOTED) == 1


def test_of_viewers_whom_the_platform_hides_each_shown_name_has_a_vote() -> None:
    evening = a_poll()
    for cause, name, text in (("a", "堂***", "1"), ("b", "堂***", "2"), ("c", "李***", "2")):
        evening.say(text, READ, by=stranger(cause, name))
    assert votes(evening) == {"草莓": 0, "荔枝": 2}


def test_two_identities_of_one_person_have_one_vote() -> None:
    evening = a_poll()
    there, here = viewer("张姐", platform="douyin"), viewer("张姐")
    evening.state.persons = dict.fromkeys((there.key, here.key), (there.key, here.key))
    evening.say("1", READ, by=here)
    evening.say("2", READ, by=there)
    assert votes(evening) == {"草莓": 0, "荔枝": 1}


def test_what_names_several_options_is_no_vote() -> None:
    evening = a_poll()
    assert cast(evening, "草莓荔枝都要") == "none"
    assert votes(evening) == {"草莓": 0, "荔枝": 0}


def test_hosts_do_not_vote() -> None:
    evening = a_poll()
    assert cast(evening, "1", by=HOST_NAME) == "host"
    assert votes(evening) == {"草莓": 0, "荔枝": 0}


def test_a_poll_closes_by_the_clock_and_takes_nothing_more() -> None:
    evening = a_poll()
    cast(evening, "1")
    evening.now_ms = EVENING_MS + 60_000
    assert cast(evening, "1", by="李叔") == "none"
    pass_seconds(evening, 1)
    assert evening.state.polls["p-1"].state is PollState.CLOSED
    assert cast(evening, "2") == "none"
    assert votes(evening) == {"草莓": 1, "荔枝": 0}


def test_a_poll_closes_by_hand_once() -> None:
    evening = a_poll()
    assert [event.kind for event in evening.do(s.ClosePoll(poll_id="p-1"))] == [EventKind.POLL_CLOSED]
    assert evening.do(s.ClosePoll(poll_id="p-1")) == []
    assert evening.refuse(s.ClosePoll(poll_id="p-9")).code is RefusalCode.UNKNOWN_POLL


def test_the_end_of_the_broadcast_closes_the_poll() -> None:
    evening = a_poll()
    evening.do(c.EndSession())
    assert evening.state.polls["p-1"].closed_ms == evening.now_ms


def test_one_poll_at_a_time() -> None:
    evening = a_poll()
    assert evening.refuse(question()).code is RefusalCode.POLL_RUNNING
