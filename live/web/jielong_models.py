"""What can be asked of the lists for group chats."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from live.service.sign_ups import MOST_LINES
from live.web.command_fields import Id, Model

MOST_CHARACTERS = 60_000

OFFERS, ORDERS = "offers", "orders"
"""What to write."""

MASKED, FULL = "masked", "full"
"""How to write names."""


class PastedList(Model):
    """A list as it was copied out of a chat; `offer_id` is what a line means that names no goods."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)] = Field(
        description=f"At most {MOST_LINES} lines."
    )
    offer_id: Id | None = None


PASTED = TypeAdapter(PastedList)
