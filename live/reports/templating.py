"""How documents are rendered: one environment of templates, in which all text from outside is escaped."""

from __future__ import annotations

from pathlib import Path

import jinja2

from live.reports import charts, panels, words
from live.service.wire import rfc3339

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> jinja2.Environment:
    """Make the environment; a name that a template asks for and nobody gives is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        money=words.money,
        count=words.count,
        percent=words.percent,
        clock=words.clock,
        day=words.day,
        moment=words.moment,
        delay=words.delay,
        code=words.code,
        code_short=words.code_short,
        rfc3339=rfc3339,
        topic=lambda topic: words.TOPICS.get(topic, topic),
    )
    made.globals.update(offer_bar=panels.offer_bar, bar=charts.bar, span=words.span, minutes_long=words.minutes_long)
    return made
