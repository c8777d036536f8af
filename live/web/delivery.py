"""Brings what tools say to the service, for connections on which nobody waits for an ack."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from live.service.results import RoomClosed
from live.sources.carrier import Deliver, Delivery, Parcel
from live.streams.port import StreamUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.service.service import Service


def deliver_to(service: Service) -> Deliver:
    """Make the function that brings parcels to a room and waits until they are durable."""

    async def deliver(room: str, parcels: Sequence[Parcel]) -> Delivery:
        durable: list[asyncio.Future[None]] = []
        try:
            for parcel in parcels:
                durable.append(await service.ingest(room, parcel.comments, parcel.received_ms))  # noqa: PERF401  # what went in before a refusal must be known
        except (RoomClosed, StreamUnavailable) as error:
            return _outcome([*await _settled(durable), error])
        return _outcome(await _settled(durable))

    return deliver


async def _settled(durable: Sequence[asyncio.Future[None]]) -> list[BaseException | None]:
    """Wait for the line without ever cancelling its futures, and tell what failed."""
    if durable:
        await asyncio.wait(durable)
    return [asyncio.CancelledError() if each.cancelled() else each.exception() for each in durable]


def _outcome(results: Iterable[BaseException | None]) -> Delivery:
    """Tell what became of parcels; a failure of ours is raised. What was kept before one failed is not kept twice."""
    for result in results:
        match result:
            case RoomClosed():
                return Delivery.CLOSED
            case StreamUnavailable() | asyncio.CancelledError():
                return Delivery.AWAY
            case BaseException():
                raise result
            case None:
                pass
    return Delivery.KEPT
