"""The judgement: whether the drafts of a comment are orders, which intent they make, and what speaks against booking them.

A rule is one function that either answers or passes (`None`); `_RULES` is their order of precedence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.resolve import Doubt, Resolved
from nlp.tokens import Tag
from nlp.types import Action, Intent, Op, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.drafts import Draft
    from nlp.facts import Clause, Facts

_HOW_TO_ORDER = ("咋下单", "怎么下单", "怎么拍", "咋拍", "怎么买", "咋买", "怎么订", "有没有", "有木有", "在吗", "请问", "请问一下", "想问", "多少钱", "问一下", "问下", "问一哈")
_REQUESTS = ("给我", "给俺", "帮我", "帮俺", "留", "帮", "记", "捎", "订", "畀我")
_ABLE = ("能", "可以", "可不可以", "能不能", "可否", "能否")
_DISCOUNTS = ("便宜", "少", "降", "减", "打折", "抹零")
_COUPLES = frozenset({"爹妈", "爸妈", "公婆", "父母", "俺爹妈", "我爸妈", "老两口", "俩娃"})
_WANTS_TO_BUY = frozenset({"想买", "要买", "我要买", "想拍", "要拍"})
_CLAIMS = frozenset({"我要", "我要了", "要了", "俺要", "我也要", "也要", "算我", "算俺", "算我一个", "算我一份", "带我一个", "加我一个", "给我留", "给俺留", "要", "咱要", "留给我", "给我", "上车", "跟团"})
#: These order even where nothing is pinned.
_BLIND_CLAIMS = frozenset({"我要了", "算我", "算俺", "算我一个", "加我一个", "带我一个", "算我一份", "给我留"})
_MOST_LETTERS_BEHIND, _MOST_LETTERS_BESIDE = 6, 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A comment laid before the rules."""

    facts: Facts
    orders: tuple[Resolved, ...]
    left_out: frozenset[str]
    excepted: frozenset[str]
    pinned: str | None
    has_offers: bool
    has_variants: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the rules say: an intent with its actions and doubts; `is_firm` says that the model need not be heard."""

    intent: Intent
    actions: tuple[Action, ...] = ()
    doubts: frozenset[Doubt] = frozenset()
    topic: Topic | None = None
    is_firm: bool = True


def judge(case: Case) -> Verdict | None:
    """The first rule that answers; None: no rule knows, ask the model."""
    for rule in _RULES:
        verdict = rule(case)
        if verdict is not None:
            return verdict
    return None


# Rules that speak before any order is considered


def _echoed(case: Case) -> Verdict | None:
    """楼上要两箱, 楼上说不要了: another commenter's words."""
    clauses = [case.facts.clauses[each.draft.clause] for each in case.orders]
    if clauses and all(clause.has(Tag.ECHO) for clause in clauses):
        return Verdict(intent=Intent.CHAT)
    return None


def _kept(case: Case) -> Verdict | None:
    """不用取消了: nothing changes."""
    if case.facts.has(Tag.KEEP) and all(each.draft.op is Op.CANCEL and not each.draft.is_named for each in case.orders) and not any(clause.asks for clause in case.facts.clauses):
        return Verdict(intent=Intent.CHAT)
    return None


def _swapped_names(case: Case) -> Verdict | None:
    """我要的是2号不是1号: the one is set, the other cancelled."""
    if not (case.left_out and case.facts.has(Tag.NOT) and case.facts.has(Tag.OWN, Tag.SETTLE)):
        return None
    named = [each for each in case.orders if each.draft.ids and not each.draft.is_counted]
    if len(named) != 1:
        return None
    wanted = named[0].actions[0]
    actions = [Action(op=Op.SET, offer=wanted.offer, variant=wanted.variant, quantity=None)]
    actions += [Action(op=Op.CANCEL, offer=id_, variant=None, quantity=None) for id_ in sorted(case.left_out)]
    return Verdict(intent=Intent.CHANGE, actions=tuple(actions), doubts=frozenset({Doubt.KEPT}))


# Orders


def _wished(case: Case) -> Verdict | None:
    """Goods that the catalogue lacks: 来点红薯, 要两斤五花肉."""
    missing = [each for each in case.orders if each.draft.absent]
    if not missing or not case.has_offers or any(not each.draft.absent and _is_order(each, case) for each in case.orders):
        return None
    clause = case.facts.clauses[missing[0].draft.clause]
    inside, behind = _letters_around(clause, missing[0].draft.spans)
    clear = _is_wanted(missing[0], clause) and not inside and behind <= _MOST_LETTERS_BESIDE
    return Verdict(intent=Intent.WISH) if clear and not clause.asks else None


