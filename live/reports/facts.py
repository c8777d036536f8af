"""From what is kept of a session to the figures of its 复盘. Pure: the same record gives the same facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.orders import Outcome
from live.domain.reservation import ReservationState
from live.reports.asked import answering_of
from live.reports.complaints import complaints_of
from live.reports.figures import ReportFacts, Totals
from live.reports.fulfilment.book import book_of
from live.reports.fulfilment.purchase import failures_of
from live.reports.handover import handover_of
from live.reports.sales import faults_of, lines_of, offers_of, quantity_in, viewers_of
from live.reports.stage import stage_of
from live.reports.talk import arrival_of, confirm_of, counts_of, questions_of, weak_of
from live.reports.timeline import minutes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain.comment import AnsweredComment
    from live.domain.reservation import Reservation
    from live.store.port import SessionRecord


def facts_of(record: SessionRecord, *, mask_names: bool = False) -> ReportFacts:
    """Work out all figures. `mask_names` shows viewers as "张*": for a report that leaves the shop."""
    comments, reservations = record.comments, record.reservations
    lines = lines_of(reservations, {offer.id: offer for offer in record.offers}, mask_names=mask_names)
    offers = offers_of(lines, record.offers, closed=record.session.cycle.closed)
    return ReportFacts(
        session=record.session,
        as_of_ms=_as_of_ms(record),
        totals=totals_of(comments, reservations),
        offers=offers,
        viewers=viewers_of(lines),
        lines=lines,
        minutes=minutes_of(comments, reservations),
        counts=counts_of(comments),
        questions=questions_of(comments, record.offers),
        confirm=confirm_of(comments, mask_names=mask_names),
        weak=weak_of(comments, reservations),
        arrival=arrival_of(comments),
        handover=handover_of(reservations),
        complaints=complaints_of(record.tickets, mask_names=mask_names),
        answering=answering_of(record.questions),
        failed=tuple(each for each in failures_of(book_of(record)) if each.failed),
        stage=stage_of(record),
        faults=faults_of(offers, lines),
    )


def totals_of(comments: Sequence[AnsweredComment], reservations: Sequence[Reservation]) -> Totals:
    """The session in numbers, by the rules of the snapshot's own totals."""
    holding = [r for r in reservations if r.holds]
    buyers = {r.viewer.key for r in holding}
    commenters = {c.comment.viewer.key for c in comments if _identified(c)}
    return Totals(
        comments=len(comments),
        commenters=len(commenters),
        buyers=len(buyers),
        converted=len(commenters & buyers),
        reservations=len(holding),
        reserved_quantity=sum(r.holds for r in holding),
        amount_fen=sum(r.holds * r.unit_price_fen for r in holding),
        waitlisted=_number_in(reservations, ReservationState.WAITLISTED),
        waitlisted_quantity=quantity_in(reservations, ReservationState.WAITLISTED),
        cancelled=_number_in(reservations, ReservationState.CANCELLED),
        cancelled_quantity=quantity_in(reservations, ReservationState.CANCELLED),
        expired=_number_in(reservations, ReservationState.EXPIRED),
        no_shows=_number_in(reservations, ReservationState.NO_SHOW),
    )


def _identified(comment: AnsweredComment) -> bool:
    return not comment.comment.viewer.weak and comment.outcome != Outcome.HOST


def _number_in(reservations: Sequence[Reservation], state: ReservationState) -> int:
    return sum(r.state is state for r in reservations)


def _as_of_ms(record: SessionRecord) -> int:
    """The last moment that the record knows of."""
    session = record.session
    changed = max((r.changed_ms for r in record.reservations), default=0)
    received = max((c.received_ms for c in record.comments), default=0)
    heard = max((ticket.changed_ms for ticket in record.tickets), default=0)
    return max(session.started_ms, session.ended_ms or 0, session.cycle.closed_ms or 0, changed, received, heard)
