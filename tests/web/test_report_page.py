from __future__ import annotations

from typing import TYPE_CHECKING

from live.reports.facts import facts_of
from live.reports.html import report_html
from live.web.report_page import report_page
from tests.web.shop import START, bring, comment, open_shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.store.port import SessionRecord


def render(record: SessionRecord) -> str:
    return report_html(facts_of(record))


MOUNTS = [report_page(render)]


async def test_the_host_reads_the_report_of_an_evening(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        [started, *_] = await shop.done(START)
        await bring(shop, [comment("m-1", "<script>alert(1)</script>")])
        url = f"{shop.base}/reports/{started['data']['session']['id']}"
        answer = await shop.client.get(url, headers=shop.bearer(shop.tokens.host))
        text = await answer.text()
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert "周三晚场" in text
        assert "<script" not in text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_an_unknown_evening_is_404_with_a_way_on(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        answer = await shop.client.get(f"{shop.base}/reports/none", headers=shop.bearer(shop.tokens.host))
        assert answer.status == 404
        assert "没有这一场" in await answer.text()


async def test_a_report_is_for_the_host_alone(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        for token in (shop.tokens.overlay, shop.tokens.ingest, ""):
            answer = await shop.client.get(f"{shop.base}/reports/none", headers=shop.bearer(token))
            assert answer.status == 401


async def test_a_link_with_the_token_becomes_a_cookie_here_too(tmp_path: Path) -> None:
    async with open_shop(tmp_path, mounts=MOUNTS) as shop:
        url = f"{shop.base}/reports/none?token={shop.tokens.host}"
        answer = await shop.client.get(url, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "./none")
        assert (await shop.client.get(f"{shop.base}/reports/none")).status == 404
