"""The 复盘 as one self-contained page: no script, no request to anywhere; for the phone, the screen and A4."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from live.reports import charts, panels, words
from live.reports.todo import replayed, tasks_of
from live.service.wire import rfc3339

if TYPE_CHECKING:
    from live.reports.figures import ReportFacts

TEMPLATES = Path(__file__).parent / "templates"

MOST_VIEWERS = 40
"""Above this many the page shows the first `FIRST_VIEWERS` and folds the rest."""
FIRST_VIEWERS = 20
FIRST_QUESTIONS = 10
FIRST_WAITING = 10


def report_html(facts: ReportFacts) -> str:
    """Render the page. All text from outside (names, comments, titles) is escaped."""
    shown = FIRST_VIEWERS if len(facts.viewers) > MOST_VIEWERS else len(facts.viewers)
    return (
        _environment()
        .get_template("report.html")
        .render(
            facts=facts,
            session=facts.session,
            totals=facts.totals,
            end_ms=facts.session.ended_ms or facts.as_of_ms,
            tasks=tasks_of(facts),
            replayed=replayed(facts),
            timeline=panels.timeline_of(facts),
            intents=panels.intent_rows(facts),
            viewers=(facts.viewers[:shown], facts.viewers[shown:]),
            questions=(facts.questions[:FIRST_QUESTIONS], facts.questions[FIRST_QUESTIONS:]),
            waiting=(facts.confirm.waiting[:FIRST_WAITING], facts.confirm.waiting[FIRST_WAITING:]),
        )
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        money=words.money,
        count=words.count,
        percent=words.percent,
        clock=words.clock,
        day=words.day,
        moment=words.moment,
        delay=words.delay,
        rfc3339=rfc3339,
        topic=lambda topic: words.TOPICS.get(topic, topic),
    )
    environment.globals.update(
        offer_bar=panels.offer_bar, bar=charts.bar, span=words.span, minutes_long=words.minutes_long
    )
    return environment
