"""The reader of comments for a room: the classifier of its catalogue, in the context of what the host shows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from live.domain.giveaways import open_giveaway_of
from live.domain.polls import open_poll_of
from nlp.asking import Asking
from nlp.flood import FloodWindow
from nlp.options import beside, chosen, is_number, says
from nlp.types import (
    CatalogueOffer,
    CatalogueVariant,
    Classification,
    Context,
    Intent,
    Prompt,
    PromptMeaning,
    Route,
    Stage,
    Topic,
)

if TYPE_CHECKING:
    from live.domain.comment import AnsweredComment, Comment
    from live.domain.offer import Offer
    from live.domain.poll import Poll
    from live.domain.session import HostPrompt
    from live.domain.state import RoomState
    from nlp.classifier import Classifier

MakeClassifier = Callable[[Sequence[CatalogueOffer]], "Classifier"]

Classify = Callable[[str, Context], Classification]

Asks = Callable[[str, Topic | None, Context], Asking]

REMEMBERED = 10_000
"""Readings kept a catalogue, about 12 MB: a quarter to three quarters of a room's comments repeat one of the evening."""

_LOG = logging.getLogger(__name__)

_MAY_BE_A_PASS_PHRASE = frozenset({Intent.CHAT, Intent.PRAISE, Intent.BOUGHT, Intent.VOTE})
"""Readings that a flood overrules. An order stays an order, and a question that many ask stays a question."""

UNREADABLE = Classification(
    intent=Intent.BUY,
    topic=None,
    confidence=0.0,
    route=Route.CONFIRM,
    actions=(),
    evidence=(),
    stage=Stage.RULES,
    reason="没能读懂，请看原文",
)
"""What stands for a comment that the classifier failed on: better one tap too many than an order lost."""

_ORDERS = frozenset({Intent.BUY, Intent.CHANGE, Intent.CANCEL})


class Reader:
    """Understands comments; compiles the catalogue anew only when what a viewer could name has changed."""

    def __init__(self, make: MakeClassifier) -> None:
        """Take how a classifier is made from a catalogue."""
        self._make = make
        self._seen: tuple[Offer, ...] | None = None
        self._classify: Classify | None = None
        self._asking: Asks | None = None
        self._flood = FloodWindow()

    def recall(self, comments: Iterable[AnsweredComment]) -> None:
        """Take what was said last in the room, so that a restart changes no reading (`nlp.flood.MOST_KEPT` of them)."""
        self._flood = FloodWindow()
        for answered in comments:
            self._floods(answered.comment, answered.received_ms)

    def read(self, state: RoomState, comment: Comment, *, at_ms: int) -> Classification:
        """Classify a comment as it stands in the room now; one that cannot be read is put to the host."""
        floods = self._floods(comment, at_ms)
        read = self._read(state, comment.text, at_ms)
        votes = read.intent is Intent.VOTE and open_poll_of(state) is not None
        return _pass_phrase(read) if floods and not votes and read.intent in _MAY_BE_A_PASS_PHRASE else read

    def asking(self, state: RoomState, text: str, read: Classification, *, at_ms: int) -> Asking | None:
        """What a question asks for; None for what is none, or cannot be read."""
        if read.intent is not Intent.QUESTION or self._asking is None:
            return None
        try:
            return self._asking(text, read.topic, context_of(state, text, at_ms))
        except Exception:  # noqa: BLE001  # one odd comment must not end the evening
            _LOG.exception("a question could not be read")
            return None

    def asked_in(self, state: RoomState, text: str, offer_id: str | None) -> Asking:
        """What a question asks for that the host has typed in, about an offer or about any."""
        self._for(tuple(state.offers.values()))
        read = self._classify(text, Context(pinned=offer_id)) if self._classify is not None else UNREADABLE
        asking = None if self._asking is None else self._asking(text, read.topic, Context(pinned=offer_id))
        return Asking(topic=read.topic, offer=None, terms=()) if asking is None else replace(asking, offer=offer_id)

    def _floods(self, comment: Comment, at_ms: int) -> bool:
        """Viewers without an identity of their own are told apart by what is shown of their names."""
        viewer = comment.viewer
        return self._flood.see(viewer.name if viewer.weak else viewer.key, comment.text, at_ms)

    def _read(self, state: RoomState, text: str, at_ms: int) -> Classification:
        classify = self._for(tuple(state.offers.values()))
        if classify is None:
            return UNREADABLE
        try:
            return _beside_pass_phrase(classify, state, text, at_ms)
        except Exception:  # noqa: BLE001  # one odd comment must not end the evening
            _LOG.exception("a comment could not be read")
            return UNREADABLE

    def _for(self, offers: tuple[Offer, ...]) -> Classify | None:
        if self._seen is None or not _same_names(offers, self._seen):
            self._classify = self._compile(offers)
        self._seen = offers
        return self._classify

    def _compile(self, offers: tuple[Offer, ...]) -> Classify | None:
        """Make the classifier of a catalogue, with a memory; a fault is loud once, not once a comment."""
        try:
            classifier = self._make([catalogue_offer(offer) for offer in offers])
            self._asking = lru_cache(maxsize=REMEMBERED)(classifier.asking)
            return lru_cache(maxsize=REMEMBERED)(classifier.classify)
        except Exception:  # noqa: BLE001  # the evening goes on by hand: every comment is put to the host
            _LOG.exception("the catalogue could not be compiled; every comment is put to the host")
            self._asking = None
            return None


