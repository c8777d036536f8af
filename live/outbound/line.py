"""The loop of one target: reads committed events, puts what they make in line, and sends the line in order.

One that fails holds up those behind it: whoever is told comes to hear of things in order, and a server that is down is
asked once, not once for each of a thousand. Given up, it makes way. Nothing here is ever waited for by an order.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.outbound.outcome import Dead, Later, Sent
from live.outbound.pace import MAX_ATTEMPTS, backoff_ms
from live.outbound.watch import Watch
from live.store.deliveries import DeliveryState, Feed, NewDelivery, Settled
from live.store.port import Stale, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from live.outbound.outcome import Outcome
    from live.outbound.target import Target
    from live.service.results import Published
    from live.store.deliveries import Behind, Delivery, DeliveryStore, Taken
    from live.store.port import StoredEvent

READ_AT_ONCE = 100
CLAIM_ATTEMPTS = 3
"""A claim lasts for so many of the longest attempts: after a crash nobody waits longer than that."""

KEPT_DAYS = 30
_DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How patient a loop is, in seconds.

    `gather_s`: what is told within it goes together, so that a rush costs a few writes a second. `look_s`: how often it
    looks by itself, for another process may have told something. `hold_off_s`: after a fault.
    """

    gather_s: float = 0.2
    look_s: float = 30.0
    hold_off_s: float = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """What the loops work with. `chance` gives numbers from 0 to 1; `events_since` is the store's."""

    deliveries: DeliveryStore
    events_since: Callable[[str, int, int], Awaitable[list[StoredEvent]]]
    now_ms: Callable[[], int]
    chance: Callable[[], float]
    pace: Pace


