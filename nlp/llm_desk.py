"""The uses of the model in one place: ask, validate, count, remember. What comes out has passed the code's rules.

Nothing here raises for what the endpoint does, and nothing waits longer than its deadline.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from nlp import llm_answer, llm_opinion, llm_prose
from nlp.llm_cache import Cache
from nlp.llm_types import Unanswered, Use, Why
from nlp.types import Classification

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.fold import Folding
    from nlp.llm_answer import DeskAnswer, Line
    from nlp.llm_client import Llm
    from nlp.llm_opinion import Doubtful, Terms
    from nlp.llm_prose import Outline, Written
    from nlp.llm_wording import Wording
    from nlp.types import CatalogueOffer


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadlines:
    """How long to wait: beside the flow of comments, for an answer at the desk, and for a script or a narrative."""

    live_ms: int = 1500
    answer_ms: int = 1500
    prose_ms: int = 60_000


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondOpinion:
    """Classifications by the ids of comments (those without a believable opinion are missing), and why none was had."""

    found: Mapping[str, Classification]
    unanswered: Unanswered | None = None


class Desk:
    """Asks for second opinions, answers and texts."""

    def __init__(
        self,
        llm: Llm,
        *,
        folding: Folding,
        wording: Wording,
        terms: Terms,
        deadlines: Deadlines | None = None,
        uses: frozenset[Use] = frozenset(Use),
    ) -> None:
        """`uses` are those that the settings allow; the others are answered as if the model were off."""
        self.llm, self.uses = llm, uses
        self._folding, self._wording, self._terms = folding, wording, terms
        self._deadlines = deadlines or Deadlines()
        self._remembered = Cache[Classification](2000)

    async def second_opinion(
        self, doubtful: Sequence[Doubtful], offers: Sequence[CatalogueOffer], version: str
    ) -> SecondOpinion:
        """Ask about comments that `llm_opinion.is_doubtful` calls so, `MAX_BATCH` different ones at most.

        `version` is `version_of(offers)`. Whoever takes the answer must see whether the comment still waits for one,
        and whether the catalogue is still the same: the answer may come `live_ms` later.
        """
        if Use.OPINION not in self.uses:
            return SecondOpinion(found={}, unanswered=Unanswered(why=Why.OFF))
        keyed = {each.id: self._key(each, version) for each in doubtful}
        asked = {keyed[each.id]: each for each in doubtful if self._remembered.get(keyed[each.id]) is None}
        unanswered = await self._opinions(asked, offers) if asked else None
        found = {each.id: self._recalled(each, keyed[each.id]) for each in doubtful}
        return SecondOpinion(
            found=MappingProxyType({id_: read for id_, read in found.items() if read is not None}),
            unanswered=unanswered,
        )

    async def answer(self, question: str, lines: Sequence[Line], version: str) -> DeskAnswer | Unanswered:
        """Answer a question out of *lines*; without lines nobody is asked. `version` changes with the catalogue."""
        if not lines:
            return llm_answer.unknown("no_lines")
        if Use.ANSWER not in self.uses:
            return Unanswered(why=Why.OFF)
        asked = llm_answer.build(question, lines, self._folding, version, deadline_ms=self._deadlines.answer_ms)
        reply = await self.llm.ask(asked.ask)
        if isinstance(reply, Unanswered):
            return reply
        found = llm_answer.check(asked, reply.value, self._wording)
        if found.why:
            self.llm.counts.drop(Use.ANSWER, found.why)
        return found

    async def prose(
        self, use: Use, outlines: Sequence[Outline], figures: Sequence[str], words: Sequence[str] = ()
    ) -> Written | Unanswered:
        """Write a script (`Use.SCRIPT`) or the words of a report (`Use.NARRATIVE`); what is missing, templates give."""
        order = llm_prose.build(use, outlines, figures, self._folding, words, deadline_ms=self._deadlines.prose_ms)
        reply = await self.llm.ask(order.ask)
        if isinstance(reply, Unanswered):
            return reply
        written = llm_prose.check(order, reply.value, self._wording)
        for reason, count in written.dropped.items():
            self.llm.counts.drop(use, reason, count)
        return written

    async def _opinions(
        self, asked: Mapping[tuple[str, ...], Doubtful], offers: Sequence[CatalogueOffer]
    ) -> Unanswered | None:
        """Ask about each different comment once, and remember what is believed of it."""
        batch = llm_opinion.build(list(asked.values()), offers, self._folding, deadline_ms=self._deadlines.live_ms)
        reply = await self.llm.ask(batch.ask)
        if isinstance(reply, Unanswered):
            return reply
        judged = llm_opinion.check(batch, reply.value, self._terms)
        for reason, count in judged.dropped.items():
            self.llm.counts.drop(Use.OPINION, reason, count)
        for key, each in asked.items():
            if each.id in judged.found:
                self._remembered.put(key, judged.found[each.id])
        return None

    def _key(self, each: Doubtful, version: str) -> tuple[str, ...]:
        """What makes two comments the same: the words, what is pinned, how they were read, and the catalogue."""
        read = each.read
        return version, self._folding.fold(each.text), each.pinned or "", f"{read.intent} {read.route} {read.actions}"

    def _recalled(self, each: Doubtful, key: tuple[str, ...]) -> Classification | None:
        found = self._remembered.get(key)
        return None if found is None else replace(found, evidence=each.read.evidence)


def version_of(offers: Sequence[CatalogueOffer]) -> str:
    """A short name of a catalogue: another one as soon as a word, a price or a fact differs."""
    told = [
        (
            each.id,
            each.number,
            each.title,
            each.aliases,
            each.unit,
            each.price_fen,
            each.variants,
            sorted(each.facts.items()),
        )
        for each in offers
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
