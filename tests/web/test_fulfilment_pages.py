from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from live.reports.fulfilment.papers import render_paper
from live.web.fulfilment_pages import PAPERS, fulfilment_pages
from tests.web.shop import START, bring, comment, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.shop import Shop

MOUNTS = [fulfilment_pages(render_paper)]


async def an_evening(shop: Shop) -> str:
    """Somebody orders eggs; the address of the session's report."""
    [started, *_] = await shop.done(START)
    await bring(shop, [comment("m-1", "要两箱鸡蛋", name="张姐")])
    return f"{shop.base}/reports/{started['data']['session']['id']}"


async def test_the_host_opens_purchase_order_pick_list_and_labels(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        report = await an_evening(shop)
        shown = {"purchase": "采购单", "picklist": "张姐", "labels": "张*", "labels?format=58mm&names=full": "张姐"}
        for name, words in shown.items():
            answer = await shop.client.get(f"{report}/{name}", headers=shop.bearer(shop.tokens.host))
            assert (answer.status, answer.content_type, answer.charset) == (200, "text/html", "utf-8")
            assert words in await answer.text()
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store"


async def test_the_workbook_is_saved_under_its_name(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        report = await an_evening(shop)
        answer = await shop.client.get(f"{report}/fulfilment.xlsx", headers=shop.bearer(shop.tokens.host))
        assert answer.status == 200
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="fulfilment.xlsx"')
        book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
        assert book.sheetnames == ["采购单", "拣货单", "按商品", "标签"]


async def test_two_rooms_of_one_cycle_are_on_one_paper(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        report = await an_evening(shop)
        await shop.done(START, room="second")
        viewer = {"platform": "page", "name": "李哥"}
        await shop.done({"type": "reserve", "viewer": viewer, "offer_id": "egg", "quantity": 3}, room="second")
        answer = await shop.client.get(f"{report}/picklist", headers=shop.bearer(shop.tokens.host))
        text = await answer.text()
        assert "张姐" in text
        assert "李哥" in text
        assert "直播间 main、second" in text


async def test_a_format_that_there_is_not_is_answered_with_those_there_are(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        report = await an_evening(shop)
        answer = await shop.client.get(f"{report}/labels?format=80mm&names=x", headers=shop.bearer(shop.tokens.host))
        assert answer.status == 400
        text = await answer.text()
        assert "a4、58mm" in text
        assert "masked、full" in text
        assert "80mm" not in text


async def test_papers_of_an_unknown_evening_are_404_with_a_way_on(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        for paper in PAPERS:
            answer = await shop.client.get(
                f"{shop.base}/reports/none/{paper.name}", headers=shop.bearer(shop.tokens.host)
            )
            assert answer.status == 404
            assert "没有这一场" in await answer.text()


async def test_papers_are_for_the_host_alone(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        report = await an_evening(shop)
        for paper in PAPERS:
            for token in (shop.tokens.overlay, shop.tokens.ingest, ""):
                answer = await shop.client.get(f"{report}/{paper.name}", headers=shop.bearer(token))
                assert answer.status == 401
                assert "张" not in await answer.text()
