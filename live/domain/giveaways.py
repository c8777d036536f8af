"""Handlers of draws (section 6 of the contract): who may enter, the frozen list, the witness, the winners."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import draws, keywords
from live.domain.events import EventKind
from live.domain.giveaway import (
    WITNESS_MS,
    WITNESSES,
    DrawRound,
    Entry,
    Giveaway,
    GiveawayState,
    Prize,
    PrizeState,
    Witness,
)
from live.domain.refusal import RefusalCode, Refused
from live.domain.reservation import HOLDING

if TYPE_CHECKING:
    from collections.abc import Collection

    from live.domain import stage_commands as c
    from live.domain.draft import Draft
    from live.domain.state import RoomState
    from live.domain.viewer import Viewer

MOST_VALUE_FEN = 50_000 * 100
"""A prize worth more is unlawful in a draw that goes with a sale (section 6 of the contract)."""

ENTRY_DIGITS = 32
"""Hex digits of an entry id: 128 bits."""


def open_giveaway(draft: Draft, command: c.OpenGiveaway) -> Refused | None:
    """Publish the rules and the commitment; from here on they are frozen."""
    running = open_giveaway_of(draft.state)
    if running is not None:
        detail = f"“{running.rules.title}”还没开奖，请等它开完，再发下一个"
        return Refused(code=RefusalCode.GIVEAWAY_RUNNING, detail=detail)
    if command.rules.prize_value_fen > MOST_VALUE_FEN:
        return Refused(
            code=RefusalCode.PRIZE_TOO_HIGH, detail="prize_value：单个奖品不能超过 50000 元，请换小一点的奖品"
        )
    taken = keywords.refuse_pass_phrase(draft.state, command.rules.keyword)
    if taken is None:
        giveaway = Giveaway(
            id=command.giveaway_id,
            session_id=draft.session.id,
            rules=command.rules,
            state=GiveawayState.OPEN,
            opened_ms=draft.at_ms,
            closes_ms=draft.at_ms + command.seconds * 1000,
            seed=command.seed,
            salt=command.salt,
            commitment=draws.commitment(bytes.fromhex(command.seed)),
            beacon=command.beacon,
        )
        draft.tell(EventKind.GIVEAWAY_OPENED, giveaway=giveaway)
    return taken


def enter(draft: Draft, viewer: Viewer, giveaway: Giveaway) -> str | None:
    """Give a viewer their place in a draw, once; or say why they may have none."""
    why_not = _why_not(draft, viewer, giveaway)
    held = draft.state.entries.get(giveaway.id, {})
    if why_not is not None or any(entry_id(giveaway, key) in held for key in draft.state.keys_of(viewer.key)):
        return why_not
    entry = Entry(
        id=entry_id(giveaway, viewer.key),
        giveaway_id=giveaway.id,
        viewer=viewer,
        entered_ms=draft.at_ms,
        comment_id=draft.comment_id,
    )
    draft.tell(EventKind.GIVEAWAY_ENTERED, giveaway=replace(giveaway, entered=giveaway.entered + 1), entry=entry)
    return None


def _why_not(draft: Draft, viewer: Viewer, giveaway: Giveaway) -> str | None:
    rules, state = giveaway.rules, draft.state
    if viewer.weak:
        return "平台隐去了身份，中了奖认不出人"
    if rules.must_have_reserved and not _has_reserved(draft, viewer.key):
        return "本场还没下单，下了单再发口令就能参加"
    days = rules.not_won_within_days
    if days is not None and state.won_within(viewer.key, days, draft.at_ms):
        return f"{days} 天里中过奖"
    return None


def _has_reserved(draft: Draft, viewer_key: str) -> bool:
    keys = draft.state.keys_of(viewer_key)
    codes = (draft.pickup_code(draft.session.id, key) for key in keys)
    return any(each.state in HOLDING for code in codes for each in draft.state.of_code(code))


def entry_id(giveaway: Giveaway, viewer_key: str) -> str:
    """The opaque id of a viewer in one draw: a keyed hash, whose key nobody is ever told."""
    return hmac.digest(bytes.fromhex(giveaway.salt), viewer_key.encode(), hashlib.sha256).hex()[:ENTRY_DIGITS]


def draw_giveaway(draft: Draft, command: c.DrawGiveaway) -> Refused | None:
    """Close the list now; the winners follow with the witness. Asking again changes nothing."""
    giveaway = draft.state.giveaways.get(command.giveaway_id)
    if giveaway is None:
        return unknown(command.giveaway_id)
    close(draft, giveaway)
    return None


def close(draft: Draft, giveaway: Giveaway, *, at_ms: int | None = None) -> None:
    """Freeze the entrants: who is blocked by now, or has cancelled what the rules ask for, is left out."""
    if giveaway.state is not GiveawayState.OPEN:
        return
    closed_ms = draft.at_ms if at_ms is None else at_ms
    entries = tuple(sorted(each.id for each in _entitled(draft, giveaway)))
    beacon = giveaway.beacon
    closed = replace(
        giveaway,
        state=GiveawayState.CLOSED,
        closed_ms=closed_ms,
        entered=len(entries),
        entries=entries,
        list_hash=draws.list_hash(entries),
        beacon_round=None if beacon is None else beacon.round_after(draft.at_ms),
        witness_until_ms=draft.at_ms + WITNESS_MS if beacon is None else None,
    )
    draft.tell(EventKind.GIVEAWAY_CLOSED, giveaway=closed)


def _entitled(draft: Draft, giveaway: Giveaway) -> list[Entry]:
    session, found = draft.session, draft.state.entries.get(giveaway.id, {}).values()
    seen: set[str] = set()
    entitled = []
    for entry in found:
        keys = draft.state.keys_of(entry.viewer.key)
        hosts = session.is_host(user_id=entry.viewer.id, name=entry.viewer.name)
        out = hosts or seen.intersection(keys) or set(session.blocked).intersection(keys)
        if not out and _why_not(draft, entry.viewer, giveaway) is None:
            entitled.append(entry)
            seen.update(keys)
    return entitled


def witness(draft: Draft, comment: Witness, *, from_host: bool) -> None:
    """Let a comment that came after the closing be a witness; what the host writes themselves is none."""
    for giveaway in list(draft.state.giveaways.values()):
        if giveaway.bears(draft.at_ms) and not from_host:
            seen = replace(giveaway, witnesses=(*giveaway.witnesses, comment))
            draft.tell(EventKind.GIVEAWAY_WITNESSED, giveaway=seen)
            if len(seen.witnesses) >= WITNESSES:
                _draw(draft, seen, _hash_of(seen))


def bring_randomness(draft: Draft, command: c.BringRandomness) -> Refused | None:
    """Draw with the beacon's round; another round than the one that was fixed at closing is none."""
    giveaway = draft.state.giveaways.get(command.giveaway_id)
    if giveaway is None:
        return unknown(command.giveaway_id)
    if giveaway.state is GiveawayState.CLOSED and giveaway.beacon_round == command.round:
        seen = replace(giveaway, randomness=command.randomness)
        _draw(draft, seen, draws.witness_hash_of_drand(command.round, command.randomness))
    return None


