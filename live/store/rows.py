"""Domain objects to rows of `live.store.tables` and back.

Every row is a tuple in the order of its table's columns: SQLite binds it as it is, asyncpg takes it as a value of the
table's row type, and every reading statement selects in that order.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

from live.domain.comment import AnsweredComment, Comment, CommentKind, PendingComment
from live.domain.offer import Offer, OfferPhase, Variant
from live.domain.reservation import Reservation, ReservationState
from live.domain.session import (
    HostPrompt,
    LiveSession,
    OrderCycle,
    PickupPoint,
    Policy,
    Repeat,
    SessionState,
)
from live.domain.source import Hearing, Source
from live.store.port import StoredEvent, StoredResponse
from live.store.stage_rows import stage_fields, stage_json
from live.store.viewer_rows import viewer_columns, viewer_from
from nlp.types import Action, Classification, Evidence, Intent, Op, PromptMeaning, Route, Stage, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.store.port import CommentOutcome

Row = tuple[object, ...]


def _json(value: object) -> str:
    return to_json(value).decode()


def names_json(names: Iterable[str]) -> str:
    """Write a tuple of strings; most are empty, so that costs nothing."""
    return _json(list(names)) if names else "[]"


def _names(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(from_json(text))


def session_row(session: LiveSession) -> Row:
    """A row of `session`."""
    cycle, policy = session.cycle, session.policy
    points = [
        {name: getattr(point, name) for name in PickupPoint.__dataclass_fields__} for point in cycle.pickup_points
    ]
    return (
        session.id,
        session.room,
        session.title,
        session.state.value,
        cycle.cutoff_at_ms,
        cycle.pickup_at_ms,
        _json(points),
        _json({name: getattr(policy, name) for name in Policy.__dataclass_fields__}),
        names_json(session.hosts),
        session.started_ms,
        session.ended_ms,
        session.pinned_offer_id,
        None if session.script is None else _json(session.script),
        cycle.id,
        cycle.closed_ms,
        cycle.notice,
        _json([asdict(source) for source in session.sources]),
        stage_json(session),
    )


def session_from(row: Sequence[Any]) -> LiveSession:
    """Read a row of `session`."""
    id_, room, title, state, cutoff, pickup, points, policy, hosts, started, ended, pinned, script, *period = row
    cycle_id, closed, notice, sources, stage = period
    return LiveSession(
        id=id_,
        room=room,
        title=title,
        state=SessionState(state),
        cycle=OrderCycle(
            id=cycle_id or "",
            cutoff_at_ms=cutoff,
            pickup_at_ms=pickup,
            pickup_points=tuple(PickupPoint(**point) for point in from_json(points)),
            closed_ms=closed,
            notice=notice,
        ),
        policy=_policy(from_json(policy)),
        hosts=_names(hosts),
        started_ms=started,
        ended_ms=ended,
        pinned_offer_id=pinned,
        script=None if script is None else from_json(script),
        sources=tuple(map(_source, from_json(sources or "[]"))),
        **stage_fields(stage),
    )


def _source(fields: dict[str, Any]) -> Source:
    return Source(**{**fields, "state": Hearing(fields["state"])})


def _policy(fields: dict[str, Any]) -> Policy:
    return Policy(**{**fields, "repeat": Repeat(fields["repeat"])})


def offer_row(session_id: str, place: int, offer: Offer) -> Row:
    """A row of `offer`."""
    return (
        session_id,
        offer.id,
        place,
        offer.number,
        offer.title,
        names_json(offer.aliases),
        offer.unit,
        offer.price_fen,
        offer.quota,
        offer.per_viewer_limit,
        offer.case_size,
        offer.min_quantity,
        _json(dict(offer.facts)) if offer.facts else "{}",
        offer.phase.value,
        offer.reserved,
        offer.waitlisted,
        offer.case_tolerance,
        offer.supplier,
        offer.weighed,
        offer.picture,
    )


def offer_from(row: Sequence[Any], variants: tuple[Variant, ...]) -> Offer:
    """Read a row of `offer`."""
    (_, id_, _, number, title, aliases, unit, price, quota, limit, case, least, facts, phase, *stock) = row
    reserved, waiting, tolerance, supplier, weighed, picture = stock
    return Offer(
        id=id_,
        number=number,
        title=title,
        aliases=_names(aliases),
        unit=unit,
        price_fen=price,
        quota=quota,
        per_viewer_limit=limit,
        case_size=case,
        case_tolerance=tolerance,
        supplier=supplier or "",
        weighed=bool(weighed),
        picture=picture,
        min_quantity=least,
        variants=variants,
        facts=from_json(facts),
        phase=OfferPhase(phase),
        reserved=reserved,
        waitlisted=waiting,
    )


def variant_row(session_id: str, offer_id: str, place: int, variant: Variant) -> Row:
    """A row of `variant`."""
    aliases = names_json(variant.aliases)
    return (session_id, offer_id, variant.id, place, variant.name, aliases, variant.quota, variant.reserved)


def variant_from(row: Sequence[Any]) -> Variant:
    """Read a row of `variant`."""
    _, _, id_, _, name, aliases, quota, reserved = row
    return Variant(id=id_, name=name, aliases=_names(aliases), quota=quota, reserved=reserved)


def prompt_row(session_id: str, prompt: HostPrompt) -> Row:
    """A row of `prompt`."""
    return (
        session_id,
        prompt.id,
        prompt.keyword,
        prompt.meaning.value,
        prompt.ref_id,
        prompt.opened_ms,
        prompt.closes_ms,
        prompt.open,
    )


def prompt_from(row: Sequence[Any]) -> HostPrompt:
    """Read a row of `prompt`."""
    _, id_, keyword, meaning, ref_id, opened, closes, is_open = row
    return HostPrompt(
        id=id_,
        keyword=keyword,
        meaning=PromptMeaning(meaning),
        ref_id=ref_id,
        opened_ms=opened,
        closes_ms=closes,
        open=bool(is_open),
    )


def reservation_row(made: Reservation) -> Row:
    """A row of `reservation`."""
    return (
        made.session_id,
        made.id,
        made.offer_id,
        made.variant_id,
        *viewer_columns(made.viewer),
        made.quantity,
        made.unit_price_fen,
        made.state.value,
        made.pickup_code,
        made.position,
        made.made_ms,
        made.changed_ms,
        made.comment_id,
        made.expires_ms,
        made.handled,
        made.reason,
        made.collected_ms,
        made.weighed_milli,
        made.flash_id,
    )


def reservation_from(row: Sequence[Any]) -> Reservation:
    """Read a row of `reservation`."""
    session_id, id_, offer_id, variant_id, *viewer = row[:9]
    quantity, price, state, code, position, made, changed, comment_id, expires, handled, reason, *fetched = row[9:]
    collected, weighed, flash_id = fetched
    return Reservation(
        id=id_,
        session_id=session_id,
        viewer=viewer_from(viewer),
        offer_id=offer_id,
        variant_id=variant_id,
        quantity=quantity,
        unit_price_fen=price,
        state=ReservationState(state),
        pickup_code=code,
        position=position,
        made_ms=made,
        changed_ms=changed,
        comment_id=comment_id,
        expires_ms=expires,
        handled=bool(handled),
        reason=reason,
        collected_ms=collected,
        weighed_milli=weighed,
        flash_id=flash_id,
    )


def comment_row(room: str, answered: AnsweredComment) -> Row:
    """A row of `comment`."""
    comment = answered.comment
    return (
        room,
        answered.n,
        answered.session_id,
        comment.platform,
        comment.id,
        *viewer_columns(comment.viewer),
        comment.text,
        comment.at_ms,
        comment.level,
        names_json(comment.badges),
        _classification_json(answered.classification),
        answered.route,
        answered.outcome,
        answered.reason,
        answered.received_ms,
    )


def comment_from(row: Sequence[Any]) -> AnsweredComment:
    """Read a row of `comment`."""
    _, n, session_id, platform, id_, *viewer = row[:10]
    text, at, level, badges, classification, route, outcome, reason, received = row[10:]
    comment = Comment(
        platform=platform,
        id=id_,
        viewer=viewer_from(viewer),
        text=text,
        at_ms=at,
        level=level,
        badges=_names(badges),
    )
    return AnsweredComment(
        n=n,
        session_id=session_id,
        comment=comment,
        classification=_classification(from_json(classification)),
        route=route,
        outcome=outcome,
        reason=reason,
        received_ms=received,
    )


def kind_from(row: Sequence[Any]) -> CommentKind:
    """Read a row of `kinds`."""
    n, platform, id_, intent, outcome = row
    return CommentKind(n=n, key=(platform, id_), intent=intent, outcome=outcome)


def _classification_json(found: Classification) -> str:
    return _json(
        {
            "intent": found.intent.value,
            "topic": None if found.topic is None else found.topic.value,
            "confidence": found.confidence,
            "route": found.route.value,
            "actions": [(act.op.value, act.offer, act.variant, act.quantity) for act in found.actions],
            "evidence": [(piece.text, piece.role) for piece in found.evidence],
            "stage": found.stage.value,
            "reason": found.reason,
        }
    )


def _classification(fields: dict[str, Any]) -> Classification:
    topic = fields["topic"]
    return Classification(
        intent=Intent(fields["intent"]),
        topic=None if topic is None else Topic(topic),
        confidence=fields["confidence"],
        route=Route(fields["route"]),
        actions=tuple(
            Action(op=Op(op), offer=offer, variant=variant, quantity=quantity)
            for op, offer, variant, quantity in fields["actions"]
        ),
        evidence=tuple(Evidence(text=text, role=role) for text, role in fields["evidence"]),
        stage=Stage(fields["stage"]),
        reason=fields["reason"],
    )


def pending_from(answered: AnsweredComment) -> PendingComment:
    """What waits in the confirm queue: the comment, with the actions that it was understood to ask for."""
    comment, found = answered.comment, answered.classification
    return PendingComment(
        n=answered.n,
        id=comment.id,
        platform=comment.platform,
        viewer=comment.viewer,
        text=comment.text,
        at_ms=comment.at_ms,
        intent=found.intent.value,
        actions=found.actions,
        reason=answered.reason,
    )


def outcome_row(room: str, outcome: CommentOutcome) -> Row:
    """What `set_outcome` takes: room, platform, id, outcome, reason, and a classification or None."""
    read = None if outcome.classification is None else _classification_json(outcome.classification)
    return (room, *outcome.key, outcome.outcome, outcome.reason, read)


def event_row(room: str, event: StoredEvent) -> Row:
    """A row of `event`."""
    return room, event.seq, event.at_ms, event.kind, event.data


def event_from(row: Sequence[Any]) -> StoredEvent:
    """Read a row of `event`."""
    _, seq, at, kind, data = row
    return StoredEvent(seq=seq, at_ms=at, kind=kind, data=data)


def response_row(room: str, response: StoredResponse) -> Row:
    """A row of `response`."""
    return room, response.key, response.request, response.status, response.body, response.at_ms


def response_from(row: Sequence[Any]) -> StoredResponse:
    """Read a row of `response`."""
    _, key, request, status, body, at = row
    return StoredResponse(key=key, request=request, status=status, body=body, at_ms=at)


def events_from(found: Sequence[Sequence[Any]], seq: int) -> list[StoredEvent]:
    """Read rows of `event` that follow `seq`; empty if they begin later: a reader must never step over a gap."""
    events = [event_from(row) for row in found]
    return events if events and events[0].seq == seq + 1 else []
