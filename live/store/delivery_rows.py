"""Deliveries and targets to rows and back, and what a feed and a settlement write: the same for both kinds of store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from live.store.deliveries import Delivery, DeliveryState, TargetRecord, rooms_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.store.deliveries import Feed, Settled, Taken
    from live.store.rows import Row


def delivery_rows(feed: Feed, *, last_n: int, now_ms: int) -> list[Row]:
    """The rows of new deliveries, which take the last numbers of their target up to `last_n`."""
    first = last_n - len(feed.deliveries) + 1
    return [
        (
            *(new.id, feed.target, n, new.room, new.seq, new.kind, new.form, new.name, new.body),
            *(DeliveryState.WAITING.value, 0, now_ms, now_ms, None),
        )
        for n, new in enumerate(feed.deliveries, first)
    ]


def delivery_from(row: Sequence[Any]) -> Delivery:
    """Read a row of `delivery`."""
    id_, target, n, room, seq, kind, form, name, body, *rest = row
    return _delivery((id_, target, n, room, seq, kind, form, name), bytes(body), rest)


def listed_from(row: Sequence[Any]) -> Delivery:
    """Read a row of `delivery` without its body."""
    return _delivery(row[:8], b"", row[8:])


def _delivery(head: Sequence[Any], body: bytes, rest: Sequence[Any]) -> Delivery:
    id_, target, n, room, seq, kind, form, name = head
    state, attempts, next_ms, made_ms, last_error = rest
    return Delivery(
        id=id_,
        target=target,
        n=n,
        room=room,
        seq=seq,
        kind=kind,
        form=form,
        name=name,
        body=body,
        state=DeliveryState(state),
        attempts=attempts,
        next_ms=next_ms,
        made_ms=made_ms,
        last_error=last_error,
    )


def target_from(row: Sequence[Any]) -> TargetRecord:
    """Read what is kept of a target."""
    name, rooms, delivered, delivered_ms, last_error, failed_ms, waiting, dead, oldest_ms = row
    return TargetRecord(
        name=name,
        rooms=rooms_from(rooms),
        delivered=delivered,
        delivered_ms=delivered_ms,
        last_error=last_error,
        failed_ms=failed_ms,
        waiting=waiting,
        dead=dead,
        oldest_ms=oldest_ms,
    )


def claim_rows(head: Iterable[Delivery], until_ms: int) -> list[Row]:
    """What `claim` takes: id, the moment by which it is held now, the one by which it will be."""
    return [(delivery.id, delivery.next_ms, until_ms) for delivery in head]


def arrived_rows(taken: Taken, settled: Iterable[Settled]) -> list[Row]:
    """What `arrived` takes: id and the end of our claim."""
    return [(each.id, taken.until_ms) for each in settled if each.state is None]


def put_back_rows(taken: Taken, settled: Iterable[Settled]) -> list[Row]:
    """What `put_back` takes: id, the end of our claim, the state, one attempt or none, when it is due, why."""
    return [
        (each.id, taken.until_ms, each.state.value, int(each.tried), each.next_ms, each.error)
        for each in settled
        if each.state is not None
    ]


def failure_in(settled: Iterable[Settled]) -> str | None:
    """The last thing that went wrong in a settlement."""
    return next((each.error for each in reversed(list(settled)) if each.error is not None), None)
