"""How fast comments are taken while a language model beside them has a bad day: `python -m tests.bench.beside_a_model`.

Prints, for no model and for each kind of bad day, comments a second and what must be nought; 1 where it is not.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from live.bench import corpus
from live.bench.run import Bench, client
from live.bench.target import the_service
from tests.nlp.llm.server import drips, hangs, in_a_thread, refuses, says

if TYPE_CHECKING:
    from tests.nlp.llm.server import Behave

COMMENTS = 20_000
DAYS: dict[str, Behave] = {
    "answers": says('{"items": []}'),
    "hangs": hangs,
    "drips": drips,
    "500": refuses(500),
    "429": refuses(429, Retry_After="30"),
    "401": refuses(401),
}


async def rate(url: str | None, comments: int = COMMENTS) -> tuple[float, dict[str, int]]:
    """Comments a second with a model at *url*, and the verdict."""
    async with the_service(url) as target, client() as session:
        bench = Bench(target=target, session=session, room="evening")
        await bench.start()
        return await bench.saturated(list(corpus.frames(comments, prefix="full"))), await bench.verdict()


def measured(name: str, found: tuple[float, dict[str, int]], asked: int) -> bool:
    """Print a row; tells whether nothing was lost, doubled or oversold."""
    per_second, verdict = found
    print(f"{name:<10} {per_second:>8,.0f}/s  asked {asked:>4}  {verdict}")  # noqa: T201  # the rows are the output
    return not any(verdict.values())


def main() -> int:
    """Measure them all, one after the other."""
    well = [measured("no model", asyncio.run(rate(None)), 0)]
    for name, behave in DAYS.items():
        with in_a_thread(behave) as server:
            found = asyncio.run(rate(server.url))
            well.append(measured(name, found, len(server.asked)))
            server.open.set()
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
