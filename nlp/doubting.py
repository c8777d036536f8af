"""What speaks against booking an order at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.case import Case, letters_around
from nlp.resolve import Doubt, Resolved
from nlp.settling import has_counted_persons, persons
from nlp.tokens import Tag
from nlp.types import Intent, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.drafts import Draft
    from nlp.facts import Clause

#: For whom: somebody else's account, but 给 and a relative only says why.
_HELPS = {
    "帮": frozenset({Tag.KIN, Tag.THIRD, Tag.LETTER, Tag.THIRD_TITLE}),
    "给": frozenset({Tag.THIRD, Tag.LETTER, Tag.THIRD_TITLE}),
}
#: 给主播来一袋: for the host.
_HOSTS = frozenset(("给", host) for host in ("主播", "老板", "老板娘", "助播", "小助理", "团长"))
#: 俺家也整五斤 speaks of the writer.
_OWN_HOME = frozenset({"我家", "俺家", "我们家", "俺们家", "家里人", "屋里"})
_TO_ME = ("给我", "给俺", "给咱", "帮我", "帮俺", "俾我", "畀我", "跟我")
_GIVING = (("给",), ("为",))
#: 两箱太多了, 一箱吃不完: what the writer has or thinks of.
_TOO_MUCH = frozenset({"太多了", "多了", "有点多", "吃不完", "吃不了", "用不了", "够吃了"})
_GOODS = frozenset({Tag.OFFER, Tag.VARIANT, Tag.ABSENT, Tag.QUANTITY, Tag.NUMBER})
_GRIEVANCES = (
    "坏", "烂", "碎", "臭", "破", "化了", "蔫", "霉", "发霉", "馊", "没收到", "没到货", "少给", "少发", "少寄", "漏发", "漏给", "少装",
)  # fmt: skip
_NAMING = frozenset({Tag.OFFER, Tag.VARIANT})
_ORDERING = frozenset({Tag.OFFER, Tag.VARIANT, Tag.QUANTITY, Tag.TAKE, Tag.SHOP})
_MOST_LETTERS_BEHIND, _MOST_LETTERS_BESIDE = 6, 3


def _touches_letter(draft: Draft, clause: Clause) -> bool:
    """蜂蜜柚子茶, 鸭子腿: the name runs on into what no word covers."""
    if draft.op is Op.CANCEL:
        return False
    ends = {end for _, end, role in draft.spans if role == "offer"}
    last_end = max(end for _, end, _ in draft.spans)
    return any(
        token.tag in {Tag.LETTER, Tag.ABSENT} and token.start in ends and (token.start < last_end or draft.verb is None)
        for token in clause.tokens
    )


def case_doubts(case: Case, orders: Sequence[Resolved], intent: Intent) -> set[Doubt]:
    """What speaks against booking these orders together."""
    found = {doubt for each in orders for doubt in _order_doubts(case, each, intent)}
    facts, alters = case.facts, intent is Intent.CHANGE
    checks = (
        (Doubt.UNCLEAR, _says_twice(orders)),
        (Doubt.COUNT, _counts_twice(orders)),
        (Doubt.KEPT, len(orders) == 1 and _is_exchanged(orders[0].draft)),
        (Doubt.HEARSAY, persons(case) > 1 and not has_counted_persons(case)),
        (Doubt.FERVOUR, facts.has(Tag.EAGER)),
        (Doubt.UNCLEAR, facts.has(Tag.KEEP) and intent is Intent.BUY),
        (Doubt.REMOVAL, facts.has(Tag.CANCEL) and facts.has(Tag.ENOUGH)),
        (Doubt.UNCLEAR, facts.has(Tag.ANY_OF) or bool(case.excepted)),
        (Doubt.UNCLEAR, _is_taken_back(case) or _is_objected(case, orders)),
        (Doubt.UNCLEAR, intent is Intent.BUY and any(_is_grievance(clause) for clause in facts.clauses)),
        (Doubt.UNCLEAR, any(_becomes_that(clause) for clause in facts.clauses)),
        (Doubt.UNCLEAR, alters and facts.has(Tag.CANCEL) and facts.has(Tag.CORRECTION)),
    )
    return found | {doubt for doubt, holds in checks if holds}


def _is_grievance(clause: Clause) -> bool:
    """核桃来两袋，上次的都坏了: a complaint beside an order must not be lost in it."""
    return any(
        token.tag in {Tag.BUT, Tag.PAST} and word.startswith(_GRIEVANCES)
        for token, word in zip(clause.tokens, clause.words, strict=True)
    )


def _becomes_that(clause: Clause) -> bool:
    """17号那瓶就换成它吧: of what, was said before."""
    verb = next((place for place, token in enumerate(clause.tokens) if token.tag in {Tag.SWAP, Tag.SETTLE}), None)
    behind = () if verb is None else clause.tokens[verb:]
    return any(token.tag is Tag.THIS for token in behind) and not any(token.tag in _NAMING for token in behind)


def _is_taken_back(case: Case) -> bool:
    """来两棵… 算了土豆一袋; a 算了 that nothing stands before takes nothing back: 算了 一斤."""
    met = False
    for clause in case.facts.clauses:
        for token, word in zip(clause.tokens, clause.words, strict=True):
            met = met or token.tag in _GOODS
            if token.tag is Tag.NEVER_MIND and (met or not word.startswith("算")):
                return True
    return False


def _is_objected(case: Case, orders: Sequence[Resolved]) -> bool:
    """想要两袋但是放不下; and 油桃两箱 坏了五个, but not 来一箱 碎了我可找你."""
    words = [
        word
        for clause in case.facts.clauses
        for token, word in zip(clause.tokens, clause.words, strict=True)
        if token.tag is Tag.BUT
    ]
    verbless = all(each.draft.verb is None for each in orders)
    return any(verbless or not word.endswith("了") for word in words)


def _says_twice(orders: Sequence[Resolved]) -> bool:
    """蟠桃一箱 油桃一箱 蟠桃不要了: one thing ordered and taken back."""
    ops: dict[tuple[str | None, str | None], set[Op]] = {}
    for action in (action for each in orders for action in each.actions):
        ops.setdefault((action.offer, action.variant), set()).add(action.op)
    return any(Op.CANCEL in said and len(said) > 1 for said in ops.values())


def _counts_twice(orders: Sequence[Resolved]) -> bool:
    """要2份 要3份: two amounts for one thing."""
    counts: dict[tuple[str | None, str | None], set[int | None]] = {}
    for action in (action for each in orders for action in each.actions if action.op is Op.SET and action.offer):
        counts.setdefault((action.offer, action.variant), set()).add(action.quantity)
    return any(len(said) > 1 for said in counts.values())


def _order_doubts(case: Case, each: Resolved, intent: Intent) -> set[Doubt]:
    clause = case.facts.clauses[each.draft.clause]
    checks = {
        Doubt.UNCLEAR: _is_unclear(each, clause, aside=case.facts.letters > 0),
        Doubt.HEARSAY: _is_for_others(clause) or (each.draft.op is not None and _is_anothers(each.draft, clause)),
        Doubt.BARE: _is_bare(each.draft),
        Doubt.COUNT: each.from_pinned and each.draft.each,
        Doubt.NUMBER: _is_only_a_number(each),
        Doubt.REMOVAL: _is_vague_removal(each.draft, case),
        Doubt.KEPT: intent is Intent.CHANGE and _is_little_said(each),
    }
    return {doubt for doubt, holds in checks.items() if holds}


def _is_unclear(each: Resolved, clause: Clause, *, aside: bool) -> bool:
    """Something beside the order was not understood, or the words are as often said of buying in general."""
    draft = each.draft
    inside, behind = letters_around(clause, draft.spans)
    if aside and draft.verb is None and not draft.is_named:
        return True
    most_inside, most_behind = (1, _MOST_LETTERS_BEHIND) if draft.verb else (0, _MOST_LETTERS_BESIDE)
    if inside > most_inside or behind > most_behind:
        return True
    if clause.has(Tag.AGO) and draft.op is None:
        return True
    if draft.verb is None and any(word in _TOO_MUCH for word in clause.words):
        return True
    if draft.verb is Tag.SHOP and not ((draft.is_named or each.from_pinned) and draft.is_counted):
        return True
    return bool(draft.spans) and (
        _touches_letter(draft, clause) or (draft.verb is None and _is_followed(draft, clause))
    )


def _is_exchanged(draft: Draft) -> bool:
    """给我换一把锄头: for a better one, it may be."""
    return draft.verb is Tag.SWAP and draft.is_counted and not draft.pairs and not draft.dropped and draft.held is None


def _is_little_said(each: Resolved) -> bool:
    return each.from_pinned and each.draft.changed and _says_little(each.draft)


def _says_little(draft: Draft) -> bool:
    """改3, 改一下: neither whose, nor a measure word."""
    return not draft.own and _is_lone_word(draft.quantities)


def _is_bare(draft: Draft) -> bool:
    return draft.op is None and draft.verb is None and not draft.is_counted and not draft.refused


def _is_only_a_number(each: Resolved) -> bool:
    """1 2份, 2核桃, or 仨 of what is pinned."""
    draft = each.draft
    lone = each.from_pinned and _is_lone_word(draft.quantities) and draft.verb in {None, Tag.SHOP}
    return "bare" in draft.kinds or _is_number_first(draft) or lone


def _is_vague_removal(draft: Draft, case: Case) -> bool:
    """我那份退了: which of several is not said."""
    return draft.op is Op.CANCEL and draft.own and not draft.is_named and not case.facts.has(Tag.THIS)


def _is_followed(draft: Draft, clause: Clause) -> bool:
    end = max(end for _, end, _ in draft.spans)
    return any(token.tag is Tag.LETTER and token.start == end for token in clause.tokens)


def _is_number_first(draft: Draft) -> bool:
    """2核桃: a number, then the name."""
    first = min(draft.spans, default=(0, 0, ""))
    return first[2] == "quantity" and _is_lone_word(draft.quantities) and draft.is_named and draft.verb is None


def _is_lone_word(quantities: Sequence[object]) -> bool:
    """仨, 3: no measure word and no sign."""
    return all(getattr(each, "unit", None) is None and not getattr(each, "sign", "") for each in quantities)


def _is_for_others(clause: Clause) -> bool:
    """帮俺姐带一板, 301的李哥说他要一只; but 给老伴来一盒 only says for whom."""
    behalf = [word for token, word in zip(clause.tokens, clause.words, strict=True) if token.tag is Tag.BEHALF]
    unknown = clause.letters and any(not word.startswith("帮忙") for word in behalf)
    if behalf and (clause.has(Tag.KIN, Tag.THIRD, Tag.THIRD_TITLE) or unknown):
        return True
    helped = any(
        word in _HELPS and place + 1 < len(clause.tokens) and clause.tokens[place + 1].tag in _HELPS[word]
        for place, word in enumerate(clause.words)
    )
    given = any(
        token.tag is Tag.THIRD_TITLE and place and clause.words[place - 1].endswith(("我", "俺"))
        for place, token in enumerate(clause.tokens)
    )
    treated = any(pair in _HOSTS for pair in zip(clause.words, clause.words[1:], strict=False))
    return helped or given or treated or _is_led_by_another(clause)


def _is_anothers(draft: Draft, clause: Clause) -> bool:
    """陈醋我爸那单也取消: what somebody else reserved."""
    pairs = zip(clause.tokens, clause.tokens[1:], strict=False)
    owned = any(token.tag is Tag.KIN and after.tag in {Tag.OWN, Tag.THIS} for token, after in pairs)
    return owned or (draft.op is Op.CANCEL and clause.has(Tag.THIRD))


def _is_led_by_another(clause: Clause) -> bool:
    """王姐要两袋, 我婆婆也要一袋; but not 来四份分给邻居 or 两箱我老公去拿."""
    order = next((place for place, token in enumerate(clause.tokens) if token.tag in _ORDERING), len(clause.tokens))
    others = [place for place, token in enumerate(clause.tokens) if token.tag in {Tag.THIRD, Tag.THIRD_TITLE}]
    kin = [
        place
        for place, token in enumerate(clause.tokens)
        if token.tag is Tag.KIN and clause.words[place] not in _OWN_HOME
    ]
    verb = next((place for place, token in enumerate(clause.tokens) if token.tag in {Tag.TAKE, Tag.SHOP}), -1)
    given = bool(kin) and clause.words[kin[0] - 1 : kin[0]] in _GIVING
    gap = clause.words[kin[0] + 1 : verb] if kin and kin[0] < verb and not given else ("-",)
    asked = verb >= 0 and clause.words[verb].startswith(_TO_ME)  # 梅姐给我留两箱 speaks to her
    return (any(place < order for place in others) and not asked) or all(
        word in {"也", "说", "想", "还", "都"} for word in gap
    )


def _is_plain_cancel(case: Case, orders: Sequence[Resolved]) -> bool:
    """全给我取消 出差了用不上: the withdrawal is understood, whatever its reason."""
    clauses = [case.facts.clauses[each.draft.clause] for each in orders if each.draft.op is Op.CANCEL]
    return len(clauses) == len(orders) and all(not each.letters and each.has(Tag.FILLER) for each in clauses)


def is_firm(case: Case, orders: Sequence[Resolved]) -> bool:
    """Whether nothing but the order was said."""
    if case.facts.has(Tag.EAGER):
        return True
    if not any(each.draft.is_named for each in orders) and not all(each.from_pinned for each in orders):
        return case.facts.letters <= 1 or _is_plain_cancel(case, orders)
    if _is_name_alone(case, orders):
        return True
    clauses = [case.facts.clauses[each.draft.clause] for each in orders]
    return all(clause.letters <= 1 for clause in clauses) and all(
        each.draft.verb or each.draft.is_counted for each in orders
    )


def _is_name_alone(case: Case, orders: Sequence[Resolved]) -> bool:
    """五花肉, 8号: an offer's own name or number and nothing else."""
    names = all(each.draft.kinds and each.draft.kinds <= {"name", "number"} for each in orders)
    return names and case.facts.tags <= {Tag.OFFER, Tag.SPACE, Tag.BREAK}
