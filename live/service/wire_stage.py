"""Flash deals, draws, polls and what is shown on the picture as JSON objects, as a host sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.service.wire_values import maybe_rfc3339, rfc3339, viewer, yuan

if TYPE_CHECKING:
    from live.domain.flash import FlashSale
    from live.domain.giveaway import DrawRules, Entry, Giveaway, Prize
    from live.domain.poll import Poll
    from live.domain.shown import Shown
    from live.service.wire_values import Json

HOW = (
    "开福袋时公布一枚封存的随机数（种子）的指纹；到时间收口，名单定下不再变；收口后观众的头五条评论（最多等十秒）作公证；"
    "再公开种子，按公布的算式排序，排在最前的中奖。谁都能重算"
)
HOW_BEACON = (
    "开福袋时公布一枚封存的随机数（种子）的指纹；到时间收口，名单定下不再变；用收口时还没有公布的公共随机数（drand）作公证；"
    "再公开种子，按公布的算式排序，排在最前的中奖。谁都能重算"
)


def flash_sale(value: FlashSale) -> Json:
    """A flash deal: `sold + available == quota`; while it is paused, `ends_at - paused_at` is what is left of it."""
    return {
        "id": value.id,
        "offer_id": value.offer_id,
        "price": yuan(value.price_fen),
        "regular_price": yuan(value.regular_price_fen),
        "quota": value.quota,
        "sold": value.sold,
        "available": value.available,
        "waitlisted": value.waitlisted,
        "per_viewer_limit": value.per_viewer_limit,
        "state": value.state.value,
        "announced_at": rfc3339(value.announced_ms),
        "starts_at": rfc3339(value.starts_ms),
        "ends_at": rfc3339(value.ends_ms),
        "paused_at": maybe_rfc3339(value.paused_ms),
        "ended_at": maybe_rfc3339(value.ended_ms),
    }


def rules(value: Giveaway) -> Json:
    """What was published before anybody entered, and is frozen."""
    said = value.rules
    return {
        "kind": said.kind,
        "title": said.title,
        "prize": said.prize,
        "prize_value": yuan(said.prize_value_fen),
        "winners": said.winners,
        "keyword": said.keyword,
        "closes_at": rfc3339(value.closes_ms),
        "who": {"must_have_reserved": said.must_have_reserved, "not_won_within_days": said.not_won_within_days},
        "who_text": who_words(said),
        "how": HOW if value.beacon is None else HOW_BEACON,
        "claim": {"hours": said.claim_hours, "how": said.claim_how},
    }


def who_words(said: DrawRules) -> str:
    """Who may enter, in a sentence."""
    conditions = ["本场下过单"] if said.must_have_reserved else []
    if said.not_won_within_days is not None:
        conditions.append(f"{said.not_won_within_days} 天内没中过奖")
    return "、".join(conditions) + ("的" if conditions else "") + "观众，每人一次；主播、场控和被屏蔽的不参加"


def giveaway(value: Giveaway) -> Json:
    """A draw, without what is secret: the seed until it is drawn, the list but for its hash."""
    return {
        "id": value.id,
        "session_id": value.session_id,
        "kind": value.rules.kind,
        "title": value.rules.title,
        "keyword": value.rules.keyword,
        "state": value.state.value,
        "rules": rules(value),
        "opened_at": rfc3339(value.opened_ms),
        "closes_at": rfc3339(value.closes_ms),
        "closed_at": maybe_rfc3339(value.closed_ms),
        "drawn_at": maybe_rfc3339(value.drawn_ms),
        "commitment": value.commitment,
        "list_hash": value.list_hash,
        "entries": value.entered,
        "witnessed": len(value.witnesses),
        "beacon_round": value.beacon_round,
        "rounds": [
            {
                "round": each.number,
                "winners": [prize(found) for id_ in each.winners if (found := value.prize(id_)) is not None],
                "reason": each.reason,
            }
            for each in value.rounds
        ],
        "claim_until": maybe_rfc3339(value.claim_until_ms),
    }


def prize(value: Prize) -> Json:
    """A winner, for hosts."""
    return {
        "entry": value.entry_id,
        "round": value.round,
        "viewer": viewer(value.viewer),
        "name": value.viewer.name,
        "pickup_code": value.pickup_code,
        "state": value.state.value,
        "won_at": rfc3339(value.won_ms),
        "changed_at": maybe_rfc3339(value.changed_ms),
    }


def entry(value: Entry) -> Json:
    """Somebody's place in a draw, for hosts."""
    return {
        "id": value.id,
        "giveaway_id": value.giveaway_id,
        "viewer": viewer(value.viewer),
        "name": value.viewer.name,
        "entered_at": rfc3339(value.entered_ms),
    }


def poll(value: Poll) -> Json:
    """A poll and how the votes stand."""
    return {
        "id": value.id,
        "session_id": value.session_id,
        "question": value.question,
        "options": [{"key": each.key, "label": each.label, "votes": each.votes} for each in value.options],
        "votes": value.votes,
        "state": value.state.value,
        "opened_at": rfc3339(value.opened_ms),
        "closes_at": rfc3339(value.closes_ms),
        "closed_at": maybe_rfc3339(value.closed_ms),
    }


def shown(value: Shown) -> Json:
    """A comment on the picture."""
    return {
        "id": value.id,
        "as": value.shown_as.value,
        "comment_id": value.comment_id,
        "platform": value.platform,
        "name": value.name,
        "text": value.text,
        "answer": value.answer,
        "shown_at": rfc3339(value.shown_ms),
        "until": rfc3339(value.until_ms),
        "open": value.open,
    }


def record(value: Giveaway) -> Json:
    """The public record of a draw (section 6 of the contract), as far as it may be known by now."""
    told: Json = {
        "giveaway_id": value.id,
        "rules": rules(value),
        "opened_at": rfc3339(value.opened_ms),
        "closed_at": maybe_rfc3339(value.closed_ms),
        "commitment": value.commitment,
    }
    if value.closed_ms is not None:
        told |= {"entries": list(value.entries), "list_hash": value.list_hash}
    if value.beacon_round is not None:  # told before it is there: chosen afterwards it would prove nothing
        told["witness"] = {"kind": "drand", "round": value.beacon_round}
    if value.drawn_ms is not None:
        told |= {
            "seed": value.seed,
            "witness": _witness(value),
            "rounds": [
                {"round": each.number, "winners": list(each.winners), "reason": each.reason} for each in value.rounds
            ],
        }
    return told


def _witness(value: Giveaway) -> Json:
    if value.beacon is not None:
        return {
            "kind": "drand",
            "round": value.beacon_round,
            "randomness": value.randomness,
            "hash": value.witness_hash,
        }
    comments = [{"id": each.id, "text": each.text} for each in value.witnesses]
    return {"kind": "comments", "comments": comments, "hash": value.witness_hash}
