"""The public page of a draw and its saved file, in a browser, on a phone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import expect

from live.web.draw_pages import draw_mount
from tests.pages.views import AUDIT
from tests.web.draws import Bag, told_of
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.asyncio(loop_scope="package")
ASK_UNTIL_CLAIMED = """() => {
  dispatchEvent(new Event("online"));
  return [...document.querySelectorAll(".won .chip")].at(-1).textContent === "已领";
}"""

CHINA = timezone(timedelta(hours=8))
BREAKS_OUT = '</script><img src=x onerror="document.title=1"><b>"\'&amp;\u202e'


class House:
    """A shop whose draws a test tells."""

    def __init__(self, base: str, bag: Bag) -> None:
        self.base, self.bag = base, bag

    def tell(self, **told: dict[str, Any]) -> None:
        self.bag.told.update(told)

    def page(self, giveaway_id: str, more: str = "") -> str:
        return f"{self.base}/draw/{giveaway_id}{more}"


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    bag = Bag()
    async with open_shop(tmp_path_factory.mktemp("draws"), mounts=[draw_mount(bag)]) as shop:
        yield House(shop.base, bag)


def in_a_moment(seconds: float) -> str:
    return (datetime.now(CHINA) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def asked_by(page: Page) -> list[str]:
    """Every address that the page asks from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


async def check(page: Page) -> None:
    await page.get_by_role("button", name="在我的手机上核对").click()
    await expect(page.locator(".verdict strong")).to_be_visible()


async def test_a_draw_that_holds_is_ticked_step_by_step(page: Page, house: House) -> None:
    house.tell(holds=told_of(entries=40, counts=[2, 1]))
    await page.goto(house.page("holds"))
    await expect(page.locator(".won li strong")).to_have_text(["张*", "梅*", "东*"])
    await expect(page.locator(".won")).to_contain_text("第 2 轮，重抽：过期没来领")
    await check(page)
    await expect(page.locator(".verdict strong")).to_have_text("全部对得上")
    await expect(page.locator('.steps > li[data-good="true"]')).to_have_count(5)


async def test_the_check_asks_nobody_anything(page: Page, house: House) -> None:
    house.tell(quiet=told_of())
    await page.goto(house.page("quiet"))
    await expect(page.locator(".check .go")).to_be_visible()
    asked = asked_by(page)
    await check(page)
    assert asked == []


async def test_a_seed_that_was_changed_is_told_in_red_words(page: Page, house: House) -> None:
    told = told_of(entries=40)
    told["record"]["seed"] = "00" * 32
    house.tell(changed=told)
    await page.goto(house.page("changed"))
    await check(page)
    await expect(page.locator(".verdict strong")).to_have_text("对不上")
    await expect(page.locator('[data-step="seed"]')).to_contain_text("种子换过了")
    await expect(page.locator('[data-step="list"] .chip')).to_have_text("对得上")


async def test_while_it_is_open_the_page_shows_rules_seal_and_countdown_and_no_winner(page: Page, house: House) -> None:
    house.tell(opening=told_of(state="open", closes_at=in_a_moment(90), entries=1288))
    await page.goto(house.page("opening"))
    await expect(page.locator("header .chip")).to_contain_text("正在报名，还剩 1 分")
    await expect(page.locator("header")).to_contain_text("已有 1,288 人参与")
    await expect(page.locator(".rules")).to_contain_text("柳树湾土鸡蛋 30 枚一箱")
    await expect(page.locator(".seal code")).to_have_text(told_of()["record"]["commitment"])
    await expect(page.locator(".won, .check, .find")).to_have_count(0)


async def test_the_page_follows_the_draw_to_its_end_and_compares_what_it_saw_before(page: Page, house: House) -> None:
    house.tell(follow=told_of(state="open", closes_at=in_a_moment(0.2)))
    await page.goto(house.page("follow"))
    await expect(page.locator("header .chip")).to_contain_text("正在报名")
    house.tell(follow=told_of(state="closed"))
    await expect(page.locator(".locked code")).to_be_visible(timeout=10_000)
    house.tell(follow=told_of())
    await expect(page.locator(".won")).to_be_visible(timeout=10_000)
    await check(page)
    await expect(page.locator('[data-step="before"] .chip')).to_have_text("对得上")


