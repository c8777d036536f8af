"""An evening of questions: some answered aloud, some with a text, some not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain import desk_commands as d
from nlp.types import Topic
from tests.reports.factories import MINUTE_MS, a_stream, egg, person

if TYPE_CHECKING:
    from live.store.port import SessionRecord
    from tests.reports.factories import Stream

SECOND_MS = 1_000


def an_asking_evening() -> SessionRecord:
    """Four questions: two answered after 20 s and 90 s, one of two askers and one with a number left open."""
    stream = a_stream(egg())
    stream.buys(person("张姐"), "egg", 1)
    for name in ("张姐", "李哥", "王叔"):
        stream.asks(person(name), "腥不腥", Topic.QUALITY, "腥", offer="egg")
    stream.now_ms += 20 * SECOND_MS
    answer(stream, "腥不腥", None)
    stream.asks(person("李哥"), "几点能提", Topic.PICKUP, "提货", "时间")
    stream.now_ms += 90 * SECOND_MS
    answer(stream, "几点能提", "明天下午四点起")
    stream.asks(person("小雨"), "能送到13812345678这家吗", Topic.DELIVERY, "配送")
    stream.now_ms += MINUTE_MS
    stream.asks(person("张姐"), "有大的吗", Topic.STOCK, "大", offer="egg")
    stream.asks(person("李哥"), "有没有大的", Topic.STOCK, "大", offer="egg")
    return stream.end()


def answer(stream: Stream, text: str, said: str | None) -> None:
    """The host answers the question that was first asked in these words."""
    [question] = [each for each in stream.state.questions.values() if each.text == text]
    stream.do(d.AnswerQuestion(question_id=question.id, text=said, show=said is not None, seconds=15))
