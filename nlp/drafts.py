"""Drafts: the orders of a comment while they are being read, before the catalogue has its say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.tokens import OfferRef, Quantity, Tag, Token
from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPS = {
    Tag.AGAIN: Op.ADD, Tag.ADD: Op.ADD, Tag.LESS: Op.REDUCE, Tag.CANCEL: Op.CANCEL, Tag.SETTLE: Op.SET, Tag.SWAP: Op.SET,
}  # fmt: skip


@dataclass(kw_only=True, slots=True)
class Draft:
    """What is said of one offer. Built up token by token, so it is not frozen; it never leaves the reading."""

    clause: int
    #: The offers it can mean; None: nothing names one.
    ids: tuple[str, ...] | None = None
    kinds: set[str] = field(default_factory=set)
    several: bool = False
    conflict: bool = False
    absent: bool = False
    former: bool = False
    own: bool = False
    past: bool = False
    refused: bool = False
    each: bool = False
    changed: bool = False
    #: An amount was said, taken back, and said anew.
    revised: bool = False
    #: One of each variant: 瓜子一样来一袋.
    repeated: bool = False
    #: How many kinds were said: 鸡蛋两种.
    kinds_said: int = 0
    verb: Tag | None = None
    op: Op | None = None
    pairs: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    dropped: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    held: Quantity | None = None
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Whether anything says which offer."""
        return self.ids is not None or bool(self.pairs or self.dropped) or self.absent or self.former

    @property
    def is_counted(self) -> bool:
        """Whether a quantity was said."""
        return bool(self.quantities)

    def name(self, token: Token, ref: OfferRef) -> None:
        """Take a reference; one that contradicts those before leaves nothing that it can mean."""
        self.spans.append((token.start, token.end, "offer"))
        if self.ids is None:
            self.ids = ref.ids
        else:
            both = tuple(id_ for id_ in self.ids if id_ in ref.ids)
            self.conflict = self.conflict or not both
            self.ids = both
        self.kinds.add(ref.kind)
        self.several = self.several or ref.several

    def vary(self, token: Token, pairs: tuple[tuple[str, str], ...]) -> None:
        """Take a variant."""
        self.spans.append((token.start, token.end, "variant"))
        self.pairs.append(pairs)

    def count(self, token: Token, quantity: Quantity, verb: Tag | None) -> None:
        """Take a quantity, and what the verb before it makes of it."""
        self.spans.append((token.start, token.end, "quantity"))
        self.quantities.append(quantity)
        if verb is not None and not self.changed:
            self.act(verb)

    def hold(self, token: Token, quantity: Quantity) -> None:
        """Take a quantity that the writer already has (我那两箱)."""
        self.spans.append((token.start, token.end, "quantity"))
        self.held, self.own = quantity, True

    def act(self, verb: Tag) -> None:
        """Take a verb."""
        self.verb = verb
        self.op = _OPS.get(verb, self.op)

    def resettle(self) -> None:
        """What was said so far is what the writer has; what follows is what it becomes."""
        self.changed, self.op = True, Op.SET
        if self.quantities:
            self.held = self.quantities[-1]
        self.quantities, self.dropped, self.pairs = [], [*self.dropped, *self.pairs], []


def last(drafts: list[Draft]) -> Draft | None:
    """The latest draft."""
    return drafts[-1] if drafts else None


def in_clause(drafts: Iterable[Draft], clause: int) -> list[Draft]:
    """The drafts that were begun in a clause."""
    return [draft for draft in drafts if draft.clause == clause]
