"""Which committed events are moments of the broadcast: worth a mark, a replay or another scene. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Json = dict[str, Any]

FLASH_STARTED, FLASH_ENDED = "flash_sale_started", "flash_sale_ended"
DRAWN = "giveaway_drawn"
RESERVED = frozenset({"reservation_made"})
RUSH = "rush"
"""No event: so many reservations within so many seconds."""

SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "session_started": "session",
        "session_ended": "session",
        "offer_pinned": "offer",
        "offer_sold_out": "offer",
        FLASH_STARTED: "flash_sale",
        FLASH_ENDED: "flash_sale",
        DRAWN: "giveaway",
        "poll_closed": "poll",
        "comment_shown": "shown",
    }
)
"""The kinds that are moments, and the object in their data that each is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """Something that happened on air: the event `seq` of a room, at `at_ms`; `subject` is the id of what it is about."""

    room: str
    seq: int
    kind: str
    at_ms: int
    subject: str


class Told(Protocol):
    """An event, as far as it matters here: one that is told now (`PublishedEvent`), or a `Fact` of the log."""

    @property
    def seq(self) -> int:
        """Its number in the room."""

    @property
    def kind(self) -> str:
        """What has happened."""

    @property
    def at_ms(self) -> int:
        """When."""

    @property
    def data(self) -> Json:
        """The objects as they are after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """An event of the log."""

    seq: int
    kind: str
    at_ms: int
    data: Json


class Rush:
    """Tells when reservations come in a rush, once a rush: `most` of them within `within_ms`.

    It is over when as many have taken more than twice as long, or none came for `within_ms`.
    """

    def __init__(self, *, most: int, within_ms: int) -> None:
        self._within_ms = within_ms
        self._at_ms: deque[int] = deque(maxlen=most)
        self._on = False

    def begins(self, at_ms: int) -> bool:
        """Take a reservation in; whether a rush begins with it."""
        if self._at_ms and at_ms - self._at_ms[-1] > self._within_ms:
            self._at_ms.clear()
            self._on = False
        self._at_ms.append(at_ms)
        if len(self._at_ms) < (self._at_ms.maxlen or 0):
            return False
        took_ms = at_ms - self._at_ms[0]
        began = not self._on and took_ms <= self._within_ms
        self._on = began or (self._on and took_ms <= 2 * self._within_ms)
        return began


def moments(room: str, facts: Iterable[Told], rush: Rush) -> list[Moment]:
    """The moments among events, in order. What happens to an evening that is over is none."""
    found: list[Moment] = []
    for fact in facts:
        if fact.kind in RESERVED:
            if rush.begins(fact.at_ms):
                found.append(_moment(room, fact, RUSH, "offer"))
        elif fact.kind in SUBJECTS and "earlier_session" not in fact.data:
            found.append(_moment(room, fact, fact.kind, SUBJECTS[fact.kind]))
    return found


def _moment(room: str, fact: Told, kind: str, about: str) -> Moment:
    thing = fact.data.get(about)
    subject = str(thing.get("id") or "") if isinstance(thing, dict) else ""
    return Moment(room=room, seq=fact.seq, kind=kind, at_ms=fact.at_ms, subject=subject)
