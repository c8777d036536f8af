"""Whatever is said and done, and wherever it is cut into batches: what is read back is what is in memory."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from live.domain import commands as c
from live.domain import stage_commands as s
from live.domain.offer import OfferPhase, Variant
from live.domain.session import Policy, Repeat
from live.domain.ticket import Promise
from live.store.factory import open_store
from nlp.types import Intent, Op, PromptMeaning, Route
from tests.domain.factories import act, apple, egg, read_as, start, stranger, viewer
from tests.domain.stage_factories import STAGE_COMMANDS
from tests.store.book import Book
from tests.store.conftest import empty

if TYPE_CHECKING:
    from collections.abc import Callable

    from live.domain.reservation import Reservation
    from live.store.port import Store

    Step = Callable[[Book], None] | None

COMMIT = None
"""Here the batch ends."""

OFFERS = ("egg", "apple")
VARIANTS = (None, "l", "s")
NAMES = ("张姐", "李叔", "王婶")


@st.composite
def buys(draw: st.DrawFn) -> Step:
    name, offer = draw(st.sampled_from(NAMES)), draw(st.sampled_from(OFFERS))
    quantity = draw(st.integers(1, 4))
    variant = draw(st.sampled_from(VARIANTS)) if offer == "apple" else None
    return lambda book: book.buys(quantity, offer, variant, by=viewer(name))


@st.composite
def comments(draw: st.DrawFn) -> Step:
    name, route = draw(st.sampled_from((*NAMES, "堂***"))), draw(st.sampled_from((Route.AUTO, Route.CONFIRM)))
    intent = draw(st.sampled_from((Intent.BUY, Intent.CHANGE, Intent.CANCEL, Intent.CHAT)))
    op = Op.CANCEL if intent is Intent.CANCEL else draw(st.sampled_from((Op.SET, Op.ADD, Op.REDUCE)))
    offer = draw(st.sampled_from((*OFFERS, None)))
    quantity = None if op is Op.CANCEL else draw(st.integers(1, 6))
    variant = draw(st.sampled_from(VARIANTS)) if offer == "apple" else None
    read = read_as(intent, act(op, offer, quantity, variant), route=route, reason="说了一句")

    def say(book: Book) -> None:
        cause = f"m-{book.evening.causes}"
        book.say("一句话", read, by=stranger(cause) if "*" in name else viewer(name))

    return say


@st.composite
def taps(draw: st.DrawFn) -> Step:
    accept, place = draw(st.booleans()), draw(st.integers(0, 5))

    def tap(book: Book) -> None:
        waiting = list(book.state.pending.values())
        if waiting:
            comment_id = waiting[place % len(waiting)].id
            book.do(c.AcceptComment(comment_id=comment_id) if accept else c.DismissComment(comment_id=comment_id))

    return tap


@st.composite
def hands(draw: st.DrawFn) -> Step:
    quantity, place = draw(st.integers(0, 4)), draw(st.integers(0, 9))

    def by_hand(book: Book) -> None:
        made = list(book.state.reservations.values())
        if made:
            one = made[place % len(made)].id
            cancel = c.CancelReservation(reservation_id=one, reason="主播取消")
            book.do(c.SetQuantity(reservation_id=one, quantity=quantity) if quantity else cancel)

    return by_hand


def orders() -> st.SearchStrategy[Step]:
    variants = st.sampled_from(
        (
            (Variant(id="l", name="大果", quota=9), Variant(id="s", name="小果")),
            (Variant(id="s", name="小果", quota=8), Variant(id="l", name="大果"), Variant(id="m", name="中果")),
            (Variant(id="l", name="大果", aliases=("大的",), quota=7),),
        )
    )
    changes = st.one_of(
        st.fixed_dictionaries({"quota": st.integers(0, 20), "price_fen": st.integers(1, 9999)}),
        st.fixed_dictionaries({"variants": variants}),
        st.fixed_dictionaries({"title": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))}),
    )
    offer = st.sampled_from(OFFERS)
    commands = st.one_of(
        st.builds(c.UpdateOffer, offer_id=offer, changes=changes),
        st.builds(c.UpdateOffer, offer_id=st.just("apple"), changes=st.fixed_dictionaries({"variants": variants})),
        st.builds(c.Restock, offer_id=offer, variant_id=st.sampled_from(VARIANTS), quantity=st.integers(1, 9)),
        st.builds(c.OpenOffer, offer_id=offer),
        st.builds(c.PinOffer, offer_id=offer),
        st.builds(c.CloseOffer, offer_id=offer),
        st.builds(c.ClosePrompt),
    )
    return commands.map(lambda command: lambda book: book.do(command))


@st.composite
def prompts(draw: st.DrawFn) -> Step:
    seconds = draw(st.integers(5, 90))

    def ask(book: Book) -> None:
        prompt_id = f"p-{book.evening.causes}"
        meaning = PromptMeaning.CLAIM
        book.do(c.OpenPrompt(prompt_id=prompt_id, keyword="1", meaning=meaning, ref_id="egg", seconds=seconds))

    return ask


@st.composite
def pages(draw: st.DrawFn) -> Step:
    who = viewer(draw(st.sampled_from(NAMES)))
    line = c.PageLine(offer_id="egg", quantity=draw(st.integers(0, 4)))
    point, tail = draw(st.sampled_from((None, "p1"))), draw(st.sampled_from((None, "1234")))
    return lambda book: book.do(c.PageOrder(viewer=who, lines=(line,), pickup_point_id=point, phone_tail=tail))


@st.composite
def counters(draw: st.DrawFn) -> Step:
    """The cut-off, the arrival, and what somebody with a code may want."""
    kind, place, bag = draw(st.sampled_from(COUNTER)), draw(st.integers(0, 9)), draw(st.booleans())

    def serve(book: Book) -> None:
        made = list(book.state.reservations.values())
        if made:
            one = made[place % len(made)]
            book.do(kind(one, bag))

    return serve


COUNTER: tuple[Callable[[Reservation, bool], c.Command], ...] = (
    lambda _, __: c.CloseCycle(),
    lambda _, __: c.MarkReady(),
    lambda one, bag: c.Collect(pickup_code=one.pickup_code, own_bag=bag),
    lambda one, bag: c.Collect(pickup_code=one.pickup_code, reservation_ids=(one.id,), own_bag=bag),
    lambda one, _: c.UndoCollect(pickup_code=one.pickup_code),
    lambda one, _: c.MarkNoShow(reservation_id=one.id),
    lambda one, _: c.RedeemPoints(pickup_code=one.pickup_code, points=1),
    lambda one, bag: c.SetBasket(pickup_code=one.pickup_code, own_bag=bag),
)


@st.composite
def complaints(draw: st.DrawFn) -> Step:
    who, place, how = draw(st.sampled_from(NAMES)), draw(st.integers(0, 5)), draw(st.integers(0, 3))

    def complain(book: Book) -> None:
        open_ones = list(book.state.tickets)
        if how == 0 or not open_ones:
            book.say("鸡蛋碎了俩", read_as(Intent.COMPLAINT, route=Route.IGNORE), by=viewer(who))
        elif how == 1:
            book.do(c.CloseTicket(ticket_id=open_ones[place % len(open_ones)]))
        else:
            promise = Promise.REFUND if how == 2 else None
            book.do(c.AnswerTicket(ticket_id=open_ones[place % len(open_ones)], text="这就办", promise=promise))

    return complain


@st.composite
def pictures(draw: st.DrawFn) -> Step:
    """Flash deals, draws and polls, and those who take part in them."""
    who, how, order = (
        viewer(draw(st.sampled_from(NAMES))),
        draw(st.integers(0, 4)),
        draw(st.sampled_from(STAGE_COMMANDS)),
    )

    def on_the_picture(book: Book) -> None:
        if how == 0:
            book.say("锅到福到", read_as(Intent.GIVEAWAY, route=Route.IGNORE), by=who)
        elif how == 1:
            book.say("1", read_as(Intent.VOTE, route=Route.IGNORE), by=who)
        else:
            book.do(_anew(book, order))

    return on_the_picture


def _anew(book: Book, order: c.Command) -> c.Command:
    """The same order with an id of its own where it opens something, or about the latest where it does not."""
    fresh = f"x-{book.evening.causes}"
    match order:
        case s.StartFlashSale():
            return replace(order, flash_id=fresh, countdown_seconds=0)
        case s.OpenGiveaway():
            return replace(order, giveaway_id=fresh)
        case s.OpenPoll():
            return replace(order, poll_id=fresh)
        case s.DrawGiveaway() | s.BringRandomness():
            return replace(order, giveaway_id=next(reversed(book.state.giveaways), fresh))
        case s.ClosePoll():
            return replace(order, poll_id=next(reversed(book.state.polls), fresh))
        case _:
            return order


@st.composite
def evenings(draw: st.DrawFn) -> Step:
    """A new session begins a batch of its own, as the room's owner sees to."""
    policy = draw(st.builds(Policy, repeat=st.sampled_from(Repeat), hold_minutes=st.sampled_from((None, 1))))
    phase = draw(st.sampled_from((OfferPhase.OPEN, OfferPhase.LISTED)))

    def begin(book: Book) -> None:
        session_id = f"s-{book.evening.causes}"
        book.do(start(egg(quota=9, phase=phase), apple(quota=9), policy=policy, session_id=session_id))

    return begin


