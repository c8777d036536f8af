"""The load benchmark of section 7: a real service in a process of its own, loaded over loopback sockets."""

from live.bench.run import run_bench

__all__ = ["run_bench"]
