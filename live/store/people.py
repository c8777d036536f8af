"""Which platform identities are one person, because somebody has said so. Whoever is not here is a person alone.

No name ever joins anybody: two viewers are one when the host says so at the counter, or when one of them shows the
other's pickup code. Joining makes equivalence classes: it is symmetric and transitive, and saying it twice changes
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """A viewer key that was joined with others: to which person, when and by whom ("host" or "viewer")."""

    viewer_key: str
    person: str
    joined_ms: int
    joined_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeHolder:
    """Who a pickup code was given to, and the last four digits of their phone where they have left them."""

    viewer_key: str
    weak: bool
    phone_tail: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Joining:
    """What joining two keys comes to: all of the persons `moved` become `person`, the keys `added` are new in it."""

    person: str
    moved: tuple[str, ...]
    added: tuple[str, ...]


def joining(one: str, other: str, found: Mapping[str, str], *, person: str) -> Joining | None:
    """Decide what joining two keys changes, from the persons that they have; None for nothing."""
    if one == other:
        return None
    kept, *moved = sorted(set(found.values())) or [person]
    added = tuple(key for key in (one, other) if key not in found)
    return Joining(person=kept, moved=tuple(moved), added=added) if moved or added else None


class PeopleStore(Protocol):
    """Persons and their identities. All methods may raise `StoreUnavailable`."""

    async def join(self, one: str, other: str, *, person: str, at_ms: int, by: str) -> bool:
        """Make two viewer keys, and all who were joined with either, one person; False where they were already.

        `person` is the id of a person who is new; one that is there keeps its own, and of two the first by order.
        """

    async def split(self, viewer_key: str) -> bool:
        """Let an identity be a person alone again; False where it was. The others stay together."""

    async def identities(self, viewer_key: str) -> list[Identity]:
        """All identities of the person that a viewer key belongs to, by key; empty for who is alone."""

    async def everybody(self) -> list[Identity]:
        """All joined identities, by person and key."""

    async def holder(self, pickup_code: str) -> CodeHolder | None:
        """Who holds a pickup code, in whichever room and session; None for nobody."""

    async def has_reserved(self, viewer_key: str) -> bool:
        """Whether a viewer has ever reserved anything."""
