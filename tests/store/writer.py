"""A child process that writes batch after batch and says which are committed, until it is killed."""

from __future__ import annotations

import asyncio
import sys

from live.store.factory import open_store
from tests.domain.factories import apple, egg, viewer
from tests.store.book import a_book

BATCH = 10
"""Every batch has so many comments, as many reservations and events, and moves one offer."""


async def write(url: str) -> None:
    """Print the number of each batch once it is committed."""
    store = open_store(url)
    await store.start()
    book = a_book(egg(quota=10**6), apple())
    await store.commit(book.change())
    number = 0
    while True:
        for each in range(BATCH):
            book.buys(1, by=viewer(f"{number}-{each}"))
        await store.commit(book.change())
        number += 1
        print(number, flush=True)  # noqa: T201  # the parent reads it


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
