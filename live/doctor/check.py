"""One finding of `doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a finding stands; the value is its mark at the start of the line."""

    GOOD = "✓"
    ADVICE = "!"
    BAD = "✗"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    name: str
    verdict: Verdict
    text: str
    mend: str = ""

    def line(self) -> str:
        """Write it as one line: `✗ 端口：8000 已被占用。关掉那个程序，或用 --port 换一个`."""
        told = f"{self.verdict} {self.name}：{self.text}"
        return " ".join((f"{told}。{self.mend}" if self.mend else told).split())


def good(name: str, text: str) -> Finding:
    """Say that all is well."""
    return Finding(name=name, verdict=Verdict.GOOD, text=text)


def advice(name: str, text: str, mend: str) -> Finding:
    """Say what would be better; the service runs without it."""
    return Finding(name=name, verdict=Verdict.ADVICE, text=text, mend=mend)


def bad(name: str, text: str, mend: str) -> Finding:
    """Say what keeps the service from running."""
    return Finding(name=name, verdict=Verdict.BAD, text=text, mend=mend)
