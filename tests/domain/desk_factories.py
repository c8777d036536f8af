"""One of each of what is on the host's desk, and an order of each kind."""

from __future__ import annotations

from live.domain import desk_commands as d
from live.domain.question import Faq, Question
from nlp.asking import Asking
from nlp.types import Intent, Topic
from tests.domain.factories import EVENING_MS, read_as, set_to

SWEET = Asking(topic=Topic.QUALITY, offer="egg", terms=("甜",))
QUESTION = Question(
    id="q-1",
    session_id="s1",
    topic=Topic.QUALITY,
    offer_id="egg",
    terms=("甜",),
    text="甜不甜",
    name="张姐",
    platform="wechat_channels",
    comment_id="m-1",
    askers=1,
    orders=0,
    first_ms=EVENING_MS,
    last_ms=EVENING_MS,
    position=1,
)
FAQ = Faq(
    id="faq-1", topic=Topic.QUALITY, goods=None, terms=("甜",), text="甜不甜", answer="甜，脆口", kept_ms=EVENING_MS
)


def keep(answer: str = "甜，脆口", *, offer_id: str | None = None, faq_id: str | None = None) -> d.KeepFaq:
    """常见问题：甜不甜."""
    return d.KeepFaq(question="甜不甜", answer=answer, offer_id=offer_id, faq_id=faq_id, asking=SWEET)


DESK_COMMANDS: list[d.DeskCommand] = [
    d.AnswerQuestion(question_id="q-1", seconds=15),
    keep(),
    d.DropFaq(faq_id="faq-1"),
    d.UndoComment(comment_id="m-1"),
    d.AddHost(comment_id="m-1"),
    d.RemoveHost(host="小王助播"),
    d.SetAsideComment(comment_id="m-1"),
    d.BringBackComment(comment_id="m-1"),
    d.UpdateScript(script={"sections": []}),
    d.ReviseComment(key=("wechat_channels", "m-1"), read=read_as(Intent.BUY, set_to(2))),
    d.SuggestAnswer(question_id="q-1", text="甜", sources="fact:口感"),
]
"""An order of each kind."""
