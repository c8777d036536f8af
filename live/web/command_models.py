"""Commands as others send them (section 3 of the contract): a closed union told apart by `type`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, JsonValue, Tag, model_validator
from pydantic_core import PydanticCustomError

from live.domain.session import Repeat
from live.web.command_fields import (
    Id,
    Line,
    Model,
    Moment,
    Name,
    Number,
    Picture,
    Platform,
    Price,
    Quantity,
    Quota,
    unique,
)
from live.web.desk_models import DeskModel
from live.web.fulfilment_models import FulfilmentModel
from live.web.stage_models import StageModel
from nlp.types import Op, PromptMeaning

Aliases = Annotated[list[Name], Field(max_length=50)]
Facts = Annotated[dict[Name, Line], Field(max_length=50)]


class VariantModel(Model):
    """A size, flavour or colour; without `quota` it shares the offer's."""

    id: Id
    name: Name
    aliases: Aliases = Field(default_factory=list)
    quota: Quota | None = None


Variants = Annotated[list[VariantModel], Field(max_length=100), unique("规格的 id ", lambda v: v.id)]


class OfferModel(Model):
    """An offer, whole."""

    id: Id
    number: Number | None = None
    title: Name
    aliases: Aliases = Field(default_factory=list)
    unit: Name = "份"
    price: Price
    quota: Quota
    per_viewer_limit: Quantity | None = None
    case_size: Quantity = 1
    case_tolerance: Quota | None = None
    min_quantity: Quota = 0
    supplier: Annotated[Line, Field(max_length=100)] = ""
    weighed: bool = False
    picture: Picture | None = None
    variants: Variants = Field(default_factory=list)
    facts: Facts = Field(default_factory=dict)
    open: bool = True


class PickupPointModel(Model):
    """Where viewers collect."""

    id: Id
    name: Name
    address: Line = ""


class CycleModel(Model):
    """The period in which reservations are pooled; the pickup is another time than the cut-off."""

    id: Id | None = None
    cutoff_at: Moment
    pickup_at: Moment
    pickup_points: Annotated[list[PickupPointModel], Field(max_length=200), unique("自提点的 id ", lambda p: p.id)] = (
        Field(default_factory=list)
    )

    @model_validator(mode="after")
    def _in_order(self) -> CycleModel:
        if self.cutoff_at >= self.pickup_at:
            raise PydanticCustomError("cycle_order", "截单时间 cutoff_at 要早于提货时间 pickup_at")
        return self


class PolicyModel(Model):
    """The shop's rules for comments."""

    repeat: Repeat = Repeat.REPLACE
    cancel_by_comment: bool = True
    hold_minutes: Annotated[int, Field(ge=1, le=100_000)] | None = None
    max_auto_quantity: Quantity = 20
    max_no_shows: Quantity | None = None
    bag_points: Annotated[int, Field(ge=0, le=1000)] = 1


class ViewerModel(Model):
    """A viewer that the host names by hand."""

    platform: Platform = "manual"
    id: Id | None = None
    name: Name


class ActionModel(Model):
    """What the host says a comment asks for."""

    op: Op
    offer: Id
    variant: Id | None = None
    quantity: Quantity | None = None

    @model_validator(mode="after")
    def _with_quantity(self) -> ActionModel:
        if self.quantity is None and self.op is not Op.CANCEL:
            raise PydanticCustomError("no_quantity", "要写数量 quantity")
        return self


class StartSession(Model):
    """Begin the evening of a room with its offers."""

    type: Literal["start_session"]
    title: Name
    offers: Annotated[
        list[OfferModel],
        Field(max_length=500),
        unique("商品的 id ", lambda offer: offer.id),
        unique("商品的编号", lambda offer: offer.number),
    ]
    cycle: CycleModel
    policy: PolicyModel = PolicyModel()
    hosts: Annotated[list[Name], Field(max_length=100)] = Field(default_factory=list)
    script: dict[str, JsonValue] | None = None


class EndSession(Model):
    """End the broadcast; reservations stand."""

    type: Literal["end_session"]


class AddOffer(Model):
    """Put one more offer on the list."""

    type: Literal["add_offer"]
    offer: OfferModel


