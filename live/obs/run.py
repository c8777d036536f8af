"""Keeps a connection to OBS beside the service, for as long as it runs. OBS may come, go and come back as it likes.

Committed batches are only looked at, and only for the kinds that matter; what is to be done waits in a queue of its own. An order
never waits for OBS, and a fault here stops nothing else.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from websockets.exceptions import WebSocketException

from live.obs import words
from live.obs.client import ObsGone, calling, listening
from live.obs.director import Director, rush_of
from live.obs.microphones import METERS
from live.obs.moments import moments
from live.obs.protocol import Refused, StrangeFrame
from live.obs.watch import Watch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from config.settings import ObsSettings
    from live.obs.client import Client
    from live.obs.director import Inbox
    from live.obs.protocol import ObsEvent
    from live.obs.stage import Stage
    from live.service.results import Published

MOST_WAIT_S = 15.0
MOST_WAITING = 1000
"""So many things may wait for an OBS that hangs; what comes then is marked when it is connected again."""


class Control:
    """The loop of one OBS."""

    def __init__(self, obs: ObsSettings, url: str, stage: Stage) -> None:
        self.watch = Watch(url, stage.report)
        self._url = url
        self._password = obs.password.get_secret_value() if obs.password else None
        self._stage = stage
        self._director = Director(obs, stage, self.watch)
        self._rush = rush_of(obs)
        self._inbox: Inbox | None = None

    def notice(self, published: Published) -> None:
        """Hear what was committed. Called on the way of orders: it does as good as nothing."""
        if published.room == self._stage.room:
            for moment in moments(published.room, published.events, self._rush):
                if self._inbox is not None and self._inbox.qsize() < MOST_WAITING:
                    self._inbox.put_nowait(moment)

    async def run(self) -> None:
        """Be connected whenever OBS is there; ends when OBS does not want us. Whatever breaks is logged and tried again."""
        tries = 0
        while True:
            tries += 1
            try:
                async with calling(self._url, self._password, self._stage.patience) as client:
                    tries = 0
                    await self._converse(client)
            except Refused as refused:
                self.watch.refused(words.ended(refused.ending))
                return
            except (ObsGone, OSError, TimeoutError):
                self.watch.away(words.away())
            except (StrangeFrame, WebSocketException):
                self.watch.say("address", words.not_obs())
            except Exception as error:  # noqa: BLE001  # the one place where a broken helper is held off from the service
                self.watch.broke(error)
            await asyncio.sleep(wait_s(tries, self._stage.chance()))

    async def _converse(self, client: Client) -> None:
        """Serve one connection until it ends. Raises ObsGone or Refused then."""
        inbox: Inbox = asyncio.Queue()

        def tell(event: ObsEvent) -> None:
            if event.kind == METERS:  # twenty a second: they would fill the queue of an OBS that hangs
                self._director.ears.meter(event, self._stage.now_ms())
            elif inbox.qsize() < MOST_WAITING:
                inbox.put_nowait(event)

        async with listening(client, tell) as heard:
            heard.add_done_callback(lambda _: inbox.put_nowait(None))
            version = await client.ask("GetVersion")
            self.watch.connected(str(version.get("obsVersion", "")))
            self._inbox = inbox
            try:
                await self._director.work(client, inbox)
            except ObsGone:
                if not heard.done():
                    raise
            finally:
                self._inbox = None
                self._director.ears.leave()
            await heard


def wait_s(tries: int, chance: float) -> float:
    """How long to wait after so many vain tries: doubled from a second to fifteen, half of it by `chance` (0 to 1)."""
    longest = min(MOST_WAIT_S, 2.0 ** min(max(tries - 1, 0), 10))
    return longest * (0.5 + chance / 2)


@asynccontextmanager
async def controlling(obs: ObsSettings, stage: Stage) -> AsyncIterator[Watch | None]:
    """Control OBS while the block runs, where the settings name one; gives how it is doing.

    No task group: it would wrap what the block raises, and the task holds off its own failures.
    """
    if obs.url is None:
        yield None
        return
    control = Control(obs, obs.url, stage)
    unsubscribe = stage.subscribe(control.notice)
    running = asyncio.create_task(control.run(), name="control OBS")
    try:
        yield control.watch
    finally:
        unsubscribe()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
