"""What viewers write to talk a language model over, and what a model that obeys answers, is text on every page and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from config.settings import LlmSettings
from live.service.advising import advising
from nlp.llm_setup import desk_of
from tests.nlp.llm.server import said, serving
from tests.obs.server import until
from tests.pages.test_console import go_to
from tests.web.shop import ROOM, bring, comment, open_shop

if TYPE_CHECKING:
    from typing import Any

    from aiohttp import web
    from playwright.async_api import BrowserContext

    from tests.nlp.llm.server import ChatServer

pytestmark = pytest.mark.asyncio(loop_scope="package")

BAIT = "<img src=x onerror=window.pwned=1><a href=http://evil.test>领奖</a>"
ATTACKS = Path(__file__).parents[1] / "nlp" / "llm" / "attacks.jsonl"
MADE = "img[src], iframe, svg[onload], a[href*='evil'], script:not([src])"
"""What an attack would have made of a page."""


def attacks() -> list[str]:
    """The first few of each kind; `tests/service/test_injection.py` has them all."""
    by_kind: dict[str, list[str]] = {}
    for line in ATTACKS.read_text(encoding="utf-8").splitlines():
        attack = json.loads(line)
        by_kind.setdefault(attack["kind"], []).extend(attack.get("texts", [attack.get("text")]))
    return [text for texts in by_kind.values() for text in texts[:4]]


async def obeys(_: ChatServer, __: web.Request, body: dict[str, Any]) -> web.StreamResponse:
    """Say markup wherever there is room for words."""
    told = json.loads(body["messages"][-1]["content"])
    if "question" in told:
        return said(json.dumps({"known": True, "card": BAIT, "aloud": BAIT, "sources": ["s1"]}))
    one = {"op": "set", "offer": "o1", "variant": None, "quantity": 2, "note": BAIT}
    more = {"intent": "buy", "topic": None, "confidence": 1, "reason": BAIT, "route": "auto"}
    return said(json.dumps({"items": [{"id": each["id"], "actions": [one], **more} for each in told["comments"]]}))


async def test_no_attack_and_no_answer_to_one_is_markup_on_any_page(context: BrowserContext, tmp_path: Path) -> None:
    settings = LlmSettings.model_validate({"base_url": "http://127.0.0.1:9/v1", "model": "m"})
    async with serving(obeys) as server, open_shop(tmp_path) as shop:
        desk = desk_of(settings.model_copy(update={"base_url": server.url}), auto_confidence=0.9)
        async with advising(shop.service, desk) as adviser:
            await shop.start()
            texts = [BAIT, f"鸡蛋多来点{BAIT}", "鸡蛋多来点", *attacks()]
            lines = [comment(f"a-{n}", text[:500], user=f"u-{n}", name=text[:20]) for n, text in enumerate(texts)]
            await bring(shop, lines)
            await until(lambda: adviser.idle and bool(server.asked))
            console, picture, report = [await context.new_page() for _ in range(3)]
            await console.goto(f"{shop.base}/console/{ROOM}?token={shop.tokens.host}")
            await expect(console.locator("lb-confirm-card").first).to_be_visible()
            for tab in ("问题", "弹幕", "订单", "商品", "待确认"):
                await go_to(console, tab)
            state = await shop.snapshot()
            first = state["confirmations"][0]["id"]
            await picture.goto(f"{shop.base}/overlay/{ROOM}?token={shop.tokens.overlay}")
            await shop.done({"type": "show_comment", "comment_id": first, "answer": BAIT, "seconds": 600})
            await expect(picture.locator("body")).to_contain_text("领奖")
            await report.goto(f"{shop.base}/reports/{state['session']['id']}")
            for page in (console, picture, report):
                assert await page.locator(MADE).count() == 0
                assert await page.evaluate("() => window.pwned ?? null") is None