class UpdateOffer(Model):
    """Change the fields that are given; `open` is what `open_offer` and `close_offer` do."""

    type: Literal["update_offer"]
    offer_id: Id
    number: Number | None = None
    title: Name = Field(default_factory=str)
    aliases: Aliases = Field(default_factory=list)
    unit: Name = Field(default_factory=str)
    price: Price = Field(default_factory=str)
    quota: Quota = Field(default_factory=int)
    per_viewer_limit: Quantity | None = None
    case_size: Quantity = Field(default_factory=int)
    case_tolerance: Quota | None = None
    min_quantity: Quota = Field(default_factory=int)
    supplier: Annotated[Line, Field(max_length=100)] = ""
    weighed: bool = Field(default_factory=bool)
    picture: Picture | None = None
    variants: Variants = Field(default_factory=list)
    facts: Facts = Field(default_factory=dict)
    open: bool = Field(default_factory=bool)

    @property
    def changed(self) -> frozenset[str]:
        """The names of the fields that were given."""
        return frozenset(self.model_fields_set - {"type", "offer_id"})

    @model_validator(mode="after")
    def _changes_something(self) -> UpdateOffer:
        if not self.changed:
            raise PydanticCustomError("no_change", "没有写要改的内容，例：price、quota、title")
        return self


class Restock(Model):
    """Raise a quota; those who wait are promoted in order."""

    type: Literal["restock"]
    offer_id: Id
    variant_id: Id | None = None
    quantity: Quantity


class OpenOffer(Model):
    """Put an offer on sale."""

    type: Literal["open_offer"]
    offer_id: Id


class PinOffer(Model):
    """Show an offer: what a bare "要2份" means."""

    type: Literal["pin_offer"]
    offer_id: Id


class CloseOffer(Model):
    """Take an offer off sale; what is reserved stands."""

    type: Literal["close_offer"]
    offer_id: Id


class OpenPrompt(Model):
    """Bind a keyword to a meaning for some seconds: "要的扣1"."""

    type: Literal["open_prompt"]
    keyword: Annotated[Name, Field(max_length=20)]
    meaning: PromptMeaning
    ref_id: Id | None = None
    seconds: Annotated[int, Field(ge=1, le=3600)]


class ClosePrompt(Model):
    """End the open prompt before its time."""

    type: Literal["close_prompt"]


def _viewer_form(value: object) -> str:
    return "<name>" if isinstance(value, str) else "<viewer>"


NamedViewer = Annotated[
    Annotated[Name, Tag("<name>")] | Annotated[ViewerModel, Tag("<viewer>")], Discriminator(_viewer_form)
]
"""A viewer by name alone, or with platform and id."""


class Reserve(Model):
    """Reserve by hand for a viewer, on top of what they have."""

    type: Literal["reserve"]
    viewer: NamedViewer
    offer_id: Id
    variant_id: Id | None = None
    quantity: Quantity


class SetQuantity(Model):
    """Set a reservation to this quantity; with `if_changed_at`, only if it has not changed since."""

    type: Literal["set_quantity"]
    reservation_id: Id
    quantity: Quantity
    if_changed_at: Moment | None = None


class CancelReservation(Model):
    """Cancel a reservation; those who wait are promoted. With `if_changed_at`, only if it has not changed since."""

    type: Literal["cancel_reservation"]
    reservation_id: Id
    reason: Annotated[Line, Field(max_length=200)] = ""
    if_changed_at: Moment | None = None


class AcceptComment(Model):
    """Do what a comment in the confirm queue asks; `actions` correct what was understood."""

    type: Literal["accept_comment"]
    comment_id: Id
    actions: Annotated[list[ActionModel], Field(min_length=1, max_length=20)] | None = None


class DismissComment(Model):
    """Drop a comment from the confirm queue."""

    type: Literal["dismiss_comment"]
    comment_id: Id


CommandModel = (
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
    | FulfilmentModel
    | StageModel
    | DeskModel
)
"""Every command, as a plain union."""

CommandUnion = Annotated[CommandModel, Field(discriminator="type")]
"""The same, told apart by `type`."""
