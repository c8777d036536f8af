"""What is said to the host while a test runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from tests.obs.rig import Said

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def said() -> Iterator[Said]:
    with capture_logs() as lines:
        yield Said(lines=lines)