class Line:
    """Reads, makes and sends for one target."""

    def __init__(self, target: Target, means: Means) -> None:
        self.target = target
        self.watch = Watch(target)
        self._means = means
        self._store = means.deliveries
        self._wake = asyncio.Event()
        self._holding = False
        self._stopping = False

    def notice(self, published: Published) -> None:
        """Hear that something was committed. Called on the way of orders: it does as good as nothing."""
        if self._holding or not self.target.hears(published.room):
            return
        if any(self.target.wants(event.kind) for event in published.events):
            self._wake.set()

    def poke(self) -> None:
        """Look again now."""
        self._wake.set()

    def stop(self) -> None:
        """End after the delivery that is under way."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Work until stopped. Whatever breaks is logged and tried again: one target never stops another, nor the service."""
        while not self._stopping:
            try:
                await self._round()
                self.watch.works()
            except Stale:
                continue  # another process has moved on: look again
            except Exception as error:  # noqa: BLE001  # the one place where a broken target is held off from the others
                self.watch.broke(error)
                await asyncio.sleep(self._means.pace.hold_off_s)

    async def _round(self) -> None:
        now_ms = self._means.now_ms()
        until_ms = now_ms + CLAIM_ATTEMPTS * self.target.longest_ms
        taken = await self._store.take(self.target.name, now_ms=now_ms, until_ms=until_ms, limit=self.target.window)
        if taken.deliveries:
            await self._send(taken)
        elif taken.next_ms is not None:
            await self._hold((taken.next_ms - now_ms) / 1000)
        elif not await self._feed():
            self.watch.waiting_since_ms = None
            await self._idle()

    async def _hold(self, seconds: float) -> None:
        """Wait for the head of the line to be due; what is told meanwhile stands behind it anyway."""
        self._holding = True
        await self._sleep(min(max(seconds, 0.0), self._means.pace.look_s))
        self._holding = False

    async def _idle(self) -> None:
        if await self._sleep(self._means.pace.look_s) and not self._stopping:
            await asyncio.sleep(self._means.pace.gather_s)

    async def _sleep(self, seconds: float) -> bool:
        """Sleep until woken; whether it was."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        woken = self._wake.is_set()
        self._wake.clear()
        return woken

    async def _feed(self) -> bool:
        """Put in line what the next unread events make; whether anything was."""
        for behind in await self._store.behind(self.target.name):
            if self.target.hears(behind.room) and await self._feed_room(behind):
                return True
        return False

    async def _feed_room(self, behind: Behind) -> bool:
        room, seq, made = behind.room, behind.read, list[NewDelivery]()
        while seq < behind.there and not made:
            events = await self._means.events_since(room, seq, READ_AT_ONCE)
            if not events:
                seq = await self._step_over(behind, seq)
                continue
            made = await self._make(room, events)
            seq = events[-1].seq
        feed = Feed(target=self.target.name, room=room, before=behind.read, after=seq, deliveries=tuple(made))
        await self._store.feed(feed, now_ms=self._means.now_ms())
        return bool(made)

    async def _step_over(self, behind: Behind, seq: int) -> int:
        """Events that are no longer kept cannot be told any more; say so and go on with the first that is."""
        first = await self._store.first_kept(behind.room, seq)
        last_lost = behind.there if first is None else first - 1
        self.watch.skipped(behind.room, last_lost - seq, "已经不在数据库里了")
        return last_lost

    async def _make(self, room: str, events: Sequence[StoredEvent]) -> list[NewDelivery]:
        made: list[NewDelivery] = []
        for event in events:
            if self.target.wants(event.kind):
                made += await self._make_one(room, event)
        return made

    async def _make_one(self, room: str, event: StoredEvent) -> list[NewDelivery]:
        try:
            return await self.target.make(room, event)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001  # one odd event must not hold up all that come after it
            self.watch.skipped(room, 1, f"第 {event.seq} 条 {event.kind} 写不成消息", error=error)
            return []

    async def _send(self, taken: Taken) -> None:
        """Try what was taken, in order, up to the first that must wait; write down what became of each."""
        settled: list[Settled] = []
        untried = list(taken.deliveries)
        self.watch.waiting_since_ms = taken.deliveries[0].made_ms
        try:
            while untried and not self._stopping and self._has_time(taken):
                delivery = untried.pop(0)
                outcome = await self._try(delivery)
                settled.append(self._settle(delivery, outcome))
                if isinstance(outcome, Later):
                    break
        finally:
            now_ms = self._means.now_ms()
            back = [Settled(id=each.id, state=DeliveryState.WAITING, next_ms=now_ms, tried=False) for each in untried]
            await self._write(taken, [*settled, *back])

    def _has_time(self, taken: Taken) -> bool:
        """Whether one more attempt ends before our claim does: else another process might send the same."""
        return self._means.now_ms() + self.target.longest_ms <= taken.until_ms

    async def _try(self, delivery: Delivery) -> Outcome:
        began_ms = self._means.now_ms()
        outcome = _last(await self.target.send(delivery), delivery)
        self.watch.tried(delivery, outcome, took_ms=self._means.now_ms() - began_ms)
        return outcome

    def _settle(self, delivery: Delivery, outcome: Outcome) -> Settled:
        match outcome:
            case Sent():
                return Settled(id=delivery.id, state=None)
            case Dead():
                return Settled(id=delivery.id, state=DeliveryState.DEAD, error=outcome.why)
            case Later():
                return Settled(
                    id=delivery.id,
                    state=DeliveryState.WAITING,
                    next_ms=self._means.now_ms() + self._wait_ms(delivery, outcome),
                    tried=outcome.tried,
                    error=outcome.why if outcome.tried else None,
                )

    def _wait_ms(self, delivery: Delivery, later: Later) -> int:
        usual = backoff_ms(delivery.attempts + 1, self._means.chance())
        return usual if later.after_ms is None else later.after_ms

    async def _write(self, taken: Taken, settled: Sequence[Settled]) -> None:
        """Write down what became of deliveries, however long the store is away: what was sent must not be sent again."""
        while True:
            try:
                await self._store.settle(taken, settled, target=self.target.name, now_ms=self._means.now_ms())
                break
            except StoreUnavailable as error:
                self.watch.broke(error)
                await asyncio.sleep(self._means.pace.hold_off_s)
        if any(each.state is DeliveryState.DEAD for each in settled):
            before_ms = self._means.now_ms() - KEPT_DAYS * _DAY_MS
            await self._store.forget(self.target.name, before_ms=before_ms)


def _last(outcome: Outcome, delivery: Delivery) -> Outcome:
    """The last of so many attempts is the end of it."""
    if isinstance(outcome, Later) and outcome.tried and delivery.attempts + 1 >= MAX_ATTEMPTS:
        return Dead(why=f"试了 {MAX_ATTEMPTS} 次都没送到：{outcome.why}")
    return outcome