def _is_wanted(each: Resolved, clause: Clause) -> bool:
    """Whether the verb stands before the goods."""
    start = min((start for start, _, role in each.draft.spans if role == "offer"), default=0)
    return any(token.tag in {Tag.TAKE, Tag.SHOP, Tag.AGAIN} and token.start < start for token in clause.tokens)


def _conceded(case: Case) -> Verdict | None:
    """包邮就来两箱, 便宜5块我就来三袋: a question about the price or the promotion."""
    facts = case.facts
    if not facts.has(Tag.CONCESSION) or not case.orders:
        return None
    asks = any(clause.asks for clause in facts.clauses)
    if not (asks or facts.has(Tag.CONDITION, Tag.THEN)):
        return None
    words = [word for clause in facts.clauses for token, word in zip(clause.tokens, clause.words, strict=True) if token.tag is Tag.CONCESSION]
    cheaper = any(mark in word for word in words for mark in _DISCOUNTS)
    return Verdict(intent=Intent.QUESTION, topic=Topic.PRICE if cheaper else Topic.PROMOTION)


def _ordered(case: Case) -> Verdict | None:
    orders = [each for each in case.orders if _is_order(each, case)]
    orders = _without_remnants(_without_replaced(orders, case), case)
    if not orders or case.facts.has(Tag.MISS):
        return None
    stopped = _questioned(case, orders) or _conditional(case, orders)
    if isinstance(stopped, Verdict):
        return stopped
    doubts = stopped or frozenset()
    if _is_withdrawn_only(case, orders):
        return None
    return _verdict(case, orders, doubts)


def _without_replaced(orders: list[Resolved], case: Case) -> list[Resolved]:
    """五斤太多了 西红柿三斤就中: what is too much is what the writer has."""
    if not case.facts.has(Tag.ENOUGH) or len(orders) == 1:
        return orders
    kept = [each for each in orders if not case.facts.clauses[each.draft.clause].has(Tag.ENOUGH)]
    return kept or orders


def _without_remnants(orders: list[Resolved], case: Case) -> list[Resolved]:
    """Beside a named order a nameless one is left over: 取消一箱，留一箱 · 软的别给我 · 上面那条作废."""
    if not any(each.draft.is_named for each in orders):
        return orders
    return [each for each in orders if each.draft.is_named or not _is_remnant(each, orders, case)]


def _is_remnant(each: Resolved, orders: Sequence[Resolved], case: Case) -> bool:
    if each.draft.op is Op.CANCEL:
        return bool(case.facts.clauses[each.draft.clause].letters) or case.facts.has(Tag.CORRECTION)
    return _is_reduction(orders) and any(other.draft.op is Op.CANCEL for other in orders)


def _is_withdrawn_only(case: Case, orders: Sequence[Resolved]) -> bool:
    """我那两箱橙子呢: only points at what the writer has."""
    return all(each.draft.own and not each.draft.is_counted and each.draft.op is None for each in orders)


def _verdict(case: Case, orders: Sequence[Resolved], doubts: frozenset[Doubt]) -> Verdict:
    intent = _intent(case, orders)
    settled = _settled(intent, orders, case)
    if case.facts.has(Tag.ANY_OF) and len(settled) > 1 and all(each.draft.op is None for each in settled):
        settled = [_any_one(settled)]
    actions = _for_persons(tuple(dict.fromkeys(action for each in settled for action in each.actions)), case)
    found = set(doubts).union(*(each.doubts for each in settled)) | _case_doubts(case, settled, intent)
    return Verdict(intent=intent, actions=actions, doubts=frozenset(found), is_firm=_is_firm(case, settled))


def _any_one(orders: Sequence[Resolved]) -> Resolved:
    """核桃或者红枣来一箱: one of them, which must be asked."""
    latest = orders[-1]
    action = Action(op=Op.SET, offer=None, variant=None, quantity=latest.actions[0].quantity)
    return _replaced(latest, (action,), frozenset({Doubt.SEVERAL}))


