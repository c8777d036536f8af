"""A service that lives through random nights, restarts among them, and a page that follows its events all along."""

from __future__ import annotations

from contextlib import AsyncExitStack
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from live.domain import commands as c
from live.domain.comment import Comment
from live.domain.session import Policy
from live.domain.ticket import Promise
from live.service.outbox import restored
from live.service.view import RoomView, view_of
from live.service.wire import objects_of
from tests.domain import laws
from tests.domain.factories import EVENING_MS, MINUTE_MS, TWO_POINTS, apple, egg, start, viewer
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.domain.state import RoomState
    from live.service.results import PublishedEvent
    from tests.service.rig import Shop

Step = tuple[str, int, int]
"""What is done, to which of those there are, and how many or how."""

NAMES = ("张姐", "李叔", "王婶")
SAID = (
    "要{}箱鸡蛋",
    "要{}箱小果",
    "再加{}箱鸡蛋",
    "鸡蛋改成{}箱",
    "鸡蛋不要了",
    "鸡蛋碎了{}个，太差了",
    "没声音",
    "晚上好",
)
POINTS = (None, "p1", "p2")
NOWHERE = c.Restock(offer_id="ghost", quantity=1)
"""A command that is refused: it wakes the room's owner, who looks at the clock."""


@dataclass(kw_only=True, slots=True)
class Page:
    """What somebody knows who has seen every event: tonight's session, and each one before it."""

    view: RoomView = field(default_factory=lambda: RoomView(room=ROOM))
    earlier: dict[str, RoomView] = field(default_factory=dict)

    def take(self, event: PublishedEvent) -> None:
        """Follow one event."""
        if event.kind == "session_started" and self.view.session is not None:
            self.earlier[str(self.view.session["id"])] = deepcopy(self.view)
        self.view.apply(event.kind, event.data)
        of = event.data.get("earlier_session")
        if of is not None:
            self.earlier[str(of)].apply(event.kind, dict(objects_of(event.data)))

    def rows(self, name: str) -> list[Any]:
        """All objects of a kind, of every session, oldest first."""
        return [row for view in (*self.earlier.values(), self.view) for row in view.snapshot()[name]]  # type: ignore[attr-defined]  # a list of objects


