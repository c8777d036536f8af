"""A real service on a real store with its targets, and a clock that the test moves."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.settings import OutboundSettings
from live.outbound.line import Pace
from live.outbound.run import Outbound, Tools, sending
from live.reports.plain_table import write_table
from tests.service.rig import Shop, a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from config.settings import WebhookSettings, WecomSettings
    from live.store.port import Store

DEADLINE_S = 20.0
AT_ONCE = Pace(gather_s=0.0, look_s=0.05, hold_off_s=0.01)


@dataclass(kw_only=True, slots=True)
class Rig:
    """A shop and what it sends."""

    shop: Shop
    outbound: Outbound


@asynccontextmanager
async def a_rig(
    folder: Path, *targets: WebhookSettings | WecomSettings, store: Store | None = None, pace: Pace = AT_ONCE
) -> AsyncIterator[Rig]:
    """Run a shop on `folder`/linbo.db that sends to these."""
    async with (
        a_shop(folder, store=store) as shop,
        sending(
            outbound_settings(*targets),
            shop.service,
            shop.store,
            Tools(now_ms=shop.clock, chance=lambda: 1.0, write_table=write_table, pace=pace),
        ) as outbound,
    ):
        yield Rig(shop=shop, outbound=outbound)


def outbound_settings(*targets: WebhookSettings | WecomSettings) -> OutboundSettings:
    wecom = [each for each in targets if hasattr(each, "key")]
    return OutboundSettings.model_validate({"wecom": wecom, "webhook": [each for each in targets if each not in wecom]})


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(DEADLINE_S):
        while not condition():  # noqa: ASYNC110  # what is waited for is in another program's hands
            await asyncio.sleep(0.005)
