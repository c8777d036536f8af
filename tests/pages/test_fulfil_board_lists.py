"""What leaves the shop, in the section 交付: letters that did not arrive, tables, and the 接龙 out and in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.pages.shop import APPLE, EGG, TOFU, start_session
from tests.pages.test_console import go_to, open_console
from tests.pages.views import AUDIT

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Route

    from tests.pages.shop import Json, Shop

pytestmark = pytest.mark.asyncio(loop_scope="package")

MOVED_OUT = "机器人被移出群了，请重新复制地址"
PASTED = """#接龙
今晚的鸡蛋和苹果
1. 张姐 鸡蛋2箱
2. 李叔 随便
3. 老周 鸡蛋来一箱行吗
4. 王婶 苹果5袋
"""


def target(name: str, form: str | None, **more: object) -> Json:
    """A target that is well, but for what a test says."""
    well = {"to": "qyapi.weixin.qq.com", "rooms": None, "state": "ok", "delivered": 4, "delivered_at": None}
    return {"name": name, "form": form} | well | {"waiting": 0, "oldest_at": None, "dead": 0} | {"last_error": None, "failed_at": None} | more  # fmt: skip


def letter(letter_id: str, kind: str, **more: object) -> Json:
    """A letter to 团长群 that was given up."""
    about = {"id": letter_id, "target": "团长群", "room": "main", "seq": 9, "kind": kind, "form": "markdown"}
    return about | {"name": "", "attempts": 1, "made_at": "2026-01-07T21:30:00+08:00", "error": MOVED_OUT} | more


async def tells(page: Page, *answers: Json) -> list[str]:
    """Have the service tell of its targets so, the last answer from then on; gives the ids that are tried again."""
    left, retried = list(answers), list[str]()

    async def outbound(route: Route) -> None:
        await route.fulfill(json=left.pop(0) if len(left) > 1 else left[0])

    async def retry(route: Route) -> None:
        retried.append(route.request.url.split("/")[-2])
        await route.fulfill(json={"id": retried[-1], "state": "waiting"})

    await page.route("**/api/v1/outbound", outbound)
    await page.route("**/api/v1/outbound/*/retry", retry)
    return retried


def fulfil_tab(page: Page) -> Locator:
    return page.get_by_role("navigation").get_by_role("button", name="交付")


async def without_the_async_clipboard(page: Page, *, old_way: bool) -> None:
    """What a page has on plain http; some browsers refuse the old way as well."""
    await page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    if not old_way:
        await page.add_init_script("document.execCommand = () => false")


async def selected(page: Page) -> str:
    text: str = await page.evaluate(
        "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)"
    )
    return text


async def paste(page: Page, text: str) -> None:
    await page.get_by_role("button", name="粘贴接龙").click()
    await page.get_by_label("把群里的接龙粘贴在这里").fill(text)
    await page.get_by_role("button", name="看看订了什么").click()


async def quantities(shop: Shop, room: str) -> set[tuple[str, str, int, str]]:
    rows = (await shop.snapshot(room))["reservations"]
    return {(r["viewer"]["name"], r["offer_id"], r["quantity"], r["state"]) for r in rows}


async def test_nothing_is_said_of_messages_where_none_are_set_up(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    async with page.expect_response("**/api/v1/outbound") as answer:
        await open_console(page, shop, room, tab="交付")
    assert (await (await answer.value).json()) == {"targets": [], "dead": []}
    await expect(page.locator("lb-cycle-card")).to_be_visible()
    await expect(page.locator("lb-target-card")).to_have_count(0)
    await expect(fulfil_tab(page).locator(".badge")).to_be_hidden()


async def test_nothing_is_said_of_a_target_that_is_well_or_was_taken_out(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    gone = target("旧群", None, state="off", dead=3)
    await tells(
        page, {"targets": [target("erp", "webhook"), gone], "dead": [letter("a", "cycle_closed", target="旧群")]}
    )
    async with page.expect_response("**/api/v1/outbound"):
        await open_console(page, shop, room, tab="交付")
    await expect(page.locator("lb-cycle-card")).to_be_visible()
    await expect(page.locator("lb-target-card")).to_have_count(0)


async def test_a_letter_that_was_given_up_is_sent_again_with_one_tap(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    two = target("团长群", "wecom", state="failing", dead=2, last_error=MOVED_OUT)
    file = letter("bb22", "cycle_closed", form="file", name="拣货单-0108.xlsx", error="HTTP 413：太大了")
    both = {"targets": [two], "dead": [letter("aa11", "goods_ready"), file]}
    one = {"targets": [two | {"dead": 1}], "dead": [file]}
    retried = await tells(page, both, one)
    await open_console(page, shop, room)
    await expect(fulfil_tab(page)).to_contain_text("1")
    await go_to(page, "交付")
    card = page.locator("lb-target-card")
    await expect(card).to_contain_text(f"企业微信群“团长群”有 2 条没发出去{MOVED_OUT}")
    await expect(card).to_contain_text("拣货单-0108.xlsx")
    await expect(card).to_contain_text("HTTP 413：太大了")
    assert await page.evaluate(AUDIT) == []
    await card.get_by_role("button", name="再发一次：到货").click()
    await expect(card).to_contain_text("有 1 条没发出去")
    await expect(card.get_by_role("button")).to_have_count(1)
    await expect(page.locator("lb-toast-line")).to_contain_text("已重新排队")
    assert retried == ["aa11"]


async def test_a_target_that_waits_long_is_told_of_without_a_tap(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    waits = {"state": "failing", "waiting": 3, "oldest_at": "2020-01-07T21:30:00+08:00"}
    await tells(page, {"targets": [target("erp", "webhook", last_error="连不上", **waits)], "dead": []})
    await open_console(page, shop, room, tab="交付")
    card = page.locator("lb-target-card")
    await expect(card).to_contain_text(re.compile(r"外部系统“erp”有 3 条等了 \d+ 小时 \d+ 分还没发出去连不上"))
    await expect(card).to_contain_text("会自动补发")
    await expect(card.get_by_role("button")).to_have_count(0)


async def test_a_letter_that_is_no_longer_there_is_said_so(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session())
    await tells(page, {"targets": [target("团长群", "wecom", dead=1)], "dead": [letter("0" * 32, "goods_ready")]})
    await page.unroute("**/api/v1/outbound/*/retry")
    await open_console(page, shop, room, tab="交付")
    await page.get_by_role("button", name="再发一次").click()
    await expect(page.locator("lb-toast-line")).to_contain_text("它已经送到了")


async def test_the_tables_of_the_newest_session_are_two_taps_away(page: Page, shop: Shop, room: str) -> None:
    for command in (start_session(title="昨晚"), {"type": "close_cycle"}, {"type": "end_session"}):
        await shop.command(room, command)
    await shop.command(room, start_session(title="今晚"))
    await shop.say(room, ("张秀英", "要2箱鸡蛋"))
    await open_console(page, shop, room, tab="交付")
    session = (await shop.snapshot(room))["session"]["id"]
    base = f"{shop.base}/api/v1/rooms/{room}/export"
    for name, suffix in (("全部表格（Excel）", "xlsx"), ("订单（CSV）", "csv")):
        link = page.get_by_role("link", name=name)
        await expect(link).to_have_count(1)
        await expect(link).to_have_attribute("href", f"{base}.{suffix}?session={session}")
        async with page.expect_download() as download:
            await link.click()
        assert (await download.value).suggested_filename.startswith("今晚")
        assert (await download.value).suggested_filename.endswith(suffix)


async def test_either_list_is_copied_for_the_group(page: Page, shop: Shop, room: str) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await shop.command(room, start_session([EGG, APPLE]))
    await shop.say(room, ("张秀英", "要2箱鸡蛋"))
    await open_console(page, shop, room, tab="交付")
    await page.get_by_role("button", name="复制接龙").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("接龙")).to_have_value(re.compile("1号 土鸡蛋 30 枚 39.90元/箱"))
    await dialog.get_by_role("radio", name="谁订了什么").click()
    await expect(dialog.get_by_label("接龙")).to_have_value(re.compile("1. 张\\* 鸡蛋2箱"))
    assert await page.evaluate(AUDIT) == []
    await dialog.get_by_role("button", name="复制").click()
    await expect(dialog).to_contain_text("已复制，去群里粘贴")
    assert "1. 张* 鸡蛋2箱" in await page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(("old_way", "said"), [(True, "已复制"), (False, "长按它，在菜单里点“复制”")])
async def test_on_plain_http_the_list_is_copied_the_old_way_or_stands_selected(
    page: Page, shop: Shop, room: str, old_way: bool, said: str
) -> None:
    await without_the_async_clipboard(page, old_way=old_way)
    await shop.command(room, start_session([EGG]))
    await open_console(page, shop, room, tab="交付")
    await page.get_by_role("button", name="复制接龙").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="复制").click()
    await expect(dialog).to_contain_text(said)
    assert (await selected(page)).startswith("#接龙\n今晚接单")


async def test_a_pasted_list_is_read_first_and_books_what_is_ticked(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG, APPLE, TOFU]))
    await open_console(page, shop, room, tab="交付")
    await paste(page, PASTED)
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("读到 3 条")
    await expect(dialog.get_by_role("checkbox", name="张姐 · 土鸡蛋 2 箱")).to_be_checked()
    await expect(dialog.get_by_role("checkbox", name="老周")).not_to_be_checked()
    await expect(dialog).to_contain_text("话里有疑问，请确认")
    await expect(dialog).to_contain_text(re.compile("第 4 行：李叔 随便.*没读出要什么"))
    assert await page.evaluate(AUDIT) == []
    assert await quantities(shop, room) == set()
    await dialog.get_by_role("button", name="订 2 条").click()
    await expect(dialog.get_by_role("listitem").filter(has_text="张姐")).to_contain_text("已订上")
    await expect(dialog.get_by_role("listitem").filter(has_text="王婶")).to_contain_text("不够的排了候补")
    await expect(dialog.get_by_role("button", name="订 0 条")).to_be_disabled()
    booked = {("张姐", "egg", 2, "reserved"), ("王婶", "apple", 3, "reserved"), ("王婶", "apple", 2, "waitlisted")}
    assert await quantities(shop, room) == booked
    await dialog.get_by_role("button", name="好了").click()
    await paste(page, PASTED + "5. 小赵 鸡蛋1箱\n")
    await expect(dialog.get_by_role("checkbox", name="张姐")).not_to_be_checked()
    await expect(dialog).to_contain_text("已有 2 箱，再订会加上去")
    await dialog.get_by_role("checkbox", name="张姐").check()
    await dialog.get_by_role("button", name="订 2 条").click()
    await expect(dialog.get_by_role("listitem").filter(has_text="小赵")).to_contain_text("已订上")
    assert await quantities(shop, room) == booked | {("小赵", "egg", 1, "reserved")}, "no line is booked twice"


async def test_what_is_refused_says_why_and_the_rest_is_booked(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG | {"per_viewer_limit": 1}, APPLE]))
    await open_console(page, shop, room, tab="交付")
    await paste(page, "1. 张姐 鸡蛋2箱\n2. 李叔 苹果1袋")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="订 2 条").click()
    await expect(dialog.get_by_role("listitem").filter(has_text="李叔")).to_contain_text("已订上")
    await expect(dialog.get_by_role("listitem").filter(has_text="张姐")).to_contain_text("土鸡蛋 30 枚每人限购 1 箱")
    await expect(dialog.get_by_role("checkbox", name="张姐")).not_to_be_checked()
    assert await quantities(shop, room) == {("李叔", "apple", 1, "reserved")}


async def test_a_list_without_orders_can_be_changed_and_read_again(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG, APPLE]))
    await open_console(page, shop, room, tab="交付")
    await paste(page, "1. 李叔 随便")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("读到 0 条")
    await expect(dialog.get_by_role("button", name="订 0 条")).to_be_disabled()
    await dialog.get_by_role("button", name="改一改").click()
    await expect(page.get_by_label("把群里的接龙粘贴在这里")).to_have_value("1. 李叔 随便")


async def test_a_list_that_is_too_long_is_refused_in_the_sheet(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG]))
    await open_console(page, shop, room, tab="交付")
    await paste(page, "1. 张姐 鸡蛋1箱\n" * 1_001)
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("最多 1000 行")


async def test_when_the_line_is_lost_the_booking_stops_and_goes_on_with_the_next_tap(
    page: Page, shop: Shop, room: str
) -> None:
    await shop.command(room, start_session([EGG, APPLE]))
    await open_console(page, shop, room, tab="交付")
    await paste(page, "1. 张姐 鸡蛋2箱\n2. 李叔 苹果1袋")
    dialog = page.get_by_role("dialog")
    await page.route("**/commands", lambda route: route.abort())
    await dialog.get_by_role("button", name="订 2 条").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("连不上服务")
    await page.unroute("**/commands")
    await dialog.get_by_role("button", name="订 2 条").click()
    await expect(dialog.get_by_text("已订上")).to_have_count(2)
    assert await quantities(shop, room) == {("张姐", "egg", 2, "reserved"), ("李叔", "apple", 1, "reserved")}


async def test_the_lists_fit_a_small_phone_with_the_longest_words(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG, APPLE]))
    why = "https://qyapi.weixin.qq.com" + "/cgi" * 40
    await tells(page, {"targets": [target("群" * 60, "wecom", dead=40)], "dead": [letter(str(i), "cycle_closed", target="群" * 60, error=why, name="拣货单" * 20) for i in range(12)]})  # fmt: skip
    await open_console(page, shop, room, tab="交付")
    await expect(page.locator("lb-target-card")).to_contain_text("另外还有 30 条")
    assert await page.evaluate("document.querySelector('lb-fulfil-board').scrollWidth") <= 360
    await paste(page, f"1. {'名' * 90} 鸡蛋2箱\n2. {'很长的话' * 60}")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("checkbox")).to_have_count(1)
    assert await dialog.evaluate("(dialog) => dialog.scrollWidth") <= 360


async def test_the_host_says_what_a_line_means_that_names_no_goods(page: Page, shop: Shop, room: str) -> None:
    await shop.command(room, start_session([EGG, APPLE]))
    await open_console(page, shop, room, tab="交付")
    await paste(page, "1. 张姐 2\n2. 李叔 苹果1袋")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("读到 1 条")
    await dialog.get_by_role("button", name="改一改").click()
    await dialog.get_by_label("没写商品的行，算哪一样").select_option(label="1 土鸡蛋 30 枚")
    assert await page.evaluate(AUDIT) == []
    await dialog.get_by_role("button", name="看看订了什么").click()
    await expect(dialog).to_contain_text("读到 2 条")
    await expect(dialog).to_contain_text("张姐 · 土鸡蛋 2 箱")
    await dialog.get_by_role("button", name="改一改").click()
    await expect(dialog.get_by_label("没写商品的行，算哪一样")).to_have_value("egg")
