"""The judgement: whether the drafts of a comment are orders, which intent they make, and what speaks against booking them.

A rule is one function that either answers or passes (`None`); `_RULES` is their order of precedence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.availability import asked_for_absent, asked_of_contents, asked_of_pinned, restocked
from nlp.bargaining import conceded
from nlp.case import Case, Verdict, letters_around
from nlp.doubting import case_doubts, is_firm
from nlp.gate import is_plain, leaves_over
from nlp.hanging import conditional, questioned
from nlp.ordering import is_order
from nlp.resolve import Doubt, Resolved
from nlp.settling import any_one, for_persons, is_reduction, joint_intent, settle
from nlp.summing import are_parts, without_parts
from nlp.tokens import Tag
from nlp.types import Action, Intent, Op, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.facts import Clause

_WANTS_TO_BUY = frozenset({"想买", "要买", "我要买", "想拍", "要拍"})
_ENTRUSTED = frozenset({"给", "帮", "替", "让", "我", "俺", "说"})
_LET_GO = frozenset("了啦咯喽嘞咧")
_FEWER = re.compile(
    r"(?:订|定|买|拍|要|报|付)了?的?[^，]{0,4}[\d一二两三四五六七八九十俩仨][^，]{0,6}，?(?:就|只|才)(?:给|发|寄|送|装|来|收到|拿到)了?(?:我|俺)?了?[\d一二两三四五六七八九俩仨]"
)
_SUNG = frozenset({"首", "曲", "段", "句"})
_ENTRUSTING = frozenset({"托我", "让我", "叫我", "喊我", "嘱咐我"})
_CLAIMS = frozenset(
    {
        "我要",
        "我要了",
        "要了",
        "俺要",
        "我也要",
        "也要",
        "算我",
        "算俺",
        "算我一个",
        "算我一份",
        "带我一个",
        "加我一个",
        "给我留",
        "给俺留",
        "要",
        "咱要",
        "留给我",
        "上车",
        "跟团",
    }
)
_BLIND_CLAIMS = frozenset({"我要了", "算我", "算俺", "算我一个", "加我一个", "带我一个", "算我一份", "给我留"})
_MOST_LETTERS_BEHIND, _MOST_LETTERS_BESIDE = 6, 3
#: 两袋速冻水饺: what the goods that are lacking are called in full.
_MOST_LETTERS_WITHIN = 2


def judge(case: Case) -> Verdict | None:
    """The first rule that answers; None: no rule knows, ask the model."""
    for rule in _RULES:
        verdict = rule(case)
        if verdict is not None:
            return verdict
    return None


def _echoed(case: Case) -> Verdict | None:
    """楼上要两箱, 楼上说不要了: another commenter's words."""
    clauses = [case.facts.clauses[each.draft.clause] for each in case.orders]
    if clauses and all(clause.has(Tag.ECHO) and not _is_entrusted(clause) and not clause.asks for clause in clauses):
        return Verdict(intent=Intent.CHAT)
    return None


def _is_entrusted(clause: Clause) -> bool:
    """替楼上带两袋, 楼下宝妈托我报两套: for somebody else, but an order."""
    return clause.has(Tag.BEHALF) or any(word in _ENTRUSTING for word in clause.words)


def _kept(case: Case) -> Verdict | None:
    """不用取消了: nothing changes."""
    if (
        case.facts.has(Tag.KEEP)
        and (
            case.facts.has(Tag.FORMER)
            or not any(each.draft.is_counted or each.draft.ids is not None for each in case.orders)
        )
        and all(each.draft.op in {None, Op.CANCEL} for each in case.orders)
        and not any(clause.asks for clause in case.facts.clauses)
    ):
        return Verdict(intent=Intent.CHAT)
    return None


def _swapped_names(case: Case) -> Verdict | None:
    """我要的是2号不是1号, 说错了 不是1号是2号: the one is set, the other cancelled, in the order said."""
    if not (case.left_out and case.facts.has(Tag.NOT) and case.facts.has(Tag.OWN, Tag.SETTLE, Tag.CORRECTION)):
        return None
    named = [each for each in case.orders if each.draft.ids and not each.draft.is_counted]
    if len(named) != 1:
        return None
    wanted = named[0].actions[0]
    kept = [Action(op=Op.SET, offer=wanted.offer, variant=wanted.variant, quantity=None)]
    dropped = [Action(op=Op.CANCEL, offer=id_, variant=None, quantity=None) for id_ in sorted(case.left_out)]
    refusal = min(token.start for clause in case.facts.clauses for token in clause.tokens if token.tag is Tag.NOT)
    said_first = refusal < min(start for start, _, _ in named[0].draft.spans)
    actions = [*dropped, *kept] if said_first else [*kept, *dropped]
    return Verdict(intent=Intent.CHANGE, actions=tuple(actions), doubts=frozenset({Doubt.KEPT}))


