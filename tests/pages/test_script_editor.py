"""The script of the evening is written on the phone: from the console's menu, as cards and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, TOFU, start_session
from tests.pages.test_console import open_console
from tests.pages.test_for_everybody import AUDIT
from tests.pages.test_prompter import TEXT, read_script

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def open_editor(page: Page, shop: Shop, room: str, *, text: str | None = TEXT) -> Locator:
    """Begin an evening, with a script unless `text` is None, and open its editor from the console's menu."""
    script = {} if text is None else {"script": await read_script(shop, room, text)}
    await shop.command(room, start_session((EGG, APPLE, TOFU), **script))
    await open_console(page, shop, room)
    return await open_again(page)


async def open_again(page: Page) -> Locator:
    await page.locator("lb-top-bar").get_by_role("button", name="更多").click()
    await page.get_by_role("dialog").get_by_role("button", name="写稿子").click()
    editor = page.get_by_role("dialog", name="今晚的稿子")
    await expect(editor.get_by_role("button", name="保存")).not_to_have_attribute("aria-busy", "true")
    return editor


async def save(editor: Locator) -> None:
    await editor.get_by_role("button", name="保存").click()
    await expect(editor).to_have_count(0)


async def sections(shop: Shop, room: str) -> list[Json]:
    script: Json = (await shop.snapshot(room))["session"]["script"]
    return list(script["sections"])


def cards(editor: Locator) -> Locator:
    return editor.locator("lb-card-list li")


async def turn(editor: Locator, way: str) -> None:
    await editor.get_by_role("radio", name=way).click()
    await expect(editor.get_by_role("button", name="保存")).not_to_have_attribute("aria-busy", "true")


