"""What the lines of deliveries promise, asked of each kind of store on the real thing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.store.deliveries import (
    FARTHEST_MS,
    Behind,
    DeliveryState,
    Feed,
    NewDelivery,
    Settled,
    Taken,
    head_of,
    newly_heard,
    rooms_from,
    rooms_text,
)
from live.store.port import Stale
from tests.domain.factories import EVENING_MS, egg
from tests.store.book import a_book

if TYPE_CHECKING:
    from live.store.deliveries import Delivery
    from live.store.port import Store
    from tests.store.conftest import Open

NOW = EVENING_MS
LATER = NOW + 30_000
RETRY = DeliveryState.WAITING
DEAD = DeliveryState.DEAD


def new(number: int, *, room: str = "r1") -> NewDelivery:
    return NewDelivery(
        id=f"d-{number}", room=room, seq=number, kind="session_ended", form="text", body=f"蛋{number}".encode()
    )


async def told(store: Store) -> int:
    """Begin an evening in room r1; the number of its last event."""
    change = a_book(egg()).change()
    await store.commit(change)
    return change.seq_after


async def put(store: Store, *numbers: int, target: str = "erp", now_ms: int = NOW) -> None:
    """Put deliveries in line, whatever the room says."""
    (first, *_), last = numbers, numbers[-1]
    feed = Feed(target=target, room="made-up", before=first - 1, after=last, deliveries=tuple(map(new, numbers)))
    await store.deliveries.feed(feed, now_ms=now_ms)


async def take(store: Store, *, now_ms: int = NOW, limit: int = 10) -> Taken:
    return await store.deliveries.take("erp", now_ms=now_ms, until_ms=now_ms + 30_000, limit=limit)


async def settle(store: Store, taken: Taken, *settled: Settled) -> None:
    await store.deliveries.settle(taken, settled, target="erp", now_ms=NOW)


def ids(taken: Taken) -> list[str]:
    return [delivery.id for delivery in taken.deliveries]


@pytest.fixture
async def erp(store: Store) -> Store:
    await store.deliveries.register("erp", None)
    return store


async def test_a_new_target_hears_of_nothing_that_was_before_it(store: Store) -> None:
    await told(store)
    await store.deliveries.register("erp", None)
    assert await store.deliveries.behind("erp") == []


async def test_a_target_that_was_there_first_hears_of_a_room_from_its_first_event(erp: Store) -> None:
    last = await told(erp)
    assert await erp.deliveries.behind("erp") == [Behind(room="r1", read=0, there=last)]


async def test_a_second_start_leaves_a_target_where_it_was(erp: Store) -> None:
    last = await told(erp)
    await erp.deliveries.register("erp", None)
    assert await erp.deliveries.behind("erp") == [Behind(room="r1", read=0, there=last)]


async def test_a_room_that_is_added_to_a_targets_rooms_is_heard_of_from_then_on(store: Store) -> None:
    await store.deliveries.register("erp", ["other"])
    await told(store)
    await store.deliveries.register("erp", ["other", "r1"])
    assert await store.deliveries.behind("erp") == []


async def test_a_target_that_was_taken_out_and_comes_back_is_not_told_of_the_time_between(erp: Store) -> None:
    await erp.deliveries.register("erp", [])
    await told(erp)
    await erp.deliveries.register("erp", None)
    assert await erp.deliveries.behind("erp") == []


async def test_a_feed_moves_the_target_and_fills_its_line_in_one_step(erp: Store) -> None:
    last = await told(erp)
    feed = Feed(target="erp", room="r1", before=0, after=last, deliveries=(new(1), new(2)))
    await erp.deliveries.feed(feed, now_ms=NOW)
    assert await erp.deliveries.behind("erp") == []
    taken = await take(erp)
    assert [(d.n, d.id, d.body.decode(), d.attempts, d.seq) for d in taken.deliveries] == [
        (1, "d-1", "蛋1", 0, 1),
        (2, "d-2", "蛋2", 0, 2),
    ]


async def test_a_second_feed_of_the_same_events_is_stale_and_leaves_nothing(erp: Store) -> None:
    feed = Feed(target="erp", room="r1", before=0, after=3, deliveries=(new(1),))
    await erp.deliveries.feed(feed, now_ms=NOW)
    for before in (0, 2, 5):
        with pytest.raises(Stale):
            await erp.deliveries.feed(
                Feed(target="erp", room="r1", before=before, after=9, deliveries=(new(7),)), now_ms=NOW
            )
    assert ids(await take(erp)) == ["d-1"]


async def test_two_that_feed_at_once_put_each_event_in_line_once(erp: Store, open_another: Open) -> None:
    other = await open_another()
    feed = Feed(target="erp", room="r1", before=0, after=2, deliveries=(new(1), new(2)))
    done = await asyncio.gather(
        *(store.deliveries.feed(feed, now_ms=NOW) for store in (erp, other)), return_exceptions=True
    )
    assert [type(each) for each in done if each is not None] == [Stale]
    assert ids(await take(erp)) == ["d-1", "d-2"]


async def test_two_that_take_at_once_never_hold_the_same_delivery(erp: Store, open_another: Open) -> None:
    other = await open_another()
    await put(erp, 1, 2, 3)
    mine, its = await asyncio.gather(take(erp), take(other))
    assert sorted(ids(mine) + ids(its)) == ["d-1", "d-2", "d-3"]


async def test_what_is_taken_is_nobody_elses_until_the_claim_runs_out(erp: Store) -> None:
    await put(erp, 1, 2)
    assert ids(await take(erp, limit=1)) == ["d-1"]
    assert await take(erp) == Taken(next_ms=LATER)
    assert ids(await take(erp, now_ms=LATER)) == ["d-1", "d-2"]


async def test_who_comes_after_the_claim_ran_out_settles_nothing(erp: Store) -> None:
    await put(erp, 1)
    late = await take(erp)
    await take(erp, now_ms=LATER)
    await settle(erp, late, Settled(id="d-1", state=None))
    assert await take(erp, now_ms=LATER) == Taken(next_ms=LATER + 30_000)


async def test_what_has_arrived_is_gone_and_counted(erp: Store) -> None:
    await put(erp, 1, 2)
    taken = await take(erp)
    await settle(erp, taken, Settled(id="d-1", state=None), Settled(id="d-2", state=None))
    assert await take(erp) == Taken()
    (target,) = await erp.deliveries.targets()
    assert (target.delivered, target.delivered_ms, target.waiting, target.last_error) == (2, NOW, 0, None)


async def test_what_failed_is_due_again_and_holds_up_what_comes_after_it(erp: Store) -> None:
    await put(erp, 1, 2)
    failed = Settled(id="d-1", state=RETRY, next_ms=LATER, error="没有回应")
    await settle(erp, await take(erp), failed, Settled(id="d-2", state=RETRY, next_ms=NOW, tried=False))
    assert await take(erp) == Taken(next_ms=LATER)
    taken = await take(erp, now_ms=LATER)
    assert [(d.id, d.attempts, d.last_error) for d in taken.deliveries] == [("d-1", 1, "没有回应"), ("d-2", 0, None)]
    (target,) = await erp.deliveries.targets()
    assert (target.last_error, target.failed_ms, target.waiting, target.oldest_ms) == ("没有回应", NOW, 2, NOW)


async def test_what_was_given_up_is_shown_without_its_body_and_holds_nothing_up(erp: Store) -> None:
    await put(erp, 1, 2)
    await settle(erp, await take(erp, limit=1), Settled(id="d-1", state=DEAD, error="HTTP 404"))
    (dead,) = await erp.deliveries.dead(10)
    assert (dead.id, dead.attempts, dead.last_error, dead.body, dead.state) == ("d-1", 1, "HTTP 404", b"", DEAD)
    assert ids(await take(erp)) == ["d-2"]


async def test_what_was_given_up_is_tried_again_when_somebody_says_so(erp: Store) -> None:
    await put(erp, 1)
    await settle(erp, await take(erp), Settled(id="d-1", state=DEAD, error="HTTP 404"))
    assert await erp.deliveries.revive("d-1", now_ms=LATER) == "erp"
    (again,) = (await take(erp, now_ms=LATER)).deliveries
    assert (again.id, again.attempts, again.body.decode()) == ("d-1", 0, "蛋1")


async def test_what_is_being_sent_or_was_never_there_is_not_revived(erp: Store) -> None:
    await put(erp, 1)
    await take(erp)
    assert [await erp.deliveries.revive(each, now_ms=NOW) for each in ("d-1", "none")] == [None, None]


async def test_old_dead_letters_are_dropped_and_nothing_else(erp: Store) -> None:
    await put(erp, 1, 2)
    await settle(erp, await take(erp, limit=1), Settled(id="d-1", state=DEAD, error="x"))
    assert await erp.deliveries.forget("erp", before_ms=NOW) == 0
    assert await erp.deliveries.forget("erp", before_ms=NOW + 1) == 1
    assert await erp.deliveries.dead(10) == []
    assert ids(await take(erp)) == ["d-2"]


async def test_the_lines_of_targets_are_apart(erp: Store) -> None:
    await erp.deliveries.register("tuan", ["r1"])
    await put(erp, 1)
    feed = Feed(target="tuan", room="r1", before=0, after=1, deliveries=(new(9),))
    await erp.deliveries.feed(feed, now_ms=NOW)
    assert ids(await take(erp)) == ["d-1"]
    assert [(t.name, t.rooms, t.waiting) for t in await erp.deliveries.targets()] == [
        ("erp", None, 1),
        ("tuan", ("r1",), 1),
    ]


async def test_the_first_event_that_is_still_kept_is_found(erp: Store) -> None:
    await told(erp)
    assert await erp.deliveries.first_kept("r1", 0) == 1
    assert await erp.deliveries.first_kept("r1", 1) == 2
    assert await erp.deliveries.first_kept("none", 0) is None


async def test_a_line_comes_back_after_a_restart(erp: Store, open_another: Open) -> None:
    await put(erp, 1, 2)
    await take(erp, limit=1)
    after = await open_another()
    assert ids(await take(after, now_ms=LATER)) == ["d-1", "d-2"]


def test_a_moment_that_a_wrong_clock_wrote_is_not_waited_for() -> None:
    far, soon = waiting(1, NOW + FARTHEST_MS + 1), waiting(2, NOW + FARTHEST_MS)
    assert (far.is_due(NOW), soon.is_due(NOW)) == (True, False)


def waiting(number: int, next_ms: int) -> Delivery:
    from live.store.delivery_rows import delivery_from  # noqa: PLC0415  # a row is the shortest way to make one

    return delivery_from((f"d-{number}", "erp", number, "r", 1, "k", "text", "", b"", "waiting", 0, next_ms, NOW, None))


@given(st.lists(st.booleans(), max_size=8))
def test_a_head_ends_at_the_first_that_is_not_due(due: list[bool]) -> None:
    line = [waiting(n, NOW if is_due else LATER) for n, is_due in enumerate(due)]
    head = head_of(line, NOW)
    assert line[: len(head)] == head
    assert all(due[: len(head)])
    assert len(head) == len(line) or not due[len(head)]


@given(st.none() | st.lists(st.sampled_from("abc"), unique=True))
def test_the_rooms_of_a_target_are_read_as_they_were_written(rooms: list[str] | None) -> None:
    assert rooms_from(rooms_text(rooms)) == (None if rooms is None else tuple(sorted(rooms)))


@pytest.mark.parametrize(
    ("was", "now", "fresh"),
    [
        (None, None, ["a", "b"]),
        (None, ["a"], ["a"]),
        ("null", None, []),
        ('["a"]', None, ["b"]),
        ("null", ["a"], []),
        ("[]", ["a", "c"], ["a"]),
    ],
)
def test_a_room_is_newly_heard_of_when_it_was_not_before(
    was: str | None, now: list[str] | None, fresh: list[str]
) -> None:
    assert newly_heard(was, now, ["a", "b"]) == fresh