def _persons(case: Case) -> int:
    """给爹妈一人一袋, 我和张婶各一箱: for how many."""
    if not case.facts.has(Tag.EACH):
        return 1
    pairs = any(word in _COUPLES for clause in case.facts.clauses for word in clause.words)
    with_me = any(
        clause.has(Tag.AND) and clause.has(Tag.KIN, Tag.THIRD, Tag.THIRD_TITLE) and clause.tokens[0].tag is Tag.FILLER
        for clause in case.facts.clauses
    )
    return 2 if pairs or with_me else 1


def _for_persons(actions: tuple[Action, ...], case: Case) -> tuple[Action, ...]:
    persons = _persons(case)
    if persons == 1 or len(actions) != 1 or actions[0].quantity is None:
        return actions
    only = actions[0]
    return (Action(op=only.op, offer=only.offer, variant=only.variant, quantity=(only.quantity or 1) * persons),)


def _intent(case: Case, orders: Sequence[Resolved]) -> Intent:
    if any(each.draft.changed for each in orders) or _is_corrected(case, orders):
        return Intent.CHANGE
    if all(each.draft.refused for each in orders):
        return Intent.CANCEL
    ops = [Op.CANCEL if each.draft.refused else each.draft.op for each in orders]
    if Op.CANCEL in ops:
        return Intent.CANCEL if not _is_reduction(orders) else Intent.CHANGE
    if case.facts.has(Tag.PAST) and all(each.draft.verb is Tag.AGAIN and each.draft.ids for each in orders):
        return Intent.BUY
    if Op.REDUCE in ops or (ops and ops[0] is Op.ADD) or any(each.draft.verb is Tag.ADD for each in orders):
        return Intent.CHANGE
    return Intent.BUY


def _is_corrected(case: Case, orders: Sequence[Resolved]) -> bool:
    """多写了, 不是两袋，三袋: the order stands corrected."""
    facts = case.facts
    if all(each.draft.op is Op.CANCEL for each in orders) and not facts.has(Tag.CORRECTION):
        return False
    if facts.has(Tag.CORRECTION):
        return True
    return facts.has(Tag.ENOUGH) and (facts.has(Tag.NOT) or len(facts.clauses) > 1) or facts.has(Tag.NOT) and facts.has(Tag.OWN)


def _is_reduction(orders: Sequence[Resolved]) -> bool:
    """取消一箱脐橙: one of several is taken back."""
    cancelled = [each for each in orders if each.draft.op is Op.CANCEL]
    return bool(cancelled) and all(_takes_back(each) for each in cancelled)


def _takes_back(each: Resolved) -> bool:
    draft = each.draft
    return draft.is_counted and draft.is_named and draft.held is None and draft.spans[0][2] == "quantity"


def _settled(intent: Intent, orders: Sequence[Resolved], case: Case) -> list[Resolved]:
    """Give each order its final operation in the light of the others."""
    settled: list[Resolved] = []
    corrected = _is_corrected(case, orders) and not any(each.draft.changed for each in orders)
    for place, each in enumerate(orders):
        op = each.draft.op
        if each.draft.refused:
            # 1号不要 2号留着 withdraws the first.
            actions = tuple(Action(op=Op.CANCEL, offer=action.offer, variant=action.variant, quantity=None) for action in each.actions)
            each = _replaced(each, actions, frozenset())  # noqa: PLW2901 - the order as it is meant
        elif intent is Intent.CHANGE and op is Op.CANCEL and _takes_back(each) and not each.draft.changed:
            each = _with_op(each, Op.REDUCE, each.draft.quantities[-1].count)  # noqa: PLW2901 - the order as it is meant
        elif op is Op.ADD and each.draft.verb is Tag.AGAIN and case.facts.has(Tag.PAST) and each.draft.ids:
            each = _with_op(each, Op.SET, None)  # noqa: PLW2901 - 刚买蒸锅、再买小黄鱼: other goods than those bought
        elif op is Op.ADD and place and each.draft.verb is Tag.AGAIN and settled[-1].draft.op is None:
            each = _with_op(each, Op.SET, None)  # noqa: PLW2901 - 再 after other goods only lists
        elif corrected and not each.draft.is_counted and op is None:
            each = _unsaid(each)  # noqa: PLW2901 - a corrected order without a count keeps its count
        elif intent is Intent.CHANGE and op is None and _has_minus(each):
            each = _with_op(each, Op.REDUCE, None)  # noqa: PLW2901 - 5号-1
        settled.append(each)
    return settled


