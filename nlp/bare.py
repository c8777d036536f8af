"""A comment that is only two numbers: 1 2份, 1+1, 4*2 name an offer by its number and say how many; and 加一, which is +1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.tokens import OfferRef, Quantity, Tag, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.catalogue import Catalogue

_ONLY = 2


def number_first(tokens: Sequence[Token], catalogue: Catalogue) -> list[Token]:
    """The tokens, with the first number read as an offer where nothing but an amount follows it."""
    said = [token for token in tokens if token.tag is not Tag.SPACE]
    if [token.tag for token in said] == [Tag.ADD, Tag.NUMBER] and said[0].end - said[0].start == 1:
        return [said[1]._replace(start=said[0].start, tag=Tag.QUANTITY, value=_plus(said[1]))]  # 加一
    if len(said) != _ONLY or said[0].tag is not Tag.NUMBER or not _is_amount(said[1]):
        return list(tokens)
    ids = catalogue.by_number.get(said[0].value, ()) if isinstance(said[0].value, int) else ()
    named = said[0]._replace(tag=Tag.OFFER, value=OfferRef(ids[:1], "bare"))
    return [named if token is said[0] else token for token in tokens] if ids else list(tokens)


def _plus(token: Token) -> Quantity:
    return Quantity(token.value if isinstance(token.value, int) else None, None)


def _is_amount(token: Token) -> bool:
    quantity = token.value
    if token.tag is not Tag.QUANTITY or not isinstance(quantity, Quantity):
        return False
    return quantity.sign in {"+", "*"} or quantity.unit is not None
