from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from live.cli.drawing import read_record
from live.domain.draw_proof import verify
from live.web.draw_file import read_draw_file
from live.web.draw_pages import DrawBook, draw_mount, published
from tests.web.draws import COMMITMENT, Bag, told_of
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.web.draws import Json
    from tests.web.shop import Shop

HTML = {"Accept": "text/html,*/*;q=0.8"}
SECRET = frozenset({"seed", "rounds"})


@asynccontextmanager
async def a_shop_that_draws(folder: Path, **told: Json) -> AsyncIterator[Shop]:
    async with open_shop(folder, mounts=[draw_mount(Bag(told=told))]) as shop:
        yield shop


async def test_the_record_of_a_draw_is_public_and_holds(tmp_path: Path) -> None:
    told = told_of(counts=[2, 1])
    async with a_shop_that_draws(tmp_path, g1=told) as shop, shop.client.get(f"{shop.base}/draw/g1.json") as answer:
        assert answer.status == 200
        assert answer.content_type == "application/json"
        record = await answer.json()
    assert record == told["record"]
    assert verify(record) == []


@pytest.mark.parametrize("state", ["open", "closed"])
async def test_neither_seed_nor_winners_are_told_before_the_draw_whatever_the_service_tells(
    tmp_path: Path, state: str
) -> None:
    async with a_shop_that_draws(tmp_path, g1=told_of(state=state)) as shop:
        for path in ("draw/g1.json", "api/v1/draws/g1", "draw/g1.html"):
            text = await (await shop.client.get(f"{shop.base}/{path}")).text()
            assert told_of()["record"]["seed"] not in text
            assert '"winners":[' not in text
            assert "张*" not in text
            assert COMMITMENT in text


def test_while_it_is_open_nobody_sees_who_entered() -> None:
    assert set(published(told_of(state="open"))["record"]) == {"giveaway_id", "rules", "opened_at", "commitment"}


def test_once_it_is_closed_everybody_sees_the_list_that_is_drawn_from() -> None:
    record = published(told_of(state="closed"))["record"]
    assert SECRET.isdisjoint(record)
    assert {"entries", "list_hash", "closed_at"} <= set(record)


async def test_the_page_is_there_for_everybody(tmp_path: Path) -> None:
    async with a_shop_that_draws(tmp_path, g1=told_of()) as shop:
        answer = await shop.client.get(f"{shop.base}/draw/g1", headers=HTML)
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["g2", "g2.html", "..%2f", "a%20b", "g1.txt", "x" * 65])
async def test_an_unknown_draw_is_told_to_a_person_in_words(tmp_path: Path, path: str) -> None:
    async with a_shop_that_draws(tmp_path, g1=told_of()) as shop:
        answer = await shop.client.get(f"{shop.base}/draw/{path}", headers=HTML)
        assert (answer.status, answer.content_type) == (404, "text/html")
        assert "没有这次抽奖" in await answer.text()


async def test_an_unknown_draw_is_told_to_a_program_as_a_problem(tmp_path: Path) -> None:
    async with a_shop_that_draws(tmp_path) as shop:
        answer = await shop.client.get(f"{shop.base}/draw/g1.json")
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (404, "unknown_draw")


async def test_a_shop_that_knows_of_no_draws_has_none(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        assert (await shop.client.get(f"{shop.base}/draw/g1")).status == 404


async def test_whoever_has_the_newest_is_told_so_in_a_few_bytes(tmp_path: Path) -> None:
    async with a_shop_that_draws(tmp_path, g1=told_of()) as shop:
        first = await shop.client.get(f"{shop.base}/api/v1/draws/g1")
        again = {"If-None-Match": first.headers["ETag"]}
        second = await shop.client.get(f"{shop.base}/api/v1/draws/g1", headers=again)
        assert (second.status, await second.read()) == (304, b"")
        assert second.headers["ETag"] == first.headers["ETag"]


async def test_a_drawn_record_may_be_kept_a_minute_and_an_open_one_is_asked_for_anew(tmp_path: Path) -> None:
    async with a_shop_that_draws(tmp_path, g1=told_of(), g2=told_of(state="open")) as shop:
        drawn, still_open = [await shop.client.get(f"{shop.base}/draw/{each}.json") for each in ("g1", "g2")]
    assert drawn.headers["Cache-Control"] == "public, max-age=60"
    assert still_open.headers["Cache-Control"] == "no-cache"


async def test_the_proof_is_a_file_with_a_chinese_name_that_verify_draw_reads(tmp_path: Path) -> None:
    told = told_of(comments=[("m-1", "</script><script>alert(1)</script>")], title="福袋/<b>")
    async with a_shop_that_draws(tmp_path, g1=told) as shop:
        answer = await shop.client.get(f"{shop.base}/draw/g1.html")
        text = await answer.text()
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="draw-g1.html"; ')
    assert disposition.endswith("%E7%A6%8F%E8%A2%8B%20%20b.html")
    assert text.count("</script>") == 2
    assert "<b>" not in text
    saved = tmp_path / "proof.html"
    saved.write_text(text, encoding="utf-8")
    assert read_record(str(saved)) == told["record"]


async def test_the_policy_of_the_file_lets_nothing_in_and_nothing_out(tmp_path: Path) -> None:
    async with a_shop_that_draws(tmp_path, g1=told_of()) as shop:
        answer = await shop.client.get(f"{shop.base}/draw/g1.html")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


async def test_a_crowd_that_opens_one_draw_asks_the_service_once_a_second() -> None:
    bag = Bag(told={"g1": told_of()})
    book = DrawBook(bag, read_draw_file())
    for now_ms in (1_000, 1_001, 1_999, 2_000, 2_999):
        assert await book.told("g1", now_ms) is not None
    assert bag.asked == 2


async def test_guessing_ids_does_not_fill_the_memory() -> None:
    book = DrawBook(Bag(), read_draw_file())
    for number in range(200):
        assert await book.told(f"g{number}", 1_000) is None
    assert len(book._kept) == 32
