"""What viewers may say on their own pages, with its bounds. None of it is in the hosts' union of commands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter
from pydantic_core import PydanticCustomError

from live.web.command_fields import Code, Id, Model, unique
from live.web.fulfilment_models import Tail  # noqa: TC001  # pydantic reads it while the program runs

MOST_OF_A_LINE = 1_000
"""Nobody orders more on a phone; what the shop's policy allows is less, and the rules hold it."""

MOST_LINES = 50

SHORTEST_KEY = 16
"""An order's `Idempotency-Key` has at least so many characters: a browser without cookies is known by it."""

Wanted = Annotated[int, Field(ge=0, le=MOST_OF_A_LINE)]

_HIDDEN = r"^[^\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*$"
"""Control characters, and those that turn the order of letters around or show nothing."""


def _not_blank(name: str) -> str:
    if any(character.isalnum() for character in name):
        return name
    raise PydanticCustomError("no_name", "写一个称呼，例：东门王姐")


CalledBy = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern=_HIDDEN),
    AfterValidator(_not_blank),
]
"""How somebody wants to be called at the counter."""


class LineModel(Model):
    """Of one kind of goods so many in all; 0 gives it back."""

    offer_id: Id
    variant_id: Id | None = None
    quantity: Wanted


def _kind(line: LineModel) -> tuple[str, str | None]:
    return line.offer_id, line.variant_id


class OrderModel(Model):
    """An order by the form of the shop's page, for the session whose list was seen."""

    session_id: Id
    name: CalledBy
    lines: Annotated[list[LineModel], Field(min_length=1, max_length=MOST_LINES), unique("商品", _kind)]
    pickup_point_id: Id | None = None
    phone_tail: Tail | None = None


class ChangeLine(LineModel):
    """Change one line of a basket to this quantity in all; 0 cancels it. `part`: the code of another part of the page.

    With `seen` (how many the page showed) only if it is still so.
    """

    type: Literal["change_line"]
    part: Code | None = None
    seen: Wanted | None = None


class SetBasket(Model):
    """How the goods will be fetched; what is left out stays as it is. `part`: the code of another part of the page."""

    type: Literal["set_basket"]
    part: Code | None = None
    pickup_point_id: Id | None = None
    phone_tail: Tail | None = None
    own_bag: bool | None = None


ChangeModel = ChangeLine | SetBasket
ChangeUnion = Annotated[ChangeModel, Field(discriminator="type")]


class JoinModel(Model):
    """Two of one's own identities are one person: the other's pickup code, and the phone that both have left."""

    code: Code
    phone_tail: Tail


ORDERS: TypeAdapter[OrderModel] = TypeAdapter(OrderModel)
CHANGES: TypeAdapter[ChangeModel] = TypeAdapter(ChangeUnion)
JOINS: TypeAdapter[JoinModel] = TypeAdapter(JoinModel)
