from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from live.parts import now_ms
from live.web import events_ws
from live.web.auth import COOKIE, COOKIE_DAYS
from live.web.channel import KEPT_EVENTS
from live.web.tokens import Role
from tests.web.shop import ROOM, bring, buyers, comment, frame, frames_until, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Json, Shop


async def restock(shop: Shop, times: int) -> None:
    for _ in range(times):
        await shop.done({"type": "restock", "offer_id": "egg", "quantity": 1})


async def test_a_page_begins_with_the_snapshot_and_hears_every_event_after_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events() as page:
            first = await frame(page)
            assert (first["type"], first["seq"]) == ("snapshot", shop.service.seq(ROOM))
            assert first["state"] == await shop.snapshot()
            await restock(shop, 3)
            events = [await frame(page) for _ in range(3)]
            assert [e["seq"] for e in events] == [first["seq"] + n for n in (1, 2, 3)]
            assert {e["kind"] for e in events} == {"offer_restocked"}
            assert events[-1]["data"]["offer"]["quota"] == 103


async def test_a_room_nobody_has_used_has_an_empty_snapshot(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.events(room="new") as page:
        first = await frame(page)
        assert (first["seq"], first["state"]["session"], first["state"]["offers"]) == (0, None, [])


async def test_since_brings_what_was_missed_and_no_snapshot(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events() as page:
            seen = (await frame(page))["seq"]
            await restock(shop, 5)
            heard = [await frame(page) for _ in range(5)]
        async with shop.events(query=f"&since={seen}") as page:
            assert [await frame(page) for _ in range(5)] == heard
            await restock(shop, 1)
            assert (await frame(page))["seq"] == seen + 6


async def test_since_the_last_event_brings_nothing_until_something_happens(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        seq = shop.service.seq(ROOM)
        async with shop.events(query=f"&since={seq}") as page:
            await restock(shop, 1)
            first = await frame(page)
            assert (first["type"], first["seq"]) == ("event", seq + 1)


async def test_since_reaches_back_over_a_restart_by_the_store(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        await restock(shop, 3)
        last = shop.service.seq(ROOM)
    async with open_shop(tmp_path) as shop, shop.events(query="&since=0") as page:
        heard = [await frame(page) for _ in range(last)]
        assert [e["seq"] for e in heard] == list(range(1, last + 1))
        assert heard[-1]["kind"] == "offer_restocked"


async def test_since_reaches_back_beyond_what_is_kept_in_memory(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events(query=f"&since={shop.service.seq(ROOM)}"):
            await asyncio.gather(*(restock(shop, 1) for _ in range(KEPT_EVENTS + 200)))
        last = shop.service.seq(ROOM)
        async with shop.events(query="&since=0") as page:
            heard = [await frame(page) for _ in range(last)]
        assert [e["seq"] for e in heard] == list(range(1, last + 1))


async def test_a_since_from_the_future_brings_the_snapshot(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events(query="&since=99999") as page:
            assert (await frame(page))["type"] == "snapshot"


@pytest.mark.parametrize("since", ["-1", "x", "", "1.5", "٣", "9" * 30, "0" * 30 + "9" * 30])
async def test_what_is_no_seq_is_422(tmp_path: Path, since: str) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.events(query=f"&since={since}"):
                pass
        assert refused.value.status == 422


async def test_pages_that_come_and_go_while_events_are_made_miss_none_and_get_none_twice(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        first, last = shop.service.seq(ROOM), shop.service.seq(ROOM) + 300

        async def page(length: int) -> list[int]:
            """Listen in short visits, each from where the one before left off."""
            heard: list[int] = []
            while not heard or heard[-1] < last:
                since = heard[-1] if heard else first
                async with shop.events(query=f"&since={since}") as socket:
                    heard += [(await frame(socket))["seq"] for _ in range(min(length, last - since))]
            return heard

        async def changes() -> None:
            for _ in range(30):
                await asyncio.gather(*(restock(shop, 1) for _ in range(10)))

        *heard, _ = await asyncio.gather(page(1), page(7), page(40), page(300), changes())
        assert all(numbers == list(range(first + 1, last + 1)) for numbers in heard)


async def test_a_snapshot_taken_amid_changes_is_followed_by_the_very_next_event(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()

        async def visit() -> None:
            async with shop.events() as page:
                seq = (await frame(page))["seq"]
                assert [(await frame(page))["seq"] for _ in range(3)] == [seq + 1, seq + 2, seq + 3]

        visits = asyncio.gather(*(visit() for _ in range(20)))
        while not visits.done():
            await restock(shop, 1)
        await visits


async def test_a_host_page_hears_comments_beside_the_events(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events() as page:
            await frame(page)
            await bring(shop, [comment("m-1", "晚上好")])
            [*_, said] = await frames_until(page, "comment", by="type")
            assert (said["id"], said["text"], said["n"]) == ("m-1", "晚上好", 1)
            assert "seq" not in said


async def test_topics_narrow_to_kinds_and_families(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events(query="&topics=offer_pinned,prompt") as page:
            await frame(page)
            await bring(shop, [comment("m-1", "晚上好")])
            await restock(shop, 1)
            await shop.done({"type": "open_prompt", "keyword": "1", "meaning": "presence", "seconds": 60})
            await shop.done({"type": "close_prompt"})
            await shop.done({"type": "pin_offer", "offer_id": "egg"})
            kinds = [(await frame(page))["kind"] for _ in range(3)]
            assert kinds == ["prompt_opened", "prompt_closed", "offer_pinned"]


async def test_topics_that_cannot_be_kinds_are_422(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.events(query="&topics=offer,Reser vation"):
                pass
        assert refused.value.status == 422


def with_event(state: Json, event: Json) -> Json:
    """Apply an event as a page does: every object replaces its older self."""
    after, data = {**state, "seq": event["seq"]}, event["data"]
    if event["kind"] == "session_started":
        after |= {"prompt": None, "offers": [], "reservations": []}
    for name, many in (("offer", "offers"), ("reservation", "reservations")):
        if name in data:
            objects = {each["id"]: each for each in after[many]} | {data[name]["id"]: data[name]}
            after[many] = list(objects.values())
    if "prompt" in data:
        after["prompt"] = data["prompt"] if data["prompt"]["open"] else None
    return after | {name: data[name] for name in ("session", "totals") if name in data}


@pytest.mark.parametrize("role", [Role.HOST, Role.OVERLAY])
async def test_state_plus_events_is_the_next_snapshot_for_host_and_picture(tmp_path: Path, role: Role) -> None:
    async with open_shop(tmp_path) as shop, shop.events(token=shop.tokens.of(role)) as page:
        state = (await frame(page))["state"]
        await shop.start()
        await bring(shop, [*buyers(120), comment("m-1", "晚上好")])
        await shop.done({"type": "restock", "offer_id": "egg", "quantity": 7})
        await shop.done({"type": "open_prompt", "keyword": "1", "meaning": "claim", "ref_id": "egg", "seconds": 60})
        reservations = (await shop.snapshot())["reservations"]
        cancel = {"type": "cancel_reservation", "reservation_id": reservations[0]["id"], "reason": "不要了"}
        await shop.done(cancel)
        await shop.done({"type": "end_session"})
        while state["session"] is None or state["session"]["state"] != "ended":
            event = await frame(page)
            state = with_event(state, event) if event["type"] == "event" else state
        fresh = await shop.snapshot(shop.tokens.of(role))
        assert {name: fresh[name] for name in state if name != "confirmations"} == {
            name: state[name] for name in state if name != "confirmations"
        }
        assert len(state["reservations"]) >= 120


SECRETS = ["u-secret-7", "张大姐", "kuaishou/id/u-secret-7", "王老板", "看着来点儿", "先讲鸡蛋", "梅姐本人", "手工登记"]


async def make_everything(shop: Shop) -> list[str]:
    """Fill a room with what viewers must not see; gives what must be in no byte."""
    await shop.start()
    viewer = {"platform": "kuaishou", "id": "u-secret-7", "name": "张大姐"}
    for named in (viewer, "王老板"):
        await shop.done({"type": "reserve", "viewer": named, "offer_id": "egg", "quantity": 60})
    await bring(shop, [comment("m-9", "鸡蛋看着来点儿", user="0", name="薛***")])
    state = await shop.snapshot()
    first = state["reservations"][0]
    await shop.done({"type": "cancel_reservation", "reservation_id": first["id"], "reason": "手工登记"})
    codes = [reservation["pickup_code"] for reservation in state["reservations"]]
    assert all(codes)
    return [*SECRETS, *codes]


def holds_none_of(secrets: list[str], text: str) -> bool:
    return not [secret for secret in secrets if secret in text or json.dumps(secret)[1:-1] in text]


async def test_an_overlay_page_gets_no_id_no_name_and_no_code_in_any_byte(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        async with shop.events(token=shop.tokens.overlay) as page:
            secrets = await make_everything(shop)
            await shop.done({"type": "end_session"})
            live = await frames_until(page, "session_ended")
        async with shop.events(token=shop.tokens.overlay) as page:
            late = [await frame(page)]
        async with shop.events(token=shop.tokens.overlay, query="&since=0") as page:
            missed = await frames_until(page, "session_ended")
        seen: list[Json] = [*live, *late, *missed]
        assert holds_none_of(secrets, json.dumps(seen, ensure_ascii=False))
        kinds = {each["kind"] for each in seen if each["type"] == "event"}
        assert {"reservation_made", "reservation_waitlisted", "reservation_cancelled"} <= kinds
        assert late[0]["state"]["reservations"][0]["viewer"] == {"name": "张*"}


async def test_the_same_room_shows_all_of_it_to_a_host(tmp_path: Path) -> None:
    """The twin of the test above: what it looks for is really there to be hidden."""
    async with open_shop(tmp_path) as shop:
        secrets = await make_everything(shop)
        async with shop.events() as page:
            snapshot = json.dumps(await frame(page), ensure_ascii=False)
        async with shop.events(query="&since=0") as page:
            missed = json.dumps(await frames_until(page, "reservation_cancelled"), ensure_ascii=False)
        assert [secret for secret in secrets if secret not in snapshot + missed] == []


async def test_an_overlay_page_hears_no_comments(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        await shop.start()
        async with shop.events(token=shop.tokens.overlay, query="&topics=comment,offer") as page:
            await frame(page)
            await bring(shop, [comment("m-1", "晚上好")])
            await restock(shop, 1)
            assert (await frame(page))["kind"] == "offer_restocked"


@pytest.mark.parametrize("token", ["", "wrong"])
async def test_a_wrong_token_is_401(tmp_path: Path, token: str) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.events(token=token):
                pass
        assert refused.value.status == 401


async def test_the_ingest_token_hears_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.events(token=shop.tokens.ingest):
                pass
        assert refused.value.status == 401


async def test_a_stopping_service_says_goodbye(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop, shop.events() as page:
        await frame(page)
        closing = asyncio.create_task(shop.app.shutdown())
        await page.receive(timeout=10)
        assert page.close_code == 1001
        await closing


async def test_a_login_that_ends_ends_its_pages_and_a_token_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_ws, "LOOK_AGAIN_S", 0.02)
    async with open_shop(tmp_path) as shop:
        nearly_over = now_ms() - COOKIE_DAYS * 24 * 3600 * 1000 + 1_500
        headers = {"Cookie": f"{COOKIE}={shop.cookie(nearly_over)}"}
        url = f"{shop.base}/ws/events?room={ROOM}"
        async with shop.events() as kept, shop.client.ws_connect(url, headers=headers) as page:
            assert (await frame(page))["type"] == "snapshot"
            message = await page.receive(timeout=20)
            assert (message.type, page.close_code) == (WSMsgType.CLOSE, 1008)
            await frame(kept)
            assert not kept.closed
        with pytest.raises(WSServerHandshakeError) as refused:
            async with shop.client.ws_connect(url, headers=headers):
                pass
        assert refused.value.status == 401


def test_half_an_hour_is_not_over_between_two_looks() -> None:
    assert events_ws.LOOK_AGAIN_S < 30 * 60
