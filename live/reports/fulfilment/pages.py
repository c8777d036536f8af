"""The papers of a cycle as pages to print: no script, no request to anywhere, sizes in millimetres."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from live.reports.fulfilment.qr import qr_picture
from live.reports.fulfilment.sheets import failed_words
from live.reports.templating import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from live.reports.fulfilment.figures import Fulfilment, Label
    from live.reports.fulfilment.links import Links


class LabelFormat(StrEnum):
    """What labels are printed on: a thermal roll, a label a page; or sheets of 3 × 8 labels."""

    A4 = "a4"
    ROLL = "58mm"


LABELS_A_SHEET = 24
"""3 × 8 of 70 × 37 mm, as sold everywhere."""


def purchase_html(documents: Fulfilment, links: Links) -> str:
    """The purchase order on A4."""
    return _render("purchase.html", documents, links, order=documents.purchase, failed_words=failed_words)


def picklist_html(documents: Fulfilment, links: Links) -> str:
    """The pick list on A4: a new page for each point, then the same by item."""
    return _render("picklist.html", documents, links, picks=documents.picks)


def labels_html(
    documents: Fulfilment, label_format: LabelFormat, links: Links, draw: Callable[[str], Markup] = qr_picture
) -> str:
    """The labels, one a page of the roll or 24 a sheet; `draw` makes the picture of a pickup code."""
    size = 1 if label_format is LabelFormat.ROLL else LABELS_A_SHEET
    return _render(
        f"labels-{label_format.value}.html",
        documents,
        links,
        labels=documents.labels,
        sheets=_sheets(documents.labels, size),
        qr=draw,
    )


def _sheets(labels: Sequence[Label], size: int) -> list[Sequence[Label]]:
    return [labels[at : at + size] for at in range(0, len(labels), size)]


def _render(template: str, documents: Fulfilment, links: Links, **values: object) -> str:
    page = environment().get_template(f"papers/{template}")
    return page.render(heading=documents.heading, links=links, **values)