def _hash_of(giveaway: Giveaway) -> str:
    return draws.witness_hash_of_comments([(each.id, each.text) for each in giveaway.witnesses])


def _draw(draft: Draft, giveaway: Giveaway, witness_hash: str) -> None:
    drawn = replace(giveaway, state=GiveawayState.DRAWN, drawn_ms=draft.at_ms, witness_hash=witness_hash)
    draft.tell(EventKind.GIVEAWAY_DRAWN, giveaway=_with_round(draft, drawn, count=drawn.rules.winners, reason=None))


def _with_round(draft: Draft, giveaway: Giveaway, *, count: int, reason: str | None) -> Giveaway:
    number = len(giveaway.rounds) + 1
    ids = draws.winners(
        bytes.fromhex(giveaway.seed),
        giveaway.entries,
        giveaway.witness_hash or "",
        round_=number,
        count=count,
        leaving_out=_winners(giveaway),
    )
    prizes = tuple(_prize(draft, giveaway, id_, number) for id_ in ids)
    return replace(
        giveaway,
        rounds=(*giveaway.rounds, DrawRound(number=number, winners=tuple(ids), reason=reason)),
        prizes=(*giveaway.prizes, *prizes),
    )


def _winners(giveaway: Giveaway) -> Collection[str]:
    return {winner for each in giveaway.rounds for winner in each.winners}


def _prize(draft: Draft, giveaway: Giveaway, id_: str, number: int) -> Prize:
    viewer = draft.state.entries[giveaway.id][id_].viewer
    code = draft.pickup_code(giveaway.session_id, viewer.key)
    return Prize(entry_id=id_, round=number, viewer=viewer, pickup_code=code, won_ms=draft.at_ms)


def redraw_giveaway(draft: Draft, command: c.RedrawGiveaway) -> Refused | None:
    """Draw once more for prizes that nobody took; what was drawn before stands beside it."""
    giveaway = draft.state.giveaways.get(command.giveaway_id)
    if giveaway is None:
        return unknown(command.giveaway_id)
    refused = _refuse_redraw(giveaway, command.forfeited)
    if refused is not None:
        return refused
    forfeited = frozenset(command.forfeited)
    prizes = tuple(
        replace(prize, state=PrizeState.FORFEITED, changed_ms=draft.at_ms) if prize.entry_id in forfeited else prize
        for prize in giveaway.prizes
    )
    given_up = replace(giveaway, prizes=prizes)
    draft.tell(EventKind.GIVEAWAY_FORFEITED, giveaway=given_up)
    again = _with_round(draft, given_up, count=len(forfeited), reason=command.reason.strip() or "中奖人放弃或过期未领")
    draft.tell(EventKind.GIVEAWAY_DRAWN, giveaway=again)
    return None


