"""A language model beside the flow of comments: what it proposes, the rules decide; what it breaks, nobody notices."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from config.settings import LlmSettings
from live.domain.commands import UpdateOffer
from live.service.advising import MOST_WAITING, advising
from nlp.llm_setup import desk_of
from tests.domain.factories import egg
from tests.nlp.llm.server import (
    breaks_off,
    drips,
    hangs,
    pours,
    refuses,
    said,
    says,
    sends,
    serving,
    streams,
)  # fmt: skip
from tests.obs.server import until
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import web

    from nlp.llm_desk import Desk
    from tests.nlp.llm.server import Behave, ChatServer
    from tests.service.rig import Shop

VAGUE = "鸡蛋多来点"


@asynccontextmanager
async def advised(folder: Path, url: str, **settings: object) -> AsyncIterator[tuple[Shop, Desk]]:
    """A shop with a model beside it."""
    desk = _desk(url, **settings)
    async with a_shop(folder) as shop, advising(shop.service, desk):
        await shop.open(egg(quota=1000))
        yield shop, desk


def _desk(url: str, **settings: object) -> Desk:
    told = LlmSettings.model_validate({"base_url": url, "model": "m", "requests_per_minute": 1000} | settings)
    return desk_of(told, auto_confidence=0.9)


def data_of(body: dict[str, Any]) -> dict[str, Any]:
    """What the model was told, beside its instructions."""
    text: str = body["messages"][-1]["content"]
    told: dict[str, Any] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return told


def opines(quantity: int = 2, confidence: float = 0.99) -> Behave:
    """Every comment buys so many of the first offer; every question is answered by the first line."""

    async def behave(_: ChatServer, __: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        told = data_of(body)
        if "question" in told:
            first = told["lines"][0]
            text = first["text"].split(":")[-1]
            return said(json.dumps({"known": True, "card": text, "aloud": f"我家的{text}", "sources": [first["id"]]}))
        items = [
            {
                "id": each["id"],
                "intent": "buy",
                "topic": None,
                "confidence": confidence,
                "actions": [{"op": "set", "offer": "o1", "variant": None, "quantity": quantity}],
            }
            for each in told["comments"]
        ]
        return said(json.dumps({"items": items}))

    return behave


def waiting(shop: Shop) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shop.snapshot()["confirmations"]
    return found


async def test_what_waits_for_the_host_is_looked_at_again(tmp_path: Path) -> None:
    async with serving(opines(3)) as server, advised(tmp_path, server.url) as (shop, _):
        await shop.say(shop.comment(VAGUE))
        await until(lambda: "comment_revised" in shop.kinds())
        (pending,) = waiting(shop)
        assert pending["actions"] == [{"op": "set", "offer": "egg", "variant": None, "quantity": 3}]
        assert shop.snapshot()["reservations"] == []
        (row,) = await shop.service.comments_after(ROOM, 0, 9)
        assert (row["route"], row["stage"], row["outcome"]) == ("confirm", "llm", "needs_confirmation")


async def test_what_was_read_anew_is_the_same_after_a_restart(tmp_path: Path) -> None:
    async with serving(opines(3)) as server, advised(tmp_path, server.url) as (shop, _):
        await shop.say(shop.comment(VAGUE))
        await until(lambda: "comment_revised" in shop.kinds())
        before = waiting(shop)
    async with a_shop(tmp_path) as again:
        await again.service.open(ROOM)
        assert waiting(again) == before


async def test_it_books_nothing_without_the_leave_of_the_settings(tmp_path: Path) -> None:
    async with serving(opines(1)) as server, advised(tmp_path, server.url) as (shop, desk):
        for number in range(5):
            await shop.say(shop.comment(VAGUE, by=f"观众{number}"))
        await until(lambda: shop.kinds().count("comment_revised") == 5)
        assert shop.snapshot()["reservations"] == []
        assert desk.llm.is_on


async def test_neither_names_nor_ids_leave_the_machine(tmp_path: Path) -> None:
    async with serving(opines()) as server, advised(tmp_path, server.url) as (shop, _):
        await shop.say(shop.comment(VAGUE, by="王小明", id="msg-777"))
        await until(lambda: bool(server.asked))
        sent = json.dumps(server.asked, ensure_ascii=False)
        assert not [secret for secret in ("王小明", "msg-777", "wechat_channels", ROOM) if secret in sent]


async def test_orders_that_are_clear_are_asked_about_by_nobody(tmp_path: Path) -> None:
    async with serving(opines()) as server, advised(tmp_path, server.url) as (shop, _):
        await shop.say(*(shop.comment("要两箱鸡蛋", by=f"观众{n}") for n in range(50)), shop.comment("晚上好"))
        await shop.say(shop.comment(VAGUE))
        await until(lambda: "comment_revised" in shop.kinds())
        (asked,) = server.asked
        assert len(data_of(asked)["comments"]) == 1


async def test_a_question_without_an_answer_gets_one_out_of_the_facts(tmp_path: Path) -> None:
    async with serving(opines()) as server, advised(tmp_path, server.url) as (shop, _):
        await shop.do(UpdateOffer(offer_id="egg", changes={"facts": {"喂养": "散养，吃玉米和青菜"}}))
        await shop.say(shop.comment("鸡蛋是不是打激素的"))
        await until(lambda: "question_changed" in shop.kinds())
        (question,) = shop.snapshot()["questions"]
        assert question["suggestion"] == {
            "text": "散养,吃玉米和青菜",
            "source": "llm",
            "key": "商品资料·喂养",
            "aloud": "我家的散养,吃玉米和青菜",
        }


async def test_switched_off_nothing_leaves_the_machine_until_it_is_on_again(tmp_path: Path) -> None:
    async with serving(opines()) as server, advised(tmp_path, server.url) as (shop, desk):
        desk.llm.switch(on=False)
        await shop.say(shop.comment(VAGUE, by="张姐"))
        desk.llm.switch(on=True)
        await shop.say(shop.comment(VAGUE, by="李叔"))
        await until(lambda: "comment_revised" in shop.kinds())
        assert sum(len(data_of(body)["comments"]) for body in server.asked) == 1


BAD_DAYS: dict[str, Behave] = {
    "hang": hangs,
    "slow drip": drips,
    "breaks off": breaks_off,
    "huge": pours,
    "400": refuses(400),
    "401": refuses(401),
    "429": refuses(429),
    "429 with retry-after": refuses(429, Retry_After="30"),
    "500": refuses(500),
    "truncated": says('{"items":[{"id":"c1"', finish="length"),
    "code fence": says('```json\n{"items": []}\n```'),
    "empty": says(""),
    "wrong ids": says('{"items":[{"id":"x9","intent":"buy","topic":null,"confidence":1,"actions":[]}]}'),
    "stream where none was asked for": streams('{"items": []}'),
    "no json": sends(b"<html>busy</html>", content_type="text/html"),
}


@pytest.mark.parametrize("behave", BAD_DAYS.values(), ids=list(BAD_DAYS))
async def test_while_the_model_has_a_bad_day_every_comment_is_worked_in_its_order(
    tmp_path: Path, behave: Behave
) -> None:
    """400 viewers, every fourth of whom is unclear: all are stored, in order, and booked as without a model."""
    async with serving(behave) as server, advised(tmp_path, server.url, deadline_ms=200) as (shop, _):
        await _rush(shop)
        await until(lambda: bool(server.asked))
        server.open.set()


async def test_a_model_that_cannot_be_reached_or_trusted_changes_nothing(tmp_path: Path) -> None:
    """A handshake that is taken back half-way leaves its socket to the collector: it is let end."""
    async with advised(tmp_path / "refused", "http://127.0.0.1:9/v1") as (shop, _):
        await _rush(shop)
    async with (
        serving(opines()) as server,
        a_shop(tmp_path / "tls") as shop,
        advising(shop.service, _desk(server.url.replace("http://", "https://"))) as adviser,
    ):
        await shop.open(egg(quota=1000))
        await _rush(shop)
        await until(lambda: adviser.idle)
        assert server.asked == []


async def _rush(shop: Shop) -> None:
    texts = [VAGUE if n % 4 == 0 else "要一箱鸡蛋" for n in range(400)]
    await asyncio.gather(*(shop.say(shop.comment(text, by=f"观众{n}")) for n, text in enumerate(texts)))
    rows: list[Any] = await shop.service.comments_after(ROOM, 0, 1000)
    assert [row["user"]["name"] for row in rows] == [f"观众{n}" for n in range(400)]
    booked = [r["viewer"]["name"] for r in shop.snapshot()["reservations"]]
    assert booked == [f"观众{n}" for n in range(400) if n % 4]
    assert len(waiting(shop)) == 100


async def test_of_a_flood_only_so_many_wait_to_be_asked_about(tmp_path: Path) -> None:
    async with serving(hangs) as server, advised(tmp_path, server.url, deadline_ms=30_000) as (shop, _):
        await shop.say(shop.comment(VAGUE, by="头一个"))
        await until(lambda: bool(server.asked))
        await shop.say(*(shop.comment(f"{VAGUE}{n}", by=f"观众{n}") for n in range(3 * MOST_WAITING)))
        assert len(waiting(shop)) == 3 * MOST_WAITING + 1
        server.behave = opines()
        server.open.set()
        await until(lambda: len(server.asked) == 1 + MOST_WAITING // 20)
        assert sum(len(data_of(body)["comments"]) for body in server.asked) == MOST_WAITING + 1
