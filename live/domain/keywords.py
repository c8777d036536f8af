"""Words that a comment is known by: the pass-phrase of a draw, the keys of a poll, "扣1". One word means one thing at a time.

Whoever wants eggs must not end up in the draw, and whoever votes must not have ordered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.giveaway import GiveawayState
from live.domain.poll import PollState
from live.domain.refusal import RefusalCode, Refused
from nlp.options import folded
from nlp.types import PromptMeaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain.offer import Offer
    from live.domain.state import RoomState

_PHRASE = 2
"""Letters from which on a keyword is a word that the name of an offer may have in it."""


def refuse_pass_phrase(state: RoomState, keyword: str) -> Refused | None:
    """Refuse the keyword of a draw that is to open, where it means something else already."""
    return _names_offer(state.offers.values(), keyword) or _in_prompt(state, [keyword]) or _in_poll(state, keyword)


def refuse_prompt(state: RoomState, keyword: str, *, claims: bool, ref_id: str | None) -> Refused | None:
    """Refuse the keyword of a prompt that is to open; an offer's own name may claim it."""
    named = None if claims else _names_offer(state.offers.values(), keyword)
    return named or _in_draw(state, [keyword], ref_id) or _in_poll(state, keyword, ref_id)


def refuse_options(state: RoomState, options: Iterable[tuple[str, str]]) -> Refused | None:
    """Refuse a poll that has a key or a label which means something else already."""
    words = [word for option in options for word in option]
    return _in_draw(state, words) or _in_prompt(state, words)


def refuse_names(state: RoomState, offers: Iterable[Offer]) -> Refused | None:
    """Refuse offers that are called as the open draw is."""
    offers = list(offers)
    return next(filter(None, (_names_offer(offers, keyword) for keyword in _pass_phrases(state).values())), None)


def _pass_phrases(state: RoomState) -> dict[str, str]:
    """The keyword of each draw that is not decided yet."""
    undecided = (each for each in state.giveaways.values() if each.state is not GiveawayState.DRAWN)
    return {each.id: each.rules.keyword for each in undecided}


def _names_offer(offers: Iterable[Offer], keyword: str) -> Refused | None:
    word = folded(keyword)
    for offer in offers:
        name = next((name for name in (offer.title, *offer.aliases) if _is_said_in(word, folded(name))), None)
        if name is not None:
            return _taken(
                keyword, f"也是{offer.title}的叫法" if folded(name) == word else f"在{offer.title}的名字里也有"
            )
    return None


def _is_said_in(word: str, name: str) -> bool:
    """Whether who says the name says the word."""
    return word == name or (len(word) >= _PHRASE and not word.isascii() and word in name)


def _in_draw(state: RoomState, words: Iterable[str], ref_id: str | None = None) -> Refused | None:
    kept = {folded(keyword) for id_, keyword in _pass_phrases(state).items() if id_ != ref_id}
    said = next((word for word in words if folded(word) in kept), None)
    return None if said is None else _taken(said, "是福袋的口令", "，或等开完奖")


def _in_prompt(state: RoomState, words: Iterable[str]) -> Refused | None:
    """An open prompt for a draw that is still to come has the keyword already."""
    prompt = state.prompt
    if prompt is None or (prompt.meaning is PromptMeaning.GIVEAWAY and prompt.ref_id is None):
        return None
    said = next((word for word in words if folded(word) == folded(prompt.keyword)), None)
    return None if said is None else _taken(said, "是正开着的口令", "，或先收掉口令")


def _in_poll(state: RoomState, keyword: str, ref_id: str | None = None) -> Refused | None:
    asked = (poll for poll in state.polls.values() if poll.state is PollState.OPEN and poll.id != ref_id)
    for poll in asked:
        if folded(keyword) in {folded(word) for option in poll.options for word in (option.key, option.label)}:
            return _taken(keyword, f"是投票“{poll.question}”的选项", "，或先结束投票")
    return None


def _taken(word: str, why: str, instead: str = "") -> Refused:
    return Refused(code=RefusalCode.KEYWORD_TAKEN, detail=f"“{word}”{why}，请换一个词{instead}")
