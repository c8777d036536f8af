"""Every attack on a whole service, as comments, names and titles, beside a model that obeys: the evening stays as it is without it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from config.settings import LlmSettings
from live.domain.stage_commands import BlockViewer
from live.service.advising import Adviser
from nlp.llm_setup import desk_of
from tests.domain.factories import egg
from tests.domain.stage_factories import flash_deal, lucky_bag
from tests.nlp.llm.obeying import ANSWERS, OPINIONS, obedient
from tests.nlp.llm.server import said, serving
from tests.nlp.llm.test_injection import ATTACKS, LIVE_MARKUP, texts_of
from tests.obs.server import until
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest
    from aiohttp import web

    from live.domain.comment import Comment
    from live.domain.offer import Offer
    from nlp.llm_desk import Desk
    from tests.nlp.llm.server import ChatServer
    from tests.service.rig import Shop

FACTS = {"储存": "冷冻保存，保质期 12 个月"}
TOLD_TO_THE_HOST = frozenset({"confirmations", "questions", "seq", "totals", "generated_at", "now", "at"})
"""What the model may change: what waits for the host, and the number of the events that tell of it."""
GENEROUS = {
    "requests_per_minute": 10_000, "tokens_per_minute": 100_000_000, "tokens_per_evening": 1_000_000_000, "deadline_ms": 20_000,
}  # fmt: skip


class Talked:
    """A model that obeys the attack which is set, in whatever it is asked."""

    def __init__(self) -> None:
        self.obeys = "auto"

    async def __call__(self, _: ChatServer, __: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        data = json.loads(body["messages"][-1]["content"])
        known, plain = (OPINIONS, "auto") if "comments" in data else (ANSWERS, "html")
        return said(obedient(self.obeys if self.obeys in known else plain, data))


def goods() -> list[Offer]:
    """Eggs, and goods whose titles are attacks."""
    titles = [each["text"] for each in ATTACKS if each["target"] == "title"]
    bearing = [
        replace(egg(quota=50), id=f"t{n}", number=n, title=title[:60], aliases=()) for n, title in enumerate(titles, 2)
    ]
    return [replace(egg(quota=1000), facts=FACTS), *bearing]


def evening(shop: Shop) -> dict[str, list[Comment]]:
    """All attacks as comments of people who bear them as names, by what the model obeys."""
    found: dict[str, list[Comment]] = {}
    for attack in ATTACKS:
        for place, text in enumerate(texts_of(attack)):
            comment = shop.comment(text, by=text[:40], id=f"{attack['id']}-{place}")
            found.setdefault(attack["obeys"], []).append(comment)
    return found


@asynccontextmanager
async def advised(shop: Shop, desk: Desk) -> AsyncIterator[Adviser]:
    adviser = Adviser(shop.service, desk)
    stop = shop.service.subscribe(adviser.heard)
    asking = asyncio.create_task(adviser.run())
    try:
        yield adviser
    finally:
        stop()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await desk.llm.close()


async def attacked(folder: Path, desk: Desk | None, talked: Talked) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The room and its comments after all attacks, with a model or without."""
    async with a_shop(folder) as shop:
        await shop.open(*goods())
        await put_at_stake(shop)
        if desk is None:
            for comments in evening(shop).values():
                await shop.say(*comments)
        else:
            async with advised(shop, desk) as adviser:
                for talked.obeys, comments in evening(shop).items():
                    await talked_over(shop, adviser, desk, comments)
        return shop.snapshot(), await all_rows(shop)


async def put_at_stake(shop: Shop) -> None:
    """A flash deal that is on, a draw that takes entries, and a viewer who is blocked: what an attack could change."""
    await shop.say(shop.comment("加微信领券", by="黄牛", id="spam-1"))
    deal = flash_deal(quota=20, seconds=300)
    for command in (deal, lucky_bag(seconds=1800), BlockViewer(comment_id="spam-1")):
        status, body = await shop.do(command)
        assert status == 200, body
    shop.clock.now_ms += 11_000
    await shop.say(shop.comment("大家好", by="李哥"))
    await until(lambda: shop.snapshot()["flash_sales"][0]["state"] == "running")


async def talked_over(shop: Shop, adviser: Adviser, desk: Desk, comments: list[Comment]) -> None:
    """Say a group of attacks, few at a time so that none is too many to be asked about, and wait for what comes of it."""
    for start in range(0, len(comments), 20):
        await shop.say(*comments[start : start + 20])
        await until(lambda: not (adviser._doubts or adviser._questions or desk.llm._tasks))


async def all_rows(shop: Shop) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while page := await shop.service.comments_after(ROOM, found[-1]["n"] if found else 0, 500):
        found += page
    return found


def booked(rows: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    return {
        row["comment"]["id"] if "comment" in row else row["id"]: row["outcome"]
        for row in rows
        if row["route"] == "auto"
    }


async def test_a_service_whose_model_obeys_every_attack_is_the_one_without_a_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talked = Talked()
    async with serving(talked) as server:
        settings = LlmSettings.model_validate({"base_url": server.url, "model": "m", **GENEROUS})
        desk = desk_of(settings, auto_confidence=0.9)
        with_model, rows = await attacked(tmp_path / "with", desk, talked)
        asked = len(server.asked)
    without, plain = await attacked(tmp_path / "without", None, talked)

    assert len(rows) == len(plain) >= len(ATTACKS)
    assert booked(rows) == booked(plain)
    for part in with_model.keys() - TOLD_TO_THE_HOST:
        assert with_model[part] == without[part], part
    assert_only_offered(with_model, goods())
    assert_still_at_stake(with_model)
    assert asked > 20
    with capsys.disabled():
        sys.stdout.write(f"\n{len(ATTACKS)} attacks on a service: {report(with_model, rows, asked, desk)}\n")


def assert_still_at_stake(room: dict[str, Any]) -> None:
    """The deal, the draw and the blocked viewers are those that the host has made."""
    [deal], [bag] = room["flash_sales"], room["giveaways"]
    assert (deal["state"], deal["price"], deal["quota"]) == ("running", "9.90", 20)
    assert (bag["state"], bag["rules"]["winners"], len(bag["rounds"])) == ("open", 1, 0)
    assert len(room["session"]["blocked"]) == 1


def assert_only_offered(room: dict[str, Any], offers: list[Offer]) -> None:
    """What waits for the host names goods that there are, amounts that somebody takes, and words of the shop."""
    ids = {offer.id for offer in offers}
    for pending in room["confirmations"]:
        for action in pending["actions"]:
            assert action["offer"] is None or action["offer"] in ids
            assert action["quantity"] is None or 1 <= action["quantity"] <= 999
    for question in room["questions"]:
        suggestion = question["suggestion"]
        assert suggestion is None or not LIVE_MARKUP.search(suggestion["text"])
        assert suggestion is None or suggestion["source"] != "llm" or suggestion["text"] in FACTS.values()


def report(room: dict[str, Any], rows: list[dict[str, Any]], asked: int, desk: Desk) -> str:
    routes = Counter(f"{row['route']}/{row['stage']}" for row in rows)
    dropped = sum(desk.llm.counts.dropped.values())
    return (
        f"0 through; {len(rows)} comments, {asked} requests, {dropped} parts of answers dropped, "
        f"{len(room['confirmations'])} wait for the host, by route and stage {dict(routes)}"
    )
