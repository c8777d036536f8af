"""The papers of a cycle by the name that an address has for them, rendered whole."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.labels import Names
from live.reports.fulfilment.links import FILES, links_from_paper
from live.reports.fulfilment.pages import LabelFormat, labels_html, picklist_html, purchase_html
from live.reports.fulfilment.qr import qr_picture
from live.reports.fulfilment.sheets import fulfilment_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from live.reports.fulfilment.figures import Fulfilment
    from live.reports.fulfilment.links import Links
    from live.store.port import CycleRecord


def render_paper(name: str, session_id: str, cycle: CycleRecord, choices: Mapping[str, str]) -> bytes:
    """Render `purchase`, `picklist`, `labels` or `fulfilment.xlsx` as the service serves it.

    `choices` may hold `format` (`a4`, `58mm`) and `names` (`masked`, `full`), as the address has them. Raises KeyError
    for a paper that there is not, ValueError for a choice that there is not.
    """
    names = Names(choices.get("names", Names.MASKED))
    label_format = LabelFormat(choices.get("format", LabelFormat.A4))
    documents, links = fulfilment_of(cycle, names), links_from_paper(session_id)
    renderers: dict[str, Callable[[], str | bytes]] = {
        "purchase": lambda: purchase_html(documents, links),
        "picklist": lambda: picklist_html(documents, links),
        "labels": lambda: labels_html(documents, label_format, links_from_paper(session_id, label_format, names)),
        "fulfilment.xlsx": lambda: fulfilment_workbook(documents),
    }
    rendered = renderers[name]()
    return rendered if isinstance(rendered, bytes) else rendered.encode()


def paper_files(cycle: CycleRecord, names: Names = Names.MASKED, links: Links = FILES) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file that the command writes, one at a time: only one is in memory."""
    documents: Fulfilment = fulfilment_of(cycle, names)
    draw = cache(qr_picture)  # drawing a code takes longer than all else, and both kinds of labels show it
    yield links.purchase, purchase_html(documents, links).encode()
    yield links.picklist, picklist_html(documents, links).encode()
    yield links.labels_58mm, labels_html(documents, LabelFormat.ROLL, links, draw).encode()
    yield links.labels_a4, labels_html(documents, LabelFormat.A4, links, draw).encode()
    yield links.workbook, fulfilment_workbook(documents)
