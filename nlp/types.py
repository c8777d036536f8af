"""The words of comment understanding: what goes in, what comes out.

Every value here is frozen. Money is integer fen, ids are strings. The wire forms are those of `nlp.wire`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Intent(StrEnum):
    """What the writer of a comment means: exactly one."""

    BUY = "buy"
    CHANGE = "change"
    CANCEL = "cancel"
    QUESTION = "question"
    COMPLAINT = "complaint"
    GIVEAWAY = "giveaway"
    VOTE = "vote"
    WISH = "wish"
    BOUGHT = "bought"
    PRAISE = "praise"
    SPAM = "spam"
    CHAT = "chat"


class Topic(StrEnum):
    """What a question is about; other intents have none."""

    PRICE = "price"
    STOCK = "stock"
    SPEC = "spec"
    QUALITY = "quality"
    USAGE = "usage"
    DELIVERY = "delivery"
    PICKUP = "pickup"
    PAYMENT = "payment"
    PROMOTION = "promotion"
    HOW_TO_ORDER = "how_to_order"
    ORDER_STATUS = "order_status"
    LIVE = "live"
    OTHER = "other"


class Op(StrEnum):
    """What an action does to the writer's reservation: `set` is to this quantity, `add` and `reduce` are by it."""

    SET = "set"
    ADD = "add"
    REDUCE = "reduce"
    CANCEL = "cancel"


class Route(StrEnum):
    """What becomes of an order: booked at once, one tap of the host, the viewer asked back, or nothing.

    Only `buy`, `change` and `cancel` are ever routed `auto`, `confirm` or `ask`; every other intent is `ignore`,
    which says that there is no order to decide on, not that the comment has no use.
    """

    AUTO = "auto"
    CONFIRM = "confirm"
    ASK = "ask"
    IGNORE = "ignore"


class Stage(StrEnum):
    """Who decided."""

    RULES = "rules"
    MODEL = "model"
    LLM = "llm"


class PromptMeaning(StrEnum):
    """What the host asked the room to type a keyword for."""

    CLAIM = "claim"
    POLL = "poll"
    GIVEAWAY = "giveaway"
    PRESENCE = "presence"


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One change to one reservation; `None` is "not known" for the offer and the quantity, "not said" for the variant."""

    op: Op
    offer: str | None
    variant: str | None
    quantity: int | None


STREAM = "stream"
"""The role of words that speak of the picture or the sound of the stream: 没声音."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A span of the comment and what it was read as: `offer`, `variant`, `quantity`, `verb`, `guard`, `prompt`, `stream`."""

    text: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """What a comment was understood as; `confidence` is 0 to 1, `reason` one short Chinese phrase for the host."""

    intent: Intent
    topic: Topic | None
    confidence: float
    route: Route
    actions: tuple[Action, ...]
    evidence: tuple[Evidence, ...]
    stage: Stage
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueVariant:
    """A size, flavour or colour of an offer."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


def _no_facts() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueOffer:
    """What the reader of comments needs to know of an offer; `price_fen` is integer fen."""

    id: str
    number: int | None
    title: str
    aliases: tuple[str, ...] = ()
    unit: str = "份"
    price_fen: int | None = None
    variants: tuple[CatalogueVariant, ...] = ()
    facts: Mapping[str, str] = field(default_factory=_no_facts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """The host's open call to type `keyword`; `options` are the (key, label) pairs of a poll."""

    keyword: str
    meaning: PromptMeaning
    ref_id: str | None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What the host can know besides the words: the id of the pinned offer and the open prompt."""

    pinned: str | None = None
    prompt: Prompt | None = None
