"""The 复盘 as a JSON object for other programs. Its keys are documented in `docs/how-to/report.md` and are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from live.reports.talk import LATE_MS
from live.service import wire
from live.service.wire import maybe_rfc3339, milli, rfc3339, yuan

if TYPE_CHECKING:
    from live.reports.figures import (
        Answering,
        Arrival,
        Complaints,
        ConfirmQueue,
        Handover,
        Line,
        Minute,
        OfferSales,
        OpenTicket,
        Pile,
        QuestionGroup,
        ReportFacts,
        Totals,
        Unanswered,
        VariantSales,
        ViewerSales,
        WaitingComment,
    )
    from live.reports.fulfilment.figures import FailedOffer
    from live.reports.stage import DrawResult, FlashResult, PollResult, Stage, Winner
    from live.service.wire import Json

VERSION = 1
"""Raised when a key goes or changes its meaning; new keys do not raise it."""


def report_json(facts: ReportFacts) -> Json:
    """Write the facts as JSON values: money as decimal strings in CNY, times as RFC 3339, no platform id of a viewer."""
    return {
        "version": VERSION,
        "as_of": rfc3339(facts.as_of_ms),
        "session": _session(facts),
        "totals": _totals(facts.totals),
        "offers": [_offer(sales) for sales in facts.offers],
        "viewers": [_viewer(viewer) for viewer in facts.viewers],
        "reservations": [_line(line) for line in facts.lines],
        "minutes": [_minute(minute) for minute in facts.minutes],
        "comments": {name: dict(counts) for name, counts in asdict(facts.counts).items()},
        "questions": [_question(group) for group in facts.questions],
        "question_desk": _question_desk(facts.answering),
        "confirm": _confirm(facts.confirm),
        "weak_identities": asdict(facts.weak),
        "arrival": _arrival(facts.arrival),
        "handover": _handover(facts.handover),
        "tickets": _tickets(facts.complaints),
        "failed": [_failed(offer) for offer in facts.failed],
        "flash_sales": [_flash_sale(result) for result in facts.stage.flash_sales],
        "draws": [_draw(result) for result in facts.stage.draws],
        "polls": [_poll(result) for result in facts.stage.polls],
        "tomorrow": _tomorrow(facts.stage),
        "faults": list(facts.faults),
    }


def _session(facts: ReportFacts) -> Json:
    """What the contract tells of a session, without the hosts: their names may be platform ids."""
    whole = wire.session(facts.session)
    return {key: whole[key] for key in ("id", "room", "title", "state", "started_at", "ended_at", "cycle")}


def _totals(totals: Totals) -> Json:
    counts = asdict(totals)
    amount = yuan(counts.pop("amount_fen"))
    ratio = None if totals.conversion is None else round(totals.conversion, 4)
    return counts | {"amount": amount, "conversion": ratio}


def _offer(sales: OfferSales) -> Json:
    offer = sales.offer
    return {
        "id": offer.id,
        "number": offer.number,
        "title": offer.title,
        "unit": offer.unit,
        "state": offer.state,
        "price": yuan(offer.price_fen),
        "quota": offer.quota,
        "reserved": sales.reserved,
        "available": sales.available,
        "waitlisted": sales.waitlisted,
        "cancelled": sales.cancelled,
        "buyers": sales.buyers,
        "amount": yuan(sales.amount_fen),
        "sold_out_at": maybe_rfc3339(sales.sold_out_ms),
        "case_size": offer.case_size,
        "cases": sales.cases,
        "case_short": sales.case_short,
        "min_quantity": offer.min_quantity,
        "minimum_short": sales.minimum_short,
        "variants": [_variant(variant) for variant in sales.variants],
    }


def _variant(sales: VariantSales) -> Json:
    variant = sales.variant
    return {
        "id": variant.id,
        "name": variant.name,
        "quota": variant.quota,
        "reserved": sales.reserved,
        "waitlisted": sales.waitlisted,
    }


def _viewer(viewer: ViewerSales) -> Json:
    return {
        "name": viewer.name,
        "weak": viewer.weak,
        "pickup_code": viewer.pickup_code,
        "reserved": viewer.reserved,
        "waitlisted": viewer.waitlisted,
        "amount": yuan(viewer.amount_fen),
        "lines": [_line(line) for line in viewer.lines],
    }


def _line(line: Line) -> Json:
    reservation = line.reservation
    return {
        "reservation_id": reservation.id,
        "viewer": line.viewer_name,
        "offer_id": reservation.offer_id,
        "title": line.title,
        "variant_id": reservation.variant_id,
        "variant": line.variant,
        "quantity": reservation.quantity,
        "unit": line.unit,
        "unit_price": yuan(reservation.unit_price_fen),
        "amount": yuan(line.amount_fen),
        "state": reservation.state.value,
        "pickup_code": reservation.pickup_code,
        "made_at": rfc3339(reservation.made_ms),
        "changed_at": rfc3339(reservation.changed_ms),
        "reason": reservation.reason,
        "collected_at": maybe_rfc3339(reservation.collected_ms),
        "weighed": milli(reservation.weighed_milli),
        "difference": yuan(reservation.difference_fen),
    }


def _minute(minute: Minute) -> Json:
    return {
        "at": rfc3339(minute.at_ms),
        "comments": minute.comments,
        "reservations": minute.reservations,
        "quantity": minute.quantity,
    }


def _question(group: QuestionGroup) -> Json:
    return {
        "topic": group.topic,
        "offer_id": group.offer_id,
        "title": group.offer_title,
        "count": group.count,
        "first_asked_at": rfc3339(group.first_asked_ms),
        "example": group.example,
    }


def _question_desk(answering: Answering) -> Json:
    return {
        "raised": answering.raised,
        "answered": answering.answered,
        "by_voice": answering.voiced,
        "share": None if answering.share is None else round(answering.share, 4),
        "askers": answering.askers,
        "askers_answered": answering.heard,
        "wait_ms": {"p50": answering.wait_p50_ms, "p90": answering.wait_p90_ms},
        "unanswered": [_unanswered(each) for each in answering.unanswered],
    }


def _unanswered(question: Unanswered) -> Json:
    return {
        "text": question.text,
        "askers": question.askers,
        "orders": question.orders,
        "first_asked_at": rfc3339(question.first_asked_ms),
    }


def _confirm(queue: ConfirmQueue) -> Json:
    return {
        "raised": queue.raised,
        "accepted": queue.accepted,
        "dismissed": queue.dismissed,
        "waiting": [_waiting(comment) for comment in queue.waiting],
    }


def _waiting(comment: WaitingComment) -> Json:
    return {
        "n": comment.n,
        "viewer": comment.viewer_name,
        "text": comment.text,
        "received_at": rfc3339(comment.received_ms),
        "reason": comment.reason,
    }


def _handover(handover: Handover) -> Json:
    return {
        "collected": _pile(handover.collected),
        "outstanding": _pile(handover.outstanding),
        "no_shows": _pile(handover.missed),
        "weighed": handover.weighed,
        "paid_on_top": yuan(handover.paid_on_top_fen),
        "given_back": yuan(handover.given_back_fen),
    }


def _pile(pile: Pile) -> Json:
    return {
        "reservations": pile.reservations,
        "quantity": pile.quantity,
        "viewers": pile.viewers,
        "amount": yuan(pile.amount_fen),
    }


def _tickets(complaints: Complaints) -> Json:
    return {
        "opened": complaints.opened,
        "answered": complaints.answered,
        "answered_in_time": complaints.in_time,
        "waiting": [_ticket(ticket) for ticket in complaints.waiting],
        "promised": [_ticket(ticket) for ticket in complaints.promised],
    }


def _ticket(ticket: OpenTicket) -> Json:
    return {
        "viewer": ticket.viewer_name,
        "text": ticket.text,
        "opened_at": rfc3339(ticket.opened_ms),
        "due_at": rfc3339(ticket.due_ms),
        "promise": None if ticket.promise is None else ticket.promise.value,
    }


def _failed(offer: FailedOffer) -> Json:
    return {
        "title": offer.goods.title,
        "number": offer.goods.number,
        "unit": offer.goods.unit,
        "min_quantity": offer.min_quantity,
        "wanted": offer.wanted,
        "viewers": offer.viewers,
    }


def _flash_sale(result: FlashResult) -> Json:
    sale = result.sale
    return {
        "id": sale.id,
        "offer_id": sale.offer_id,
        "title": result.title,
        "unit": result.unit,
        "price": yuan(sale.price_fen),
        "regular_price": yuan(sale.regular_price_fen),
        "quota": sale.quota,
        "sold": sale.sold,
        "waitlisted": sale.waitlisted,
        "state": sale.state.value,
        "starts_at": rfc3339(sale.starts_ms),
        "ended_at": maybe_rfc3339(sale.ended_ms),
        "sold_out_after_ms": result.sold_out_after_ms,
    }


def _draw(result: DrawResult) -> Json:
    giveaway = result.giveaway
    return {
        "id": giveaway.id,
        "title": giveaway.rules.title,
        "prize": giveaway.rules.prize,
        "state": giveaway.state.value,
        "entries": giveaway.entered,
        "drawn_at": maybe_rfc3339(giveaway.drawn_ms),
        "claim_until": maybe_rfc3339(giveaway.claim_until_ms),
        "winners": [_winner(winner) for winner in result.winners],
        "proof": f"/draw/{giveaway.id}",
    }


def _winner(winner: Winner) -> Json:
    prize = winner.prize
    return {"entry": prize.entry_id, "name": winner.name, "round": prize.round, "state": prize.state.value}


def _poll(result: PollResult) -> Json:
    return {
        "id": result.poll.id,
        "question": result.poll.question,
        "state": result.poll.state.value,
        "votes": result.poll.votes,
        "options": [{"key": each.key, "label": each.label, "votes": each.votes} for each in result.options],
    }


def _tomorrow(stage: Stage) -> Json:
    return {
        "voted": [
            {"question": result.poll.question, "label": each.label, "votes": each.votes, "of": result.poll.votes}
            for result in stage.favourites
            for each in result.first
        ],
        "wished": [{"text": wish.text, "viewers": wish.viewers} for wish in stage.wishes],
    }


def _arrival(arrival: Arrival) -> Json:
    return {
        "late": arrival.late,
        "late_after_ms": LATE_MS,
        "delay_ms": {"p50": arrival.delay_p50_ms, "p95": arrival.delay_p95_ms, "max": arrival.delay_max_ms},
        "after_cutoff": arrival.after_cutoff,
        "after_end": arrival.after_end,
    }
