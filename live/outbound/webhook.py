"""One other system that is told of events: signed, and judged by the status of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.outbound.outcome import Later, by_status
from live.outbound.post import NoReply, post
from live.outbound.signature import headers

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from config.settings import WebhookSettings
    from live.outbound.outcome import Outcome
    from live.store.deliveries import Delivery


class Webhook:
    """Sends to one address."""

    def __init__(self, target: WebhookSettings, client: aiohttp.ClientSession, now_ms: Callable[[], int]) -> None:
        self._target = target
        self._client = client
        self._now_ms = now_ms

    async def send(self, delivery: Delivery) -> Outcome:
        """Try once."""
        secret = self._target.secret.get_secret_value()
        signed = headers(secret, delivery_id=delivery.id, kind=delivery.kind, body=delivery.body, now_ms=self._now_ms())
        try:
            reply = await post(
                self._client, self._target.url, delivery.body, headers=signed, timeout_s=self._target.timeout_s
            )
        except NoReply as silence:
            return Later(why=str(silence))
        return by_status(reply)