def _with_op(each: Resolved, op: Op, count: int | None) -> Resolved:
    actions = tuple(
        Action(op=op, offer=action.offer, variant=action.variant, quantity=action.quantity if count is None else count)
        for action in each.actions
    )
    return _replaced(each, actions, each.doubts)


def _unsaid(each: Resolved) -> Resolved:
    actions = tuple(
        Action(op=Op.SET, offer=action.offer, variant=action.variant, quantity=None) for action in each.actions
    )
    return _replaced(each, actions, each.doubts | {Doubt.KEPT})


def _replaced(each: Resolved, actions: tuple[Action, ...], doubts: frozenset[Doubt]) -> Resolved:
    return Resolved(
        draft=each.draft, actions=actions, doubts=doubts, is_other_thing=each.is_other_thing, from_pinned=each.from_pinned
    )


def _has_minus(each: Resolved) -> bool:
    return any(quantity.sign == "-" for quantity in each.draft.quantities)


# Is it an order at all?


def _is_order(each: Resolved, case: Case) -> bool:
    draft, clause = each.draft, case.facts.clauses[each.draft.clause]
    if draft.refused and case.facts.has(Tag.KEEP) and draft.is_named:
        return True
    if each.is_other_thing or draft.refused or (draft.absent and case.has_offers):
        return False
    if draft.op is Op.CANCEL:
        return _is_cancel(each, clause, case)
    if draft.changed:
        return draft.is_named or draft.is_counted or _is_plain(case)
    if draft.op is None and (draft.past or _was_taken(clause)):
        return False
    if draft.verb is None:
        return _is_verbless_order(each, clause, case)
    return _is_verbal_order(each, clause, case)


def _was_taken(clause: Clause) -> bool:
    """昨天要了两瓶."""
    return clause.has(Tag.AGO) and any(token.tag is Tag.TAKE and word.endswith("了") for token, word in zip(clause.tokens, clause.words, strict=True))


def _is_cancel(each: Resolved, clause: Clause, case: Case) -> bool:
    return each.draft.is_named or clause.letters <= _MOST_LETTERS_BESIDE and case.facts.letters <= 2 * _MOST_LETTERS_BESIDE


def _is_plain(case: Case) -> bool:
    return case.facts.letters <= _MOST_LETTERS_BESIDE


def _is_verbal_order(each: Resolved, clause: Clause, case: Case) -> bool:
    draft = each.draft
    inside, behind = _letters_around(clause, draft.spans)
    if draft.is_named and draft.is_counted:
        return inside <= _MOST_LETTERS_BEHIND
    if draft.is_counted:
        return _is_unnamed_order(each, clause, case, inside, behind)
    if draft.is_named:
        wanted = draft.verb in {Tag.TAKE, Tag.AGAIN, Tag.ADD, Tag.SHOP}
        return wanted and inside == 0 and behind <= _MOST_LETTERS_BESIDE
    return False


def _is_unnamed_order(each: Resolved, clause: Clause, case: Case, inside: int, behind: int) -> bool:
    """来一份, 要两箱: of the pinned offer, or of one that must be asked for."""
    if case.facts.has(Tag.EAGER):
        return True
    if each.draft.verb is Tag.SHOP and not each.from_pinned and inside + behind:
        return False
    piece = any(quantity.unit == "个" for quantity in each.draft.quantities)
    if piece and not each.draft.each and (not each.from_pinned or case.facts.letters):
        return False
    return inside <= _MOST_LETTERS_BESIDE and behind <= (_MOST_LETTERS_BESIDE if each.from_pinned else 1)


def _is_verbless_order(each: Resolved, clause: Clause, case: Case) -> bool:
    draft = each.draft
    inside, behind = _letters_around(clause, draft.spans)
    if not case.has_offers and not _is_signed(each):
        return False
    if _is_priced(draft, clause):
        return False
    if draft.is_named and draft.is_counted:
        return inside <= 1 and behind <= (0 if _is_scene(draft, clause) else _MOST_LETTERS_BEHIND)
    if draft.is_counted:
        return (len(draft.quantities) == 1 or _is_signed(each)) and _is_bare_amount(each, case)
    return draft.is_named and not draft.own and _is_bare_name(case)


