from __future__ import annotations

from live.obs.moments import Moment
from live.obs.replays import KINDS, Replays


def a_moment(kind: str, at_ms: int = 1000) -> Moment:
    return Moment(room="live", seq=at_ms, kind=kind, at_ms=at_ms, subject="")


def test_only_what_the_settings_name_is_wanted() -> None:
    replays = Replays(["draw"], after_ms=5000)
    replays.want(a_moment(KINDS["rush"]))
    assert replays.due_ms is None
    replays.want(a_moment(KINDS["draw"]))
    assert replays.due_ms == 6000


def test_what_comes_up_while_one_waits_is_in_the_same_replay() -> None:
    replays = Replays(["draw", "rush"], after_ms=5000)
    first, second = a_moment(KINDS["rush"], 1000), a_moment(KINDS["draw"], 3000)
    replays.want(first)
    replays.want(second)
    assert replays.due_ms == 6000
    replays.begin()
    later = a_moment(KINDS["draw"], 7000)
    replays.want(later)
    assert replays.saved() == [first, second]
    assert replays.due_ms == 12_000
    assert replays.saved() == []
