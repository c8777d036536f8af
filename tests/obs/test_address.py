from __future__ import annotations

import pytest

from config.settings import ObsSettings
from live.obs.address import overlay_base, overlay_url

LOCAL, LAN = "http://127.0.0.1:8000", "http://192.168.1.5:8000"


@pytest.mark.parametrize(
    ("obs", "base"),
    [
        ("ws://127.0.0.1:4455", LOCAL),
        ("ws://localhost:4455", LOCAL),
        ("ws://[::1]:4455", LOCAL),
        ("ws://192.168.1.5:4455", LOCAL),
        ("ws://192.168.1.9:4455", LAN),
        ("ws://obs-pc:4455", LAN),
    ],
)
def test_obs_opens_the_overlay_by_the_way_that_there_is_from_its_pc(obs: str, base: str) -> None:
    assert overlay_base(ObsSettings(url=obs), local=LOCAL, lan=LAN) == base


def test_without_a_network_there_is_only_this_machine() -> None:
    assert overlay_base(ObsSettings(url="ws://obs-pc:4455"), local=LOCAL, lan=None) == LOCAL


def test_the_settings_know_better() -> None:
    obs = ObsSettings(url="ws://127.0.0.1:4455", overlay_base="http://10.0.0.7:9000/")
    assert overlay_base(obs, local=LOCAL, lan=LAN) == "http://10.0.0.7:9000"


def test_the_address_of_the_overlay_holds_its_token() -> None:
    assert overlay_url(LOCAL, "live", "a-b_c") == "http://127.0.0.1:8000/overlay/live?token=a-b_c"