def _is_priced(draft: Draft, clause: Clause) -> bool:
    """一瓶68, 三袋一百块: the amount runs into a price."""
    ends = {end for _, end, role in draft.spans if role == "quantity"}
    return any(token.tag in {Tag.MONEY, Tag.NUMBER} and token.start in ends for token in clause.tokens)


def _is_scene(draft: Draft, clause: Clause) -> bool:
    """两只鸭子在叫: an amount, the goods, and what they do."""
    first, latest = min(draft.spans), max(draft.spans)
    return first[2] == "quantity" and any(token.tag is Tag.LETTER and token.start == latest[1] for token in clause.tokens)


def _touches_letter(draft: Draft, clause: Clause) -> bool:
    """蜂蜜柚子茶, 鸭子腿: the name runs on into what no word covers."""
    ends = {end for _, end, role in draft.spans if role == "offer"}
    last_end = max(end for _, end, _ in draft.spans)
    return any(
        token.tag in {Tag.LETTER, Tag.ABSENT} and token.start in ends and (token.start < last_end or draft.verb is None)
        for token in clause.tokens
    )


def _is_bare_amount(each: Resolved, case: Case) -> bool:
    """+2, 2箱, 仨: where something is pinned, or +2 anywhere."""
    if case.facts.letters:
        return False
    return (each.from_pinned or _is_signed(each) or each.draft.each or each.draft.former) and not _has_minus(each)


def _is_signed(each: Resolved) -> bool:
    return any(quantity.sign == "+" for quantity in each.draft.quantities)


def _is_bare_name(case: Case) -> bool:
    """8号, 土鸡蛋: nothing but the name."""
    allowed = {Tag.OFFER, Tag.VARIANT, Tag.FILLER, Tag.SPACE, Tag.BREAK, Tag.AND, Tag.EACH, Tag.TAKE, Tag.KINDS}
    clauses = case.facts.clauses
    return case.facts.tags <= allowed and not any(clause.asks or clause.words[-1:] == ("呢",) for clause in clauses)


def _letters_around(clause: Clause, spans: Sequence[tuple[int, int, str]]) -> tuple[int, int]:
    """Letters that no word covers before or within the order, and behind it."""
    end = max((end for _, end, _ in spans), default=0)
    inside = sum(token.tag is Tag.LETTER and token.start < end for token in clause.tokens)
    return inside, clause.letters - inside


# Questions and conditions


def _questioned(case: Case, orders: Sequence[Resolved]) -> Verdict | frozenset[Doubt] | None:
    """An order that asks: a request, a nod, a question beside it, or no order but a question."""
    facts = case.facts
    asking = [place for place, clause in enumerate(facts.clauses) if clause.asks]
    if not asking:
        return frozenset({Doubt.ASKED}) if _only_nods(case, orders) else None
    places = {each.draft.clause for each in orders}
    if all(place < min(places) for place in asking):
        words = [word for place in asking for word in facts.clauses[place].words]
        counted = all(each.draft.is_counted for each in orders)
        return frozenset({Doubt.ASKED}) if counted and any(word in _HOW_TO_ORDER for word in words) else _question()
    if _takes_anyway(facts, asking[-1]):
        return frozenset({Doubt.ASKED})
    if all(_is_request(facts.clauses[place], orders, place) for place in asking):
        return frozenset({Doubt.ASKED})
    return _question()


def _takes_anyway(facts: Facts, place: int) -> bool:
    """一百二十把挂面有没有，我全要: the clause after the question takes it."""
    return any(clause.has(Tag.TAKE, Tag.ALL) and not clause.asks and not clause.letters for clause in facts.clauses[place + 1 :])


def _question() -> Verdict:
    return Verdict(intent=Intent.QUESTION, is_firm=False)


def _only_nods(case: Case, orders: Sequence[Resolved]) -> bool:
    """取消一下行不 and 来两箱行吗 are acts; 49.9一箱是吧 来一箱 asks before it orders."""
    places = {each.draft.clause for each in orders}
    return any(clause.nods and place in places for place, clause in enumerate(case.facts.clauses))


def _is_request(clause: Clause, orders: Sequence[Resolved], place: int) -> bool:
    """能给俺留二斤五花不: asks the host to do the writer's own order."""
    here = [each for each in orders if each.draft.clause == place]
    asked_of = any(word.startswith(_REQUESTS) and word != "订单" for word in clause.words)
    able = any(token.start == clause.tokens[0].start or word in _ABLE for token, word in zip(clause.tokens, clause.words, strict=True) if word in _ABLE)
    return bool(here) and asked_of and able and all(each.draft.is_counted or each.draft.op is Op.CANCEL for each in here)