def _refuse_redraw(giveaway: Giveaway, forfeited: tuple[str, ...]) -> Refused | None:
    if giveaway.state is not GiveawayState.DRAWN:
        return Refused(code=RefusalCode.NOT_DRAWN, detail="还没开奖，谈不上补抽")
    for id_ in forfeited:
        refused = _refuse_prize(giveaway, id_)
        if refused is not None:
            return refused
    if len(giveaway.entries) <= len(_winners(giveaway)):
        return Refused(code=RefusalCode.NOBODY_LEFT, detail="参加的人都已经中过，没有人可以补抽")
    return None


def _refuse_prize(giveaway: Giveaway, entry: str) -> Refused | None:
    prize = giveaway.prize(entry)
    if prize is None:
        known = entry in giveaway.entries
        code = RefusalCode.NOT_A_WINNER if known else RefusalCode.UNKNOWN_ENTRY
        return Refused(code=code, detail=f"参与号 {entry[:8]}… {'没有中奖' if known else '不在这次的名单里'}")
    if prize.state is PrizeState.CLAIMED:
        return Refused(code=RefusalCode.ALREADY_CLAIMED, detail=f"{prize.viewer.name}已经领走了奖品")
    if prize.state is PrizeState.FORFEITED:
        return Refused(code=RefusalCode.NOT_A_WINNER, detail=f"{prize.viewer.name}的奖已经补抽给别人")
    return None


def claim_giveaway(draft: Draft, command: c.ClaimGiveaway) -> Refused | None:
    """Hand a prize over, within the time that the rules give."""
    giveaway = draft.state.giveaways.get(command.giveaway_id)
    if giveaway is None:
        return unknown(command.giveaway_id)
    refused = _refuse_prize(giveaway, command.entry_id)
    prize = giveaway.prize(command.entry_id)
    if refused is None and prize is not None and draft.at_ms > giveaway.claimable_until_ms(prize):
        refused = Refused(code=RefusalCode.TOO_LATE, detail="领奖的时间过了；规则写明了，可以补抽给别人")
    if refused is not None:
        return refused
    prizes = tuple(
        replace(prize, state=PrizeState.CLAIMED, changed_ms=draft.at_ms)
        if prize.entry_id == command.entry_id
        else prize
        for prize in giveaway.prizes
    )
    draft.tell(EventKind.GIVEAWAY_CLAIMED, giveaway=replace(giveaway, prizes=prizes))
    return None


def close_due(draft: Draft) -> None:
    """Close what has had its time, and draw what has waited for its witnesses long enough."""
    for giveaway in list(draft.state.giveaways.values()):
        if giveaway.state is GiveawayState.OPEN and giveaway.closes_ms <= draft.at_ms:
            close(draft, giveaway, at_ms=giveaway.closes_ms)
        elif giveaway.witness_until_ms is not None and giveaway.witness_until_ms <= draft.at_ms:
            finish(draft, giveaway)


def close_all(draft: Draft) -> None:
    """Close every list: the evening is over."""
    for giveaway in list(draft.state.giveaways.values()):
        close(draft, giveaway)


def finish(draft: Draft, giveaway: Giveaway) -> None:
    """Draw a closed list with the witnesses there are."""
    if giveaway.state is GiveawayState.CLOSED and giveaway.beacon is None:
        _draw(draft, giveaway, _hash_of(giveaway))


def open_giveaway_of(state: RoomState) -> Giveaway | None:
    """The draw that takes entries or awaits its comments; there is one at most. A beacon's round holds up nobody."""
    return next((each for each in state.giveaways.values() if _under_way(each)), None)


def _under_way(giveaway: Giveaway) -> bool:
    awaits_comments = giveaway.state is GiveawayState.CLOSED and giveaway.beacon is None
    return awaits_comments or giveaway.state is GiveawayState.OPEN


def due_ms(state: RoomState) -> list[int]:
    """When the clock must look at the room's draws again."""
    open_ = [each.closes_ms for each in state.giveaways.values() if each.state is GiveawayState.OPEN]
    closed = [each for each in state.giveaways.values() if each.state is GiveawayState.CLOSED]
    return open_ + [each.witness_until_ms for each in closed if each.witness_until_ms is not None]


def unknown(giveaway_id: str) -> Refused:
    """Say that there is no such draw."""
    return Refused(code=RefusalCode.UNKNOWN_GIVEAWAY, detail=f"giveaway_id：没有“{giveaway_id}”这个福袋")
