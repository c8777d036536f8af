"""What a comment does beside ordering: it enters a draw, votes in a poll, and bears witness to a draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain import giveaways, polls
from live.domain.giveaway import Witness
from live.domain.orders import Outcome
from nlp.options import chosen, folded, is_number, says
from nlp.types import Intent, PromptMeaning

if TYPE_CHECKING:
    from live.domain.comment import Comment
    from live.domain.draft import Draft
    from live.domain.giveaway import Giveaway
    from live.domain.poll import Poll
    from nlp.types import Classification

_ENTERS_NOTHING = frozenset({Intent.QUESTION, Intent.COMPLAINT, Intent.CANCEL, Intent.SPAM})
"""Who asks about the draw, or complains of it, is not in it."""

Part = tuple[Outcome, str]
"""What came of it, and why, for the host."""


def take_part(draft: Draft, comment: Comment, read: Classification) -> Part | None:
    """Let a viewer's comment count in the open draw and the open poll; None where it does in neither."""
    giveaway, poll = giveaways.open_giveaway_of(draft.state), polls.open_poll_of(draft.state)
    if giveaway is not None and giveaway.takes(draft.at_ms) and _enters(draft, comment.text, read, giveaway):
        why_not = giveaways.enter(draft, comment.viewer, giveaway)
        return (
            (Outcome.ENTERED, f"参加了“{giveaway.rules.title}”") if why_not is None else (Outcome.NOT_ELIGIBLE, why_not)
        )
    if poll is not None and poll.takes(draft.at_ms):
        return _vote(draft, comment, read, poll)
    return None


def _enters(draft: Draft, text: str, read: Classification, giveaway: Giveaway) -> bool:
    return any(says(text, keyword) and _means_it(read, keyword) for keyword in _keywords(draft, giveaway))


def _keywords(draft: Draft, giveaway: Giveaway) -> list[str]:
    """The keyword of a draw, and the one that a prompt asks for it with."""
    prompt = draft.state.prompt
    asked = prompt is not None and prompt.meaning is PromptMeaning.GIVEAWAY and prompt.ref_id == giveaway.id
    also = [prompt.keyword] if prompt is not None and asked and prompt.takes(draft.at_ms) else []
    return [giveaway.rules.keyword, *also]


def _means_it(read: Classification, keyword: str) -> bool:
    """Whether who says a keyword enters with it: what is a part of other words, too, must have been read as an entry."""
    if read.intent is Intent.GIVEAWAY or len(folded(keyword)) == 1:
        return read.intent is Intent.GIVEAWAY
    return read.intent is Intent.CHAT if is_number(keyword) else read.intent not in _ENTERS_NOTHING


def _vote(draft: Draft, comment: Comment, read: Classification, poll: Poll) -> Part | None:
    key = chosen(comment.text, [(option.key, option.label) for option in poll.options])
    if key is None or read.intent is not Intent.VOTE:
        return None
    polls.vote(draft, comment.viewer, poll, key)
    label = next(option.label for option in poll.options if option.key == key)
    return Outcome.VOTED, f"投了“{label}”"


def bear_witness(draft: Draft, comment: Comment, *, from_host: bool) -> None:
    """Let a comment be a witness of a draw whose list has been closed."""
    giveaways.witness(draft, Witness(id=comment.id, text=comment.text), from_host=from_host)
