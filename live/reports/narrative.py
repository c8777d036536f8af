"""A few sentences beside the figures of a report: out of `report.json` alone, by a template or by a language model.

A model is given the template's sentences and may say them better; a number that does not stand in them drops the
sentence that holds it (`nlp.llm_prose`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from live.reports.document import report_json
from nlp.llm_prose import Outline
from nlp.llm_types import Unanswered, Use

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from live.reports.figures import ReportFacts
    from nlp.llm_desk import Desk

_ENDS = re.compile(r"(?<=[。！？!?；;])")
_ID = "summary"
MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrative:
    """Sentences, and who wrote them."""

    by: Literal["template", "model"]
    sentences: tuple[str, ...]


def template_of(facts: ReportFacts) -> Narrative:
    """What the figures say, in sentences of our own."""
    return Narrative(by="template", sentences=sentences_of(report_json(facts)))


def sentences_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentences that the figures of a `report.json` give."""
    return (*_sold(document["totals"]), *_goods(document["offers"]), *_talk(document), *_open(document))


def _sold(totals: Mapping[str, Any]) -> Iterator[str]:
    yield f"今晚 {totals['comments']} 条评论，{totals['commenters']} 人说了话。"
    if not totals["reservations"]:
        yield "还没有人订。"
        return
    yield (
        f"{totals['buyers']} 位顾客订了 {totals['reservations']} 单，一共 {totals['reserved_quantity']} 份，"
        f"金额 {totals['amount']} 元。"
    )
    if totals["cancelled"]:
        yield f"取消了 {totals['cancelled']} 单。"


def _goods(offers: list[Mapping[str, Any]]) -> Iterator[str]:
    sold = [offer for offer in offers if offer["reserved"]]
    if sold:
        best = max(sold, key=lambda offer: offer["reserved"])
        yield f"订得最多的是{best['title']}，{best['reserved']} {best['unit']}。"
    full = [offer["title"] for offer in sold if offer["available"] <= 0]
    if full:
        yield f"订满的有{'、'.join(full[:MOST_NAMED])}{'等' if len(full) > MOST_NAMED else ''}。"
    yield from (
        f"{offer['title']}还有 {offer['waitlisted']} {offer['unit']}在排队。" for offer in offers if offer["waitlisted"]
    )


def _talk(document: Mapping[str, Any]) -> Iterator[str]:
    asked = document["question_desk"]
    if asked["raised"]:
        yield f"观众问了 {asked['raised']} 个问题，答了 {asked['answered']} 个。"


def _open(document: Mapping[str, Any]) -> Iterator[str]:
    if document["confirm"]["waiting"]:
        yield f"还有 {len(document['confirm']['waiting'])} 条评论等您点。"
    if document["tickets"]["waiting"]:
        yield f"还有 {len(document['tickets']['waiting'])} 位顾客的售后等着回。"


async def model_of(desk: Desk, facts: ReportFacts) -> Narrative | None:
    """What a model makes of the template's sentences; None where there is none, or nothing of its text stands."""
    outline = Outline(id=_ID, title="小结", points=template_of(facts).sentences)
    written = await desk.prose(Use.NARRATIVE, [outline], [])
    if isinstance(written, Unanswered) or not written.sections:
        return None
    ((_, text),) = written.sections
    return Narrative(by="model", sentences=tuple(filter(None, (each.strip() for each in _ENDS.split(text)))))
