"""Identities are joined by the host or by their owner, and every room knows of it at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from live.domain import commands as c
from live.domain.refusal import RefusalCode, Refused
from live.domain.session import Policy
from live.service.codes import pickup_codes
from live.service.people import print_of
from tests.domain.factories import egg, stranger, viewer
from tests.service.rig import a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live.domain.viewer import Viewer
    from tests.service.rig import Shop

ZHANG, LI = viewer("张姐"), viewer("张姐", platform="kuaishou")
HIDDEN = stranger("m-7")


def code(of: Viewer, session_id: str = "s1") -> str:
    return pickup_codes(b"k" * 32)(session_id, of.key)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """Three viewers have reserved; two of them bear one name."""
    async with a_shop(tmp_path) as one:
        await one.open(egg(), policy=Policy(max_no_shows=1))
        for of in (ZHANG, LI, HIDDEN):
            await done(one, c.Reserve(viewer=of, offer_id="egg", quantity=1))
        yield one


async def done(shop: Shop, command: c.Command) -> None:
    status, body = await shop.do(command)
    assert status == 200, body


async def leave_phone(shop: Shop, of: Viewer, tail: str) -> None:
    await done(shop, c.SetBasket(pickup_code=code(of), phone_tail=tail))


def refusal(answer: Refused | frozenset[str]) -> RefusalCode:
    assert isinstance(answer, Refused)
    return answer.code


async def test_one_name_is_not_one_person(shop: Shop) -> None:
    assert await shop.service.people.persons_keys(ZHANG.key) == frozenset({ZHANG.key})
    assert await shop.service.people.everybody() == {}


async def test_the_host_joins_two_by_their_codes(shop: Shop) -> None:
    people = shop.service.people
    assert await people.join_codes(code(ZHANG), code(LI)) == frozenset({ZHANG.key, LI.key})
    assert await people.persons_keys(LI.key) == frozenset({ZHANG.key, LI.key})
    assert {each.joined_by for each in await people.identities(ZHANG.key)} == {"host"}


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[object, ...]]:
    told = [record for record in caplog.records if record.name == "live.service.people"]
    return [(each.getMessage(), *(getattr(each, name) for name in ("by", "identity", "others"))) for each in told]


async def test_who_joined_and_who_split_is_logged_without_names_or_phones(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    people = shop.service.people
    for of in (ZHANG, LI):
        await leave_phone(shop, of, "6688")
    await people.join_as_viewer(code(ZHANG), code(LI), "6688")
    await people.join_codes(code(LI), code(HIDDEN))
    await people.split(ZHANG.key)
    zhang, li, hidden = (print_of(of.key) for of in (ZHANG, LI, HIDDEN))
    assert said(caplog) == [
        ("identities joined", "viewer", li, [zhang]),
        ("identities joined", "host", hidden, sorted([zhang, li])),
        ("identity split", "host", zhang, sorted([li, hidden])),
    ]
    assert not any(word in str(said(caplog)) for word in ("6688", "张", code(ZHANG)))


async def test_what_changes_nothing_is_not_logged(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    await shop.service.people.join_codes(code(ZHANG), code(LI))
    caplog.set_level(logging.INFO)
    await shop.service.people.join_codes(code(ZHANG), code(LI))
    await shop.service.people.split(HIDDEN.key)
    assert said(caplog) == []


async def test_the_host_joins_two_by_their_keys(shop: Shop) -> None:
    assert await shop.service.people.join_keys(ZHANG.key, LI.key) == frozenset({ZHANG.key, LI.key})


async def test_a_weak_identity_is_joined_by_its_code_and_not_by_its_key(shop: Shop) -> None:
    people = shop.service.people
    assert refusal(await people.join_keys(ZHANG.key, HIDDEN.key)) is RefusalCode.WEAK_IDENTITY
    assert await people.join_codes(code(ZHANG), code(HIDDEN)) == frozenset({ZHANG.key, HIDDEN.key})


async def test_who_has_never_reserved_is_nobody_to_join(shop: Shop) -> None:
    people = shop.service.people
    assert refusal(await people.join_keys(ZHANG.key, "kuaishou/id/nobody")) is RefusalCode.UNKNOWN_VIEWER
    assert refusal(await people.join_codes(code(ZHANG), "7K2MABCDEFGH")) is RefusalCode.UNKNOWN_PICKUP_CODE
    assert await people.everybody() == {}


async def test_a_viewer_joins_their_own_where_both_have_left_the_same_phone(shop: Shop) -> None:
    for of in (ZHANG, LI):
        await leave_phone(shop, of, "6688")
    people = shop.service.people
    assert await people.join_as_viewer(code(ZHANG), code(LI), "6688") == frozenset({ZHANG.key, LI.key})
    assert {each.joined_by for each in await people.identities(LI.key)} == {"viewer"}


@pytest.mark.parametrize(("mine", "its", "typed"), [("6688", "1234", "6688"), ("6688", "6688", "1234")])
async def test_a_viewer_joins_nobody_with_another_phone(shop: Shop, mine: str, its: str, typed: str) -> None:
    await leave_phone(shop, ZHANG, mine)
    await leave_phone(shop, LI, its)
    answer = await shop.service.people.join_as_viewer(code(ZHANG), code(LI), typed)
    assert refusal(answer) is RefusalCode.OTHER_PHONE


async def test_a_viewer_joins_nobody_before_both_have_left_a_phone(shop: Shop) -> None:
    await leave_phone(shop, ZHANG, "6688")
    answer = await shop.service.people.join_as_viewer(code(ZHANG), code(LI), "6688")
    assert refusal(answer) is RefusalCode.OTHER_PHONE


async def test_the_code_of_nobody_joins_nobody(shop: Shop) -> None:
    answer = await shop.service.people.join_as_viewer(code(ZHANG), "7K2MABCDEFGH", "6688")
    assert refusal(answer) is RefusalCode.UNKNOWN_PICKUP_CODE


async def test_listeners_hear_of_what_made_a_difference_alone(shop: Shop) -> None:
    heard: list[str] = []
    stop = shop.service.on_people(lambda: heard.append("changed"))
    people = shop.service.people
    for _ in range(2):
        await people.join_codes(code(ZHANG), code(LI))
    for expected in (True, False):
        assert await people.split(LI.key) is expected
    stop()
    await people.join_codes(code(ZHANG), code(LI))
    assert heard == ["changed", "changed"]


async def no_show_of(shop: Shop, of: Viewer) -> None:
    """An evening that ends with goods that nobody fetched, and the beginning of the next."""
    await done(shop, c.CloseCycle())
    await done(shop, c.MarkReady())
    (missed,) = (r["id"] for r in shop.snapshot()["reservations"] if r["viewer"]["key"] == of.key)
    await done(shop, c.MarkNoShow(reservation_id=missed))
    await done(shop, c.EndSession())
    await shop.open(egg(), policy=Policy(max_no_shows=1), session_id="s2")


def orders(of: Viewer, quantity: int = 1) -> c.PageOrder:
    return c.PageOrder(viewer=of, lines=(c.PageLine(offer_id="egg", quantity=quantity),))


async def test_the_no_shows_of_one_identity_count_for_all_of_a_person_at_once(shop: Shop) -> None:
    await no_show_of(shop, ZHANG)
    await done(shop, orders(LI))
    await shop.service.people.join_codes(code(ZHANG), code(LI))
    status, body = await shop.do(orders(LI, 2))
    assert (status, body["code"]) == (409, "ask_the_host")
    await shop.service.people.split(LI.key)
    await done(shop, orders(LI))


async def test_a_room_that_is_read_again_goes_on_as_it_was(shop: Shop) -> None:
    before = shop.snapshot()
    await shop.service.people.join_codes(code(ZHANG), code(LI))
    await done(shop, orders(viewer("王婶")))
    after = shop.snapshot()
    assert after["seq"] > before["seq"]
    assert [event.seq for event in shop.events()] == list(range(1, after["seq"] + 1))


async def test_points_of_one_identity_are_redeemed_under_another(shop: Shop) -> None:
    await done(shop, c.CloseCycle())
    await done(shop, c.MarkReady())
    await done(shop, c.Collect(pickup_code=code(ZHANG), own_bag=True))
    status, body = await shop.do(c.RedeemPoints(pickup_code=code(LI), points=1))
    assert (status, body["code"]) == (409, "not_enough_points")
    await shop.service.people.join_codes(code(ZHANG), code(LI))
    await done(shop, c.RedeemPoints(pickup_code=code(LI), points=1))
    status, body = await shop.do(c.RedeemPoints(pickup_code=code(ZHANG), points=1))
    assert (status, body["code"]) == (409, "not_enough_points")
