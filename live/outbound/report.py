"""`GET /api/v1/outbound`: how each target is doing and what was given up, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.service.wire import maybe_rfc3339, rfc3339

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.outbound.target import Target
    from live.service.wire import Json
    from live.store.deliveries import Delivery, TargetRecord


def outbound_json(targets: Sequence[Target], records: Sequence[TargetRecord], dead: Sequence[Delivery]) -> Json:
    """The targets of the settings in their order, then those that were taken out; the newest dead letters."""
    kept = {record.name: record for record in records}
    configured = {target.name for target in targets}
    return {
        "targets": [
            *(_target(target, kept.get(target.name)) for target in targets),
            *(_gone(record) for record in records if record.name not in configured),
        ],
        "dead": [_letter(delivery) for delivery in dead],
    }


def _target(target: Target, record: TargetRecord | None) -> Json:
    rooms = None if target.rooms is None else list(target.rooms)
    head = {"name": target.name, "form": target.form, "to": target.to, "rooms": rooms}
    return head | {"state": "failing" if record is not None and is_failing(record) else "ok"} | _counts(record)


def _gone(record: TargetRecord) -> Json:
    return {"name": record.name, "form": None, "to": None, "rooms": [], "state": "off"} | _counts(record)


def is_failing(record: TargetRecord) -> bool:
    """Whether the last that is known of a target is a failure."""
    return record.failed_ms is not None and (record.delivered_ms is None or record.failed_ms > record.delivered_ms)


def _counts(record: TargetRecord | None) -> Json:
    return {
        "delivered": record.delivered if record else 0,
        "delivered_at": maybe_rfc3339(record.delivered_ms) if record else None,
        "waiting": record.waiting if record else 0,
        "oldest_at": maybe_rfc3339(record.oldest_ms) if record else None,
        "dead": record.dead if record else 0,
        "last_error": record.last_error if record else None,
        "failed_at": maybe_rfc3339(record.failed_ms) if record else None,
    }


def _letter(delivery: Delivery) -> Json:
    return {
        "id": delivery.id,
        "target": delivery.target,
        "room": delivery.room,
        "seq": delivery.seq,
        "kind": delivery.kind,
        "form": delivery.form,
        "name": delivery.name,
        "attempts": delivery.attempts,
        "made_at": rfc3339(delivery.made_ms),
        "error": delivery.last_error,
    }
