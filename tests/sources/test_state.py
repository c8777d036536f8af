from __future__ import annotations

from dataclasses import dataclass

import pytest
import structlog
from structlog.testing import capture_logs

from config.settings import SourceSettings
from live.sources.frame import Fault, FaultCode
from live.sources.state import Status, Watch, place_of

SOURCE = SourceSettings(kind="oba", room="main", url="ws://shop:geheim@127.0.0.1:12354/x?token=geheim")
UNKNOWN = Fault(code=FaultCode.INVALID_FRAME, detail="msg_type: unknown: x")


@pytest.fixture(autouse=True)
def _plain_logs() -> None:
    structlog.reset_defaults()


@dataclass(kw_only=True, slots=True)
class Clock:
    now_ms: int = 1_000

    def __call__(self) -> int:
        return self.now_ms


def test_a_source_begins_by_connecting() -> None:
    state = Watch(1, SOURCE, Clock()).state()
    assert (state.number, state.kind, state.room, state.status) == (1, "oba", "main", Status.CONNECTING)
    assert (state.last_message_ms, state.silent_ms(5_000)) == (None, None)


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    assert Watch(1, SOURCE, Clock()).state().url == "ws://127.0.0.1:12354/x"
    assert place_of("ws://[::1]:8888") == "ws://[::1]:8888"


def test_a_change_is_logged_once_with_what_to_do() -> None:
    clock = Clock()
    watch = Watch(2, SOURCE, clock)
    with capture_logs() as logs:
        for now_ms in (2_000, 3_000):
            clock.now_ms = now_ms
            watch.became(Status.NOT_LISTENING, "请点开始监听")
        clock.now_ms = 4_000
        watch.became(Status.LISTENING, "已连上")
    assert [(log["log_level"], log["status"]) for log in logs] == [("warning", "not_listening"), ("info", "listening")]
    assert logs[0]["event"] == "来源 2 oba（直播间 main，ws://127.0.0.1:12354/x）：请点开始监听"
    assert (watch.state().status, watch.state().since_ms) == (Status.LISTENING, 4_000)


def test_another_reason_for_the_same_status_is_logged_and_the_time_stands() -> None:
    clock = Clock()
    watch = Watch(1, SOURCE, clock)
    watch.became(Status.ERROR, "一")
    clock.now_ms = 9_000
    with capture_logs() as logs:
        watch.became(Status.ERROR, "二")
    assert (len(logs), watch.state().since_ms, watch.state().detail) == (1, 1_000, "二")


def test_the_first_message_that_is_not_understood_is_logged_and_all_are_counted() -> None:
    watch = Watch(1, SOURCE, Clock())
    with capture_logs() as logs:
        watch.heard(1_500, [UNKNOWN, UNKNOWN])
        watch.heard(1_600, [UNKNOWN])
    state = watch.state()
    assert (len(logs), state.strange, state.fault) == (1, 3, "msg_type: unknown: x")
    assert (watch.messages, state.last_message_ms, state.silent_ms(1_700)) == (2, 1_600, 100)


def test_what_became_of_comments_is_counted() -> None:
    watch = Watch(1, SOURCE, Clock())
    for outcome, number in (("kept", 3), ("kept", 2), ("closed", 1), ("away", 5)):
        watch.delivered(outcome, number)
    assert (watch.state().kept, watch.state().closed) == (5, 1)