def _conditional(case: Case, orders: Sequence[Resolved]) -> Verdict | frozenset[Doubt] | None:
    facts = case.facts
    clauses = [facts.clauses[each.draft.clause] for each in orders]
    if all(clause.has(Tag.LATER) for clause in clauses) and not facts.has(Tag.CANCEL):
        return Verdict(intent=Intent.CHAT)
    hanging = [clause for clause in clauses if _hangs(clause)]
    if not hanging and not facts.has(Tag.CONDITION):
        return None
    if any(clause.has(Tag.KIN, Tag.THIRD) for clause in hanging):
        return Verdict(intent=Intent.CHAT, is_firm=False)
    return frozenset({Doubt.CONDITION})


def _hangs(clause: Clause) -> bool:
    """甜就来两箱: something not understood, or somebody, before 就 and the verb."""
    then = next((place for place, token in enumerate(clause.tokens) if token.tag is Tag.THEN), None)
    if then is None or not any(token.tag in {Tag.TAKE, Tag.SHOP, Tag.AGAIN} for token in clause.tokens[then:]):
        return False
    return any(token.tag in {Tag.LETTER, Tag.KIN, Tag.THIRD, Tag.VARIANT} for token in clause.tokens[:then])


# Doubts about the comment as a whole


def _case_doubts(case: Case, orders: Sequence[Resolved], intent: Intent) -> set[Doubt]:
    found: set[Doubt] = set()
    for each in orders:
        found |= _order_doubts(case, each, intent)
    if _persons(case) > 1:
        found.add(Doubt.HEARSAY)
    if case.facts.has(Tag.EAGER):
        found.add(Doubt.FERVOUR)
    if case.facts.has(Tag.NEVER_MIND, Tag.ANY_OF) or case.excepted:
        found.add(Doubt.UNCLEAR)
    if intent is Intent.CHANGE and case.facts.has(Tag.CANCEL) and case.facts.has(Tag.CORRECTION):
        found.add(Doubt.UNCLEAR)
    return found


def _order_doubts(case: Case, each: Resolved, intent: Intent) -> set[Doubt]:
    draft, clause = each.draft, case.facts.clauses[each.draft.clause]
    found: set[Doubt] = set()
    inside, behind = _letters_around(clause, draft.spans)
    if inside > (0 if draft.verb is None else 1) or behind > (_MOST_LETTERS_BEHIND if draft.verb else _MOST_LETTERS_BESIDE):
        found.add(Doubt.UNCLEAR)
    if draft.spans and draft.op is not Op.CANCEL and _touches_letter(draft, clause):
        found.add(Doubt.UNCLEAR)
    if draft.verb is None and draft.spans and _is_followed(draft, clause):
        found.add(Doubt.UNCLEAR)
    if clause.has(Tag.AGO) and draft.op is None:
        found.add(Doubt.UNCLEAR)
    if _is_for_others(clause):
        found.add(Doubt.HEARSAY)
    if draft.op is None and draft.verb is None and not draft.is_counted and not draft.refused:
        found.add(Doubt.BARE)
    if "bare" in draft.kinds or _is_number_first(draft):
        found.add(Doubt.NUMBER)
    if each.from_pinned and _is_lone_word(draft.quantities) and draft.verb is None:
        found.add(Doubt.NUMBER)
    if draft.verb is Tag.SHOP and not ((draft.is_named or each.from_pinned) and draft.is_counted):
        found.add(Doubt.UNCLEAR)
    if draft.op is Op.CANCEL and draft.own and not draft.is_named and not case.facts.has(Tag.THIS):
        found.add(Doubt.REMOVAL)
    if intent is Intent.CHANGE and each.from_pinned and draft.changed and not draft.own:
        found.add(Doubt.KEPT)
    return found


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
    """帮俺姐带一板, 301的李哥说他要一只."""
    if clause.has(Tag.BEHALF) and (clause.has(Tag.KIN, Tag.THIRD, Tag.THIRD_TITLE) or clause.letters):
        return True
    helped = any(
        word in {"帮", "给"} and place + 1 < len(clause.tokens) and clause.tokens[place + 1].tag in {Tag.KIN, Tag.THIRD, Tag.LETTER, Tag.THIRD_TITLE}
        for place, word in enumerate(clause.words)
    )
    return helped or clause.has(Tag.THIRD, Tag.THIRD_TITLE)


