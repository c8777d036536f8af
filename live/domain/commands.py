"""Orders: what a host, an assistant or another program asks of a room (section 3 of the contract)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from live.domain.desk_commands import DeskCommand
from live.domain.stage_commands import StageCommand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.offer import Offer
    from live.domain.session import OrderCycle, Policy
    from live.domain.source import Source
    from live.domain.ticket import Promise
    from live.domain.viewer import Viewer
    from nlp.types import Action, PromptMeaning


@dataclass(frozen=True, kw_only=True, slots=True)
class StartSession:
    """Begin the evening of a room with its offers."""

    session_id: str
    title: str
    offers: tuple[Offer, ...]
    cycle: OrderCycle
    policy: Policy
    hosts: tuple[str, ...] = ()
    script: Mapping[str, object] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EndSession:
    """End the broadcast. Reservations stand; comments are no longer taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddOffer:
    """Put one more offer on the list."""

    offer: Offer


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateOffer:
    """Change fields of an offer; `changes` maps names of `Offer` to their new values."""

    offer_id: str
    changes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Restock:
    """Raise a quota; those who wait are promoted in order."""

    offer_id: str
    variant_id: str | None = None
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenOffer:
    """Put an offer on sale (上链接)."""

    offer_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PinOffer:
    """Show an offer (讲解): from now on a bare "要2份" means it."""

    offer_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseOffer:
    """Take an offer off sale; what is reserved stands."""

    offer_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPrompt:
    """Bind a keyword to a meaning for some seconds: "要的扣1"."""

    prompt_id: str
    keyword: str
    meaning: PromptMeaning
    ref_id: str | None = None
    seconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosePrompt:
    """End the open prompt before its time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserve:
    """Reserve by hand for a viewer, on top of what they have."""

    viewer: Viewer
    offer_id: str
    variant_id: str | None = None
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SetQuantity:
    """Set a reservation to this quantity; `if_changed_ms` is when it had last changed as its sender saw it."""

    reservation_id: str
    quantity: int
    if_changed_ms: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelReservation:
    """Cancel a reservation; those who wait are promoted. `if_changed_ms`: as for `SetQuantity`."""

    reservation_id: str
    reason: str
    if_changed_ms: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptComment:
    """Do what a comment in the confirm queue asks; `actions` correct what was understood."""

    comment_id: str
    actions: tuple[Action, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DismissComment:
    """Drop a comment from the confirm queue."""

    comment_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PageOrder:
    """A viewer orders on the shop's page: of each line so many, as a comment would. Not in the contract's table.

    `session_id` is the list that they saw: what lay open on a phone overnight orders nothing of the next evening.
    """

    viewer: Viewer
    lines: tuple[PageLine, ...]
    session_id: str | None = None
    pickup_point_id: str | None = None
    phone_tail: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLine:
    """To this quantity; 0 gives it back."""

    offer_id: str
    variant_id: str | None = None
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PageChange:
    """A viewer changes one line of their basket on their own page; 0 cancels it. `seen`: how many the page showed."""

    pickup_code: str
    line: PageLine
    seen: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetBasket:
    """How a viewer will fetch their goods; None leaves a field as it is."""

    pickup_code: str
    pickup_point_id: str | None = None
    phone_tail: str | None = None
    own_bag: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseCycle:
    """The cut-off, now: what is reserved is locked, and nothing more is taken."""

    session_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MovePickup:
    """Another pickup time for a cycle, with a notice for those who wait."""

    session_id: str | None = None
    pickup_at_ms: int
    notice: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkReady:
    """The goods have arrived at a pickup point; None: at every one. `offer_ids`: of these alone, the others are late."""

    session_id: str | None = None
    pickup_point_id: str | None = None
    offer_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Collect:
    """Hand goods over: all that is ready, or the named reservations. `weights_milli`: what weighed goods came to."""

    pickup_code: str
    reservation_ids: tuple[str, ...] | None = None
    weights_milli: Mapping[str, int] = field(default_factory=dict)
    own_bag: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class UndoCollect:
    """Take a slip of the finger back, within a minute."""

    pickup_code: str
    reservation_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkNoShow:
    """Nobody came for it."""

    reservation_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RedeemPoints:
    """Take green points in exchange for something of the shop's."""

    pickup_code: str
    points: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerTicket:
    """Answer a complaint, and maybe promise something."""

    ticket_id: str
    text: str
    promise: Promise | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseTicket:
    """The complaint is settled."""

    ticket_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportSource:
    """How a source is heard now, as the service has observed it. Not in the contract: nobody can say it by hand."""

    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """Time has passed: close what is due (a prompt, a hold, a cycle). The clock's command, not in the contract."""


Command = (
    StartSession
    | EndSession
    | AddOffer
    | UpdateOffer
    | Restock
    | OpenOffer
    | PinOffer
    | CloseOffer
    | OpenPrompt
    | ClosePrompt
    | Reserve
    | SetQuantity
    | CancelReservation
    | AcceptComment
    | DismissComment
    | PageOrder
    | PageChange
    | SetBasket
    | CloseCycle
    | MovePickup
    | MarkReady
    | Collect
    | UndoCollect
    | MarkNoShow
    | RedeemPoints
    | AnswerTicket
    | CloseTicket
    | StageCommand
    | DeskCommand
    | ReportSource
    | Tick
)
"""The union of all orders."""