def _wished(case: Case) -> Verdict | None:
    """Goods that the catalogue lacks: 来点红薯, 要两斤五花肉."""
    missing = [each for each in case.orders if each.draft.absent]
    if (
        not missing
        or not case.has_offers
        or any(not each.draft.absent and is_order(each, case) for each in case.orders)
    ):
        return None
    if any(quantity.unit in _SUNG for each in missing for quantity in each.draft.quantities):
        return Verdict(intent=Intent.CHAT)  # 来一首冰糖葫芦
    clause = case.facts.clauses[missing[0].draft.clause]
    inside, behind = letters_around(clause, missing[0].draft.spans)
    clear = (
        _is_wanted(missing[0], clause)
        and inside <= _MOST_LETTERS_WITHIN * bool(missing[0].draft.quantities)
        and behind <= _MOST_LETTERS_BESIDE
    )
    return Verdict(intent=Intent.WISH) if clear and not clause.asks else None


def _is_wanted(each: Resolved, clause: Clause) -> bool:
    """Whether the verb stands before the goods."""
    start = min((start for start, _, role in each.draft.spans if role == "offer"), default=0)
    return any(token.tag in {Tag.TAKE, Tag.SHOP, Tag.AGAIN} and token.start < start for token in clause.tokens)


def _ordered(case: Case) -> Verdict | None:
    orders = [each for each in case.orders if is_order(each, case)]
    orders = _without_later(orders, case)
    orders = without_parts(_without_mentions(_without_remnants(_without_replaced(orders, case), case)))
    if not orders or case.facts.has(Tag.MISS):
        return None
    stopped = questioned(case, orders) or conditional(case, orders)
    if isinstance(stopped, Verdict):
        return stopped
    doubts = (stopped or frozenset()) | _passed_over(case)
    if _is_withdrawn_only(orders):
        return None
    return _verdict(case, orders, doubts)


def _without_later(orders: list[Resolved], case: Case) -> list[Resolved]:
    """先要一套，好使下回再加两套: what may come another day is no order of today."""
    now = [each for each in orders if not case.facts.clauses[each.draft.clause].has(Tag.LATER)]
    return now or orders


def _distinct(orders: Sequence[Resolved]) -> tuple[Action, ...]:
    """Each action once; two orders of unknown goods are two (油一桶米一袋)."""
    pairs = ((action, each.draft.ids if action.offer is None else None) for each in orders for action in each.actions)
    return tuple(action for action, _ in dict.fromkeys(pairs))


def _passed_over(case: Case) -> frozenset[Doubt]:
    """An amount or a variant that came to no order, beside one that did, may have been meant: 洗衣粉两袋，洁侧灵四瓶."""
    places = {each.draft.clause for each in case.orders if is_order(each, case)}
    dropped = [each for each in case.orders if not each.draft.past and not is_order(each, case)]
    if are_parts([each for each in case.orders if is_order(each, case)], dropped):
        return frozenset()
    meant = any(_may_be_meant(each, case, places) for each in dropped)
    return frozenset({Doubt.UNCLEAR}) if meant else frozenset()


def _may_be_meant(each: Resolved, case: Case, places: set[int]) -> bool:
    clause = case.facts.clauses[each.draft.clause]
    if each.draft.is_counted:
        return each.draft.is_named or not (clause.letters and clause.has(Tag.KIN, Tag.THIRD))
    if each.draft.ids and each.draft.op is None and not each.draft.refused and each.draft.clause in places:
        return True  # 羽绒服黑的一件, where black is of something else
    return bool(each.draft.pairs) and (each.draft.clause in places or not clause.letters)


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


def _without_mentions(orders: list[Resolved]) -> list[Resolved]:
    """豆奶酸梅汤我写反了，豆奶两箱 酸梅汤一箱: goods named before they are counted are said once."""
    counted = {each.draft.ids for each in orders if each.draft.is_counted and each.draft.ids}
    return [
        each
        for each in orders
        if each.draft.is_counted or each.draft.op or each.draft.pairs or each.draft.ids not in counted
    ]


def _is_remnant(each: Resolved, orders: Sequence[Resolved], case: Case) -> bool:
    if each.draft.op is Op.CANCEL:
        return bool(case.facts.clauses[each.draft.clause].letters) or case.facts.has(Tag.CORRECTION)
    reduced = any(other.draft.op is Op.REDUCE for other in orders)
    return reduced or (is_reduction(orders) and any(other.draft.op is Op.CANCEL for other in orders))


def _is_withdrawn_only(orders: Sequence[Resolved]) -> bool:
    """我那两箱橙子呢: only points at what the writer has."""
    return all(each.draft.own and not each.draft.is_counted and each.draft.op is None for each in orders)


