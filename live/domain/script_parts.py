"""What the script of an evening is made of: sections in order, each with its points and at most one thing to launch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.domain.offer import Offer

MOST_SECTIONS = 100
MOST_POINTS = 30
MOST_POINT = 200
MOST_TITLE = 100
MOST_MINUTES = 240
MOST_PRIZE = 100
"""The bounds of what a host may write; those of what is launched are those of its command."""


class SectionKind(StrEnum):
    """What a section of the evening is for."""

    OPENING = "opening"
    OFFER = "offer"
    FLASH = "flash"
    BAG = "bag"
    POLL = "poll"
    PROMPT = "prompt"
    TALK = "talk"
    CLOSING = "closing"


@dataclass(frozen=True, kw_only=True, slots=True)
class PromptLaunch:
    """扣1: a keyword for some seconds. `claims`: who writes it takes one of the section's offer; else they say that they are there."""

    keyword: str
    seconds: int = 30
    claims: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class FlashLaunch:
    """秒杀 of the section's offer: so many at another price, for a short time."""

    price_fen: int
    quota: int
    seconds: int = 120
    per_viewer_limit: int | None = None
    countdown_seconds: int = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class BagLaunch:
    """福袋: its rules but for the title, which is that of the section, and for how a prize is claimed."""

    prize: str
    value_fen: int
    winners: int = 1
    keyword: str = "福袋"
    seconds: int = 120
    buyers_only: bool = False
    not_won_within_days: int | None = None
    claim_hours: int = 48


@dataclass(frozen=True, kw_only=True, slots=True)
class PollChoice:
    """What may be voted for."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PollLaunch:
    """投票: a question with its options."""

    question: str
    choices: tuple[PollChoice, ...]
    seconds: int = 120


Launch = PromptLaunch | FlashLaunch | BagLaunch | PollLaunch


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of the evening. `minutes`: how long it is meant to take; None: nobody counts."""

    id: str
    kind: SectionKind
    title: str
    offer_id: str | None = None
    minutes: int | None = None
    points: tuple[str, ...] = ()
    launch: Launch | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """What the host means to say and do, in order."""

    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptFault:
    """What is wrong in `line` (from 1) of a text, and what to write instead."""

    line: int
    what: str
    mend: str


def folded(text: str) -> str:
    """A name as it is compared: without spaces and capitals."""
    return "".join(text.split()).casefold()


def short_title(offer: Offer) -> str:
    """What an offer is called: "土鸡蛋 30 枚" is 土鸡蛋."""
    words = offer.title.split()
    return words[0] if words and len(words[0]) > 1 else " ".join(words)


def called(offer: Offer) -> str:
    """An offer as a host names it: "3号 土鸡蛋"."""
    return short_title(offer) if offer.number is None else f"{offer.number}号 {short_title(offer)}"


def named(offers: Iterable[Offer], text: str) -> list[Offer]:
    """The offers that bear this name: their title, what it begins with, or one of their aliases."""
    wanted = folded(text)
    return [
        offer
        for offer in offers
        if wanted and wanted in {folded(name) for name in (offer.title, short_title(offer), *offer.aliases)}
    ]
