"""The client that sends a recorded comment log to an ingest address."""

from live.replay.client import replay
from live.replay.run import run_replay

__all__ = ["replay", "run_replay"]
