"""Flash deals, draws, polls, entries and votes to rows and back; what is read whole is one JSON text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

from live.domain.flash import FlashSale, FlashState
from live.domain.giveaway import (
    Beacon,
    DrawRound,
    DrawRules,
    Entry,
    Giveaway,
    GiveawayState,
    Prize,
    PrizeState,
    Witness,
)
from live.domain.poll import Poll, PollOption, PollState, Vote
from live.domain.shown import Shown, ShownAs
from live.domain.viewer import Viewer
from live.store.viewer_rows import viewer_columns, viewer_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from live.domain.session import LiveSession
    from live.store.port import Act
    from live.store.rows import Row

Fields = dict[str, Any]


def stage_json(session: LiveSession) -> str:
    """What of a session is about the picture, in its one column."""
    stage = {
        "shown": session.shown,
        "order_code": session.order_code,
        "blocked": session.blocked,
        "set_aside": session.set_aside,
    }
    return to_json(stage).decode()


def stage_fields(text: str | None) -> Fields:
    """The same as fields of `LiveSession`; none of a session from before there was anything."""
    if text is None:
        return {}
    fields: Fields = from_json(text)
    shown = fields["shown"]
    fields["shown"] = None if shown is None else Shown(**{**shown, "shown_as": ShownAs(shown["shown_as"])})
    return fields | {"blocked": tuple(fields["blocked"]), "set_aside": tuple(fields.get("set_aside", ()))}


def act_row(act: Act) -> Row:
    """A row of `act`."""
    kind, place = _kind(act)
    return act.session_id, act.id, kind, place, to_json(act).decode()


def _kind(act: Act) -> tuple[str, int]:
    if isinstance(act, FlashSale):
        return "flash_sale", act.announced_ms
    return ("giveaway" if isinstance(act, Giveaway) else "poll"), act.opened_ms


def act_from(kind: str, data: str) -> Act:
    """Read a row of `act`."""
    return _READERS[kind](from_json(data))


def giveaway_from(data: str) -> Giveaway:
    """Read a draw."""
    return _giveaway(from_json(data))


def _flash_sale(fields: Fields) -> FlashSale:
    return FlashSale(**{**fields, "state": FlashState(fields["state"])})


def _poll(fields: Fields) -> Poll:
    options = tuple(PollOption(**option) for option in fields["options"])
    return Poll(**{**fields, "options": options, "state": PollState(fields["state"])})


def _giveaway(fields: Fields) -> Giveaway:
    beacon = fields["beacon"]
    return Giveaway(
        **{
            **fields,
            "state": GiveawayState(fields["state"]),
            "rules": DrawRules(**fields["rules"]),
            "beacon": None if beacon is None else Beacon(**beacon),
            "entries": tuple(fields["entries"]),
            "witnesses": tuple(Witness(**each) for each in fields["witnesses"]),
            "rounds": tuple(DrawRound(**{**each, "winners": tuple(each["winners"])}) for each in fields["rounds"]),
            "prizes": tuple(map(_prize, fields["prizes"])),
        }
    )


def _prize(fields: Fields) -> Prize:
    return Prize(**{**fields, "viewer": Viewer(**fields["viewer"]), "state": PrizeState(fields["state"])})


_READERS: Mapping[str, Callable[[Fields], Act]] = {
    "flash_sale": _flash_sale,
    "giveaway": _giveaway,
    "poll": _poll,
}


def win_rows(act: Act) -> list[Row]:
    """Rows of `win`: who has won in a draw."""
    if not isinstance(act, Giveaway):
        return []
    return [(act.session_id, act.id, prize.entry_id, prize.viewer.key, prize.won_ms) for prize in act.prizes]


def entry_row(entry: Entry) -> Row:
    """A row of `entry`."""
    return entry.giveaway_id, entry.id, *viewer_columns(entry.viewer), entry.entered_ms, entry.comment_id


def entry_from(row: Sequence[Any]) -> Entry:
    """Read a row of `entry`."""
    giveaway_id, id_, *viewer, entered, comment_id = row
    return Entry(id=id_, giveaway_id=giveaway_id, viewer=viewer_from(viewer), entered_ms=entered, comment_id=comment_id)


def vote_row(vote: Vote) -> Row:
    """A row of `vote`."""
    return vote.poll_id, vote.voter, vote.key, vote.at_ms


def vote_from(row: Sequence[Any]) -> Vote:
    """Read a row of `vote`."""
    poll_id, voter, key, at_ms = row
    return Vote(poll_id=poll_id, voter=voter, key=key, at_ms=at_ms)
