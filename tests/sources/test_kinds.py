from __future__ import annotations

from config.setting_types import CALLING_TOOLS, SOURCE_KINDS
from live.sources.kinds import KINDS, POST_CALLERS, SOCKET_CALLERS


def test_the_settings_know_the_same_tools() -> None:
    assert tuple(KINDS) == SOURCE_KINDS
    assert set(CALLING_TOOLS) == {*POST_CALLERS, *SOCKET_CALLERS}