def _beside_pass_phrase(classify: Classify, state: RoomState, text: str, at_ms: int) -> Classification:
    """Read a comment; with the pass-phrase of a draw in it, an order is what names its goods beside that phrase.

    "福袋 要两箱鸡蛋" is an order, "主播好 我要鸡蛋" none where 我要鸡蛋 is the phrase, and "福袋来一个" is about the bag.
    """
    read = classify(text, context_of(state, text, at_ms))
    keyword = _pass_phrase_said(state, text, at_ms)
    if keyword is None or is_number(keyword):
        return read
    rest = beside(text, keyword)
    said = classify(rest, context_of(state, rest, at_ms)) if rest else read
    if said is not read and said.intent in _ORDERS and any(piece.role == "offer" for piece in said.evidence):
        return said
    return _pass_phrase(replace(read, route=Route.IGNORE, actions=())) if read.intent in _ORDERS else read


def _pass_phrase(read: Classification) -> Classification:
    """What many write within seconds is the pass-phrase of a draw, whatever its words (labels: `giveaway`)."""
    return replace(read, intent=Intent.GIVEAWAY, reason="很多人在刷同一句")


def context_of(state: RoomState, text: str, at_ms: int) -> Context:
    """What the host shows and asks at this moment; of several things asked for, the one that a comment answers."""
    pinned = None if state.session is None else state.session.pinned_offer_id
    keyword, poll, prompt = _pass_phrase_said(state, text, at_ms), open_poll_of(state), state.prompt
    if keyword is not None:
        return Context(pinned=pinned, prompt=Prompt(keyword=keyword, meaning=PromptMeaning.GIVEAWAY, ref_id=None))
    live = prompt is not None and prompt.takes(at_ms)
    if poll is not None and poll.takes(at_ms):
        options = tuple((option.key, option.label) for option in poll.options)
        if not live or chosen(text, options) is not None:
            return Context(pinned=pinned, prompt=_of_poll(poll, options))
    return Context(pinned=pinned, prompt=_prompt(prompt) if prompt is not None and live else None)


def _pass_phrase_said(state: RoomState, text: str, at_ms: int) -> str | None:
    """The keyword of the open draw, where a comment has it in it."""
    giveaway = open_giveaway_of(state)
    if giveaway is None or not giveaway.takes(at_ms):
        return None
    return giveaway.rules.keyword if says(text, giveaway.rules.keyword) else None


def _of_poll(poll: Poll, options: tuple[tuple[str, str], ...]) -> Prompt:
    return Prompt(keyword=poll.options[0].key, meaning=PromptMeaning.POLL, ref_id=poll.id, options=options)


def catalogue_offer(offer: Offer) -> CatalogueOffer:
    """What the reader needs to know of an offer."""
    variants = tuple(CatalogueVariant(id=v.id, name=v.name, aliases=v.aliases) for v in offer.variants)
    return CatalogueOffer(
        id=offer.id,
        number=offer.number,
        title=offer.title,
        aliases=offer.aliases,
        unit=offer.unit,
        price_fen=offer.price_fen,
        variants=variants,
        facts=offer.facts,
    )


def _prompt(prompt: HostPrompt) -> Prompt:
    return Prompt(keyword=prompt.keyword, meaning=prompt.meaning, ref_id=prompt.ref_id)


def _same_names(offers: tuple[Offer, ...], seen: tuple[Offer, ...]) -> bool:
    """Stock moves with every order, the words for an offer do not: tell the one from the other cheaply."""
    return len(offers) == len(seen) and all(a is b or _words(a) == _words(b) for a, b in zip(offers, seen, strict=True))


def _words(offer: Offer) -> tuple[object, ...]:
    variants = tuple((v.id, v.name, v.aliases) for v in offer.variants)
    return offer.id, offer.number, offer.title, offer.aliases, offer.unit, offer.price_fen, variants