def end(book: Book) -> None:
    book.do(c.EndSession())


def wait(book: Book) -> None:
    book.evening.wait(0.5)


def nights() -> st.SearchStrategy[list[Step]]:
    """One night or two; most of what happens is that somebody wants something."""
    rest = (
        taps(),
        hands(),
        orders(),
        prompts(),
        pages(),
        pages(),
        counters(),
        counters(),
        counters(),
        complaints(),
        pictures(),
        pictures(),
        pictures(),
        st.just(wait),
        st.just(COMMIT),
        st.just(COMMIT),
    )
    step = st.one_of(*(buys() for _ in range(5)), *(comments() for _ in range(3)), *rest)
    night = st.tuples(evenings(), st.lists(step, min_size=20, max_size=50))
    return st.lists(night, min_size=1, max_size=2).map(
        lambda told: [step for n in told for step in (end, COMMIT, n[0], *n[1])]
    )


async def live_through(store: Store, told: list[Step]) -> None:
    await store.start()
    try:
        book = Book()
        for step in (*told, COMMIT):
            if step is not COMMIT:
                step(book)
                continue
            await store.commit(book.change())
            await compare(store, book)
    finally:
        await store.close()


async def compare(store: Store, book: Book) -> None:
    loaded, state = await store.load_room("r1"), book.state
    assert loaded == state
    assert list(loaded.offers) == list(state.offers)
    assert list(loaded.reservations) == list(state.reservations)
    assert list(loaded.pending) == list(state.pending)
    assert list(loaded.baskets) == list(state.baskets)
    assert list(loaded.tickets) == list(state.tickets)
    assert [loaded.flash_of(offer_id) for offer_id in OFFERS] == [state.flash_of(offer_id) for offer_id in OFFERS]
    for offer_id in state.offers:
        assert list(loaded.waiting(offer_id)) == list(state.waiting(offer_id))


@given(told=nights())
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_on_sqlite(sqlite_template: Path, told: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linbo.db"
        shutil.copyfile(sqlite_template, path)
        asyncio.run(live_through(open_store(str(path)), told))


@given(told=nights())
@settings(deadline=None, max_examples=20)
def test_on_postgres(shared_database: str, told: list[Step]) -> None:
    empty(shared_database)
    asyncio.run(live_through(open_store(shared_database), told))