async def test_a_round_that_is_not_there_yet_is_named_once_the_list_is_locked(page: Page, house: House) -> None:
    told = told_of(state="closed")
    told["record"]["witness"] = {"kind": "drand", "round": 4711}
    house.tell(beacon=told)
    await page.goto(house.page("beacon"))
    await expect(page.locator(".locked")).to_contain_text("公共随机数第 4711 期")


async def test_rules_that_were_changed_behind_the_viewers_back_are_told(page: Page, house: House) -> None:
    house.tell(behind=told_of(state="open", closes_at=in_a_moment(2)))
    await page.goto(house.page("behind"))
    await expect(page.locator(".seal")).to_contain_text("这台手机已记下这个指纹")
    house.tell(behind=told_of(rules={"prize": "一盒火柴"}))
    await expect(page.locator(".won")).to_be_visible(timeout=15_000)
    await check(page)
    await expect(page.locator('[data-step="before"]')).to_contain_text("和现在的不一样")
    await expect(page.locator(".verdict strong")).to_have_text("对不上")


async def test_a_viewer_finds_their_entry_and_learns_where_it_came_out(page: Page, house: House) -> None:
    told = told_of(entries=40, counts=[1])
    [winner] = told["record"]["rounds"][0]["winners"]
    loser = next(each for each in told["record"]["entries"] if each != winner)
    house.tell(find=told)
    await page.goto(house.page("find"))
    field, said = page.get_by_label("我的参与号"), page.locator(".find .said")
    await field.fill(loser[:10].upper())
    await expect(said).to_contain_text("在名单里，没有中。40 个号里它排第")
    await field.fill(winner)
    await expect(said).to_have_text("这个号中了：第 1 轮第 1 名。")
    await field.fill("zz")
    await expect(said).to_contain_text("没有这样开头的号")


async def test_everybody_sees_who_has_fetched_the_prize(page: Page, house: House) -> None:
    told = told_of(entries=40, counts=[2, 1])
    [[one, other], [third]] = [each["winners"] for each in told["record"]["rounds"]]
    house.tell(fetched=told | {"states": {one: "claimed", other: "forfeited", third: "won"}})
    await page.goto(house.page("fetched"))
    await expect(page.locator(".won .chip")).to_have_text(["已领", "没领，已让出", "等着来领"])
    await page.get_by_label("我的参与号").fill(one)
    await check(page)
    house.tell(fetched=told | {"states": {one: "claimed", other: "forfeited", third: "claimed"}})
    await page.wait_for_function(ASK_UNTIL_CLAIMED, polling=300)
    await expect(page.locator(".find .said")).to_contain_text("这个号中了")
    await expect(page.locator(".verdict strong")).to_be_visible()


async def test_an_address_may_name_the_entry(page: Page, house: House) -> None:
    told = told_of(counts=[1])
    house.tell(anchor=told)
    await page.goto(house.page("anchor", f"#{told['record']['rounds'][0]['winners'][0]}"))
    await expect(page.locator(".find .said")).to_have_text("这个号中了：第 1 轮第 1 名。")


async def test_a_draw_that_nobody_entered_is_told_and_holds(page: Page, house: House) -> None:
    house.tell(nobody=told_of(entries=0, counts=[1], comments=[]))
    await page.goto(house.page("nobody"))
    await expect(page.locator(".won")).to_contain_text("没有人参与，奖品没有送出")
    await check(page)
    await expect(page.locator(".verdict strong")).to_have_text("全部对得上")


async def test_words_of_strangers_stay_words(page: Page, house: House) -> None:
    told = told_of(comments=[("m-1", BREAKS_OUT)], rules={"prize": BREAKS_OUT, "title": BREAKS_OUT, "how": BREAKS_OUT})
    house.tell(strange=told | {"names": dict.fromkeys(told["names"], BREAKS_OUT)})
    await page.goto(house.page("strange"))
    await check(page)
    await expect(page.locator(".verdict strong")).to_have_text("全部对得上")
    assert await page.locator("main img, main b").count() == 0


