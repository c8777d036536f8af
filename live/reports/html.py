"""The 复盘 as one self-contained page: no script, no request to anywhere; for the phone, the screen and A4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.reports import panels, words
from live.reports.fulfilment.links import FILES
from live.reports.narrative import template_of
from live.reports.stage import MOST_WISHES
from live.reports.templating import environment
from live.reports.todo import replayed, tasks_of

if TYPE_CHECKING:
    from live.reports.figures import ReportFacts
    from live.reports.fulfilment.links import Links
    from live.reports.narrative import Narrative

MOST_VIEWERS = 40
"""Above this many the page shows the first `FIRST_VIEWERS` and folds the rest."""
FIRST_VIEWERS = 20
FIRST_QUESTIONS = 10
FIRST_WAITING = 10


def report_html(
    facts: ReportFacts,
    links: Links = FILES,
    narrative: Narrative | None = None,
    *,
    may_ask: bool = False,
    failed: bool = False,
) -> str:
    """Render the page. All text from outside (names, comments, titles) is escaped; `links` lead to the papers.

    `narrative` is a model's; without one the template's is shown, with `may_ask` beside a link that asks for a model's.
    `failed`: it was asked, and nothing that it wrote could stand.
    """
    shown = FIRST_VIEWERS if len(facts.viewers) > MOST_VIEWERS else len(facts.viewers)
    return (
        environment()
        .get_template("report.html")
        .render(
            facts=facts,
            links=links,
            narrative=narrative or template_of(facts),
            may_ask=may_ask and narrative is None,
            failed=failed,
            promises=words.PROMISES,
            prizes=words.PRIZES,
            wishes=(facts.stage.wishes[:MOST_WISHES], facts.stage.wishes[MOST_WISHES:]),
            session=facts.session,
            totals=facts.totals,
            end_ms=facts.session.ended_ms or facts.as_of_ms,
            tasks=tasks_of(facts),
            replayed=replayed(facts),
            timeline=panels.timeline_of(facts),
            intents=panels.intent_rows(facts),
            viewers=(facts.viewers[:shown], facts.viewers[shown:]),
            questions=(facts.questions[:FIRST_QUESTIONS], facts.questions[FIRST_QUESTIONS:]),
            unanswered=(facts.answering.unanswered[:FIRST_QUESTIONS], facts.answering.unanswered[FIRST_QUESTIONS:]),
            waiting=(facts.confirm.waiting[:FIRST_WAITING], facts.confirm.waiting[FIRST_WAITING:]),
        )
    )
