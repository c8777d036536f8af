"""Asks a language model beside the flow of comments: to look again at what waits for the host, and to word answers.

Nothing waits for it. What it proposes comes back as a command of the room, where the rules decide; what comes too late
changes nothing. A flood is not asked about: of more than a few the oldest are left to the host.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from live.domain.desk_commands import ReviseComment, SuggestAnswer
from live.domain.orders import Outcome
from live.service.grounds import lines_for, offers_of
from nlp.llm_desk import version_of
from nlp.llm_opinion import MAX_BATCH, Doubtful, is_doubtful
from nlp.llm_types import Unanswered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from live.domain.comment import AnsweredComment
    from live.service.results import Published
    from live.service.service import Service
    from nlp.llm_desk import Desk

_LOG = logging.getLogger(__name__)

MOST_WAITING = 5 * MAX_BATCH
"""So many comments, and so many questions, wait to be asked about; a model that is slow is not asked about old ones."""

_ASKED_ABOUT = frozenset({"question_raised", "question_asked"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Doubt:
    """A comment that waits for the host, and what was pinned when it came."""

    room: str
    answered: AnsweredComment
    pinned: str | None


class Adviser:
    """Listens to what rooms tell, and asks about it one after the other, comments and questions beside each other."""

    def __init__(self, service: Service, desk: Desk) -> None:
        """Nothing is asked before `run`."""
        self._service, self._desk = service, desk
        self._doubts: deque[_Doubt] = deque(maxlen=MOST_WAITING)
        self._questions: deque[tuple[str, str]] = deque(maxlen=MOST_WAITING)
        self._asked: deque[str] = deque(maxlen=50 * MAX_BATCH)
        self._wake_doubts, self._wake_questions = asyncio.Event(), asyncio.Event()
        self._asking = 0

    @property
    def idle(self) -> bool:
        """Whether all that it knows of has been asked about."""
        return not (self._doubts or self._questions or self._asking)

    def heard(self, published: Published) -> None:
        """Take note of what a batch leaves to the host. Called on the way of every batch: it must cost next to nothing."""
        if not self._desk.llm.is_on:
            return
        for answered in published.comments:
            if answered.outcome == Outcome.NEEDS_CONFIRMATION and is_doubtful(answered.classification):
                self._doubts.append(_Doubt(room=published.room, answered=answered, pinned=self._pinned(published.room)))
        for event in published.events:
            if event.kind in _ASKED_ABOUT:
                self._note(published.room, event.data["question"])
        if self._doubts:
            self._wake_doubts.set()

    def _pinned(self, room: str) -> str | None:
        session: Any = self._service.view(room).session
        return None if session is None else session["pinned_offer_id"]

    def _note(self, room: str, question: Any) -> None:
        if question["suggestion"] is None and question["id"] not in self._asked:
            self._asked.append(question["id"])
            self._questions.append((room, question["id"]))
            self._wake_questions.set()

    async def run(self) -> None:
        """Ask until cancelled; first the library is loaded and the endpoint tried, which no deadline of a comment allows for."""
        if self._desk.llm.is_on:
            _log(await self._desk.llm.start())
        await asyncio.gather(
            _forever(self._wake_doubts, self._look_again), _forever(self._wake_questions, self._word_answers)
        )

    async def _look_again(self) -> None:
        while self._doubts:
            room = self._doubts[0].room
            batch = [doubt for doubt in self._doubts if doubt.room == room][:MAX_BATCH]
            for doubt in batch:
                self._doubts.remove(doubt)
            with self._at_work():
                await self._opine(room, batch)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        self._asking += 1
        try:
            yield
        finally:
            self._asking -= 1

    async def _opine(self, room: str, batch: list[_Doubt]) -> None:
        offers = offers_of(self._service.view(room))
        doubtful = [
            Doubtful(
                id=str(place), text=each.answered.comment.text, read=each.answered.classification, pinned=each.pinned
            )
            for place, each in enumerate(batch)
        ]
        opinion = await self._desk.second_opinion(doubtful, offers, version_of(offers))
        _log(opinion.unanswered)
        for id_, read in opinion.found.items():
            revise = ReviseComment(key=batch[int(id_)].answered.comment.key, read=read)
            await self._service.command(room, revise, key=None, request_hash="")

    async def _word_answers(self) -> None:
        while self._questions:
            room, question_id = self._questions.popleft()
            view = self._service.view(room)
            question: Any = view.questions.get(question_id)
            if question is not None and question["state"] == "open" and question["suggestion"] is None:
                with self._at_work():
                    await self._word(room, question)

    async def _word(self, room: str, question: Any) -> None:
        view = self._service.view(room)
        reply = await self._desk.answer(question["text"], lines_for(view, question), version_of(offers_of(view)))
        if isinstance(reply, Unanswered):
            _log(reply)
        elif reply.is_known:
            suggest = SuggestAnswer(
                question_id=question["id"],
                text=reply.card,
                sources="、".join(reply.sources),
                aloud=None if reply.aloud == reply.card else reply.aloud,
            )
            await self._service.command(room, suggest, key=None, request_hash="")


async def _forever(wake: asyncio.Event, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    while True:
        await wake.wait()
        wake.clear()
        try:
            await work()
        except Exception:  # noqa: BLE001  # logged; the next comment is asked about again, and nothing else may stop for it
            _LOG.exception("the language model could not be asked")


def _log(unanswered: Unanswered | None) -> None:
    if unanswered is not None:
        _LOG.info("no second look: %s", unanswered.why, extra={"why": unanswered.why.value})


@asynccontextmanager
async def advising(service: Service, desk: Desk) -> AsyncIterator[Adviser]:
    """Ask for as long as the block runs; what is being asked at its end is taken back."""
    adviser = Adviser(service, desk)
    stop = service.subscribe(adviser.heard)
    asking = asyncio.create_task(adviser.run(), name="ask the language model")
    try:
        yield adviser
    finally:
        stop()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await desk.llm.close()
