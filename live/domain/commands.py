"""Orders: what a host, an assistant or another program asks of a room (section 3 of the contract)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from live.domain.offer import Offer
    from live.domain.session import OrderCycle, Policy
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
    """Set a reservation to this quantity."""

    reservation_id: str
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelReservation:
    """Cancel a reservation; those who wait are promoted."""

    reservation_id: str
    reason: str


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
class Tick:
    """Time has passed: close what is due (a prompt, a hold). The clock's command, not in the contract."""


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
    | Tick
)
"""The union of all orders."""