def _verdict(case: Case, orders: Sequence[Resolved], doubts: frozenset[Doubt]) -> Verdict:
    intent = joint_intent(case, orders)
    settled = settle(intent, orders, case)
    if case.facts.has(Tag.ANY_OF) and len(settled) > 1 and all(each.draft.op is None for each in settled):
        settled = [any_one(settled)]
    actions = for_persons(_distinct(settled), case)
    found = set(doubts).union(*(each.doubts for each in settled)) | case_doubts(case, settled, intent)
    return Verdict(
        intent=intent,
        actions=actions,
        doubts=frozenset(found),
        is_firm=is_firm(case, settled),
        left_over=leaves_over(case, settled),
        is_plain=is_plain(case, settled),
    )


def _spammed(case: Case) -> Verdict | None:
    """加微信领红包: bait, whatever it offers."""
    return Verdict(intent=Intent.SPAM) if case.facts.has(Tag.SPAM) else None


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
    if not (case.facts.has(Tag.PAST) and case.facts.has(Tag.THIRD, Tag.ECHO)):
        return None
    for clause in case.facts.clauses:
        third = next((token.start for token in clause.tokens if token.tag in {Tag.THIRD, Tag.ECHO}), None)
        past = next((token.start for token in clause.tokens if token.tag is Tag.PAST), None)
        own = any(word in {"给", "帮", "替"} for word in clause.words)
        if third is not None and past is not None and third < past and not own and not clause.asks:
            return Verdict(intent=Intent.CHAT, is_firm=False)
    return None


def _let_go_by_others(case: Case) -> Verdict | None:
    """隔壁王姨把山药退了: what somebody else let go, told and not entrusted."""
    for clause in case.facts.clauses:
        third = next((token.start for token in clause.tokens if token.tag is Tag.THIRD), None)
        verb = next((place for place, token in enumerate(clause.tokens) if token.tag is Tag.CANCEL), None)
        if third is None or verb is None or clause.tokens[verb].start < third or clause.asks:
            continue
        entrusted = clause.has(Tag.BEHALF, Tag.OWN) or not _ENTRUSTED.isdisjoint(clause.words)
        if clause.words[verb][-1] in _LET_GO and "把" in clause.words and not entrusted:
            return Verdict(intent=Intent.CHAT, is_firm=False)
    return None


def _shorted(case: Case) -> Verdict | None:
    """订的两提 就给我一提: fewer came than were ordered."""
    whole = "，".join("".join(clause.words) for clause in case.facts.clauses)
    return Verdict(intent=Intent.COMPLAINT) if _FEWER.search(whole) else None


#: A clause of these says when or where: 我要了 等哈来拿.
_ASIDE = frozenset({Tag.REMARK, Tag.FILLER})


def _claimed(case: Case) -> Verdict | None:
    """俺也要, 我要了: nothing named, nothing counted, and an offer is pinned."""
    if not case.facts.has(Tag.TAKE):
        return None
    allowed = {Tag.TAKE, Tag.FILLER, Tag.SPACE, Tag.BREAK, Tag.THIS, Tag.THEN, Tag.KIN}
    words = [
        word
        for clause in case.facts.clauses
        for token, word in zip(clause.tokens, clause.words, strict=True)
        if token.tag is Tag.TAKE
    ]
    tags = frozenset[Tag]().union(*(clause.tags for clause in case.facts.clauses if not clause.tags <= _ASIDE))
    if not words or not tags <= allowed or any(clause.asks for clause in case.facts.clauses):
        return None
    if not set(words) <= (_CLAIMS if case.pinned else _BLIND_CLAIMS):
        return None
    action = Action(op=Op.SET, offer=case.pinned, variant=None, quantity=1)
    doubts = {Doubt.VARIANT} if case.has_variants else set()
    doubts |= set() if case.pinned else {Doubt.OFFER}
    return Verdict(
        intent=Intent.BUY,
        actions=(action,),
        doubts=frozenset(doubts | ({Doubt.BARE} if words == ["要"] and not case.facts.has(Tag.THIS) else set())),
    )


def _drawn(case: Case) -> Verdict | None:
    """福袋, 抽我: the clear wish to be in a draw; 福袋咋抽 asks how."""
    if not case.facts.has(Tag.DRAW):
        return None
    if all(clause.asks for clause in case.facts.clauses if clause.has(Tag.DRAW)):
        return Verdict(intent=Intent.QUESTION, topic=Topic.PROMOTION)
    return Verdict(intent=Intent.GIVEAWAY)


_RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _spammed, _drawn, restocked, _echoed, _told_of_others, _let_go_by_others, _shorted, _kept, _claimed, _swapped_names, conceded, _wished, _ordered, asked_of_contents, asked_of_pinned, asked_for_absent, _bought_blind,
)  # fmt: skip