async def test_the_menu_leads_to_the_teleprompter(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await open_console(page, shop, room)
    await page.locator("lb-top-bar").get_by_role("button", name="更多").click()
    await page.get_by_role("dialog").get_by_role("link", name="提词器").click()
    await expect(page.locator("lb-script-text h1")).to_have_text("今晚没有稿子")


async def test_a_section_is_changed_on_its_card_and_all_else_stays(page: Page, shop: Shop, room: str) -> None:
    editor = await open_editor(page, shop, room)
    before = await sections(shop, room)
    await expect(cards(editor)).to_have_count(6)
    await cards(editor).nth(1).locator("summary").click()
    await cards(editor).nth(1).get_by_label("几分钟").fill("8")
    await cards(editor).nth(1).get_by_label("要说的").fill("散养的\n蛋黄红")
    await save(editor)
    after = await sections(shop, room)
    assert (after[1]["minutes"], after[1]["points"]) == (8, ["散养的", "蛋黄红"])
    assert after[1]["launch"] == before[1]["launch"]
    assert [after[0], *after[2:]] == [before[0], *before[2:]]


async def test_cards_are_moved_taken_out_brought_back_and_added(page: Page, shop: Shop, room: str) -> None:
    editor = await open_editor(page, shop, room)
    await cards(editor).nth(4).locator("summary").click()
    await cards(editor).nth(4).get_by_role("button", name="上移").click()
    await cards(editor).nth(0).locator("summary").click()
    await cards(editor).nth(0).get_by_role("button", name="删除").click()
    await expect(cards(editor).nth(0)).to_contain_text("已删除：开场")
    await cards(editor).nth(0).get_by_role("button", name="撤回").click()
    await cards(editor).nth(1).locator("summary").click()
    await cards(editor).nth(1).get_by_role("button", name="删除").click()
    await editor.locator(".adds").get_by_role("button", name="闲聊").click()
    await cards(editor).nth(5).get_by_label("标题").fill("讲讲老家")
    await save(editor)
    titles = [(section["kind"], section["title"]) for section in await sections(shop, room)]
    assert titles == [
        ("opening", "开场"),
        ("flash", "土鸡蛋"),
        ("offer", "苹果"),
        ("bag", "福袋"),
        ("talk", "讲讲老家"),
        ("closing", "结束"),
    ]


async def test_a_deal_is_added_with_two_taps_and_launches_what_it_says(page: Page, shop: Shop, room: str) -> None:
    editor = await open_editor(page, shop, room, text=None)
    await editor.locator(".adds").get_by_role("button", name="秒杀").click()
    await cards(editor).nth(0).get_by_label("商品", exact=True).select_option(label="2号 红富士苹果")
    await expect(cards(editor).nth(0).get_by_label("怎么开")).to_have_value("秒杀 26.90元 限量10 每人1 2分钟 预告10秒")
    await save(editor)
    [deal] = await sections(shop, room)
    assert (deal["kind"], deal["offer_id"], deal["launch"]["price"]) == ("flash", "apple", "26.90")


async def test_cards_and_text_are_the_same_script(page: Page, shop: Shop, room: str) -> None:
    editor = await open_editor(page, shop, room)
    await turn(editor, "文字")
    text = editor.get_by_role("textbox", name="稿子的文字")
    await expect(text).to_have_value(TEXT.replace("## ", "\n## ").removeprefix("\n"))
    await text.fill("## 2号 苹果 4分钟\n- 脆甜\n> 扣2 20秒\n")
    await turn(editor, "卡片")
    await expect(cards(editor)).to_have_count(1)
    await expect(cards(editor)).to_contain_text("苹果")
    await save(editor)
    [apple] = await sections(shop, room)
    assert (apple["offer_id"], apple["launch"]["keyword"], apple["launch"]["ref_id"]) == ("apple", "2", "apple")


async def test_every_fault_is_shown_at_once_and_nothing_is_saved_before_it_is_mended(
    page: Page, shop: Shop, room: str
) -> None:
    editor = await open_editor(page, shop, room)
    before = await sections(shop, room)
    await turn(editor, "文字")
    text = editor.get_by_role("textbox", name="稿子的文字")
    wrong = "## 9号 5分钟\n> 秒杀 十块\n## 闲聊\n> 跳个舞\n"
    await text.fill(wrong)
    await editor.get_by_role("button", name="保存").click()
    faults = editor.get_by_role("alert")
    await expect(faults).to_contain_text("有 6 处要改")
    await expect(faults).to_contain_text("第 1 行：清单里没有 9号。清单里有 1、2、3 号")
    await expect(faults).to_contain_text("第 4 行：看不懂要开什么：“跳个舞”")
    await expect(text).to_have_value(wrong)
    assert await sections(shop, room) == before
    await turn(editor, "卡片")
    await expect(cards(editor).nth(0)).to_contain_text("清单里没有 9号")
    await expect(cards(editor).nth(1)).to_contain_text("看不懂要开什么")


async def test_a_script_is_made_of_the_goods_and_replaces_one_only_at_the_second_tap(
    page: Page, shop: Shop, room: str
) -> None:
    editor = await open_editor(page, shop, room)
    await editor.get_by_role("button", name="按商品清单生成").click()
    await expect(cards(editor)).to_have_count(6)
    await editor.get_by_role("button", name="会换掉现在的稿子，再点一次").click()
    await expect(cards(editor)).to_have_count(7)
    await save(editor)
    kinds = [section["kind"] for section in await sections(shop, room)]
    assert kinds == ["opening", "offer", "offer", "offer", "bag", "flash", "closing"]


async def test_what_was_not_saved_is_there_again_after_the_sheet_was_closed(page: Page, shop: Shop, room: str) -> None:
    editor = await open_editor(page, shop, room)
    await cards(editor).nth(1).locator("summary").click()
    await cards(editor).nth(1).get_by_label("标题").fill("王大叔的蛋")
    await page.keyboard.press("Escape")
    await expect(editor).to_have_count(0)
    editor = await open_again(page)
    await expect(editor).to_contain_text("接着上次没保存的写")
    await expect(cards(editor).nth(1)).to_contain_text("王大叔的蛋")
    await save(editor)
    assert (await sections(shop, room))[1]["title"] == "王大叔的蛋"
    editor = await open_again(page)
    await expect(editor).not_to_contain_text("接着上次没保存的写")


async def test_what_was_not_saved_can_be_dropped_for_the_script_as_it_is(page: Page, shop: Shop, room: str) -> None:
    editor = await open_editor(page, shop, room)
    await cards(editor).nth(1).locator("summary").click()
    await cards(editor).nth(1).get_by_label("标题").fill("王大叔的蛋")
    await page.keyboard.press("Escape")
    await expect(editor).to_have_count(0)
    editor = await open_again(page)
    await editor.get_by_role("button", name="不要了，用现在的稿子").click()
    await expect(cards(editor).nth(1)).to_contain_text("土鸡蛋")
    await expect(editor.get_by_role("button", name="不要了，用现在的稿子")).to_be_hidden()


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_editor_can_be_read_tapped_and_named(page: Page, shop: Shop, room: str, theme: str) -> None:
    await page.add_init_script(f"localStorage.setItem('linbo-theme', '{theme}')")
    editor = await open_editor(page, shop, room)
    await cards(editor).nth(2).locator("summary").click()
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    assert await page.evaluate(AUDIT) == []
    await turn(editor, "文字")
    await editor.get_by_role("textbox", name="稿子的文字").fill("嗨")
    await editor.get_by_role("button", name="保存").click()
    await expect(editor.get_by_role("alert")).to_contain_text("有 1 处要改")
    assert await page.evaluate(AUDIT) == []
