"""The number in line that paper, counter and host call a person by: "12", or "B12" where rooms share a cycle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sized


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class LineNumber:
    """A viewer's number in line: the place of their first reservation in the session.

    `room` counts the sessions of the cycle from 0; where there is more than one, a letter tells their numbers apart.
    """

    room: int
    position: int
    lettered: bool = False

    def __str__(self) -> str:
        """As it is printed and called out: "12", or "B12"."""
        return f"{letter_of(self.room)}{self.position}" if self.lettered else str(self.position)


def letter_of(place: int) -> str:
    """A, B, … Z, AA, AB, …, as spreadsheets count their columns; `place` counts from 0."""
    more, last = divmod(place, 26)
    return (letter_of(more - 1) if more else "") + chr(ord("A") + last)


def are_lettered(reservations: Iterable[Sized]) -> bool:
    """Whether letters tell the numbers of a cycle's sessions apart: more than one of them sold something.

    `reservations` are those of each session.
    """
    return sum(len(each) > 0 for each in reservations) > 1
