"""An evening with a flash deal, a lucky bag and a poll, driven through the real rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import commands as c
from live.domain import stage_commands as s
from nlp.types import Intent
from tests.domain.stage_factories import RULES, flash_deal, lucky_bag, question
from tests.reports.factories import a_stream, chats, egg, person

if TYPE_CHECKING:
    from live.store.port import SessionRecord
    from tests.reports.factories import Stream


def tick(stream: Stream, seconds: float) -> None:
    """Let time pass and the clock look at the room."""
    stream.now_ms += int(seconds * 1000)
    stream.do(c.Tick())


def a_lively_evening(*, winners: int = 1) -> SessionRecord:
    """A flash deal that sells out after two seconds, a bag drawn twice, a poll, and wishes."""
    stream = a_stream(egg(quota=20))
    stream.do(flash_deal(quota=2, countdown=10, seconds=60))
    tick(stream, 10)
    stream.buys(person("张姐"), "egg", 1)
    stream.now_ms += 2000
    stream.buys(person("李哥"), "egg", 1)
    stream.buys(person("王叔"), "egg", 1)
    stream.do(s.StopFlashSale(offer_id="egg"))
    draw_bag(stream, winners=winners)
    stream.do(question())
    for name, text in (("张姐", "1"), ("李哥", "2"), ("王叔", "投荔枝")):
        stream.say(person(name), text, chats(Intent.VOTE))
    for name, text in (("张姐", "有没有车厘子"), ("李哥", "有没有车厘子"), ("王叔", "上点莲藕 电话13812345678")):
        stream.say(person(name), text, chats(Intent.WISH))
    return stream.end()


def draw_bag(stream: Stream, *, winners: int) -> None:
    """A bag among three, whose first winner does not come."""
    stream.do(lucky_bag(replace(RULES, winners=winners)))
    for name in ("张姐", "李哥", "王叔"):
        stream.say(person(name), RULES.keyword, chats(Intent.GIVEAWAY))
    stream.do(s.DrawGiveaway(giveaway_id="g-1"))
    tick(stream, 10)
    first = stream.state.giveaways["g-1"].rounds[0].winners[0]
    stream.do(s.RedrawGiveaway(giveaway_id="g-1", forfeited=(first,), reason="联系不上"))
