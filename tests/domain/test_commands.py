from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_args

import pytest

from live.domain import commands as c


@pytest.mark.parametrize("order", get_args(c.Command), ids=lambda order: str(order.__name__))
def test_an_order_is_a_frozen_value_whose_fields_are_named(order: type) -> None:
    assert is_dataclass(order)
    assert all(field.kw_only for field in fields(order))
    assert "__slots__" in vars(order)


def test_an_order_that_was_given_is_not_changed() -> None:
    order = c.Restock(offer_id="egg", quantity=5)
    with pytest.raises(FrozenInstanceError):
        order.quantity = 50  # type: ignore[misc]  # that it cannot be done is the point
