"""What became of flash deals, lucky bags and polls, and what viewers would like to see tomorrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from live.domain.flash import FlashSale
from live.domain.giveaway import Giveaway
from live.domain.orders import Outcome
from live.domain.poll import Poll
from live.domain.viewer import mask_name
from live.reports.privacy import mask_numbers
from nlp.options import folded
from nlp.types import Intent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.comment import AnsweredComment
    from live.domain.giveaway import Prize
    from live.domain.poll import PollOption
    from live.domain.reservation import Reservation
    from live.store.port import SessionRecord

MOST_WISHES = 10
"""Wishes beyond these are counted, not shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FlashResult:
    """What became of a flash deal; `sold_out_after_ms` counts from its start, None where some was left."""

    sale: FlashSale
    title: str
    unit: str
    sold_out_after_ms: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Winner:
    """Somebody who won: the name masked, for the picture has shown no more."""

    name: str
    prize: Prize


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawResult:
    """What became of a lucky bag: winners in the order in which they were drawn."""

    giveaway: Giveaway
    winners: tuple[Winner, ...]

    @property
    def unclaimed(self) -> int:
        """How many prizes nobody has come for."""
        return sum(winner.prize.state.value == "won" for winner in self.winners)


@dataclass(frozen=True, kw_only=True, slots=True)
class PollResult:
    """How a poll came out: its options with the most votes first."""

    poll: Poll
    options: tuple[PollOption, ...]

    @property
    def first(self) -> tuple[PollOption, ...]:
        """The option with the most votes, or those that share them; none where nobody voted."""
        most = self.options[0].votes
        return tuple(option for option in self.options if option.votes == most > 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What viewers asked for that was not on offer, in the words of the first, numbers masked."""

    text: str
    viewers: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """What happened on the picture."""

    flash_sales: tuple[FlashResult, ...] = ()
    draws: tuple[DrawResult, ...] = ()
    polls: tuple[PollResult, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @property
    def favourites(self) -> tuple[PollResult, ...]:
        """Polls that somebody has voted in: what to put on the list next."""
        return tuple(result for result in self.polls if result.first)


def stage_of(record: SessionRecord) -> Stage:
    """Work out what became of it all."""
    goods = {offer.id: offer for offer in record.offers}
    flash = (act for act in record.acts if isinstance(act, FlashSale))
    return Stage(
        flash_sales=tuple(
            FlashResult(
                sale=sale,
                title=goods[sale.offer_id].title,
                unit=goods[sale.offer_id].unit,
                sold_out_after_ms=_sold_out_after_ms(sale, record.reservations),
            )
            for sale in flash
        ),
        draws=tuple(_draw(act) for act in record.acts if isinstance(act, Giveaway)),
        polls=tuple(_poll(act) for act in record.acts if isinstance(act, Poll)),
        wishes=wishes_of(record.comments),
    )


def _sold_out_after_ms(sale: FlashSale, reservations: Iterable[Reservation]) -> int | None:
    """By the reservations that stand, in the order in which they were made, as an offer's own `sold_out_ms`."""
    left = sale.quota
    for each in sorted((r for r in reservations if r.flash_id == sale.id), key=lambda r: r.position):
        left -= each.holds
        if left <= 0:
            return max(0, each.made_ms - sale.starts_ms)
    return None


def _draw(giveaway: Giveaway) -> DrawResult:
    winners = tuple(Winner(name=mask_name(prize.viewer.name), prize=prize) for prize in giveaway.prizes)
    return DrawResult(giveaway=giveaway, winners=winners)


def _poll(poll: Poll) -> PollResult:
    return PollResult(poll=poll, options=tuple(sorted(poll.options, key=lambda option: -option.votes)))


def wishes_of(comments: Sequence[AnsweredComment]) -> tuple[Wish, ...]:
    """What was wished for, by what was written: the most viewers first, then the earliest."""
    said: dict[str, list[AnsweredComment]] = {}
    for each in comments:
        if each.classification.intent is Intent.WISH and each.outcome != Outcome.HOST:
            said.setdefault(folded(each.comment.text), []).append(each)
    wishes = (
        Wish(text=mask_numbers(each[0].comment.text), viewers=len({one.comment.viewer.key for one in each}))
        for each in said.values()
    )
    return tuple(sorted(wishes, key=lambda wish: -wish.viewers))
