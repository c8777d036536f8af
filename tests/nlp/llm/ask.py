"""Short ways to ask a client in tests."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pydantic import BaseModel

from nlp.llm_breaker import Patience
from nlp.llm_client import Llm, Setup
from nlp.llm_types import Answered, Ask, Bounds, Endpoint, Prices, Spend, Unanswered, Use, Why

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PLENTY = Spend(requests=1000, tokens=1_000_000, micro_fen=10**12)
BOUNDS = Bounds(minute=PLENTY, evening=PLENTY)
PATIENT = Patience(failures=100)


class Word(BaseModel):
    """The shape of the answers in these tests."""

    word: str


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000

    def __call__(self) -> int:
        """Now."""
        return self.now_ms


def setup_for(
    url: str,
    *,
    key: str | None = None,
    bounds: Bounds = BOUNDS,
    patience: Patience = PATIENT,
    prices: Prices | None = None,
    probe_deadline_ms: int = 20_000,
) -> Setup:
    """A setup for the model at *url*."""
    return Setup(
        endpoint=Endpoint(base_url=url, model="m", api_key=key),
        bounds=bounds,
        prices=prices or Prices(input_fen=200, output_fen=800),
        patience=patience,
        probe_deadline_ms=probe_deadline_ms,
    )


@asynccontextmanager
async def client(setup: Setup | None, clock: Callable[[], int] | None = None) -> AsyncIterator[Llm]:
    """A client that is closed at the end."""
    llm = Llm(setup, clock)
    try:
        yield llm
    finally:
        await llm.close()


def question(
    data: str = '{"q":"?"}', *, deadline_ms: int = 20_000, key: str | None = None, tokens: int = 200
) -> Ask[Word]:
    """One question; the deadline is long unless the test is about it."""
    return Ask(
        use=Use.ANSWER,
        system="Answer.",
        data=data,
        shape=Word,
        deadline_ms=deadline_ms,
        max_tokens=tokens,
        cache_key=None if key is None else (key,),
    )


async def word(llm: Llm, ask: Ask[Word] | None = None) -> str | Why:
    """The word that is answered, or why there is none."""
    reply: Answered[Word] | Unanswered = await llm.ask(ask or question())
    return reply.value.word if isinstance(reply, Answered) else reply.why


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition, at most ten seconds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # what is waited for happens beyond this loop
            await asyncio.sleep(0.005)
