"""A counter for the tests: what is sold there, who has ordered, and a hand on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.async_api import expect

from tests.pages.shop import CYCLE, EGG, TOFU, offer, start_session

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.pages.shop import Json, Shop

PORK = offer("pork", 4, "黑猪五花肉 现宰", aliases=["五花肉"], unit="斤", price="23.80", weighed=True)
POINTS = [*CYCLE["pickup_points"], {"id": "p2", "name": "西门洗衣店", "address": "东风路 3 号"}]


async def begin(shop: Shop, room: str, **cycle: object) -> str:
    """Begin an evening in a cycle of the room's own; gives the id of its session."""
    command = start_session([EGG, TOFU, PORK], cycle=CYCLE | {"id": f"cycle of {room}"} | cycle)
    told = await shop.command(room, command)
    session_id: str = told["events"][0]["data"]["session"]["id"]
    return session_id


async def reserve(shop: Shop, room: str, name: str, *goods: tuple[str, int], **said: object) -> str:
    """Reserve by hand for somebody, and note what they say of their basket; gives their pickup code."""
    code = ""
    for offer_id, quantity in goods:
        command = {"type": "reserve", "viewer": name, "offer_id": offer_id, "quantity": quantity}
        variant: Json = {"variant_id": "firm"} if offer_id == "tofu" else {}
        told = await shop.command(room, command | variant)
        code = told["events"][0]["data"]["reservation"]["pickup_code"]
    if said:
        await shop.command(room, {"type": "set_basket", "pickup_code": code} | said)
    return code


async def arrive(shop: Shop, room: str) -> None:
    """Cut off, and have all goods come."""
    for kind in ("close_cycle", "mark_ready"):
        await shop.command(room, {"type": kind})


async def open_counter(page: Page, shop: Shop, room: str) -> None:
    """Open the page as the host does."""
    await page.goto(f"{shop.base}/pickup/{room}?{urlencode({'token': shop.tokens['host']})}")
    await expect(page.locator("[data-link='up']")).to_be_visible()
    await expect(page.get_by_text("正在取名单")).to_be_hidden()


async def look_for(page: Page, text: str) -> None:
    """Type into the one search field."""
    await page.get_by_role("searchbox", name="找人").fill(text)


async def go_to(page: Page, name: str) -> None:
    """Turn to one of the lists."""
    await page.get_by_role("navigation").get_by_role("button", name=name).click()


def card(page: Page) -> Locator:
    """The person who is shown."""
    return page.locator("lb-person-card")


def big_button(page: Page) -> Locator:
    """The one big tap."""
    return page.locator("lb-hand-bar button")


async def states(shop: Shop, room: str) -> list[tuple[str, str, str]]:
    """What everybody has in a room's newest session: (name, offer, state)."""
    state = await shop.snapshot(room)
    return [(r["viewer"]["name"], r["offer_id"], r["state"]) for r in state["reservations"]]


async def counts(page: Page) -> list[str]:
    """The numbers on the tabs: to fetch, to come, fetched, never fetched."""
    return await page.locator("lb-list-tabs strong").all_text_contents()
