"""Whether a draft is an order at all, or only mentions goods and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.case import Case, letters_around
from nlp.resolve import Doubt
from nlp.settling import has_minus
from nlp.tokens import Tag
from nlp.types import Op

if TYPE_CHECKING:
    from nlp.drafts import Draft
    from nlp.facts import Clause
    from nlp.resolve import Resolved

#: A clause that says nothing but that something was bought.
_REPORTING = frozenset({Tag.PAST, Tag.FILLER, Tag.REMARK})
_MOST_LETTERS_ASIDE = 4
#: What may stand in a clause beside a bare amount.
_BESIDE = frozenset({
    Tag.QUANTITY, Tag.LETTER, Tag.FILLER, Tag.REMARK, Tag.SPACE, Tag.BREAK, Tag.KIN, Tag.THEN, Tag.THIRD, Tag.THIRD_TITLE,
})  # fmt: skip
_WEIGHTS = ("斤", "公斤", "千克", "kg", "两", "克", "g")
_MOST_LETTERS_BEHIND, _MOST_LETTERS_BESIDE = 6, 3


def is_order(each: Resolved, case: Case) -> bool:
    """Whether a draft orders, changes or cancels something."""
    draft = each.draft
    if draft.refused:
        return draft.is_named and case.facts.has(Tag.KEEP)
    if each.is_other_thing or (draft.absent and case.has_offers):
        return False
    return _is_meant(each, case.facts.clauses[draft.clause], case)


def _is_meant(each: Resolved, clause: Clause, case: Case) -> bool:
    draft = each.draft
    if draft.op is Op.CANCEL:
        return _is_cancel(each, clause, case)
    if draft.changed:
        return _is_alteration(each, clause, case)
    if draft.op is None and _is_report(draft, clause, case):
        return False
    if draft.verb is None:
        return _is_verbless_order(each, clause, case)
    return _is_verbal_order(each, clause, case)


def _is_alteration(each: Resolved, clause: Clause, case: Case) -> bool:
    draft = each.draft
    if not draft.is_counted and clause.letters and "变" in clause.words:
        return False  # 鱼都变方块了
    if draft.is_named or draft.is_counted:
        return True
    if draft.verb is Tag.SWAP and case.has_offers:
        return not case.facts.letters  # 换管家了
    return _is_plain(case)


def _is_report(draft: Draft, clause: Clause, case: Case) -> bool:
    return draft.past or _was_taken(clause) or (draft.verb is None and _is_told(case, clause))


def _was_taken(clause: Clause) -> bool:
    """昨天要了两瓶, 昨天拿的泡芙."""
    following = (*clause.words[1:], "")
    return clause.has(Tag.AGO) and any(
        token.tag is Tag.TAKE and (word.endswith("了") or after in {"的", "了"})
        for token, word, after in zip(clause.tokens, clause.words, following, strict=True)
    )


def _is_told(case: Case, clause: Clause) -> bool:
    """上回的虾仁一袋子冰 tells of what was; so does an amount beside a clause that only reports: 拍了拍了 一盒蛋黄酥."""
    reports = any(other.has(Tag.PAST) and other.tags <= _REPORTING for other in case.facts.clauses)
    return reports or (clause.has(Tag.AGO) and clause.letters > 0)


def _is_cancel(each: Resolved, clause: Clause, case: Case) -> bool:
    if each.draft.is_named:
        return True
    # 全给我取消 出差了用不上: a clause that is all understood may have its reason beside it.
    most = 4 * _MOST_LETTERS_BESIDE if not clause.letters and clause.has(Tag.FILLER) else 2 * _MOST_LETTERS_BESIDE
    return clause.letters <= _MOST_LETTERS_BESIDE and case.facts.letters <= most


def _is_plain(case: Case) -> bool:
    return case.facts.letters <= _MOST_LETTERS_BESIDE


def _is_verbal_order(each: Resolved, clause: Clause, case: Case) -> bool:
    draft = each.draft
    inside, behind = letters_around(clause, draft.spans)
    inside -= _in_condition(clause)
    if draft.is_named and draft.is_counted:
        return inside <= _MOST_LETTERS_BEHIND
    if draft.is_counted:
        return _is_unnamed_order(each, case, inside, behind)
    if draft.is_named:
        wanted = draft.verb in {Tag.TAKE, Tag.AGAIN, Tag.ADD, Tag.SHOP}
        return wanted and inside == 0 and behind <= _MOST_LETTERS_BESIDE and not _says_which_kind(draft, clause)
    return False


def _in_condition(clause: Clause) -> int:
    """The letters before 就: 有当天烤的就来两盒."""
    then = next((token.start for token in clause.tokens if token.tag is Tag.THEN), 0)
    return sum(token.tag is Tag.LETTER and token.start < then for token in clause.tokens)


def _says_which_kind(draft: Draft, clause: Clause) -> bool:
    """黄瓜要带刺的: what is wanted of the goods, not the goods."""
    named = max((end for _, end, role in draft.spans if role == "offer"), default=0)
    verb = next(
        (place for place, token in enumerate(clause.tokens) if token.tag is Tag.TAKE and token.start >= named), None
    )
    behind = () if verb is None else clause.tokens[verb + 1 :]
    return sum(token.tag in {Tag.LETTER, Tag.SHOP} for token in behind) > 1


def _is_unnamed_order(each: Resolved, case: Case, inside: int, behind: int) -> bool:
    """来一份, 要两箱: of the pinned offer, or of one that must be asked for."""
    if case.facts.has(Tag.EAGER):
        return True
    if not each.from_pinned and _is_wondered(each, case):
        return False
    if each.draft.verb is Tag.SHOP and not each.from_pinned and inside + behind:
        return False
    piece = any(quantity.unit == "个" for quantity in each.draft.quantities)
    if piece and not each.draft.each and (not each.from_pinned or case.facts.letters):
        return False
    if piece and _is_of_people(each, case):
        return False
    return inside <= _MOST_LETTERS_BESIDE and behind <= (_MOST_LETTERS_BESIDE if each.from_pinned else 1)


def _is_wondered(each: Resolved, case: Case) -> bool:
    """拎点啥呢: some of what, the writer wonders."""
    clause = case.facts.clauses[each.draft.clause]
    return clause.asks and all(quantity.value is None for quantity in each.draft.quantities)


def _is_of_people(each: Resolved, case: Case) -> bool:
    """来个男朋友: no goods."""
    ends = {end for _, end, role in each.draft.spans if role == "quantity"}
    clause = case.facts.clauses[each.draft.clause]
    return any(token.tag in {Tag.KIN, Tag.THIRD, Tag.THIRD_TITLE} and token.start in ends for token in clause.tokens)


def _is_verbless_order(each: Resolved, clause: Clause, case: Case) -> bool:
    if not case.has_offers and not _is_signed(each):
        return False
    return _is_shaped(each, clause, case) and not _is_told_of(each, clause, case)


def _is_shaped(each: Resolved, clause: Clause, case: Case) -> bool:
    """Goods and an amount, or one of them alone where nothing else is said."""
    draft = each.draft
    if draft.is_named and draft.is_counted:
        inside, behind = letters_around(clause, draft.spans)
        return inside <= 1 and behind <= (0 if _is_scene(draft, clause) else _MOST_LETTERS_BEHIND)
    if draft.is_counted:
        return (len(set(draft.quantities)) == 1 or _is_signed(each)) and _is_bare_amount(each, case)
    return draft.is_named and not draft.own and _is_bare_name(case)


def _is_told_of(each: Resolved, clause: Clause, case: Case) -> bool:
    """What goods are like, cost or amount to, and what is at hand."""
    draft = each.draft
    told = _is_spoilt(clause) or _is_priced(draft, clause) or _is_at_hand(draft, clause) or _is_done(draft, clause)
    corrects = Doubt.UNIT in each.doubts or not case.facts.has(Tag.CORRECTION)
    return told or (corrects and not draft.own and _is_stated(draft, clause))


def _is_spoilt(clause: Clause) -> bool:
    """两袋发霉了: in what state the goods are."""
    return any(
        token.tag is Tag.BUT and (word[-1] in "了啦咯喽咧嘞噜" or word in {"发霉", "没收到"})
        for token, word in zip(clause.tokens, clause.words, strict=True)
    )


def _is_priced(draft: Draft, clause: Clause) -> bool:
    """一瓶68, 三袋一百块, 一袋20斤: the amount runs into a price or into what it weighs."""
    ends = {end for _, end, role in draft.spans if role == "quantity"}
    return any(
        token.start in ends and (token.tag is Tag.MONEY or (token.tag is Tag.NUMBER and token is clause.tokens[-1]))
        for token in clause.tokens
    ) or _is_weighed(draft, clause, ends)


def _is_weighed(draft: Draft, clause: Clause, ends: set[int]) -> bool:
    """一袋20斤: packs, and right behind them a weight that is no 5斤的."""
    packs = all(quantity.unit not in _WEIGHTS for quantity in draft.quantities[:1])
    following = (*clause.words[1:], "")
    return packs and any(
        token.tag is Tag.QUANTITY and token.start in ends and word.endswith(_WEIGHTS) and after not in {"的", "装"}
        for token, word, after in zip(clause.tokens, clause.words, following, strict=True)
    )


def _is_stated(draft: Draft, clause: Clause) -> bool:
    """豆瓣是2桶: says how much it is, as one who corrects the host does."""
    counted = {start for start, _, role in draft.spans if role == "quantity"}
    return any(word == "是" and token.end in counted for token, word in zip(clause.tokens, clause.words, strict=True))


def _is_at_hand(draft: Draft, clause: Clause) -> bool:
    """酥梨还有半箱: what the writer has; 酥梨一箱还有核桃两袋 goes on ordering."""
    counted = {start for start, _, role in draft.spans if role == "quantity"}
    said = zip(clause.tokens, clause.words, strict=True)
    return draft.is_named and any(word in {"还有", "有"} and token.end in counted for token, word in said)


def _is_done(draft: Draft, clause: Clause) -> bool:
    """大爷丢了20只鸡: an amount behind 了 and an unknown deed."""
    counted = {start for start, _, role in draft.spans if role == "quantity"}
    three = zip(clause.tokens, clause.words[1:], clause.tokens[1:], strict=False)
    return any(done == "了" and deed.tag is Tag.LETTER and after.end in counted for deed, done, after in three)


def _is_scene(draft: Draft, clause: Clause) -> bool:
    """两只鸭子在叫: an amount, the goods, and what they do."""
    first, latest = min(draft.spans), max(draft.spans)
    return first[2] == "quantity" and any(
        token.tag is Tag.LETTER and token.start == latest[1] for token in clause.tokens
    )


def _is_bare_amount(each: Resolved, case: Case) -> bool:
    """+2, 2箱, 仨: where something is pinned, or +2 anywhere."""
    if case.facts.letters and not (_has_aside(each, case) or _is_put_right(each, case)):
        return False
    if has_minus(each):
        return each.from_pinned and not case.facts.has(Tag.NUMBER)
    return each.from_pinned or _is_signed(each) or each.draft.each or each.draft.former


def _has_aside(each: Resolved, case: Case) -> bool:
    """王芳 两袋, 两袋，生日用: a short clause of something else beside the amount in the pinned offer's own unit."""
    measured = all(quantity.unit or quantity.sign == "+" for quantity in each.draft.quantities)
    measured = measured and each.from_pinned and not each.doubts
    pure = not case.facts.clauses[each.draft.clause].letters
    return measured and pure and case.facts.letters <= _MOST_LETTERS_ASIDE and case.facts.tags <= _BESIDE


def _is_put_right(each: Resolved, case: Case) -> bool:
    """那个数打错了，三袋才对: an amount by itself beside a correction, of what is shown."""
    pure = not case.facts.clauses[each.draft.clause].letters
    return pure and each.from_pinned and case.facts.has(Tag.CORRECTION) and case.facts.letters <= _MOST_LETTERS_ASIDE


def _is_signed(each: Resolved) -> bool:
    return any(quantity.sign == "+" for quantity in each.draft.quantities)


def _is_bare_name(case: Case) -> bool:
    """8号, 土鸡蛋: nothing but the name."""
    allowed = {Tag.OFFER, Tag.VARIANT, Tag.FILLER, Tag.SPACE, Tag.BREAK, Tag.AND, Tag.EACH, Tag.TAKE, Tag.KINDS}
    clauses = case.facts.clauses
    return case.facts.tags <= allowed and not any(clause.asks or clause.words[-1:] == ("呢",) for clause in clauses)
