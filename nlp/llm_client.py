"""The client of the language model: any OpenAI-compatible endpoint, asked within bounds of time, number and money.

`Llm.ask` never raises for what the endpoint does: it answers, or says why there is no answer. What an answer says is
not trusted here or anywhere: the code that asked validates it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel

from nlp.llm import Line, unreachable
from nlp.llm_body import TooLong, read_body
from nlp.llm_breaker import Breaker, Circuit
from nlp.llm_budget import Budget
from nlp.llm_cache import Cache
from nlp.llm_counts import Counts
from nlp.llm_ladder import Rung, below, read_answer, request_parts, speaks_of_the_format
from nlp.llm_trouble import HttpRefusal, trouble_of
from nlp.llm_types import Answered, Ask, Spend, Unanswered, Use, Why

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from nlp.llm_breaker import Patience
    from nlp.llm_types import Bounds, Endpoint, Prices, T

V = TypeVar("V")

_LOG = logging.getLogger(__name__)

PROBE_DEADLINE_MS = 30_000
"""For the first question: a model on the shop's own machine is loaded from disk when it comes."""

_PROBE_TOKENS = 400


class Ok(BaseModel):
    """The shape that the ladder is tried with."""

    ok: Literal[True]


def trial(deadline_ms: int) -> Ask[Ok]:
    """A question that tells nothing of the shop: whether the endpoint answers, how, and how fast."""
    return Ask(
        use=Use.PROBE,
        system="这是一次连接测试。按要求的 JSON 格式回答，ok 为 true。",
        data='{"ok":true}',
        shape=Ok,
        deadline_ms=deadline_ms,
        max_tokens=_PROBE_TOKENS,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    """Where the model is, what it costs, and how much it may be asked."""

    endpoint: Endpoint
    bounds: Bounds
    prices: Prices
    patience: Patience
    probe_deadline_ms: int = PROBE_DEADLINE_MS


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How the client stands, for the console and for `doctor`; `rung` is None until it was tried."""

    on: bool
    rung: Rung | None
    circuit: Circuit
    again_ms: int
    last_trouble: Unanswered | None
    minute: Spend
    evening: Spend


class Llm:
    """One model at one endpoint, with its ladder, circuit, budget and memory. Without a setup it is off for good."""

    def __init__(self, setup: Setup | None, clock: Callable[[], int] | None = None) -> None:
        """`clock` gives milliseconds that never go back (default: the monotonic clock)."""
        self.counts = Counts()
        self._setup, self._clock = setup, clock or _monotonic_ms
        self._on, self._closed = setup is not None, False
        self._rung: Rung | None = None
        self._probing: asyncio.Task[Unanswered | None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._inside = 0
        self._last_trouble: Unanswered | None = None
        if setup is not None:
            self._line = Line(setup.endpoint)
            self._breaker = Breaker(patience=setup.patience)
            self._budget = Budget(setup.bounds)
            self._cache = Cache[BaseModel](setup.bounds.remembered)
            self._gate = asyncio.Semaphore(setup.bounds.at_once)

    @property
    def is_on(self) -> bool:
        """Whether questions are asked at all."""
        return self._on and not self._closed

    def switch(self, *, on: bool) -> None:
        """Turn it on or off while it runs; turned off, what is being asked is taken back. Without a setup it stays off."""
        self._on = on and self._setup is not None
        if not self._on:
            self._take_back()

    def standing(self) -> Standing:
        """How it stands now."""
        if self._setup is None:
            none = Spend()
            return Standing(
                on=False,
                rung=None,
                circuit=Circuit.CLOSED,
                again_ms=0,
                last_trouble=None,
                minute=none,
                evening=none,
            )
        minute, evening = self._budget.spent(self._clock())
        return Standing(
            on=self.is_on,
            rung=self._rung,
            circuit=self._breaker.circuit,
            again_ms=self._breaker.again_ms,
            last_trouble=self._last_trouble,
            minute=minute,
            evening=evening,
        )

    async def start(self) -> Unanswered | None:
        """Load the library and find the rung, so that the first question need not; says why it did not work out."""
        return await self._prepared() if self.is_on else Unanswered(why=Why.OFF)

    async def ask(self, ask: Ask[T]) -> Answered[T] | Unanswered:
        """Ask, or remember; never raises for what the endpoint does. Cancelling the caller cancels the question."""
        began = self._clock()
        reply = self._remembered(ask) or await self._asked(ask)
        self.counts.call(ask.use, reply, self._clock() - began)
        return reply

    async def close(self) -> None:
        """Take back what is being asked, and let go of the connections."""
        self._closed = True
        self._take_back()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._setup is not None:
            await self._line.close()

    def _take_back(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _remembered(self, ask: Ask[T]) -> Answered[T] | Unanswered | None:
        if self._setup is None or not self.is_on:
            return Unanswered(why=Why.STOPPED if self._closed else Why.OFF)
        value = self._cache.get(ask.cache_key)
        return Answered(value=value, from_cache=True) if isinstance(value, ask.shape) else None

    async def _asked(self, ask: Ask[T]) -> Answered[T] | Unanswered:
        """Ask in a task of its own, which the switch and the end of the program can take back."""
        task = self._spawn(self._queued(ask))
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
        if task.cancelled():
            return Unanswered(why=Why.STOPPED if self._closed else Why.OFF)
        reply = task.result()
        if isinstance(reply, Answered):
            self._cache.put(ask.cache_key, reply.value)
        return reply

    def _spawn(self, work: Coroutine[Any, Any, V]) -> asyncio.Task[V]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _queued(self, ask: Ask[T]) -> Answered[T] | Unanswered:
        """Wait for the ladder and for a place; both count towards the deadline."""
        assert self._setup is not None  # noqa: S101  # `_remembered` answers for a client that is off
        if self._inside >= self._setup.bounds.waiting + self._setup.bounds.at_once:
            return Unanswered(why=Why.BUSY)
        self._inside += 1
        try:
            return await self._in_turn(ask, asyncio.get_running_loop().time() + ask.deadline_ms / 1000)
        finally:
            self._inside -= 1

    async def _in_turn(self, ask: Ask[T], until: float) -> Answered[T] | Unanswered:
        try:
            async with asyncio.timeout_at(until):
                trouble = await self._prepared()
                if trouble is not None:
                    return trouble
                await self._gate.acquire()
        except TimeoutError:
            return Unanswered(why=Why.DEADLINE, detail="while it waited")
        try:
            return await self._guarded(lambda: self._stepping(ask, until), until)
        finally:
            self._gate.release()

    async def _prepared(self) -> Unanswered | None:
        """Find the rung, once for all who wait for it; who stops waiting does not stop it."""
        if self._rung is not None:
            return None
        if self._probing is None or self._probing.done():
            self._probing = self._spawn(self._probe())
        probing = self._probing
        await asyncio.wait({probing})
        return Unanswered(why=Why.STOPPED) if probing.cancelled() else probing.result()

    async def _probe(self) -> Unanswered | None:
        assert self._setup is not None  # noqa: S101  # only asked of a client with a setup
        until = asyncio.get_running_loop().time() + self._setup.probe_deadline_ms / 1000
        began = self._clock()
        reply = await self._guarded(lambda: self._climbing(until), until)
        self.counts.call(Use.PROBE, reply, self._clock() - began)
        return reply if isinstance(reply, Unanswered) else None

    async def _climbing(self, until: float) -> Answered[Ok] | Unanswered:
        """Try the rungs from the best one down; the first that gives the shape is kept."""
        ask = trial(0)
        for rung in Rung:
            reply = await self._once(ask, rung, until)
            if isinstance(reply, Answered):
                self._rung = rung
                return reply
            if reply.why not in {Why.BAD_ANSWER, Why.REFUSED} or reply.retry_after_ms is not None:
                return reply
        return reply

    async def _guarded(
        self, work: Callable[[], Awaitable[Answered[T] | Unanswered]], until: float
    ) -> Answered[T] | Unanswered:
        """Ask only while the circuit admits it, and tell it what came of it."""
        if not self._breaker.admits(self._clock()):
            return self._last_trouble_as_circuit()
        self._breaker = self._breaker.asked()
        try:
            async with asyncio.timeout_at(until):
                reply = await work()
        except TimeoutError:
            reply = Unanswered(why=Why.DEADLINE)
        except asyncio.CancelledError:
            self._breaker = self._breaker.abandoned()
            raise
        self._note(reply)
        return reply

    def _last_trouble_as_circuit(self) -> Unanswered:
        return Unanswered(why=Why.CIRCUIT, detail=self._last_trouble.detail if self._last_trouble else "")

    def _note(self, reply: Answered[T] | Unanswered) -> None:
        before = self._breaker.circuit
        if isinstance(reply, Answered):
            self._breaker, self._last_trouble = self._breaker.well(), None
        elif reply.why is Why.BUDGET or (reply.why is Why.REFUSED and self._rung and reply.retry_after_ms is None):
            self._breaker = self._breaker.abandoned()  # nothing was sent, or what was sent was not to its liking
        else:
            self._breaker = self._breaker.failed(self._clock(), wait_ms=reply.retry_after_ms)
            self._last_trouble = reply
        if self._breaker.circuit is Circuit.OPEN and before is not Circuit.OPEN and isinstance(reply, Unanswered):
            _LOG.warning("%s（%s）", reply.words, reply.detail or reply.why.value)

    async def _stepping(self, ask: Ask[T], until: float) -> Answered[T] | Unanswered:
        """Ask on the rung that works; an endpoint that takes it no more is asked on the next one down."""
        rung = self._rung
        while rung is not None:
            reply = await self._once(ask, rung, until)
            is_format = (
                isinstance(reply, Unanswered) and reply.why is Why.REFUSED and speaks_of_the_format(reply.detail)
            )
            lower = below(rung) if is_format else None
            if lower is None:
                return reply
            self._rung = rung = lower
        return Unanswered(why=Why.REFUSED)

    async def _once(self, ask: Ask[T], rung: Rung, until: float) -> Answered[T] | Unanswered:
        """One request, within the budget; what it costs is settled whatever comes of it."""
        assert self._setup is not None  # noqa: S101  # only asked of a client with a setup
        parts, told = request_parts(rung, ask.shape)
        written = len(ask.system) + len(told) + len(ask.data) + len(json.dumps(parts))
        most = self._setup.prices.of(written, ask.max_tokens)
        charge = self._budget.take(self._clock(), most)
        if charge is None:
            return Unanswered(why=Why.BUDGET)
        spend = most  # where no answer comes in time it may have been made all the same
        try:
            body = await self._line.complete(self._parameters(ask, parts, told), _left(until))
            reply, spend = self._read(body, ask, written)
        except HttpRefusal as refusal:
            spend, reply = Spend(requests=1), trouble_of(refusal, int(time.time() * 1000))
        except TooLong as error:
            reply = Unanswered(why=Why.BAD_ANSWER, detail=f"too long: {error}")
        except Exception as error:  # noqa: BLE001  # the library raises what its transport raises; none of it is ours
            spend, reply = Spend(requests=1), unreachable(error)
        finally:
            self._budget.settle(charge, spend, self._clock())
            self.counts.requests += 1
            self.counts.micro_fen += spend.micro_fen
        return reply

    def _parameters(self, ask: Ask[T], parts: dict[str, object], told: str) -> dict[str, Any]:
        assert self._setup is not None  # noqa: S101  # only asked of a client with a setup
        messages = [{"role": "system", "content": ask.system + told}, {"role": "user", "content": ask.data}]
        streaming = {"stream": True} if ask.stream else {}
        model = self._setup.endpoint.model
        return (
            {"model": model, "messages": messages, "temperature": 0, "max_tokens": ask.max_tokens} | parts | streaming
        )

    def _read(self, body: bytes, ask: Ask[T], written: int) -> tuple[Answered[T] | Unanswered, Spend]:
        assert self._setup is not None  # noqa: S101  # only asked of a client with a setup
        found = read_body(body)
        if found is None:
            return Unanswered(why=Why.BAD_ANSWER, detail="no chat completion"), self._setup.prices.of(written, 0)
        sent = written if found.sent is None else found.sent
        answered = len(found.text) if found.answered is None else found.answered
        self.counts.sent_tokens += sent
        self.counts.answered_tokens += answered
        spend = self._setup.prices.of(sent, answered)
        value = None if found.is_cut else read_answer(found.text, ask.shape)
        if value is None:
            return Unanswered(why=Why.BAD_ANSWER, detail="cut off" if found.is_cut else "not the shape"), spend
        return Answered(value=value), spend


def _left(until: float) -> float:
    return max(0.01, until - asyncio.get_running_loop().time())


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000
