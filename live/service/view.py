"""The published state of a room: what snapshots show. State plus events equals the next snapshot, always.

It works on the JSON objects of the events alone, as every page does (`feed.js` holds the same rules), and is touched
only after the commit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from live.domain.state import ADDS_IN_PLACE
from live.service import wire, wire_desk, wire_stage
from live.service.ledger import ledger_of

if TYPE_CHECKING:
    from live.domain.state import RoomState
    from live.service.wire import Json


@dataclass(kw_only=True, slots=True)
class RoomView:
    """A room as it is committed, each object under its id."""

    room: str
    seq: int = 0
    session: Json | None = None
    prompt: Json | None = None
    offers: dict[str, Json] = field(default_factory=dict)
    reservations: dict[str, Json] = field(default_factory=dict)
    confirmations: dict[str, Json] = field(default_factory=dict)
    baskets: dict[str, Json] = field(default_factory=dict)
    tickets: dict[str, Json] = field(default_factory=dict)
    sources: dict[str, Json] = field(default_factory=dict)
    flash_sales: dict[str, Json] = field(default_factory=dict)
    giveaways: dict[str, Json] = field(default_factory=dict)
    polls: dict[str, Json] = field(default_factory=dict)
    shown: Json | None = None
    questions: dict[str, Json] = field(default_factory=dict)
    faq: dict[str, Json] = field(default_factory=dict)
    totals: Json = field(default_factory=dict)

    def apply(self, kind: str, data: Json) -> None:
        """Take an event in: each object in its data replaces its older self; a new session empties the room.

        What happens to an earlier session is not shown here.
        """
        self.seq += 1
        if "earlier_session" in data:
            return
        if kind == "session_started":
            self._empty()
        self.session = _whole(data, "session") or self.session
        _put(self.offers, data, "offer")
        _put(self.reservations, data, "reservation")
        _put(self.baskets, data, "basket")
        _put(self.tickets, data, "ticket")
        _put(self.sources, data, "source")
        _put(self.flash_sales, data, "flash_sale")
        _put(self.giveaways, data, "giveaway")
        _put(self.polls, data, "poll")
        _put(self.questions, data, "question")
        self._keep_faq(_whole(data, "faq"))
        shown = _whole(data, "shown")
        if shown is not None:
            self.shown = shown if shown["open"] else None
        prompt = _whole(data, "prompt")
        if prompt is not None:
            self.prompt = prompt if prompt["open"] else None
        comment = _whole(data, "comment")
        if comment is not None:
            self._confirm(kind, comment)
        self.totals = _whole(data, "totals") or self.totals

    def count_comments(self, comments: int) -> None:
        """Note how many comments the session has; those without an event have no other way into the totals."""
        self.totals = {**self.totals, "comments": comments}

    def snapshot(self) -> Json:
        """The whole state, as a host sees it."""
        return {
            "seq": self.seq,
            "room": self.room,
            "session": self.session,
            "prompt": self.prompt,
            "offers": list(self.offers.values()),
            "reservations": list(self.reservations.values()),
            "confirmations": list(self.confirmations.values()),
            "flash_sales": list(self.flash_sales.values()),
            "giveaways": list(self.giveaways.values()),
            "polls": list(self.polls.values()),
            "shown": self.shown,
            "questions": list(self.questions.values()),
            "faq": list(self.faq.values()),
            "baskets": list(self.baskets.values()),
            "tickets": list(self.tickets.values()),
            "sources": list(self.sources.values()),
            "totals": self.totals,
        }

    def _confirm(self, kind: str, comment: Json) -> None:
        key = f"{comment['platform']}/{comment['id']}"
        self.confirmations.pop(key, None)
        if kind == "comment_needs_confirmation" or kind in ADDS_IN_PLACE:
            self.confirmations[key] = comment
        if kind in ADDS_IN_PLACE:
            self.confirmations = dict(sorted(self.confirmations.items(), key=lambda item: _place(item[1])))

    def _keep_faq(self, faq: Json | None) -> None:
        """What was mended is the newest; what was dropped is gone."""
        if faq is None:
            return
        self.faq.pop(str(faq["id"]), None)
        if not faq["dropped"]:
            self.faq[str(faq["id"])] = faq

    def _empty(self) -> None:
        self.prompt = self.shown = None
        for held in (
            self.offers, self.reservations, self.confirmations, self.baskets, self.tickets, self.sources,
            self.flash_sales, self.giveaways, self.polls, self.questions,
        ):  # fmt: skip
            held.clear()


def _place(comment: Json) -> int:
    n = comment["n"]
    return n if isinstance(n, int) else 0


def view_of(state: RoomState) -> RoomView:
    """Build the view of a room from its committed state."""
    return RoomView(
        room=state.room,
        seq=state.seq,
        session=None if state.session is None else wire.session(state.session),
        prompt=None if state.prompt is None else wire.prompt(state.prompt),
        offers={o.id: wire.offer(o) for o in state.offers.values()},
        reservations={r.id: wire.reservation(r) for r in state.reservations.values()},
        confirmations={f"{p.platform}/{p.id}": wire.pending(p) for p in state.pending.values()},
        baskets={b.viewer_key: wire.basket(b) for b in state.baskets.values()},
        tickets={t.id: wire.ticket(t) for t in state.tickets.values()},
        sources={} if state.session is None else {s.id: wire.source(s) for s in state.session.sources},
        flash_sales={f.id: wire_stage.flash_sale(f) for f in state.flash_sales.values()},
        giveaways={g.id: wire_stage.giveaway(g) for g in state.giveaways.values()},
        polls={p.id: wire_stage.poll(p) for p in state.polls.values()},
        shown=_shown(state),
        questions={q.id: wire_desk.question(q) for q in state.questions.values()},
        faq={f.id: wire_desk.faq(f) for f in state.faq.values()},
        totals=ledger_of(state).totals(state.comments),
    )


def _shown(state: RoomState) -> Json | None:
    shown = None if state.session is None else state.session.shown
    return None if shown is None else wire_stage.shown(shown)


def _put(held: dict[str, Json], data: Json, name: str) -> None:
    value = _whole(data, name)
    if value is not None:
        held[str(value["id"])] = value


def _whole(data: Json, name: str) -> Json | None:
    value = data.get(name)
    return value if isinstance(value, dict) else None
