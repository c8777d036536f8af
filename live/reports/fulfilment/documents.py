"""From what is kept of an order cycle to its documents. Pure: the same record gives the same papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.reports.fulfilment.book import books_of, heading_of
from live.reports.fulfilment.figures import Fulfilment
from live.reports.fulfilment.labels import Names, labels_of
from live.reports.fulfilment.picking import picks_of
from live.reports.fulfilment.purchase import purchase_of

if TYPE_CHECKING:
    from live.store.port import CycleRecord


def fulfilment_of(cycle: CycleRecord, names: Names = Names.MASKED) -> Fulfilment:
    """Work out what to buy, what to pick and what to stick on the bags; `names` is how labels name viewers."""
    books = books_of(cycle)
    heading = heading_of(books)
    picks = picks_of(books, heading, cycle.people)
    return Fulfilment(purchase=purchase_of(books, heading), picks=picks, labels=labels_of(picks, names))
