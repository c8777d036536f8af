"""Items and amounts: the first half of the order grammar (`nlp.reading` has the other, and the grammar in short)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.drafts import Draft, last
from nlp.tokens import OfferRef, Quantity, Tag, Token
from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_LOOK_AHEAD = 40
#: 三包里头抽掉一包: what the writer has.
_OUT_OF = ("里头", "里面", "里边", "当中")


class Items:
    """The state of a reading, and what items and amounts do to it."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.drafts: list[Draft] = []
        self.clause = 0
        self.verb: Tag | None = None
        self.touched = False
        self.glued = False
        self.own = self.earlier = False
        self.past = False
        self.leaving_out = False
        self.not_this = False
        self.done_cancelling = False
        self.excepting = False
        self.each = False
        self.kinds_said = 0
        self.slip: Token | None = None
        self.each_amount: tuple[Token, Quantity] | None = None
        self.target: Draft | None = None
        self.pointed: Token | None = None
        self.retracted: Draft | None = None
        self.slipped = False
        self.left_out: set[str] = set()
        self.excepted: set[str] = set()
        self.place = 0
        self.offers_ahead = _offers_ahead(tokens)

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
        self._end_withdrawal()
        draft = self._draft_for_offer(ref)
        draft.clause = self.clause
        if self.kinds_said and draft.ids is None:
            draft.each, draft.kinds_said, self.kinds_said = True, self.kinds_said, 0
        draft.name(token, ref._replace(ids=tuple(id_ for id_ in ref.ids if id_ not in self.excepted)))
        self._mark(draft)

    def _end_withdrawal(self) -> None:
        """香肠不要了腊肉两份: the withdrawal is complete."""
        if self.done_cancelling and self.verb is Tag.CANCEL:
            self.verb = None

    def _draft_for_offer(self, ref: OfferRef) -> Draft:
        draft = last(self.drafts)
        if draft is not None and self.target is draft and self._becomes_other(draft, ref):
            return self._swapped(draft, ref)
        return draft if draft is not None and self._takes_offer(draft, ref) else self._new()

    def _becomes_other(self, draft: Draft, ref: OfferRef) -> bool:
        """What follows 换成 is another offer than what stands before."""
        return draft.is_named and not draft.pairs and (not self._same(draft, ref) or len(draft.ids or ()) > 1)

    def _takes_offer(self, draft: Draft, ref: OfferRef) -> bool:
        """Whether a reference belongs to the latest draft: it waits for one, or this says the same again."""
        if self.target is draft and not draft.is_named:
            return True
        if draft.ids is None:
            return not draft.absent and self._waits_for_offer(draft)
        if draft.is_counted:
            return False
        if draft.clause == self.clause:
            return self.glued and self._belongs(draft, ref)
        return self._same(draft, ref)

    def _swapped(self, draft: Draft, ref: OfferRef) -> Draft:
        """A换B: A is cancelled, B is set."""
        said = draft.quantities  # 牛腩换一份牛腱: behind the verb, so of what it becomes
        draft.op, draft.quantities, draft.changed = Op.CANCEL, [], True
        draft.ids = None if draft.ids is None else tuple(id_ for id_ in draft.ids if id_ not in ref.ids)
        draft.pairs = draft.dropped
        follower = self._new()
        follower.op, follower.changed, follower.verb, follower.held = Op.SET, True, draft.verb, draft.held
        follower.quantities = said
        self.target = None
        return follower

    def _waits_for_offer(self, draft: Draft) -> bool:
        """An amount or a variant came first; or it stood in the clause before and this clause has no amount."""
        if draft.op is Op.CANCEL and not draft.is_counted and not draft.pairs and draft.held is None:
            return False
        return draft.clause == self.clause or (
            draft.clause == self.clause - 1 and draft.is_counted and not draft.pairs and not self._amount_ahead()
        )

    def _amount_ahead(self) -> bool:
        return any(token.tag in {Tag.QUANTITY, Tag.NUMBER} for token in self._rest_of_clause())

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
        return (
            ref.kind not in draft.kinds
            and not ref.several
            and not draft.several
            and "head" not in {ref.kind, *draft.kinds}
        )

    def on_absent(self, token: Token) -> None:
        draft = last(self.drafts)
        if draft is not None and draft.spans and draft.spans[-1][1:] == (token.start, "offer"):
            if draft.kinds == {"number"}:
                draft.ids, draft.conflict = (), True  # 6号酸奶 where 6 is something else
                return
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
        self._end_withdrawal()
        draft = self._draft_for_variant(pairs)  # type: ignore[arg-type]  # the scanner gives a variant its pairs
        draft.vary(token, pairs)  # type: ignore[arg-type]  # the same
        self._mark(draft)
        self.glued = True

    def _draft_for_variant(self, pairs: tuple[tuple[str, str], ...]) -> Draft:
        draft = last(self.drafts)
        owners = {offer for offer, _ in pairs}
        if draft is None:
            return self._new()
        before = self.drafts[-2] if len(self.drafts) > 1 else draft
        if draft.ids is None and before.clause == self.clause and owners.intersection(before.ids or ()):
            draft.ids, draft.kinds = before.ids, set(before.kinds)  # 毯子两灰一粉
        fits = draft.ids is None or any(id_ in owners for id_ in draft.ids)
        if not fits and draft.kinds == {"head"} and draft.clause == self.clause and not draft.is_counted:
            draft.ids, fits = tuple(dict.fromkeys(offer for offer, _ in pairs)), True  # 鞋要红的
        if not fits:
            return self._new()
        again = draft.pairs and self.target is not draft
        part = draft.is_counted and draft.clause != self.clause and self._amount_ahead()  # 三条，灰的两条，粉的一条
        if (
            part
            or again
            or (draft.is_counted and draft.pairs)
            or (draft.op is Op.CANCEL and draft.clause != self.clause)
        ):
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
        if self._is_held() or self._is_out_of(token):
            self._hold(token, quantity)
            return
        draft = self._draft_for_amount()
        if self.verb in {Tag.LESS, Tag.ADD} and draft.is_counted and draft.op is None:
            draft.held, draft.quantities = draft.quantities[-1], []  # 三斤五花肉减一斤
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
        leads = following is not None and following.tag is Tag.OFFER and following.start == token.end
        trails = previous is not None and previous.tag in _AMOUNT_AFTER
        counts_variant = following is not None and following.tag is Tag.VARIANT and following.start == token.end
        counts_variant = counts_variant and (not trails or self._counts_first())
        if (
            (leads and not self._numbers_a_line())
            or counts_variant
            or (trails and (following is None or following.tag in _AMOUNT_BEFORE) and not leads)
        ):
            self.on_quantity(token._replace(value=Quantity(value, None)))

    def _counts_first(self) -> bool:
        """一粉一蓝: here the amount stands before its variant."""
        draft = last(self.drafts)
        roles = [role for _, _, role in draft.spans] if draft is not None else []
        return roles[-2:] == ["quantity", "variant"]

    def _numbers_a_line(self) -> bool:
        """1腊肉两份 2茶油一桶 only counts the lines: the item has an amount of its own."""
        behind = self.tokens[self.place + 2 : self.place + 3]
        return bool(behind) and behind[0].tag in {Tag.QUANTITY, Tag.NUMBER, Tag.TAKE}

    def _draft_for_amount(self) -> Draft:
        draft = last(self.drafts)
        if draft is None:
            return self._new()
        if self.retracted is draft:
            draft.quantities, draft.revised, self.retracted = [], self.slipped, None
            return draft
        if self.target is draft and not draft.is_counted:
            return draft
        if draft.clause == self.clause:
            return draft if self._takes_amount(draft) else self._new()
        alone = self.clause not in self.offers_ahead
        if self.verb is Tag.LESS and draft.is_named and draft.is_counted and draft.op is None and alone:
            draft.clause = self.clause
            return draft  # 金针菇五包太多啦，砍掉仨
        follows = draft.is_named and not draft.is_counted and draft.op is not Op.CANCEL
        return draft if follows and self.clause not in self.offers_ahead else self._new()

    def _takes_amount(self, draft: Draft) -> bool:
        """Its first amount; or a second one in a row (十箱八箱, 两袋5斤的), unless that begins the next order."""
        if not draft.is_counted:
            return not (draft.op is Op.CANCEL and self.verb is not Tag.CANCEL)
        following = self._following(skip=_SILENT)
        return following is None or following.tag not in _ITEMS

    def _is_held(self) -> bool:
        """我的两箱, 那两箱 are what the writer has; 这个两箱 and 那个 一件 say how many of this."""
        previous, before = self._previous(), self._previous_raw()
        if previous is None or previous.tag is not Tag.THIS:
            return previous is not None and previous.tag is Tag.OWN
        return previous is before and previous.end - previous.start == 1 and previous.value is None

    def _is_out_of(self, token: Token) -> bool:
        """三袋里头抽掉一袋: what the writer has, of the goods before."""
        if not self.text.startswith(_OUT_OF, token.end):
            return False
        draft = last(self.drafts)
        if draft is not None and draft.is_named and not draft.is_counted:
            draft.clause = self.clause
        return True

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

    # Helpers

    def _next_clause(self, *, keep_glue: bool) -> None:
        self.clause += 1
        self.verb, self.touched, self.past, self.pointed = None, False, False, None
        self.own = self.earlier = False
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

    def _rest_of_clause(self) -> list[Token]:
        """The tokens behind this one in its clause, as far as the grammar looks ahead."""
        rest: list[Token] = []
        for token in self.tokens[self.place + 1 : self.place + 1 + _LOOK_AHEAD]:
            if token.tag is Tag.BREAK or token.tag is Tag.SPACE:
                break
            rest.append(token)
        return rest


def _offers_ahead(tokens: Sequence[Token]) -> set[int]:
    """The clauses that name an offer."""
    clause, found = 0, set()
    previous: Token | None = None
    for token in tokens:
        if token.tag is Tag.BREAK or (
            token.tag is Tag.SPACE and previous is not None and previous.tag is not Tag.SPACE
        ):
            clause += 1
        elif token.tag in {Tag.OFFER, Tag.ABSENT}:
            found.add(clause)
        previous = token
    return found
