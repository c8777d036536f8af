from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from live.reports.exports import TABLES as WRITTEN
from live.reports.exports import Exports
from live.web.export import TABLES, exports_mount
from tests.web.shop import ROOM, bring, buyers, open_shop

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from multidict import CIMultiDictProxy

    from tests.web.shop import Shop


def exporting(folder: Path) -> AbstractAsyncContextManager[Shop]:
    return open_shop(folder, mounts=[exports_mount(Exports())])


async def get(
    shop: Shop, form: str, query: str = "", *, room: str = ROOM, token: str | None = None
) -> tuple[int, CIMultiDictProxy[str], bytes]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    async with shop.client.get(f"{shop.base}/api/v1/rooms/{room}/export.{form}{query}", headers=headers) as answer:
        return answer.status, answer.headers, await answer.read()


def test_what_can_be_asked_for_is_what_is_written() -> None:
    assert TABLES == WRITTEN


@pytest.mark.parametrize(("table", "rows"), [("reservations", 3), ("offers", 2), ("comments", 3)])
async def test_each_table_comes_as_a_file_that_excel_opens(tmp_path: Path, table: str, rows: int) -> None:
    async with exporting(tmp_path) as shop:
        await shop.start()
        await bring(shop, buyers(3))
        status, headers, body = await get(shop, "csv", f"?table={table}")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/csv", "no-store")
    assert headers["Content-Disposition"].startswith("attachment; filename=\"linbo.csv\"; filename*=UTF-8''%E5%91%A8")
    assert body.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))) == rows


async def test_reservations_come_where_no_table_is_named(tmp_path: Path) -> None:
    async with exporting(tmp_path) as shop:
        await shop.start()
        assert "提货码" in (await get(shop, "csv"))[2].decode("utf-8-sig")


async def test_all_of_it_comes_as_one_workbook(tmp_path: Path) -> None:
    async with exporting(tmp_path) as shop:
        await shop.start()
        await bring(shop, buyers(3))
        status, headers, body = await get(shop, "xlsx")
    assert (status, headers["Content-Type"].rpartition(".")[2]) == (200, "sheet")
    assert openpyxl.load_workbook(io.BytesIO(body)).sheetnames == ["预订", "商品", "评论"]


async def test_an_evening_before_is_found_by_its_id_in_its_own_room_alone(tmp_path: Path) -> None:
    async with exporting(tmp_path) as shop:
        await shop.start()
        await bring(shop, buyers(1))
        first = (await shop.snapshot())["session"]["id"]
        await shop.done({"type": "end_session"})
        await shop.start()
        assert len((await get(shop, "csv"))[2].splitlines()) == 1
        assert len((await get(shop, "csv", f"?session={first}"))[2].splitlines()) == 2
        for query, room in ((f"?session={first}", "other"), ("?session=none", ROOM)):
            status, _, body = await get(shop, "csv", query, room=room)
            assert (status, b"unknown_session" in body) == (404, True)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_room_without_a_session_has_nothing_to_export(tmp_path: Path, form: str) -> None:
    async with exporting(tmp_path) as shop:
        status, _, body = await get(shop, form)
        assert (status, b"no_session" in body) == (404, True)


async def test_a_table_that_there_is_not_is_422(tmp_path: Path) -> None:
    async with exporting(tmp_path) as shop:
        await shop.start()
        assert (await get(shop, "csv", "?table=people"))[0] == 422


async def test_only_the_host_may_take_everything_along(tmp_path: Path) -> None:
    async with exporting(tmp_path) as shop:
        await shop.start()
        for token in (shop.tokens.overlay, shop.tokens.ingest, "wrong"):
            assert [(await get(shop, form, token=token))[0] for form in ("csv", "xlsx")] == [401, 401]
