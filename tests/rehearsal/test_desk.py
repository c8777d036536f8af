"""Holding rehearsals: beginning, replacing, ending, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rehearsal.theatre import TONIGHT, log_of, theatre, until
from tests.web.shop import EGG, ROOM, START

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_bundled_evening_is_what_is_replayed_unless_something_else_is_asked(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        status, held = await shop.rehearse()
        assert status == 200
        assert held["comments"] > 300
        assert held["console"] == f"rehearsal/{ROOM}/console/{held['room']}"

        async def heard() -> bool:
            return bool((await shop.inside(held, "snapshot"))["totals"]["comments"] > 0)

        await until(heard)
        snapshot = await shop.inside(held, "snapshot")
        assert snapshot["session"]["pinned_offer_id"] == "egg"
        _, told = await shop.ask("GET", f"api/v1/rooms/{ROOM}/rehearsal")
        assert told["running"]["room"] == held["room"]
        assert told["recordings"] == [{"source": "demo"}]


async def test_an_earlier_evening_of_the_shop_is_replayed_against_tonights_list(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        await shop.done(START)
        for n in range(3):
            body = {
                "type": "comment",
                "platform": "kuaishou",
                "id": f"c-{n}",
                "user": {"id": f"u-{n}", "name": f"顾客{n}"},
                "text": "要两箱鸡蛋",
            }
            headers = {"Authorization": f"Bearer {shop.up.tokens.ingest}"}
            async with shop.client.post(f"{shop.up.base_url}/ingest?room={ROOM}", json=body, headers=headers) as answer:
                assert answer.status == 200
        await shop.done({"type": "end_session"})
        _, told = await shop.ask("GET", f"api/v1/rooms/{ROOM}/rehearsal")
        earlier = told["recordings"][1]
        assert (earlier["source"], earlier["title"]) == ("session", START["title"])
        _, held = await shop.rehearse(recording={"source": "session", "session_id": earlier["session_id"]})

        async def sold() -> bool:
            return bool((await shop.inside(held, "snapshot"))["offers"][0]["reserved"] == 6)

        await until(sold)


async def test_a_second_rehearsal_takes_the_place_of_the_first(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        _, first = await shop.rehearse()
        _, second = await shop.rehearse()
        assert first["room"] != second["room"]
        status, _ = await shop.ask("GET", f"rehearsal/{ROOM}/api/v1/rooms/{second['room']}/snapshot")
        assert status == 200
        assert await shop.end()
        assert not await shop.end()


async def test_rehearsals_of_many_rooms_at_once_are_bounded(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        for room in ("a", "b"):
            assert (await shop.rehearse(room=room))[0] == 200
        status, problem = await shop.rehearse(room="c")
        assert (status, problem["code"]) == (409, "too_many_rehearsals")


async def test_while_the_real_evening_is_on_air_nobody_rehearses(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        await shop.done(START)
        status, problem = await shop.rehearse()
        assert (status, problem["code"]) == (409, "session_running")


async def test_the_real_evening_ends_its_rehearsal(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        await shop.rehearse()
        await shop.done(START)

        async def over() -> bool:
            return bool((await shop.ask("GET", f"api/v1/rooms/{ROOM}/rehearsal"))[1]["running"] is None)

        await until(over)
        assert shop.up.service.running(ROOM)


async def test_what_cannot_be_started_cannot_be_rehearsed_and_leaves_nothing(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        past = {"cutoff_at": "2020-01-01T20:00:00+08:00", "pickup_at": "2020-01-02T20:00:00+08:00"}
        status, problem = await shop.rehearse(start=TONIGHT | {"cycle": past})
        assert status == 422
        assert "cutoff_at" in problem["detail"]
        status, problem = await shop.rehearse(start=TONIGHT | {"offers": [EGG | {"price": "x"}]})
        assert (status, problem["errors"][0]["field"]) == (422, "start.offers[0].price")
        status, problem = await shop.rehearse(start=TONIGHT | {"offers": [EGG | {"picture": f"{'0f' * 16}.jpg"}]})
        assert (status, problem["errors"][0]["field"]) == (422, "offers[0].picture")
        assert (await shop.ask("GET", f"api/v1/rooms/{ROOM}/rehearsal"))[1]["running"] is None
        assert not list((tmp_path / "rehearsal").glob("*"))


async def test_a_recording_without_a_comment_and_one_that_is_not_there_say_so(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        for recording, code in (
            ({"source": "log", "text": "no comment at all"}, "empty_recording"),
            ({"source": "session", "session_id": "nobody"}, "unknown_session"),
        ):
            status, problem = await shop.rehearse(recording=recording)
            assert (status, problem["code"]) == (409, code)


async def test_in_a_rehearsal_there_is_no_rehearsal(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        _, held = await shop.rehearse()
        path = f"rehearsal/{ROOM}/api/v1/rooms/{held['room']}/rehearsal"
        status, problem = await shop.ask("POST", path, {"start": TONIGHT})
        assert (status, problem["code"]) == (409, "no_rehearsal_here")


async def test_a_log_with_broken_lines_is_replayed_without_them(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        text = log_of("要两箱鸡蛋") + "\n{broken\n"
        _, held = await shop.rehearse(recording={"source": "log", "text": text})
        assert (held["comments"], held["unread"]) == (1, 1)


async def test_nobody_but_the_host_rehearses(tmp_path: Path) -> None:
    async with theatre(tmp_path) as shop:
        headers = {"Authorization": f"Bearer {shop.up.tokens.overlay}"}
        for method in ("GET", "POST", "DELETE"):
            async with shop.client.request(
                method, f"{shop.up.base_url}/api/v1/rooms/{ROOM}/rehearsal", headers=headers
            ) as answer:
                assert answer.status == 401


async def test_a_rehearsal_stands_under_the_path_of_the_public_address(tmp_path: Path) -> None:
    async with theatre(tmp_path, server={"public_url": "https://shop.example/linbo"}) as shop:
        _, held = await shop.rehearse()
        for prefix in ("", "linbo/"):
            async with shop.client.get(f"{shop.up.base_url}/{prefix}{held['console']}") as console:
                assert console.status == 200
        links = await shop.inside(held, "links")
        assert links["shop"]["url"] == f"https://shop.example/linbo/rehearsal/{ROOM}/shop/{held['room']}"
