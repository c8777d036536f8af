"""The figures of a 复盘, as plain frozen values. Quantities are in the offer's unit, money in fen, times in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from live.reports.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.offer import Offer, Variant
    from live.domain.reservation import Reservation
    from live.domain.session import LiveSession
    from live.domain.ticket import Promise
    from live.reports.fulfilment.figures import FailedOffer


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """The session in numbers.

    `reservations` counts entries that hold quota, `waitlisted`, `cancelled`, `expired` and `no_shows` the others; each
    `…_quantity` sums their quantities. `commenters` are identified viewers who wrote, `converted` those of them who hold
    something; `conversion` is their ratio, None where nobody wrote.
    """

    comments: int
    commenters: int
    buyers: int
    converted: int
    reservations: int
    reserved_quantity: int
    amount_fen: int
    waitlisted: int
    waitlisted_quantity: int
    cancelled: int
    cancelled_quantity: int
    expired: int
    no_shows: int

    @property
    def conversion(self) -> float | None:
        """How many of those who wrote reserved, 0 to 1."""
        return self.converted / self.commenters if self.commenters else None


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantSales:
    """What is promised and what waits of one variant."""

    variant: Variant
    reserved: int
    waitlisted: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferSales:
    """What became of one offer; all quantities are summed from the reservations themselves.

    `sold_out_ms` is the moment at which the reservations that stand, in the order in which they were made, had filled
    the quota; None while some is left. `cases` whole cases are to be ordered; `case_short` more would fill the open one.
    """

    offer: Offer
    reserved: int
    waitlisted: int
    cancelled: int
    buyers: int
    amount_fen: int
    sold_out_ms: int | None
    cases: int
    case_short: int
    variants: tuple[VariantSales, ...] = ()

    @property
    def available(self) -> int:
        """What is left: `reserved + available == quota`."""
        return self.offer.quota - self.reserved

    @property
    def minimum_short(self) -> int:
        """How much is missing for the offer to be delivered at all (未成团); 0 where it is reached."""
        return max(0, self.offer.min_quantity - self.reserved)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One reservation with the names that people know its parts by."""

    reservation: Reservation
    number: int | None
    title: str
    unit: str
    variant: str | None
    viewer_name: str

    @property
    def amount_fen(self) -> int:
        """What is due for it: nothing while it waits or once it is gone."""
        return self.reservation.holds * self.reservation.unit_price_fen


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewerSales:
    """What one viewer has or waits for; `weak` where the platform hides who it is."""

    name: str
    weak: bool
    pickup_code: str
    reserved: int
    waitlisted: int
    amount_fen: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Minute:
    """One minute of the clock: comments received, reservations made (whatever became of them) and their quantity."""

    at_ms: int
    comments: int
    reservations: int
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentCounts:
    """How often each intent, topic of a question, route and outcome occurred; every intent has an entry."""

    by_intent: Mapping[str, int]
    by_topic: Mapping[str, int]
    by_route: Mapping[str, int]
    by_outcome: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionGroup:
    """Questions about one thing. `offer_id` is None where none is named; `example` is the first one, numbers masked."""

    topic: str
    offer_id: str | None
    offer_title: str | None
    count: int
    first_asked_ms: int
    example: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unanswered:
    """A question that nobody has answered; `text` is the first asker's, numbers masked."""

    text: str
    askers: int
    orders: int
    first_asked_ms: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Answering:
    """How questions were answered, like questions counted as one.

    `voiced` of the `answered` were answered aloud, the others with a text. `askers` sums the viewers of all questions,
    `heard` those of the answered ones. The times are from the first who asked to the answer, None where none was answered.
    """

    raised: int = 0
    answered: int = 0
    voiced: int = 0
    askers: int = 0
    heard: int = 0
    wait_p50_ms: int | None = None
    wait_p90_ms: int | None = None
    unanswered: tuple[Unanswered, ...] = ()

    @property
    def share(self) -> float | None:
        """How many of the questions were answered, 0 to 1; None where none was asked."""
        return self.answered / self.raised if self.raised else None


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingComment:
    """A comment that still waits for the host's one tap."""

    n: int
    viewer_name: str
    text: str
    received_ms: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmQueue:
    """What was put to the host: `raised` is the sum of the three others."""

    accepted: int
    dismissed: int
    waiting: tuple[WaitingComment, ...] = ()

    @property
    def raised(self) -> int:
        """How many comments were put to the host."""
        return self.accepted + self.dismissed + len(self.waiting)


@dataclass(frozen=True, kw_only=True, slots=True)
class WeakIdentities:
    """Comments and reservations of viewers whom the platform hides."""

    comments: int
    reservations: int
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """How comments reached us: the delay from writing to arrival in milliseconds (None without comments), and those too late."""

    late: int
    delay_p50_ms: int | None
    delay_p95_ms: int | None
    delay_max_ms: int | None
    after_cutoff: int
    after_end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Pile:
    """Goods that share a fate: in how many reservations, how much, of how many viewers, for how much.

    What was weighed counts with what it came to.
    """

    reservations: int
    quantity: int
    viewers: int
    amount_fen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """What became of the goods: handed over, still expected to be, never fetched.

    Of `weighed` reservations some were paid more for (`paid_on_top_fen`), others less (`given_back_fen`, not negative).
    """

    collected: Pile
    outstanding: Pile
    missed: Pile
    weighed: int
    paid_on_top_fen: int
    given_back_fen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenTicket:
    """A complaint that the shop still owes something: an answer by `due_ms`, or what it has promised."""

    viewer_name: str
    text: str
    opened_ms: int
    due_ms: int
    promise: Promise | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaints:
    """Complaints of the session: `in_time` of the `answered` were answered within two hours."""

    opened: int
    answered: int
    in_time: int
    waiting: tuple[OpenTicket, ...] = ()
    promised: tuple[OpenTicket, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFacts:
    """All that a 复盘 tells. `as_of_ms` is the last moment that it knows of; `faults` say where the books do not balance."""

    session: LiveSession
    as_of_ms: int
    totals: Totals
    offers: tuple[OfferSales, ...]
    viewers: tuple[ViewerSales, ...]
    lines: tuple[Line, ...]
    minutes: tuple[Minute, ...]
    counts: CommentCounts
    questions: tuple[QuestionGroup, ...]
    confirm: ConfirmQueue
    weak: WeakIdentities
    arrival: Arrival
    handover: Handover
    complaints: Complaints
    failed: tuple[FailedOffer, ...] = ()
    answering: Answering = field(default_factory=Answering)
    stage: Stage = field(default_factory=Stage)
    faults: tuple[str, ...] = field(default=())
