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
from nlp.items import Items
from nlp.tokens import Quantity, Tag, Token
from nlp.types import Op

if TYPE_CHECKING:
    from collections.abc import Callable

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
#: 给我 before one of these takes nothing.
_SERVED = frozenset({Tag.CANCEL, Tag.SETTLE, Tag.SWAP, Tag.LESS})
_MOST_BARE = 99
_MOST_DRAFTS = 24
_AS_BEFORE = frozenset({"照旧", "照常", "老样子"})
_EARLIER = ("刚", "前", "先", "早", "上")


class Reader(Items):
    """Reads one comment; its `drafts` are the result."""

    def read(self) -> list[Draft]:
        """Read all tokens."""
        for place, token in enumerate(self.tokens):
            self.place = place
            handler = _HANDLERS.get(token.tag)
            if handler is not None and len(self.drafts) < _MOST_DRAFTS:
                handler(self, token)
        if self.slip is not None and not self.drafts:
            self.on_cancel(self.slip)
        return self.drafts

    # Verbs

    def on_take(self, token: Token) -> None:
        following = self._following(skip=_SILENT)
        if following is not None and following.tag in _SERVED:
            return  # 全给我撤了
        refused = self._is_refused()
        if not (self.verb in _KEEPS_VERB and not self.touched):
            self._switch(token)
        self.leaving_out = self.leaving_out or refused
        for draft in in_clause(self.drafts, self.clause):
            if draft.verb is None and draft.op is None:
                draft.verb = token.tag

    def _is_refused(self) -> bool:
        """好想囤两袋, 先不要牛腩: what stands right before the verb makes it no commitment."""
        previous = self._previous_raw()
        return previous is not None and previous.tag is Tag.REFUSE

    def on_more(self, token: Token) -> None:
        """再, 加, 少: for the amount that follows; 洗衣粉去掉 without one withdraws."""
        if token.tag is Tag.LESS and self._is_discount():
            return
        if token.tag is Tag.LESS and self.text[token.end - 1] in "掉去" and not self._amount_ahead():
            self.on_cancel(token._replace(tag=Tag.CANCEL))
        else:
            self._switch(token)

    def _is_discount(self) -> bool:
        """满100减几块 asks after a discount."""
        before = self._previous_raw()
        opens = before.start - 1 if before is not None else -1
        return opens >= 0 and self.text[opens] == "满"

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

    def on_cancel(self, token: Token) -> None:
        self._switch(token)
        targets = self._cancelled()
        self.done_cancelling = bool(targets)
        for draft in targets:
            draft.op, draft.verb, draft.refused = Op.CANCEL, Tag.CANCEL, False
            draft.spans.append((token.start, token.end, "verb"))
        if not targets and not self._cancel_follows():
            draft = self._new()
            draft.op, draft.verb, draft.own = Op.CANCEL, Tag.CANCEL, self.own
            draft.former = self.earlier
            draft.spans.append((token.start, token.end, "verb"))

    def _cancelled(self) -> list[Draft]:
        """The orders before the verb in its clause; or, for a clause that is the verb alone, in the clause before."""
        here = [draft for draft in in_clause(self.drafts, self.clause) if draft.verb is not Tag.CANCEL]
        if here:
            return [*self._listed(), *(draft for draft in here if draft.verb is None or draft.own or draft is here[-1])]
        if self.clause in self.offers_ahead or self._is_qualified():
            return []
        before = [draft for draft in in_clause(self.drafts, self.clause - 1) if draft.verb is None and draft.is_named]
        return [*self._listed(behind=1), *before] if before else []

    def _listed(self, behind: int = 0) -> list[Draft]:
        """千张 豆腐 退, 皮蛋、韭菜我都不要了: the names alone in the clauses right before, in their order."""
        found: list[Draft] = []
        clause = self.clause - behind - 1
        while clause >= 0:
            names = in_clause(self.drafts, clause)
            if not names or not all(self._is_bare_name(draft) for draft in names):
                break
            found = [*names, *found]
            clause -= 1
        return found

    @staticmethod
    def _is_bare_name(draft: Draft) -> bool:
        return draft.is_named and draft.verb is None and not draft.is_counted and not draft.past and not draft.own

    def _is_qualified(self) -> bool:
        """重复的别算: what is withdrawn is said in words that nobody knows."""
        before = self._previous_raw()
        while before is not None and before.tag is Tag.FILLER:
            place = self.tokens.index(before)
            before = self.tokens[place - 1] if place else None
        return before is not None and before.tag is Tag.LETTER

    def _cancel_follows(self) -> bool:
        """Whether an item follows in the clause, or the same verb was said before (取消取消)."""
        draft = last(self.drafts)
        if draft is not None and draft.op is Op.CANCEL:
            return True
        return any(token.tag in _ITEMS or token.tag in {Tag.QUANTITY, Tag.NUMBER} for token in self._rest_of_clause())

    # What stands around

    def on_refuse(self, token: Token) -> None:
        here = in_clause(self.drafts, self.clause)
        if self._is_split_withdrawal():
            self._switch(token._replace(tag=Tag.CANCEL))
            return
        if self._is_too_many():
            self.not_this = True
            return
        ahead = any(each.tag in _ITEMS or each.tag is Tag.QUANTITY for each in self._rest_of_clause())
        self.leaving_out = ahead
        if self.slip is not None and here and not ahead:
            self.on_cancel(token._replace(tag=Tag.CANCEL))  # 点错了，作业本跟铅笔我都不要
            return
        if here and not ahead and not here[-1].is_counted:
            here[-1].refused = True
            here[-1].spans.append((token.start, token.end, "guard"))

    def _is_too_many(self) -> bool:
        """核桃不要两袋了，要一袋: the amount is what the writer had."""
        rest = self._rest_of_clause()
        return (
            bool(in_clause(self.drafts, self.clause))
            and [token.tag for token in rest[:1]] == [Tag.QUANTITY]
            and self.text[rest[0].end : rest[0].end + 1] in {"了", "啦", "咯"}
        )

    def _is_split_withdrawal(self) -> bool:
        """不要花生油了: 不要了 with the goods inside."""
        rest = self._rest_of_clause()
        items = [place for place, token in enumerate(rest) if token.tag is Tag.OFFER]
        after = rest[items[0] + 1 : items[0] + 2] if items and not items[0] else []
        return bool(after) and self.text[after[0].start : after[0].end] in {"了", "啦", "咯", "喽", "嘞"}

    def on_not(self, _token: Token) -> None:
        following = self._following()
        self.not_this = following is not None and following.tag in {Tag.QUANTITY, Tag.NUMBER}
        self.leaving_out = not self.not_this

    def on_keep(self, _token: Token) -> None:
        """灰的退了粉的留着: what is kept is no order, what was taken back before it stays taken back."""
        self.leaving_out = any(token.tag in _ITEMS for token in self._rest_of_clause())
        for draft in in_clause(self.drafts, self.clause):
            if draft.op is not Op.CANCEL:
                self.drafts.remove(draft)

    def on_each(self, token: Token) -> None:
        self.each = True
        for draft in self.drafts:
            draft.each = draft.each or not draft.is_counted
            draft.repeated = draft.repeated or (
                self.text[token.start : token.end] in _OF_EACH_KIND and not draft.is_counted
            )

    def on_kinds(self, token: Token) -> None:
        """两种: of a name that several offers bear, each."""
        count = _KINDS.get(self.text[token.start], 0)
        draft = last(self.drafts)
        if draft is not None and draft.ids is not None and not draft.is_counted:
            draft.each, draft.kinds_said = True, count
        self.kinds_said = count

    def on_all(self, token: Token) -> None:
        """包圆了: all there is, which is no number. Before the goods it opens their item: 多来点肉."""
        following = self._following()
        if following is not None and following.tag is Tag.QUANTITY:
            self.on_each(token)  # 8到11号全要一份
            return
        self.on_take(token)
        draft = last(self.drafts)
        if draft is None and any(ahead.tag is Tag.OFFER for ahead in self._rest_of_clause()):
            draft = self._new()
        if draft is None or draft.is_counted:
            return
        draft.count(token, Quantity(None, None), self.verb)

    def on_slip(self, token: Token) -> None:
        self.slip = token

    def on_short(self, _token: Token) -> None:
        """鸡蛋一盘不够 再添一盘: the first is what the writer has."""
        for draft in in_clause(self.drafts, self.clause):
            if draft.quantities and draft.op is None:
                draft.held, draft.quantities = draft.quantities[-1], []

    def on_correction(self, token: Token) -> None:
        """酱油两瓶 打错了 三瓶: the next amount stands for the latest; 写成五瓶 tells what was made of an order."""
        draft = last(self.drafts)
        if draft is not None and draft.is_counted and draft.op is not Op.CANCEL:
            self.retracted, self.slipped = draft, self.text[token.end - 1] != "成"

    def on_never_mind(self, token: Token) -> None:
        """来两棵… 算了土豆一袋: the latest order was not meant."""
        draft = last(self.drafts)
        if draft is None or draft.op is not None:
            return
        self.on_correction(token)
        if any(each.tag in _ITEMS for each in self._rest_of_clause()):
            self.drafts.remove(draft)
        elif (draft.own or draft.past) and draft.clause == self.clause and draft.is_named:
            draft.op, draft.verb = Op.CANCEL, Tag.CANCEL  # 我订的白菜算了吧

    def on_except(self, token: Token) -> None:
        """除了3号 leaves out what follows; 按错了 不算, with nothing behind it, withdraws."""
        behind = self._rest_of_clause()
        meant = self.own or self.slip is not None or bool(in_clause(self.drafts, self.clause))
        if meant and self.text[token.start : token.end] == "不算" and not any(each.tag in _ITEMS for each in behind):
            self.on_cancel(token._replace(tag=Tag.CANCEL))
        else:
            self.excepting = True

    def on_own(self, token: Token) -> None:
        """我那份 is of what is shown; 我刚才那条 is whatever was written before."""
        self.own = True
        self.earlier = self.earlier or any(mark in self.text[token.start : token.end] for mark in _EARLIER)

    def on_this(self, token: Token) -> None:
        """那袋 and 那箱 point at one; 那个 may be any."""
        word = self.text[token.start : token.end]
        before = self._previous_raw()
        if word == "那" and before is not None and before.tag in _ITEMS:
            self.leaving_out = False  # 没有红枣那核桃来三袋
        if self._points_at_one(token, word):
            self.pointed = token

    def _points_at_one(self, token: Token, word: str) -> bool:
        """那单 is the whole order, however many it holds."""
        if token.value == 1:
            return word != "单"
        return len(word) > 1 and word[-1] not in "个款种样是单" and word != "同款"

    def on_former(self, token: Token) -> None:
        here = [draft for draft in in_clause(self.drafts, self.clause) if draft.is_named and not draft.is_counted]
        if here and self.text[token.start : token.end] in _AS_BEFORE:
            self.on_keep(token)  # 男款取消，女款照旧
            return
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
    Tag.SHORT: Reader.on_short,
    Tag.NEVER_MIND: Reader.on_never_mind,
    Tag.CORRECTION: Reader.on_correction,
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
