"""The counter over HTTP: who lies there, who is found, who is one person, and who may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from live.parts import now_ms
from live.web.auth import COOKIE, is_good_cookie
from tests.web.shop import LATER, ROOM, START, STILL_LATER, frame, frames_until, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.web.shop import Json, Shop


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path) as one:
        await one.start()
        yield one


async def counter(shop: Shop, q: str | None = None, *, room: str = ROOM) -> Json:
    params = {} if q is None else {"q": q}
    url = f"{shop.base}/api/v1/rooms/{room}/pickup"
    async with shop.client.get(url, params=params, headers=shop.bearer(shop.tokens.host)) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"
        told: Json = await answer.json()
        return told


async def post(shop: Shop, path: str, body: object, *, token: str | None = None) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    async with shop.client.post(f"{shop.base}/api/v1/people/{path}", json=body, headers=headers) as answer:
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def reserve(shop: Shop, name: str, quantity: int = 1, *, room: str = ROOM) -> str:
    """Reserve by hand; the pickup code."""
    (event,) = await shop.done({"type": "reserve", "viewer": name, "offer_id": "egg", "quantity": quantity}, room=room)
    code: str = event["data"]["reservation"]["pickup_code"]
    return code


def names(told: Json) -> list[list[str]]:
    return [[basket["viewer"]["name"] for basket in person["baskets"]] for person in told["people"]]


async def test_everybody_is_there_with_what_they_hold(shop: Shop) -> None:
    code = await reserve(shop, "张姐", 2)
    await shop.done({"type": "set_basket", "pickup_code": code, "phone_tail": "6688", "own_bag": True})
    told = await counter(shop)
    (person,) = told["people"]
    (basket,) = person["baskets"]
    assert (basket["room"], basket["pickup_code"], basket["phone_tail"], basket["own_bag"]) == (
        ROOM,
        code,
        "6688",
        True,
    )
    assert [(each["offer_id"], each["quantity"]) for each in basket["reservations"]] == [("egg", 2)]
    assert told["rooms"] == [{"room": ROOM, "seq": (await shop.snapshot())["seq"]}]


@pytest.mark.parametrize("q", ["6688", "张", "1", "1号"])
async def test_somebody_is_found_by_what_they_say(shop: Shop, q: str) -> None:
    code = await reserve(shop, "张姐")
    await reserve(shop, "李叔")
    await shop.done({"type": "set_basket", "pickup_code": code, "phone_tail": "6688"})
    assert names(await counter(shop, q)) == [["张姐"]]


async def test_somebody_is_found_by_the_qr_on_their_phone(shop: Shop) -> None:
    code = await reserve(shop, "张姐")
    await reserve(shop, "李叔")
    for shown in (code, code.lower(), f"http://192.168.1.8:8000/r/{code}"):
        assert names(await counter(shop, shown)) == [["张姐"]]


async def test_a_question_that_is_too_long_is_refused_with_what_to_ask(shop: Shop) -> None:
    url = f"{shop.base}/api/v1/rooms/{ROOM}/pickup?q={'x' * 501}"
    async with shop.client.get(url, headers=shop.bearer(shop.tokens.host)) as answer:
        assert answer.status == 422
        assert (await answer.json(content_type=None))["code"] == "invalid_query"


async def test_a_room_that_nobody_has_used_has_an_empty_counter_and_does_not_come_into_being(shop: Shop) -> None:
    assert (await counter(shop, room="nowhere"))["people"] == []
    assert shop.service.running_rooms() == [ROOM]


async def test_two_rooms_of_one_cycle_are_one_counter(shop: Shop) -> None:
    cycle = {"id": "wednesday", "cutoff_at": LATER, "pickup_at": STILL_LATER}
    for room in ("east", "west"):
        await shop.done(START | {"cycle": cycle}, room=room)
        await reserve(shop, "张姐", room=room)
    told = await counter(shop, room="east")
    (person,) = told["people"]
    assert [basket["room"] for basket in person["baskets"]] == ["east", "west"]
    assert [each["room"] for each in told["rooms"]] == ["east", "west"]


async def test_two_identities_become_one_person_and_two_again(shop: Shop) -> None:
    one, other = await reserve(shop, "张姐"), await reserve(shop, "红红火火")
    status, joined = await post(shop, "join", {"pickup_codes": [one, other.lower()]})
    assert (status, len(joined["viewer_keys"])) == (200, 2)
    assert names(await counter(shop)) == [["张姐", "红红火火"]]
    assert names(await counter(shop, "红红")) == [["张姐", "红红火火"]]
    key = (await counter(shop, other))["people"][0]["baskets"][1]["viewer"]["key"]
    assert await post(shop, "split", {"viewer_key": key}) == (200, {"viewer_keys": [key]})
    assert await post(shop, "split", {"viewer_key": key}) == (200, {"viewer_keys": [key]})
    assert names(await counter(shop)) == [["张姐"], ["红红火火"]]


async def test_identities_are_joined_by_their_keys_too(shop: Shop) -> None:
    for name in ("张姐", "红红火火"):
        await reserve(shop, name)
    keys = [person["id"] for person in (await counter(shop))["people"]]
    assert await post(shop, "join", {"viewer_keys": keys}) == (200, {"viewer_keys": sorted(keys)})


BAD: list[tuple[Any, int, str]] = [
    ({}, 422, "invalid_command"),
    ([], 400, "invalid_json"),
    ({"pickup_codes": ["7K2MABCDEFGH"]}, 422, "invalid_command"),
    ({"pickup_codes": ["7K2MABCDEFGH", "7K2MABCDEFG2"]}, 404, "unknown_pickup_code"),
    ({"viewer_keys": ["manual/name/a", "manual/name/b"]}, 404, "unknown_viewer"),
    ({"viewer_keys": ["douyin/weak/m-1", "manual/name/b"]}, 422, "weak_identity"),
    ({"pickup_codes": ["7K2MABCDEFGH", "7K2MABCDEFG2"], "viewer_keys": ["a/b/c", "d/e/f"]}, 422, "invalid_command"),
    ({"viewer_keys": ["a/b/c\x00", "d/e/f"]}, 422, "invalid_command"),
    ({"names": ["张姐", "红红火火"]}, 422, "invalid_command"),
]


@pytest.mark.parametrize(("body", "status", "code"), BAD)
async def test_what_joins_nobody_is_answered_with_the_reason(shop: Shop, body: object, status: int, code: str) -> None:
    answered, told = await post(shop, "join", body)
    assert (answered, told["code"]) == (status, code)
    assert told["detail"]


async def test_who_is_told_hears_that_identities_have_changed(shop: Shop) -> None:
    one, other = await reserve(shop, "张姐"), await reserve(shop, "红红火火")
    async with shop.events() as host, shop.events(token=shop.tokens.overlay) as overlay:
        for socket in (host, overlay):
            await frame(socket)
        await post(shop, "join", {"pickup_codes": [one, other]})
        assert await frame(host) == {"type": "people"}
        await shop.done({"type": "close_offer", "offer_id": "egg"})
        assert [each["type"] for each in await frames_until(overlay, "offer_closed")] == ["event"]


@pytest.mark.parametrize("role", ["ingest", "overlay"])
async def test_the_tokens_of_others_open_nothing_at_the_counter(shop: Shop, role: str) -> None:
    token = getattr(shop.tokens, role)
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{ROOM}/pickup", headers=shop.bearer(token)) as answer:
        assert answer.status == 401
    for path, body in (("join", {"pickup_codes": ["A", "B"]}), ("split", {"viewer_key": "a/b/c"})):
        assert (await post(shop, path, body, token=token))[0] == 401
    async with shop.client.get(f"{shop.base}/pickup/{ROOM}?token={token}", allow_redirects=False) as answer:
        assert answer.status == 401
        assert "打不开提货台" in await answer.text()


async def test_the_link_of_the_counter_becomes_a_cookie_and_leaves_the_address_bar(shop: Shop) -> None:
    url = f"{shop.base}/pickup/{ROOM}?token={shop.tokens.host}"
    async with shop.client.get(url, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, f"./{ROOM}")
        assert is_good_cookie(answer.cookies[COOKIE].value, shop.tokens, now_ms())
    async with shop.client.get(f"{shop.base}/pickup/{ROOM}") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("room", ["Main", "a.b"])
async def test_what_is_no_room_name_has_no_counter(shop: Shop, room: str) -> None:
    async with shop.client.get(f"{shop.base}/pickup/{room}") as answer:
        assert answer.status == 404
