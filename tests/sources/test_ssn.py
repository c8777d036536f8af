from __future__ import annotations

from typing import Any

import pytest

from live.sources.ssn import feed
from tests.sources.tools import RECEIVED_MS, comment, fault, read, recorded

SAID: dict[str, Any] = {
    "chatname": "Steve &amp; Co",
    "chatmessage": "Some <b>test</b> &amp; 2份",
    "type": "youtube",
    "textonly": False,
    "id": 84211,
    "meta": {"messageId": "ChwK"},
    "userid": "UC123",
    "membership": "Member (2 months)",
}


def test_a_message_is_known_by_the_platforms_id_and_its_markup_is_taken_off() -> None:
    found = comment(feed, SAID)
    assert (found.platform, found.id, found.text) == ("youtube", "ChwK", "Some test & 2份")
    assert (found.viewer.key, found.viewer.name) == ("youtube/id/UC123", "Steve & Co")
    assert (found.badges, found.at_ms) == (("Member (2 months)",), RECEIVED_MS)


def test_text_that_is_only_text_is_kept_to_the_letter() -> None:
    assert comment(feed, SAID | {"textonly": True, "chatmessage": "a <3 &amp;"}).text == "a <3 &amp;"


def test_the_tools_own_counter_names_nothing() -> None:
    one, two = (comment(feed, SAID | {"meta": None, "id": number}) for number in (1, 2))
    assert one.id == two.id
    assert one.id.startswith("fp-")


@pytest.mark.parametrize(
    ("site", "platform"),
    [
        ("youtubeshorts", "youtube"),
        ("Twitch", "twitch"),
        ("kick", "other:kick"),
        ("x.com live", "other:xcomlive"),
        ("直播", "other:ssn"),
        (None, "other:ssn"),
    ],
)
def test_a_site_is_a_platform(site: object, platform: str) -> None:
    assert comment(feed, SAID | {"type": site}).platform == platform


def test_on_twitch_the_login_name_is_the_id() -> None:
    twitch = SAID | {"type": "twitch", "userid": None, "username": "ann"}
    assert comment(feed, twitch).viewer.key == "twitch/id/ann"
    assert comment(feed, twitch | {"type": "kick"}).viewer.key == "other:kick/name/Steve & Co"


def test_the_time_of_the_tool_counts_where_there_is_one() -> None:
    assert comment(feed, SAID | {"timestamp": 1_745_000_000_000}).at_ms == 1_745_000_000_000


def test_a_bot_never_reserves() -> None:
    assert comment(feed, SAID | {"bot": True}).from_host
    assert not comment(feed, SAID).from_host


@pytest.mark.parametrize("changes", [{"event": "joined"}, {"private": True}, {"chatmessage": "", "contentimg": "x"}])
def test_what_nobody_said_to_the_shop_is_nothing(changes: dict[str, object]) -> None:
    found = read(feed, SAID | changes)
    assert (found.comments, found.faults) == ((), ())


def test_a_message_without_a_text_is_counted() -> None:
    assert fault(feed, {"chatname": "x"}) == "chatmessage: must be a string"


def test_the_recorded_messages_are_read() -> None:
    found = [comment(feed, frame) for frame in recorded("ssn.jsonl")]
    assert [(each.platform, each.text) for each in found] == [("youtube", "Some test & 2份"), ("other:zoom", "hi")]
