"""The event loops that these tests run on."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest

ON_EVERY_LOOP = frozenset({"test_slow_pages.py", "test_events_ws.py", "test_ingest_ws.py"})
"""What depends on the buffers and the transports of the loop: the service runs on uvloop where there is one."""


def pytest_asyncio_loop_factories(
    config: pytest.Config,  # noqa: ARG001  # the shape of the hook
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    plain = {"asyncio": asyncio.new_event_loop}
    if item.path.name not in ON_EVERY_LOOP or find_spec("uvloop") is None:
        return plain
    import uvloop  # noqa: PLC0415  # there is none on Windows

    return {**plain, "uvloop": uvloop.new_event_loop}
