"""Tokens: the spans of a folded comment and what each is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Tag(StrEnum):
    """What a span is. The lower half are the sections of `config/lexicon/order.toml`."""

    OFFER = "offer"
    VARIANT = "variant"
    QUANTITY = "quantity"
    NUMBER = "number"
    MONEY = "money"
    BREAK = "break"
    SPACE = "space"
    LETTER = "letter"
    ABSENT = "absent"

    TAKE = "take"
    SHOP = "shop"
    ALL = "all"
    DRAW = "draw"
    SPAM = "spam"
    RESTOCK = "restock"
    AGAIN = "again"
    ADD = "add"
    LESS = "less"
    SETTLE = "settle"
    SWAP = "swap"
    CANCEL = "cancel"
    SLIP = "slip"
    REFUSE = "refuse"
    KEEP = "keep"
    LATER = "later"
    AGO = "ago"
    CORRECTION = "correction"
    NOT = "not"
    BUT = "but"
    FORBID = "forbid"
    SHORT = "short"
    NEVER_MIND = "never_mind"
    EAGER = "eager"
    ENOUGH = "enough"
    EACH = "each"
    KINDS = "kinds"
    ANY_OF = "any_of"
    OR = "or"
    EXCEPT = "except"
    THIS = "this"
    FORMER = "former"
    OWN = "own"
    PAST = "past"
    MISS = "miss"
    CONDITION = "condition"
    CONCESSION = "concession"
    THEN = "then"
    THIRD = "third"
    ECHO = "echo"
    THIRD_TITLE = "third_title"
    KIN = "kin"
    BEHALF = "behalf"
    AND = "and"
    REMARK = "remark"
    ASKS = "asks"
    FILLER = "filler"


class OfferRef(NamedTuple):
    """A reference to offers: the ids it can mean, how it names them, and whether it names them in full."""

    ids: tuple[str, ...]
    #: "number", "name", "head" (a generic name) or "price".
    kind: str
    #: True where the reference lists several offers (3-5号, 1、2号) and means each of them.
    several: bool = False


class Quantity(NamedTuple):
    """An amount: its value (None: inexact), the measure word as read (None: bare) and the sign before it."""

    value: int | None
    unit: str | None
    sign: str = ""
    #: The measure word was another character of the same sound (三代).
    heard: bool = False


Value = OfferRef | Quantity | int | str | tuple[tuple[str, str], ...] | None


class Token(NamedTuple):
    """One span `[start, end)` of the folded text."""

    tag: Tag
    start: int
    end: int
    value: Value = None
