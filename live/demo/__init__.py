"""`demo`: the service and a bundled evening, replayed through the real ingest socket and the real commands."""

from live.demo.run import run_demo

__all__ = ["run_demo"]