@dataclass(kw_only=True, slots=True)
class Night:
    """Runs a service on a folder and remembers all that it was told, so that another one can be told the same."""

    folder: Path
    page: Page = field(default_factory=Page)
    log: list[tuple[int, c.Command | Comment | None]] = field(default_factory=list)
    told: list[bytes] = field(default_factory=list)
    now_ms: int = EVENING_MS
    commands: int = 0
    sessions: int = 0
    _shop: Shop | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def shop(self) -> Shop:
        assert self._shop is not None
        return self._shop

    async def open(self) -> None:
        """Start the service, again if it ran."""
        await self.close()
        running = a_shop(self.folder, now_ms=self.now_ms, ids_from=self.commands + 1)
        self._shop = await self._stack.enter_async_context(running)
        await self.shop.service.open(ROOM)
        await self.catch_up()

    async def close(self) -> None:
        """Stop it; nothing but what is committed is left."""
        await self._stack.aclose()

    async def tell(self, what: c.Command | Comment | None) -> None:
        """Give a command, let a comment come in, or restart; all that comes of it reaches the page."""
        self.log.append((self.now_ms, what))
        self.shop.clock.now_ms = self.now_ms
        if what is None:
            await self.open()
        elif not isinstance(what, Comment):
            self.commands += 1
            await self.shop.do(what)
        else:
            await self.shop.say(what)
        await self.catch_up()

    async def catch_up(self) -> None:
        """Read what the page has missed, as one that comes back does."""
        for stored in await self.shop.store.events_since(ROOM, self.page.view.seq, 10_000):
            self.told.append(stored.data)
            self.page.take(restored(stored))
        self.page.view.count_comments(self.shop.snapshot()["totals"].get("comments", 0))

    async def check(self) -> None:
        """The service, the store and the page agree on every session, and each obeys the laws of the house."""
        shop, page = self.shop, self.page
        newest = await shop.store.load_room(ROOM)
        assert page.view.snapshot() == shop.snapshot() == view_of(newest).snapshot()
        _check_laws(newest)
        for session_id, view in page.earlier.items():
            state = await shop.store.load_session(ROOM, session_id)
            assert state is not None
            assert _timeless(view) == _timeless(view_of(state))
            _check_laws(state)

    async def take(self, step: Step) -> None:
        """Turn a step into something to tell; what there is nothing for is left out."""
        what = getattr(self, f"_{step[0]}")(*step[1:])
        for each in what if isinstance(what, list) else [what]:
            if each is not None:
                await self.tell(each)

    def _say(self, whom: int, how: int) -> Comment | None:
        session = self.page.view.session
        if session is None or session["state"] != "running":
            return None
        text = SAID[how % len(SAID)].format(1 + whom % 3)
        said = self.shop.comment(text, by=NAMES[whom % len(NAMES)], id=f"m-{len(self.log)}")
        return replace(said, at_ms=self.now_ms)

    def _order(self, whom: int, how: int) -> c.Command:
        line = (
            c.PageLine(offer_id="egg", quantity=how)
            if how % 2
            else c.PageLine(offer_id="apple", variant_id="s", quantity=how)
        )
        return c.PageOrder(viewer=viewer(NAMES[whom % len(NAMES)]), lines=(line,), pickup_point_id=POINTS[whom % 3])

    def _change(self, which: int, how: int) -> c.Command | None:
        row = self._row("reservations", which)
        line = row and c.PageLine(offer_id=row["offer_id"], variant_id=row["variant_id"], quantity=how)
        return c.PageChange(pickup_code=row["pickup_code"], line=line) if line else None

    def _hand(self, which: int, how: int) -> c.Command | None:
        row = self._row("reservations", which)
        if not row:
            return None
        if how:
            return c.SetQuantity(reservation_id=row["id"], quantity=how)
        return c.CancelReservation(reservation_id=row["id"], reason="主播取消")

    def _basket(self, which: int, how: int) -> c.Command | None:
        row = self._row("reservations", which)
        tail = "1234" if how > 2 else None
        said = c.SetBasket(pickup_code="", pickup_point_id=POINTS[how % 3], own_bag=bool(how % 2), phone_tail=tail)
        return replace(said, pickup_code=row["pickup_code"]) if row else None

    def _close(self, which: int, how: int) -> c.Command:
        return c.CloseCycle(session_id=self._session(which, how))

    def _deliver(self, *_: int) -> list[c.Command]:
        return [c.CloseCycle(), c.MarkReady()]

    def _arrive(self, which: int, how: int) -> c.Command:
        return c.MarkReady(session_id=self._session(which, how), pickup_point_id=POINTS[how % 3])

    def _move(self, which: int, how: int) -> c.Command:
        at_ms = self.now_ms + (20 + how) * 60 * MINUTE_MS
        return c.MovePickup(session_id=self._session(which, how), pickup_at_ms=at_ms, notice="路上堵车")

    def _collect(self, which: int, how: int) -> c.Command | None:
        row = self._row("reservations", which)
        if not row:
            return None
        only = (row["id"],) if how % 3 == 0 else None
        return c.Collect(pickup_code=row["pickup_code"], reservation_ids=only, own_bag=how % 2 == 0)

    def _undo(self, which: int, _: int) -> c.Command | None:
        row = self._row("reservations", which)
        return c.UndoCollect(pickup_code=row["pickup_code"]) if row else None

    def _miss(self, which: int, _: int) -> c.Command | None:
        row = self._row("reservations", which)
        return c.MarkNoShow(reservation_id=row["id"]) if row else None

    def _redeem(self, which: int, how: int) -> c.Command | None:
        row = self._row("reservations", which)
        return c.RedeemPoints(pickup_code=row["pickup_code"], points=1 + how % 2) if row else None

    def _answer(self, which: int, how: int) -> c.Command | None:
        row = self._row("tickets", which)
        if not row:
            return None
        promise = Promise.REFUND if how == 1 else None
        return (
            c.AnswerTicket(ticket_id=row["id"], text="这就办", promise=promise)
            if how
            else c.CloseTicket(ticket_id=row["id"])
        )

    def _tap(self, which: int, how: int) -> c.Command | None:
        row = self._row("confirmations", which)
        if not row:
            return None
        return c.AcceptComment(comment_id=row["id"]) if how % 2 else c.DismissComment(comment_id=row["id"])

    def _wait(self, _: int, how: int) -> c.Command:
        self.now_ms += (0, 1, 30, 61, 180, 24 * 60)[how % 6] * MINUTE_MS
        return NOWHERE

    def _end(self, *_: int) -> c.Command:
        return c.EndSession()

    def _begin(self, which: int, how: int) -> c.Command:
        self.sessions += 1
        policy = Policy(hold_minutes=None if which % 2 else 60, bag_points=2, max_no_shows=None if how % 2 else 1)
        eggs = replace(egg(quota=3 + how), case_size=1 + which % 3, case_tolerance=how % 2, min_quantity=which % 2)
        begun = start(eggs, apple(quota=5), policy=policy, session_id=f"s{self.sessions}")
        period = replace(
            TWO_POINTS, cutoff_at_ms=self.now_ms + 120 * MINUTE_MS, pickup_at_ms=self.now_ms + 900 * MINUTE_MS
        )
        return replace(begun, cycle=period)

    def _row(self, name: str, which: int) -> dict[str, Any]:
        rows = self.page.rows(name)
        return rows[-1 - which % len(rows)] if rows else {}

    def _session(self, which: int, how: int) -> str | None:
        ids = [*self.page.earlier, None, "s99"]
        return ids[which % len(ids)] if how % 2 else None


def _timeless(view: RoomView) -> dict[str, object]:
    """A session as it is, without the room's numbers and sums."""
    return {name: value for name, value in view.snapshot().items() if name not in ("seq", "totals")}


def _check_laws(state: RoomState) -> None:
    if state.session is not None:
        laws.check_promises(state)
        laws.check_rest(state)
        laws.check_cycle(state)
        laws.check_counter(state)