async def test_nothing_is_wider_than_a_small_phone(page: Page, house: House) -> None:
    long = {"title": "柳树湾散养老母鸡" * 6, "prize": "x" * 200, "how": "y" * 200, "prize_value": "49999.99"}
    house.tell(long=told_of(entries=60, counts=[9, 2], rules=long))
    await page.goto(house.page("long"))
    await check(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_an_unknown_draw_is_a_page_in_words(page: Page, house: House) -> None:
    answer = await page.goto(house.page("nothing-here"))
    assert answer is not None
    assert answer.status == 404
    await expect(page.locator("main")).to_contain_text("没有这次抽奖")


async def test_the_page_speaks_english_where_it_is_asked_to(page: Page, house: House) -> None:
    house.tell(english=told_of())
    await page.goto(house.page("english", "?lang=en"))
    await page.get_by_role("button", name="Check on my phone").click()
    await expect(page.locator(".verdict strong")).to_have_text("It all agrees")


async def saved(context: BrowserContext, house: House, giveaway_id: str, folder: Path) -> Path:
    answer = await context.request.get(house.page(giveaway_id, ".html"))
    path = folder / "抽奖核对.html"
    path.write_bytes(await answer.body())
    return path


async def test_the_saved_file_opens_from_a_phones_storage_and_checks_itself(
    context: BrowserContext, page: Page, house: House, tmp_path: Path
) -> None:
    told = told_of(entries=40, counts=[2, 1], comments=[("m-1", BREAKS_OUT), ("m-2", "🥚")])
    house.tell(save=told)
    path = await saved(context, house, "save", tmp_path)
    asked = asked_by(page)
    await page.goto(path.as_uri())
    await expect(page.locator(".saved")).to_contain_text("存下来的文件，不联网也能核对")
    await check(page)
    await expect(page.locator(".verdict strong")).to_have_text("全部对得上")
    await page.get_by_label("我的参与号").fill(told["record"]["rounds"][1]["winners"][0])
    await expect(page.locator(".find .said")).to_have_text("这个号中了：第 2 轮第 1 名。")
    assert asked == [page.url]


async def test_the_saved_file_can_reach_nobody(
    context: BrowserContext, page: Page, house: House, tmp_path: Path
) -> None:
    house.tell(alone=told_of())
    await page.goto((await saved(context, house, "alone", tmp_path)).as_uri())
    refused = await page.evaluate("url => fetch(url, {mode: 'no-cors'}).then(() => false, () => true)", house.base)
    assert refused


async def test_a_file_saved_before_the_draw_keeps_the_rules_and_the_seal(
    context: BrowserContext, page: Page, house: House, tmp_path: Path
) -> None:
    house.tell(early=told_of(state="open", closes_at=in_a_moment(600)))
    await page.goto((await saved(context, house, "early", tmp_path)).as_uri())
    await expect(page.locator(".seal code")).to_have_text(told_of()["record"]["commitment"])
    await expect(page.locator(".check")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["open", "closed", "holds", "differs"])
async def test_it_can_be_read_tapped_and_named(
    browser: Browser, house: House, state: str, scheme: Literal["light", "dark"]
) -> None:
    told = told_of(entries=40, counts=[3, 1], state="drawn" if state in {"holds", "differs"} else state)
    if state == "differs":
        told["record"]["seed"] = "00" * 32
    house.tell(**{f"read-{state}-{scheme}": told})
    context = await browser.new_context(
        viewport={"width": 360, "height": 640}, locale="zh-CN", color_scheme=scheme, reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(house.page(f"read-{state}-{scheme}"))
    await expect(page.locator("main > header")).to_be_visible()
    if told["state"] == "drawn":
        await page.get_by_label("我的参与号").fill(told["record"]["entries"][3])
        await check(page)
        await page.locator("summary").first.click()
    faults = await page.evaluate(AUDIT)
    await context.close()
    assert faults == []
