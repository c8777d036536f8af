"""The order grammar: tokens into drafts, one pass, one handler a tag (the table at the end).

    comment  := clause (BREAK clause)*
    clause   := (verb | item | amount | guard | remark)*
    item     := offer variant*  |  variant+ offer?        amount := quantity | number after a verb or an item
    order    := item amount | amount item | amount | item (verbs may stand before, between or behind)
    change   := item? SETTLE (amount | variant | item)    cancel := item+ CANCEL | CANCEL item*

An amount belongs to the item before it, unless the clause begins with an amount: then to the item behind it. A clause that
only holds an amount or a variant completes the order of the clause before (脐橙，一箱 · 豆腐四块，老的).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.drafts import Draft, in_clause, last
from nlp.tokens import OfferRef, Quantity, Tag, Token
from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ITEMS = frozenset({Tag.OFFER, Tag.VARIANT, Tag.ABSENT})
_SILENT = frozenset({Tag.FILLER, Tag.SPACE, Tag.REMARK})
_AMOUNT_AFTER = frozenset({
    Tag.TAKE, Tag.SHOP, Tag.AGAIN, Tag.ADD, Tag.LESS, Tag.SETTLE, Tag.SWAP, Tag.EACH, Tag.OFFER, Tag.VARIANT,
})  # fmt: skip
_AMOUNT_BEFORE = frozenset({
    Tag.BREAK, Tag.SPACE, Tag.FILLER, Tag.AND, Tag.OFFER, Tag.VARIANT, Tag.SETTLE, Tag.REMARK, Tag.THEN,
})  # fmt: skip
_OF_EACH_KIND = frozenset({"一样", "每样", "每种", "每款", "样样"})
_KINDS = {"两": 2, "三": 3, "四": 4}
_KEEPS_VERB = frozenset({Tag.AGAIN, Tag.ADD, Tag.LESS})
_MOST_BARE = 99
_MOST_DRAFTS = 24


class Reader:
    """Reads one comment; its `drafts` are the result."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.drafts: list[Draft] = []
        self.clause = 0
        self.verb: Tag | None = None
        self.touched = False
        self.glued = False
        self.own = False
        self.past = False
        self.leaving_out = False
        self.not_this = False
        self.excepting = False
        self.each = False
        self.kinds_said = 0
        self.slip: Token | None = None
        self.each_amount: tuple[Token, Quantity] | None = None
        self.target: Draft | None = None
        self.pointed: Token | None = None
        self.left_out: set[str] = set()
        self.excepted: set[str] = set()
        self.place = 0
        self.offers_ahead = _offers_ahead(tokens)

    def read(self) -> list[Draft]:
        """Read all tokens."""
        for self.place, token in enumerate(self.tokens):
            handler = _HANDLERS.get(token.tag)
            if handler is not None and len(self.drafts) < _MOST_DRAFTS:
                handler(self, token)
        if self.slip is not None and not self.drafts:
            self.on_cancel(self.slip)
        return self.drafts

    # Items

    def on_offer(self, token: Token) -> None:
        ref = token.value
        if not isinstance(ref, OfferRef):
            return
        if self.excepting:
            self.excepted.update(ref.ids)
        elif self.leaving_out:
            self.left_out.update(ref.ids)
        else:
            self._take_offer(token, ref)
        self.glued = True

    def _take_offer(self, token: Token, ref: OfferRef) -> None:
        draft = self._draft_for_offer(ref)
        draft.clause = self.clause
        if self.kinds_said and draft.ids is None:
            draft.each, draft.kinds_said, self.kinds_said = True, self.kinds_said, 0
        draft.name(token, ref._replace(ids=tuple(id_ for id_ in ref.ids if id_ not in self.excepted)))
        self._mark(draft)

    def _draft_for_offer(self, ref: OfferRef) -> Draft:
        draft = last(self.drafts)
        if draft is None:
            return self._new()
        if self.target is draft and draft.is_named and not draft.pairs and (not self._same(draft, ref) or len(draft.ids or ()) > 1):
            return self._swapped(draft, ref)
        if self.target is draft and not draft.is_named:
            return draft
        if draft.ids is None and not draft.absent and self._waits_for_offer(draft):
            return draft
        if self.glued and draft.clause == self.clause and not draft.is_counted and self._belongs(draft, ref):
            return draft
        if draft.ids is not None and draft.clause != self.clause and self._same(draft, ref) and not draft.is_counted:
            return draft
        return self._new()

    def _waits_for_offer(self, draft: Draft) -> bool:
        """An amount or a variant came first; or it stood in the clause before and this clause has no amount."""
        if draft.op is Op.CANCEL and not draft.is_counted and not draft.pairs and draft.held is None:
            return False
        return draft.clause == self.clause or (
            draft.clause == self.clause - 1 and draft.is_counted and not self._amount_ahead()
        )

    def _amount_ahead(self) -> bool:
        for token in self.tokens[self.place + 1 :]:
            if token.tag is Tag.BREAK or token.tag is Tag.SPACE:
                return False
            if token.tag in {Tag.QUANTITY, Tag.NUMBER}:
                return True
        return False

    @staticmethod
    def _same(draft: Draft, ref: OfferRef) -> bool:
        return draft.ids is None or any(id_ in ref.ids for id_ in draft.ids)

    @staticmethod
    def _belongs(draft: Draft, ref: OfferRef) -> bool:
        """3号花生油 and 68的鸡 are one; 3号5号 and 西红柿土豆 are two."""
        if draft.ids is None:
            return True
        if any(id_ in ref.ids for id_ in draft.ids):
            return True
        return ref.kind not in draft.kinds and not ref.several and not draft.several and "head" not in {ref.kind, *draft.kinds}

    def on_absent(self, token: Token) -> None:
        draft = last(self.drafts)
        if draft is not None and draft.spans and draft.spans[-1][1:] == (token.start, "offer"):
            draft.ids = None  # 蜂蜜柚子茶 is not 蜂蜜
        elif draft is None or draft.is_named or not self._waits_for_offer(draft):
            draft = self._new()
        draft.absent = True
        draft.spans.append((token.start, token.end, "offer"))
        self.glued = False

    def on_variant(self, token: Token) -> None:
        pairs = token.value
        if not isinstance(pairs, tuple) or self.leaving_out or self.excepting:
            return
        draft = self._draft_for_variant(pairs)  # type: ignore[arg-type]  # the scanner gives a variant its pairs
        draft.vary(token, pairs)  # type: ignore[arg-type]  # the same
        self._mark(draft)
        self.glued = True

    def _draft_for_variant(self, pairs: tuple[tuple[str, str], ...]) -> Draft:
        draft = last(self.drafts)
        owners = {offer for offer, _ in pairs}
        if draft is None:
            return self._new()
        fits = draft.ids is None or any(id_ in owners for id_ in draft.ids)
        if not fits:
            return self._new()
        again = draft.pairs and not self.target is draft
        if again or (draft.is_counted and draft.pairs) or (draft.op is Op.CANCEL and draft.clause != self.clause):
            follower = self._new()
            follower.ids, follower.kinds = draft.ids, set(draft.kinds)
            return follower
        return draft

    # Amounts

    def on_quantity(self, token: Token) -> None:
        quantity = token.value
        if self.not_this:
            self._correct()
            return
        if not isinstance(quantity, Quantity) or self.leaving_out or self.excepting:
            return
        if self._is_rate():
            return
        if self.each:
            self._give_each(token, quantity)
            return
        previous = self._previous()
        if previous is not None and previous.tag in {Tag.OWN, Tag.THIS}:
            self._hold(token, quantity)
            return
        draft = self._draft_for_amount()
        draft.count(token, quantity, self.verb)
        self._mark(draft)

    def _correct(self) -> None:
        """不是两袋是三袋: the first amount is what the writer had."""
        self.not_this = False
        draft = last(self.drafts)
        if draft is not None and draft.is_named and not draft.is_counted:
            draft.changed, draft.op, self.target = True, Op.SET, draft

    def _is_rate(self) -> bool:
        """三块一斤, 35一箱: a price for so much."""
        before = self._previous_raw()
        return before is not None and before.tag in {Tag.MONEY, Tag.NUMBER}

    def on_number(self, token: Token) -> None:
        value = token.value
        previous, following = self._previous(), self._following()
        if self.not_this:
            self._correct()
            return
        if not isinstance(value, int) or not 0 < value <= _MOST_BARE:
            return
        if following is not None and following.tag is Tag.OFFER and following.start == token.end:
            self.on_quantity(token._replace(value=Quantity(value, None)))
        elif previous is not None and previous.tag in _AMOUNT_AFTER and (following is None or following.tag in _AMOUNT_BEFORE):
            self.on_quantity(token._replace(value=Quantity(value, None)))

    def _draft_for_amount(self) -> Draft:
        draft = last(self.drafts)
        if draft is None:
            return self._new()
        if self.target is draft and not draft.is_counted:
            return draft
        if draft.clause == self.clause:
            return draft if self._takes_amount(draft) else self._new()
        follows = draft.is_named and not draft.is_counted and draft.op is not Op.CANCEL
        return draft if follows and self.clause not in self.offers_ahead else self._new()

    def _takes_amount(self, draft: Draft) -> bool:
        """Its first amount; or a second one in a row (十箱八箱, 两袋5斤的), unless that begins the next order."""
        if not draft.is_counted:
            return not (draft.op is Op.CANCEL and self.verb is not Tag.CANCEL)
        following = self._following(skip=_SILENT)
        return following is None or following.tag not in _ITEMS

    def _hold(self, token: Token, quantity: Quantity) -> None:
        draft = last(self.drafts)
        if draft is None or draft.clause != self.clause or draft.held is not None:
            draft = self._new()
        draft.hold(token, quantity)
        self._mark(draft)

    def _give_each(self, token: Token, quantity: Quantity) -> None:
        waiting = [draft for draft in self.drafts if not draft.is_counted and draft.op is not Op.CANCEL]
        self.each_amount = None if waiting else (token, quantity)
        for draft in waiting:
            draft.count(token, quantity, self.verb)
            draft.each = True
        if not waiting:
            draft = self._new()
            draft.count(token, quantity, self.verb)
            draft.each = True

    # Verbs

    def on_take(self, token: Token) -> None:
        if not (self.verb in _KEEPS_VERB and not self.touched):
            self._switch(token)
        for draft in in_clause(self.drafts, self.clause):
            if draft.verb is None and draft.op is None:
                draft.verb = token.tag

    def on_more(self, token: Token) -> None:
        """再, 加, 少: for the amount that follows."""
        self._switch(token)

    def on_settle(self, token: Token) -> None:
        self._switch(token)
        draft = last(self.drafts)
        if draft is None or draft.op is Op.CANCEL:
            draft = self._new()
        if self.pointed is not None and draft.held is None and not draft.is_counted:
            draft.held = Quantity(1, None)
        draft.resettle()
        draft.verb = token.tag
        draft.spans.append((token.start, token.end, "verb"))
        self.target = draft

    def _swapped(self, draft: Draft, ref: OfferRef) -> Draft:
        """A换B: A is cancelled, B is set."""
        draft.op, draft.quantities, draft.changed = Op.CANCEL, [], True
        draft.ids = None if draft.ids is None else tuple(id_ for id_ in draft.ids if id_ not in ref.ids)
        draft.pairs = draft.dropped
        follower = self._new()
        follower.op, follower.changed, follower.verb, follower.held = Op.SET, True, draft.verb, draft.held
        self.target = None
        return follower

    def on_cancel(self, token: Token) -> None:
        self._switch(token)
        targets = self._cancelled()
        for draft in targets:
            draft.op, draft.verb = Op.CANCEL, Tag.CANCEL
            draft.spans.append((token.start, token.end, "verb"))
        if not targets and not self._cancel_follows():
            draft = self._new()
            draft.op, draft.verb, draft.own = Op.CANCEL, Tag.CANCEL, self.own
            draft.spans.append((token.start, token.end, "verb"))

    def _cancelled(self) -> list[Draft]:
        """The orders before the verb in its clause; or, for a clause that is the verb alone, in the clause before."""
        here = [draft for draft in in_clause(self.drafts, self.clause) if draft.verb is not Tag.CANCEL]
        if here:
            return [draft for draft in here if draft.verb is None or draft.own or draft is here[-1]]
        if self.clause in self.offers_ahead:
            return []
        return [draft for draft in in_clause(self.drafts, self.clause - 1) if draft.verb is None and draft.is_named]

    def _cancel_follows(self) -> bool:
        """Whether an item follows in the clause, or the same verb was said before (取消取消)."""
        draft = last(self.drafts)
        if draft is not None and draft.op is Op.CANCEL:
            return True
        return any(
            token.tag in _ITEMS or token.tag in {Tag.QUANTITY, Tag.NUMBER} for token in self._rest_of_clause()
        )

    def _rest_of_clause(self) -> list[Token]:
        rest: list[Token] = []
        for token in self.tokens[self.place + 1 :]:
            if token.tag is Tag.BREAK or token.tag is Tag.SPACE:
                break
            rest.append(token)
        return rest

    # What stands around

    def on_refuse(self, token: Token) -> None:
        here = in_clause(self.drafts, self.clause)
        ahead = any(each.tag in _ITEMS or each.tag is Tag.QUANTITY for each in self._rest_of_clause())
        self.leaving_out = ahead
        if here and not ahead and not here[-1].is_counted:
            here[-1].refused = True
            here[-1].spans.append((token.start, token.end, "guard"))

    def on_not(self, _token: Token) -> None:
        following = self._following()
        self.not_this = following is not None and following.tag in {Tag.QUANTITY, Tag.NUMBER}
        self.leaving_out = not self.not_this

    def on_keep(self, _token: Token) -> None:
        for draft in in_clause(self.drafts, self.clause):
            self.drafts.remove(draft)

    def on_each(self, token: Token) -> None:
        self.each = True
        for draft in self.drafts:
            draft.each = draft.each or not draft.is_counted
            draft.repeated = draft.repeated or (self.text[token.start : token.end] in _OF_EACH_KIND and not draft.is_counted)

    def on_kinds(self, token: Token) -> None:
        """两种: of a name that several offers bear, each."""
        count = _KINDS.get(self.text[token.start], 0)
        draft = last(self.drafts)
        if draft is not None and draft.ids is not None and not draft.is_counted:
            draft.each, draft.kinds_said = True, count
        self.kinds_said = count

    def on_all(self, token: Token) -> None:
        """包圆了: all there is, which is no number."""
        self.on_take(token)
        draft = last(self.drafts)
        if draft is None or draft.is_counted:
            return
        draft.count(token, Quantity(None, None), self.verb)

    def on_slip(self, token: Token) -> None:
        self.slip = token

    def on_never_mind(self, _token: Token) -> None:
        """来两棵… 算了土豆一袋: the latest order was not meant."""
        draft = last(self.drafts)
        if draft is not None and draft.op is None and any(each.tag in _ITEMS for each in self._rest_of_clause()):
            self.drafts.remove(draft)

    def on_except(self, _token: Token) -> None:
        self.excepting = True

    def on_own(self, _token: Token) -> None:
        self.own = True

    def on_this(self, token: Token) -> None:
        """那袋 and 那箱 point at one; 那个 may be any."""
        word = self.text[token.start : token.end]
        if token.value == 1 or (len(word) > 1 and word[-1] not in "个款种样是" and word != "同款"):
            self.pointed = token

    def on_former(self, token: Token) -> None:
        draft = self._new()
        draft.former = True
        draft.spans.append((token.start, token.end, "offer"))

    def on_past(self, _token: Token) -> None:
        self.past = True
        for draft in in_clause(self.drafts, self.clause):
            draft.past = True

    def on_and(self, _token: Token) -> None:
        self.glued = False

    def on_letter(self, _token: Token) -> None:
        self.glued = False

    def on_space(self, _token: Token) -> None:
        if self._previous_raw() is not None and self._previous_raw().tag is not Tag.SPACE:  # type: ignore[union-attr]  # just seen
            self._next_clause(keep_glue=True)

    def on_break(self, _token: Token) -> None:
        self._next_clause(keep_glue=False)

    # Helpers

    def _next_clause(self, *, keep_glue: bool) -> None:
        self.clause += 1
        self.verb, self.touched, self.own, self.past, self.pointed = None, False, False, False, None
        self.leaving_out = self.excepting = self.each = False
        self.glued = self.glued and keep_glue

    def _switch(self, token: Token) -> None:
        self.verb, self.touched, self.glued = token.tag, False, False
        self.leaving_out = self.excepting = False

    def _new(self) -> Draft:
        draft = Draft(clause=self.clause, own=self.own, past=self.past, verb=None)
        if self.verb is not None:
            draft.act(self.verb)
        self.drafts.append(draft)
        return draft

    def _mark(self, draft: Draft) -> None:
        self.touched = True
        draft.own = draft.own or self.own
        draft.past = draft.past or self.past
        if self.each_amount is not None and not draft.is_counted:
            draft.count(*self.each_amount, self.verb)

    def _previous_raw(self) -> Token | None:
        return self.tokens[self.place - 1] if self.place else None

    def _previous(self) -> Token | None:
        """The last token before this one that is not filler."""
        place = self.place - 1
        while place >= 0 and self.tokens[place].tag in {Tag.FILLER, Tag.SPACE, Tag.THEN}:
            place -= 1
        return self.tokens[place] if place >= 0 else None

    def _following(self, skip: frozenset[Tag] = frozenset()) -> Token | None:
        place = self.place + 1
        while place < len(self.tokens) and self.tokens[place].tag in skip:
            place += 1
        return self.tokens[place] if place < len(self.tokens) else None


