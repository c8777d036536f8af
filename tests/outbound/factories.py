"""Small builders for the tests of what leaves the shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.settings import WebhookSettings, WecomSettings
from live.store.deliveries import Delivery, DeliveryState
from tests.domain.factories import EVENING_MS
from tests.outbound.servers import KEY, SECRET

if TYPE_CHECKING:
    from live.outbound.outcome import Outcome


@dataclass(kw_only=True, slots=True)
class Clock:
    """The time, moved by the test."""

    now_ms: int = EVENING_MS

    def __call__(self) -> int:
        return self.now_ms


def a_delivery(
    body: str | bytes = "到货了", *, form: str = "text", name: str = "", kind: str = "goods_ready"
) -> Delivery:
    return Delivery(
        id="d-1",
        target="tuan",
        n=1,
        room="main",
        seq=7,
        kind=kind,
        form=form,
        name=name,
        body=body.encode() if isinstance(body, str) else body,
        state=DeliveryState.SENDING,
        attempts=0,
        next_ms=EVENING_MS,
        made_ms=EVENING_MS,
        last_error=None,
    )


def group(base: str, *, key: str = KEY, **more: object) -> WecomSettings:
    return WecomSettings.model_validate({"name": "tuan", "key": key, "base_url": base} | more)


def system(base: str, **more: object) -> WebhookSettings:
    settings = {"name": "erp", "url": f"{base}/hook", "secret": SECRET, "timeout_s": 5}
    return WebhookSettings.model_validate(settings | more)


def why(outcome: Outcome) -> str:
    """What an outcome says that was the matter."""
    return str(getattr(outcome, "why", ""))
