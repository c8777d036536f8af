"""An evening with a lucky bag: who enters, when it closes, who bears witness, who comes for the prize."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.giveaways import entry_id
from nlp.types import Intent
from tests.domain.factories import MINUTE_MS, Evening, an_evening, egg, read_as, viewer
from tests.domain.stage_factories import RULES, lucky_bag

if TYPE_CHECKING:
    from live.domain.events import Event
    from live.domain.giveaway import DrawRules, Giveaway
    from live.domain.viewer import Viewer

READ = read_as(Intent.GIVEAWAY)
CHAT = read_as(Intent.CHAT)
NAMES = ("张姐", "李叔", "赵奶奶", "王婶", "小雨")


def a_bag(rules: DrawRules = RULES, *, seconds: int = 60, evening: Evening | None = None) -> Evening:
    """An evening on which a bag has just been opened."""
    evening = evening or an_evening(egg(quota=100))
    evening.do(lucky_bag(rules, seconds=seconds))
    return evening


def rules(
    *, winners: int = 1, keyword: str = RULES.keyword, reserved: bool = False, days: int | None = None
) -> DrawRules:
    """The usual rules but for these."""
    return replace(RULES, winners=winners, keyword=keyword, must_have_reserved=reserved, not_won_within_days=days)


def bag(evening: Evening) -> Giveaway:
    """The bag as it is now."""
    return evening.state.giveaways["g-1"]


def enter(evening: Evening, *names: str, text: str = RULES.keyword) -> list[str]:
    """Viewers say the keyword; returns the outcomes."""
    return [evening.say(text, READ, by=viewer(name)).outcome for name in names]


def entered(evening: Evening) -> list[str]:
    """The names of those who are in, in order."""
    return [entry.viewer.name for entry in evening.state.entries.get("g-1", {}).values()]


def id_of(evening: Evening, who: Viewer | str) -> str:
    """A viewer's entry id."""
    return entry_id(bag(evening), (viewer(who) if isinstance(who, str) else who).key)


def listed(evening: Evening, *names: str) -> bool:
    """Whether the frozen list has just these viewers in it."""
    return bag(evening).entries == tuple(sorted(id_of(evening, name) for name in names))


def close(evening: Evening) -> list[Event]:
    """Close the list by hand."""
    return evening.do(s.DrawGiveaway(giveaway_id="g-1"))


def witness(evening: Evening, count: int = 5, text: str = "哈哈") -> None:
    """Let viewers say something."""
    for number in range(count):
        evening.say(f"{text}{number}", CHAT, by=viewer(f"路人{number}"))


def drawn(rules: DrawRules = RULES, *names: str) -> Evening:
    """An evening on which a bag has been drawn among these."""
    evening = a_bag(rules)
    enter(evening, *(names or NAMES))
    close(evening)
    witness(evening)
    return evening


def won_by(evening: Evening) -> list[str]:
    """The names of the winners, round by round, in order."""
    return [prize.viewer.name for prize in bag(evening).prizes]


def forfeit(*entries: str, reason: str = "") -> s.RedrawGiveaway:
    """The order to draw again for these."""
    return s.RedrawGiveaway(giveaway_id="g-1", forfeited=entries, reason=reason)


def claim(entry: str) -> s.ClaimGiveaway:
    """The order that hands a prize over."""
    return s.ClaimGiveaway(giveaway_id="g-1", entry_id=entry)


def pass_seconds(evening: Evening, seconds: float) -> None:
    """Let time pass and the clock look at the room."""
    evening.wait(seconds * 1000 / MINUTE_MS)


def tick(evening: Evening) -> list[Event]:
    """Let the clock look at the room."""
    return evening.do(c.Tick())