def _offers_ahead(tokens: Sequence[Token]) -> set[int]:
    """The clauses that name an offer."""
    clause, found = 0, set()
    previous: Token | None = None
    for token in tokens:
        if token.tag is Tag.BREAK or (token.tag is Tag.SPACE and previous is not None and previous.tag is not Tag.SPACE):
            clause += 1
        elif token.tag in {Tag.OFFER, Tag.ABSENT}:
            found.add(clause)
        previous = token
    return found


_HANDLERS: dict[Tag, Callable[[Reader, Token], None]] = {
    Tag.OFFER: Reader.on_offer,
    Tag.ABSENT: Reader.on_absent,
    Tag.VARIANT: Reader.on_variant,
    Tag.QUANTITY: Reader.on_quantity,
    Tag.NUMBER: Reader.on_number,
    Tag.TAKE: Reader.on_take,
    Tag.SHOP: Reader.on_take,
    Tag.ALL: Reader.on_all,
    Tag.SLIP: Reader.on_slip,
    Tag.NEVER_MIND: Reader.on_never_mind,
    Tag.AGAIN: Reader.on_more,
    Tag.ADD: Reader.on_more,
    Tag.LESS: Reader.on_more,
    Tag.SETTLE: Reader.on_settle,
    Tag.SWAP: Reader.on_settle,
    Tag.CANCEL: Reader.on_cancel,
    Tag.REFUSE: Reader.on_refuse,
    Tag.NOT: Reader.on_not,
    Tag.KEEP: Reader.on_keep,
    Tag.EACH: Reader.on_each,
    Tag.KINDS: Reader.on_kinds,
    Tag.EXCEPT: Reader.on_except,
    Tag.OWN: Reader.on_own,
    Tag.THIS: Reader.on_this,
    Tag.FORMER: Reader.on_former,
    Tag.PAST: Reader.on_past,
    Tag.AND: Reader.on_and,
    Tag.LETTER: Reader.on_letter,
    Tag.SPACE: Reader.on_space,
    Tag.BREAK: Reader.on_break,
}
