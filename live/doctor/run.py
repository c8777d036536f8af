"""`doctor`: look at everything, print one line each, and say whether the service can run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from live.doctor import machine, outbound, services
from live.doctor.check import Finding, Verdict
from live.doctor.llm import language_model
from live.doctor.obs import obs_control
from live.doctor.public import public_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.settings import Settings


def findings(settings: Settings) -> Iterator[Finding]:
    """Look at everything in turn; each finding comes as soon as it is known."""
    yield machine.python()
    yield machine.ffmpeg()
    yield machine.fonts()
    yield machine.port(settings.server.host, settings.server.port)
    yield machine.data_folder(settings.data_dir)
    yield services.database(settings.database_url)
    yield services.redis_server(settings.redis.url)
    yield language_model(settings.llm)
    yield from services.sources(settings.sources)
    yield public_address(settings.server.public_url)
    yield from outbound.targets(settings.outbound)
    yield obs_control(settings.obs)


def run_doctor(settings: Settings) -> int:
    """Print every finding; give 1 where something keeps the service from running, else 0."""
    healthy = True
    for finding in findings(settings):
        sys.stdout.write(f"{finding.line()}\n")
        sys.stdout.flush()
        healthy = healthy and finding.verdict is not Verdict.BAD
    return 0 if healthy else 1
