"""The words of a script: what was asked about the same goods before, and a language model's wording of what the list says.

The sections, what they launch and their order are the draft's. A model gives sentences alone; of those that stand (see
`nlp.llm_prose`) a section's points are made, and a point whose numbers none of them says stays as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from live.domain.script_parts import MOST_POINT, MOST_POINTS, Script
from nlp.llm_clean import masked
from nlp.llm_prose import Outline
from nlp.llm_types import Unanswered, Use

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from live.domain.offer import Offer
    from live.domain.script_parts import Section
    from nlp.llm_desk import Desk

MOST_HEARD = 3
"""Questions of the last evening that a section takes up."""

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_SENTENCES = re.compile(r"(?<=[。！？!?；;])|\n+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """A script, who has worded it (`template` or `model`), how many sentences were dropped, and why no model has."""

    script: Script
    by: str = "template"
    dropped: int = 0
    trouble: str | None = None


def heard_before(snapshot: Mapping[str, Any], offers: Sequence[Offer]) -> dict[str, list[Mapping[str, Any]]]:
    """What a room's newest session asked about the goods of a list, by offer id: what most asked first.

    Goods are known by their title, for an evening's ids are its own.
    """
    titles = {told["id"]: told["title"] for told in snapshot["offers"]}
    found: dict[str, list[Mapping[str, Any]]] = {}
    asked = sorted(snapshot["questions"], key=lambda question: -question["askers"])
    for offer in offers:
        about = [each for each in asked if each["offer_id"] and titles.get(each["offer_id"]) == offer.title]
        if about:
            found[offer.id] = about[:MOST_HEARD]
    return found


def with_heard(script: Script, heard: Mapping[str, Sequence[Mapping[str, Any]]]) -> Script:
    """Have each section of goods say beforehand what was asked and answered last time."""
    sections = (_answering(section, heard.get(section.offer_id or "", ())) for section in script.sections)
    return replace(script, sections=tuple(sections))


def _answering(section: Section, asked: Sequence[Mapping[str, Any]]) -> Section:
    if section.kind != "offer":
        return section
    said = [f"上回有人问“{each['text']}”：{answer}" for each in asked if (answer := _answer(each))]
    points = [*section.points, *(" ".join(each.split())[:MOST_POINT] for each in said)]
    return replace(section, points=tuple(points[:MOST_POINTS]))


def _answer(question: Mapping[str, Any]) -> str | None:
    """What was said to it; a figure of that evening (a price, a time) is none of tonight's."""
    suggestion = question["suggestion"]
    lasting = suggestion is not None and suggestion["source"] in {"fact", "faq"}
    answer: str | None = question["answer"] or (suggestion["text"] if lasting else None)
    return answer


async def reworded(
    script: Script, desk: Desk, heard: Mapping[str, Sequence[Mapping[str, Any]]], words: Sequence[str]
) -> Worded:
    """Have a model word the sections of a script; without an answer it stays as it is, and says why.

    What viewers have asked goes out masked and is nothing to quote from; what the shop has answered may be said again.
    """
    outlines = [_outline(section, heard.get(section.offer_id or "", ())) for section in script.sections]
    reply = await desk.prose(Use.SCRIPT, outlines, (), words)
    if isinstance(reply, Unanswered):
        return Worded(script=script, trouble=reply.words)
    texts = dict(reply.sections)
    sections = tuple(_worded(section, texts.get(section.id, "")) for section in script.sections)
    changed = sections != script.sections
    return Worded(
        script=replace(script, sections=sections),
        by="model" if changed else "template",
        dropped=sum(reply.dropped.values()),
    )


def _outline(section: Section, asked: Sequence[Mapping[str, Any]]) -> Outline:
    answers = (masked(answer) for each in asked if (answer := _answer(each)))
    return Outline(
        id=section.id,
        title=section.title,
        points=(*section.points, *answers),
        heard=tuple(each["text"] for each in asked),
    )


def _worded(section: Section, text: str) -> Section:
    said = [" ".join(each.split())[:MOST_POINT] for each in _SENTENCES.split(text) if each.strip()]
    if not said:
        return section
    told = set(_NUMBERS.findall(text))
    kept = [point for point in section.points if not set(_NUMBERS.findall(point)) <= told]
    return replace(section, points=tuple([*kept, *said][:MOST_POINTS]))