def _is_firm(case: Case, orders: Sequence[Resolved]) -> bool:
    """Whether nothing but the order was said."""
    if case.facts.has(Tag.EAGER):
        return True
    if not any(each.draft.is_named for each in orders) and not all(each.from_pinned for each in orders):
        return case.facts.letters <= 1
    clauses = [case.facts.clauses[each.draft.clause] for each in orders]
    return all(clause.letters <= 1 for clause in clauses) and all(each.draft.verb or each.draft.is_counted for each in orders)


def _spammed(case: Case) -> Verdict | None:
    """加微信领红包: bait, whatever it offers."""
    return Verdict(intent=Intent.SPAM) if case.facts.has(Tag.SPAM) else None


def _restocked(case: Case) -> Verdict | None:
    """2号再上点货 wishes; 2号什么时候补货 asks, of goods not on offer it wishes again."""
    facts = case.facts
    if not facts.has(Tag.RESTOCK):
        return None
    named = facts.has(Tag.OFFER, Tag.VARIANT) or not (facts.has(Tag.ABSENT) or facts.letters > 1)
    if any(clause.asks for clause in facts.clauses) and named:
        return Verdict(intent=Intent.QUESTION, topic=Topic.STOCK)
    return Verdict(intent=Intent.WISH)


def _bought_blind(case: Case) -> Verdict | None:
    """我想买个镜头, where no catalogue says what there is."""
    if case.has_offers or not case.facts.has(Tag.SHOP) or any(clause.asks for clause in case.facts.clauses):
        return None
    wants = [clause for clause in case.facts.clauses if any(word in _WANTS_TO_BUY for word in clause.words)]
    if not wants or wants[-1].has(Tag.PAST, Tag.REFUSE):
        return None
    action = Action(op=Op.SET, offer=None, variant=None, quantity=1)
    return Verdict(intent=Intent.BUY, actions=(action,), doubts=frozenset({Doubt.OFFER}))


def _told_of_others(case: Case) -> Verdict | None:
    """我邻居刚抢了3箱: somebody else's purchase."""
    for clause in case.facts.clauses:
        third = next((token.start for token in clause.tokens if token.tag in {Tag.THIRD, Tag.ECHO}), None)
        past = next((token.start for token in clause.tokens if token.tag is Tag.PAST), None)
        own = any(word in {"给", "帮", "替"} for word in clause.words)
        if third is not None and past is not None and third < past and not own and not clause.asks:
            return Verdict(intent=Intent.CHAT, is_firm=False)
    return None


def _claimed(case: Case) -> Verdict | None:
    """俺也要, 我要了: nothing named, nothing counted, and an offer is pinned."""
    allowed = {Tag.TAKE, Tag.FILLER, Tag.SPACE, Tag.BREAK, Tag.THIS, Tag.THEN}
    words = [word for clause in case.facts.clauses for token, word in zip(clause.tokens, clause.words, strict=True) if token.tag is Tag.TAKE]
    if not words or not case.facts.tags <= allowed or any(clause.asks for clause in case.facts.clauses):
        return None
    if not set(words) <= (_CLAIMS if case.pinned else _BLIND_CLAIMS):
        return None
    action = Action(op=Op.SET, offer=case.pinned, variant=None, quantity=1)
    doubts = {Doubt.VARIANT} if case.has_variants else set()
    doubts |= set() if case.pinned else {Doubt.OFFER}
    return Verdict(intent=Intent.BUY, actions=(action,), doubts=frozenset(doubts | ({Doubt.BARE} if words == ["要"] else set())))


def _drawn(case: Case) -> Verdict | None:
    """福袋, 抽我: the clear wish to be in a draw."""
    if any(clause.asks for clause in case.facts.clauses):
        return None
    return Verdict(intent=Intent.GIVEAWAY) if case.facts.has(Tag.DRAW) else None


_RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _spammed, _drawn, _restocked, _echoed, _told_of_others, _kept, _claimed, _swapped_names, _conceded, _wished, _ordered, _bought_blind,
)  # fmt: skip
