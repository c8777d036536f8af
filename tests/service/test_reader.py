"""The reader of comments for a room."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.service.reader import UNREADABLE, Reader, context_of
from nlp.classifier import Classifier
from nlp.maker import ClassifierMaker
from nlp.types import Intent, PromptMeaning, Route
from tests.domain.factories import EVENING_MS, an_evening, apple, comment, egg, stranger, viewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain.comment import Comment
    from nlp.types import CatalogueOffer


class Counting:
    """Counts how often a catalogue is compiled."""

    def __init__(self) -> None:
        self.times = 0
        self._make = ClassifierMaker()

    def __call__(self, offers: Sequence[CatalogueOffer]) -> Classifier:
        self.times += 1
        return self._make(offers)


def test_the_catalogue_is_compiled_anew_only_when_its_words_change() -> None:
    evening, make = an_evening(egg(), apple()), Counting()
    reader = Reader(make)
    reader.read(evening.state, comment("要两箱鸡蛋"), at_ms=EVENING_MS)
    evening.buys(2)
    reader.read(evening.state, comment("要两箱鸡蛋"), at_ms=EVENING_MS)
    assert make.times == 1
    evening.do(c.UpdateOffer(offer_id="egg", changes={"title": "柴鸡蛋"}))
    reader.read(evening.state, comment("要两箱鸡蛋"), at_ms=EVENING_MS)
    assert make.times == 2


def test_what_is_pinned_and_asked_is_the_context() -> None:
    evening = an_evening(egg(), apple())
    evening.do(c.PinOffer(offer_id="apple"))
    evening.do(c.OpenPrompt(prompt_id="p", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=10))
    context = context_of(evening.state, "要", EVENING_MS + 9_999)
    assert context.pinned == "apple"
    assert context.prompt is not None
    assert context.prompt.ref_id == "egg"


def test_a_prompt_whose_time_is_up_means_nothing() -> None:
    evening = an_evening(egg())
    evening.do(c.OpenPrompt(prompt_id="p", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=10))
    assert context_of(evening.state, "要", EVENING_MS + 10_000).prompt is None


class Broken(Classifier):
    """A classifier that fails on every text."""

    def classify(self, text: str, context: object) -> object:  # type: ignore[override]  # it fails before any type counts
        raise ValueError(text, context)


def test_a_comment_that_cannot_be_read_is_put_to_the_host(caplog: pytest.LogCaptureFixture) -> None:
    evening = an_evening(egg())
    with caplog.at_level(logging.ERROR):
        read = Reader(lambda _: Broken.__new__(Broken)).read(evening.state, comment("要两箱"), at_ms=EVENING_MS)
    assert (read.intent, read.route) == (Intent.BUY, Route.CONFIRM)
    assert "could not be read" in caplog.text


def test_a_catalogue_that_cannot_be_compiled_is_loud_once(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Sequence[CatalogueOffer]) -> Classifier:
        raise OSError("no weights")

    evening, reader = an_evening(egg()), Reader(fail)
    with caplog.at_level(logging.ERROR):
        reads = [reader.read(evening.state, comment("要两箱"), at_ms=EVENING_MS) for _ in range(3)]
    assert reads == [UNREADABLE] * 3
    assert caplog.text.count("could not be compiled") == 1


def crowd(text: str, *, size: int = 8) -> list[Comment]:
    return [comment(text, by=viewer(f"邻居{n}"), id=f"{text}{n}") for n in range(size)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("祝大家天天开心", Intent.GIVEAWAY), ("给我来两箱土鸡蛋", Intent.BUY), ("土鸡蛋多少钱一箱", Intent.QUESTION)],
)
def test_what_many_write_within_seconds_is_a_pass_phrase_unless_it_orders_or_asks(text: str, expected: Intent) -> None:
    evening, reader = an_evening(egg()), Reader(ClassifierMaker())
    reads = [reader.read(evening.state, each, at_ms=EVENING_MS + n) for n, each in enumerate(crowd(text))]
    assert reads[-1].intent is expected


def test_a_phrase_said_alone_a_minute_later_is_chat_again() -> None:
    evening, reader = an_evening(egg()), Reader(ClassifierMaker())
    for each in crowd("祝大家天天开心"):
        reader.read(evening.state, each, at_ms=EVENING_MS)
    alone = reader.read(evening.state, comment("祝大家天天开心"), at_ms=EVENING_MS + 60_000)
    assert alone.intent is Intent.CHAT


def test_viewers_whom_the_platform_hides_are_told_apart_by_what_is_shown_of_their_names() -> None:
    evening, reader = an_evening(egg()), Reader(ClassifierMaker())
    one = [comment("祝大家天天开心", by=stranger(f"m{n}"), id=f"m{n}") for n in range(8)]
    many = [
        comment("祝大家天天开心", by=stranger(f"n{n}", f"{name}***"), id=f"n{n}") for n, name in enumerate("赵钱孙李周")
    ]
    reads = [reader.read(evening.state, each, at_ms=EVENING_MS) for each in (*one, *many)]
    assert [each.intent for each in reads[:8]] == [Intent.CHAT] * 8
    assert reads[-1].intent is Intent.GIVEAWAY
