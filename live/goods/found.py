"""What reading a list of goods gives: offers as they go on the wire, and what to mend, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

MOST_OFFERS = 500
"""What one evening may hold (`start_session`)."""

MOST_FAULTS = 200
"""More than this nobody reads; the rest is told as a number."""

DEFAULT_QUOTA = 100
"""Where a list says nothing of how much there is. It is told, for it is a promise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something to mend: in which line (from 1, as the file shows it), in which column, and how."""

    row: int
    column: str | None
    message: str


@dataclass(kw_only=True, slots=True)
class Found:
    """Work in progress on a list. An offer stands beside the line it came from."""

    offers: list[tuple[int, Json]] = field(default_factory=list)
    faults: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    given: Json = field(default_factory=dict)

    def fault(self, row: int, column: str | None, message: str) -> None:
        """Note what keeps a line from being taken as it stands."""
        self.faults.append(Remark(row=row, column=column, message=message))

    def warn(self, row: int, column: str | None, message: str) -> None:
        """Note what was taken, but should be looked at."""
        self.warnings.append(Remark(row=row, column=column, message=message))


class Unreadable(Exception):  # noqa: N818  # reads better where it is caught
    """A file is no list of goods at all; the message says why and what to do, in Chinese."""


def bounded(remarks: list[Remark]) -> list[Remark]:
    """The first of them in order of their lines, and how many are left."""
    ordered = sorted(remarks, key=lambda remark: remark.row)
    if len(ordered) <= MOST_FAULTS:
        return ordered
    rest = Remark(row=ordered[MOST_FAULTS].row, column=None, message=f"后面还有 {len(ordered) - MOST_FAULTS} 处要改")
    return [*ordered[:MOST_FAULTS], rest]
