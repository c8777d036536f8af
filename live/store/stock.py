"""What a batch does to offers and variants, as rows: stock as differences, all else as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from live.store.rows import offer_row, variant_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.domain.offer import Offer, Variant
    from live.store.port import OfferChange
    from live.store.rows import Row

_QUOTA, _RESERVED, _WAITLISTED = 8, 14, 15
_VARIANT_QUOTA, _VARIANT_RESERVED = 6, 7


@dataclass(frozen=True, kw_only=True, slots=True)
class StockRows:
    """Rows of `offer` and `variant`. In `moved…` the numbers of the stock are differences, elsewhere they are values.

    A variant is taken away only while as much of it is reserved as its row in `gone_variants` says.
    """

    new_offers: list[Row] = field(default_factory=list)
    moved_offers: list[Row] = field(default_factory=list)
    gone_variants: list[Row] = field(default_factory=list)
    moved_variants: list[Row] = field(default_factory=list)
    new_variants: list[Row] = field(default_factory=list)


def stock_rows(session_id: str, changes: Sequence[OfferChange]) -> StockRows:
    """Turn the offers before and after a batch into rows.

    The place of a new offer is counted from 1 within the batch; the statement puts it after those that are there. An
    offer may stand once in a batch: two differences would both be taken from the same state.
    """
    if len({change.after.id for change in changes}) != len(changes):
        raise AssertionError("an offer stands twice in one batch")
    rows = StockRows()
    for place, change in enumerate(changes, start=1):
        before, after = change.before, change.after
        if before is None:
            rows.new_offers.append(offer_row(session_id, place, after))
        else:
            rows.moved_offers.append(_moved_offer(session_id, before, after))
        _add_variants(rows, session_id, after.id, () if before is None else before.variants, after.variants)
    return rows


def _moved_offer(session_id: str, before: Offer, after: Offer) -> Row:
    return _less(
        offer_row(session_id, 0, after),
        {_QUOTA: before.quota, _RESERVED: before.reserved, _WAITLISTED: before.waitlisted},
    )


def _moved_variant(row: Row, before: Variant) -> Row:
    quota = {} if before.quota is None else {_VARIANT_QUOTA: before.quota}
    return _less(row, {_VARIANT_RESERVED: before.reserved, **quota})


def _less(row: Row, before: dict[int, int]) -> Row:
    columns: list[Any] = list(row)
    for column, number in before.items():
        columns[column] -= number
    return tuple(columns)


def _add_variants(
    rows: StockRows, session_id: str, offer_id: str, before: tuple[Variant, ...], after: tuple[Variant, ...]
) -> None:
    if before == after:
        return
    old = {variant.id: (place, variant) for place, variant in enumerate(before)}
    kept = {variant.id for variant in after if variant.id in old and _same_kind(old[variant.id][1], variant)}
    gone = (variant for variant in before if variant.id not in kept)
    rows.gone_variants.extend(variant_row(session_id, offer_id, 0, variant) for variant in gone)
    for place, variant in enumerate(after):
        row = variant_row(session_id, offer_id, place, variant)
        if variant.id not in kept:
            rows.new_variants.append(row)
        elif old[variant.id] != (place, variant):
            rows.moved_variants.append(_moved_variant(row, old[variant.id][1]))


def _same_kind(before: Variant, after: Variant) -> bool:
    """A quota that comes or goes has no difference to guard: such a variant is taken away and put anew."""
    return (before.quota is None) == (after.quota is None)
