"""From a checked command about the picture to an order of the domain."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from live.domain import stage_commands as orders
from live.domain.giveaway import DrawRules
from live.web import stage_models as models
from live.web.money import fen

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET_BYTES = 32
"""Section 6 of the contract: the seed of a draw."""


def to_stage(command: models.StageModel, new_id: Callable[[], str]) -> orders.StageCommand:  # noqa: C901, PLR0911, PLR0912  # a flat table of the union, one line a command
    """Turn a checked command into the domain's. `new_id` names what the command makes."""
    match command:
        case models.StartFlashSale():
            return _start_flash_sale(command, new_id())
        case models.StopFlashSale():
            return orders.StopFlashSale(offer_id=command.offer_id)
        case models.PauseFlashSale():
            return orders.PauseFlashSale(offer_id=command.offer_id)
        case models.ResumeFlashSale():
            return orders.ResumeFlashSale(offer_id=command.offer_id)
        case models.ExtendFlashSale():
            return orders.ExtendFlashSale(offer_id=command.offer_id, seconds=command.seconds, quantity=command.quantity)
        case models.OpenGiveaway():
            return _open_giveaway(command, new_id())
        case models.DrawGiveaway():
            return orders.DrawGiveaway(giveaway_id=command.giveaway_id)
        case models.RedrawGiveaway():
            forfeited = tuple(dict.fromkeys(command.forfeited))
            return orders.RedrawGiveaway(giveaway_id=command.giveaway_id, forfeited=forfeited, reason=command.reason)
        case models.ClaimGiveaway():
            return orders.ClaimGiveaway(giveaway_id=command.giveaway_id, entry_id=command.entry)
        case models.OpenPoll():
            return _open_poll(command, new_id())
        case models.ClosePoll():
            return orders.ClosePoll(poll_id=command.poll_id)
        case models.ShowComment():
            return _show_comment(command)
        case models.HideComment():
            return orders.HideComment()
        case models.ShowOrderCode():
            return orders.ShowOrderCode(shown=True)
        case models.HideOrderCode():
            return orders.ShowOrderCode(shown=False)
        case models.BlockViewer():
            return orders.BlockViewer(comment_id=command.comment_id)
        case models.UnblockViewer():
            return orders.UnblockViewer(viewer_key=command.viewer_key)


def _start_flash_sale(command: models.StartFlashSale, flash_id: str) -> orders.StartFlashSale:
    return orders.StartFlashSale(
        flash_id=flash_id,
        offer_id=command.offer_id,
        price_fen=fen(command.price),
        quota=command.quota,
        per_viewer_limit=command.per_viewer_limit,
        seconds=command.seconds,
        countdown_seconds=command.countdown_seconds,
    )


def _open_giveaway(command: models.OpenGiveaway, giveaway_id: str) -> orders.OpenGiveaway:
    return orders.OpenGiveaway(
        giveaway_id=giveaway_id,
        rules=_rules(command),
        seconds=command.seconds,
        seed=secrets.token_hex(SECRET_BYTES),
        salt=secrets.token_hex(SECRET_BYTES),
    )


def _rules(command: models.OpenGiveaway) -> DrawRules:
    return DrawRules(
        kind=command.kind,
        title=command.title,
        prize=command.prize,
        prize_value_fen=fen(command.prize_value),
        winners=command.winners,
        keyword=command.keyword,
        must_have_reserved=command.eligibility.must_have_reserved,
        not_won_within_days=command.eligibility.not_won_within_days,
        claim_hours=command.claim.hours,
        claim_how=command.claim.how,
    )


def _open_poll(command: models.OpenPoll, poll_id: str) -> orders.OpenPoll:
    return orders.OpenPoll(
        poll_id=poll_id,
        question=command.question,
        options=tuple((option.key, option.label) for option in command.options),
        seconds=command.seconds,
    )


def _show_comment(command: models.ShowComment) -> orders.ShowComment:
    return orders.ShowComment(
        comment_id=command.comment_id, shown_as=command.shown_as, answer=command.answer, seconds=command.seconds
    )
