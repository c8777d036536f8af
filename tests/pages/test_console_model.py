"""The language model in the menu of the console: how it stands, in words, and its switch."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from config.settings import LlmSettings
from live.service.llm_switch import model_switch
from live.web.llm import llm_mount
from nlp.llm_prose import Outline
from nlp.llm_setup import desk_of
from nlp.llm_types import Use
from tests.nlp.llm.server import refuses, says, serving
from tests.service.test_script_writer import writes
from tests.web.shop import ROOM, open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import BrowserContext, Locator, Page

    from nlp.llm_desk import Desk
    from tests.web.shop import Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


@asynccontextmanager
async def a_shop_with(folder: Path, **settings: object) -> AsyncIterator[tuple[Shop, Desk]]:
    told = LlmSettings.model_validate(settings)
    switch = model_switch(desk_of(told, auto_confidence=0.9), told, folder)
    async with open_shop(folder, mounts=[llm_mount(switch)]) as shop:
        await shop.start()
        try:
            yield shop, switch.desk
        finally:
            await switch.desk.llm.close()


async def row_in(page: Page, shop: Shop, name: str = "大模型", **query: str) -> Locator:
    more = "".join(f"&{key}={value}" for key, value in query.items())
    await page.goto(f"{shop.base}/console/{ROOM}?token={shop.tokens.host}{more}")
    await page.get_by_role("button", name="More" if query else "更多").click()
    return page.get_by_role("region", name=name)


async def test_without_a_model_the_menu_says_what_is_off(context: BrowserContext, tmp_path: Path) -> None:
    page = await context.new_page()
    async with a_shop_with(tmp_path) as (shop, _):
        row = await row_in(page, shop)
        await expect(row).to_contain_text("没有配置：规则照常读评论")
        await expect(row).to_contain_text("拟回答、再看一眼、写口播稿")
        await expect(row.get_by_role("switch")).to_be_hidden()


async def test_the_switch_turns_it_off_and_on_and_says_what_was_spent(context: BrowserContext, tmp_path: Path) -> None:
    page = await context.new_page()
    async with (
        serving(says('{"sections": []}')) as server,
        a_shop_with(tmp_path, base_url=server.url, model="m", input_price=100) as (shop, desk),
    ):
        await desk.prose(Use.SCRIPT, [Outline(id="x", title="牛肉卷", points=("冷冻保存",))], [])
        row = await row_in(page, shop)
        await expect(row).to_contain_text("开着，今晚问了 2 次，约 0.02 元")
        await row.get_by_role("switch", name="关掉").click()
        await expect(row).to_contain_text("关着：规则照常读评论")
        assert not desk.llm.is_on
        await row.get_by_role("switch", name="打开").click()
        await expect(row.get_by_role("switch", name="关掉")).to_have_attribute("aria-checked", "true")
        assert desk.llm.is_on


async def test_what_is_wrong_stands_there_in_words(context: BrowserContext, tmp_path: Path) -> None:
    page = await context.new_page()
    async with (
        serving(refuses(401)) as server,
        a_shop_with(tmp_path, base_url=server.url, model="m") as (shop, desk),
    ):
        await desk.prose(Use.SCRIPT, [Outline(id="x", title="牛肉卷", points=("冷冻保存",))], [])
        await expect(await row_in(page, shop)).to_contain_text("大模型不接受密钥，或余额不足，规则照常")
        await page.keyboard.press("Escape")
        await expect(await row_in(page, shop, "Language model", lang="en")).to_contain_text("the rules read on")


async def write_anew(page: Page, shop: Shop) -> Locator:
    """Open the script's editor from the menu and have the model word it, over what is written there."""
    await page.goto(f"{shop.base}/console/{ROOM}?token={shop.tokens.host}")
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("dialog").get_by_role("button", name="写稿子").click()
    editor = page.get_by_role("dialog", name="今晚的稿子")
    await editor.get_by_role("button", name="请大模型写一遍").click()
    sure = editor.get_by_role("button", name="会换掉现在的稿子，再点一次")
    if await sure.count():
        await sure.click()
    return editor


async def test_a_script_is_worded_by_the_model_for_one_tap_and_says_so(context: BrowserContext, tmp_path: Path) -> None:
    page = await context.new_page()
    async with (
        serving(writes("大家看看今晚的好东西。")) as server,
        a_shop_with(tmp_path, base_url=server.url, model="m") as (shop, _),
    ):
        editor = await write_anew(page, shop)
        await expect(editor.get_by_role("status")).to_have_text("大模型写的，念之前先看一遍。")
        await editor.get_by_role("radio", name="文字").click()
        await expect(editor.get_by_label("稿子的文字")).to_have_value(re.compile("- 大家看看今晚的好东西。"))


async def test_a_model_that_does_not_answer_leaves_the_template_s_script_and_says_why(
    context: BrowserContext, tmp_path: Path
) -> None:
    page = await context.new_page()
    async with (
        serving(refuses(401)) as server,
        a_shop_with(tmp_path, base_url=server.url, model="m") as (shop, _),
    ):
        editor = await write_anew(page, shop)
        await expect(editor.get_by_role("status")).to_contain_text("大模型不接受密钥")
        await editor.get_by_role("radio", name="文字").click()
        await expect(editor.get_by_label("稿子的文字")).to_have_value(re.compile("土鸡蛋"))


async def test_without_a_model_the_editor_offers_none(context: BrowserContext, tmp_path: Path) -> None:
    page = await context.new_page()
    async with a_shop_with(tmp_path) as (shop, _):
        await page.goto(f"{shop.base}/console/{ROOM}?token={shop.tokens.host}")
        await page.get_by_role("button", name="更多").click()
        await page.get_by_role("dialog").get_by_role("button", name="写稿子").click()
        editor = page.get_by_role("dialog", name="今晚的稿子")
        await expect(editor.get_by_role("button", name="按商品清单生成")).to_be_visible()
        await expect(editor.get_by_role("button", name="请大模型写一遍")).to_be_hidden()
