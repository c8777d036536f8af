"""Why a command changes nothing: a result, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefusalCode(StrEnum):
    """Stable codes that other programs may rely on."""

    SESSION_RUNNING = "session_running"
    NO_SESSION = "no_session"
    SESSION_ENDED = "session_ended"
    CUTOFF_PASSED = "cutoff_passed"
    UNKNOWN_OFFER = "unknown_offer"
    UNKNOWN_VARIANT = "unknown_variant"
    UNKNOWN_RESERVATION = "unknown_reservation"
    UNKNOWN_COMMENT = "unknown_comment"
    AMBIGUOUS_COMMENT = "ambiguous_comment"
    DUPLICATE_OFFER = "duplicate_offer"
    OFFER_NOT_OPEN = "offer_not_open"
    NO_PROMPT = "no_prompt"
    PROMPT_NEEDS_OFFER = "prompt_needs_offer"
    FLASH_RUNNING = "flash_running"
    FLASH_NOT_OPEN = "flash_not_open"
    NO_FLASH_SALE = "no_flash_sale"
    NOT_ENOUGH_STOCK = "not_enough_stock"
    INVALID_PRICE = "invalid_price"
    GIVEAWAY_RUNNING = "giveaway_running"
    UNKNOWN_GIVEAWAY = "unknown_giveaway"
    PRIZE_TOO_HIGH = "prize_too_high"
    NOT_DRAWN = "not_drawn"
    UNKNOWN_ENTRY = "unknown_entry"
    NOT_A_WINNER = "not_a_winner"
    ALREADY_CLAIMED = "already_claimed"
    NOBODY_LEFT = "nobody_left"
    POLL_RUNNING = "poll_running"
    UNKNOWN_POLL = "unknown_poll"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_FAQ = "unknown_faq"
    TOO_LATE_TO_UNDO = "too_late_to_undo"
    NOTHING_SHOWN = "nothing_shown"
    KEYWORD_TAKEN = "keyword_taken"
    OVER_LIMIT = "over_limit"
    QUOTA_BELOW_RESERVED = "quota_below_reserved"
    VARIANT_IN_USE = "variant_in_use"
    INCOMPLETE_ACTION = "incomplete_action"
    NOTHING_RESERVED = "nothing_reserved"
    NOT_CHANGEABLE = "not_changeable"
    CHANGED_MEANWHILE = "changed_meanwhile"
    INVALID_QUANTITY = "invalid_quantity"
    INVALID_CYCLE = "invalid_cycle"
    FROZEN = "frozen"
    OFFER_FAILED = "offer_failed"
    CYCLE_OPEN = "cycle_open"
    CYCLE_CLOSED = "cycle_closed"
    UNKNOWN_PICKUP_POINT = "unknown_pickup_point"
    UNKNOWN_PICKUP_CODE = "unknown_pickup_code"
    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_SESSION = "unknown_session"
    UNKNOWN_VIEWER = "unknown_viewer"
    WEAK_IDENTITY = "weak_identity"
    OTHER_PHONE = "other_phone"
    ALREADY_READY = "already_ready"
    NOT_READY = "not_ready"
    ALREADY_COLLECTED = "already_collected"
    TOO_LATE = "too_late"
    NOT_WEIGHED = "not_weighed"
    NOT_ENOUGH_POINTS = "not_enough_points"
    TICKET_CLOSED = "ticket_closed"
    ASK_THE_HOST = "ask_the_host"


NOT_FOUND = frozenset(
    {
        RefusalCode.UNKNOWN_OFFER,
        RefusalCode.UNKNOWN_VARIANT,
        RefusalCode.UNKNOWN_RESERVATION,
        RefusalCode.UNKNOWN_COMMENT,
        RefusalCode.UNKNOWN_PICKUP_POINT,
        RefusalCode.UNKNOWN_PICKUP_CODE,
        RefusalCode.UNKNOWN_TICKET,
        RefusalCode.UNKNOWN_SESSION,
        RefusalCode.UNKNOWN_VIEWER,
        RefusalCode.UNKNOWN_GIVEAWAY,
        RefusalCode.UNKNOWN_ENTRY,
        RefusalCode.UNKNOWN_POLL,
        RefusalCode.UNKNOWN_QUESTION,
        RefusalCode.UNKNOWN_FAQ,
    }
)
INVALID = frozenset(
    {
        RefusalCode.INVALID_QUANTITY,
        RefusalCode.INVALID_CYCLE,
        RefusalCode.INCOMPLETE_ACTION,
        RefusalCode.PROMPT_NEEDS_OFFER,
        RefusalCode.KEYWORD_TAKEN,
        RefusalCode.DUPLICATE_OFFER,
        RefusalCode.NOT_WEIGHED,
        RefusalCode.WEAK_IDENTITY,
        RefusalCode.INVALID_PRICE,
        RefusalCode.PRIZE_TOO_HIGH,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """A command that changed nothing: a stable code, and a sentence for the host that says what to do."""

    code: RefusalCode
    detail: str

    @property
    def kind(self) -> str:
        """`not_found`, `invalid` or `conflict`."""
        if self.code in NOT_FOUND:
            return "not_found"
        return "invalid" if self.code in INVALID else "conflict"


CUT_OFF = Refused(code=RefusalCode.CUTOFF_PASSED, detail="已经截单，不能再订、改或取消；有困难请联系店主")
"""Whoever asks for goods of a cycle that is over."""


def unknown_offer(offer_id: str) -> Refused:
    """Say that there is no such offer."""
    return Refused(code=RefusalCode.UNKNOWN_OFFER, detail=f"offer_id：没有“{offer_id}”这个商品，请核对商品列表")
