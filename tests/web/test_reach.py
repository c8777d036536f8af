from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from live.web.links import for_viewers
from live.web.reach import Base, Reach, lan_address, phone_base
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from pathlib import Path

EVERYWHERE = "0.0.0.0"  # noqa: S104  # nothing is bound here


@pytest.mark.parametrize(
    ("host", "public_url", "lan", "base"),
    [
        ("127.0.0.1", "https://shop.example", None, Base(url="https://shop.example", reach=Reach.PUBLIC)),
        (EVERYWHERE, None, "192.168.1.5", Base(url="http://192.168.1.5:8000", reach=Reach.WIFI)),
        (EVERYWHERE, None, None, Base(url="http://127.0.0.1:8000", reach=Reach.THIS_MACHINE)),
        ("127.0.0.1", None, "192.168.1.5", Base(url="http://127.0.0.1:8000", reach=Reach.THIS_MACHINE)),
        ("localhost", None, "192.168.1.5", Base(url="http://localhost:8000", reach=Reach.THIS_MACHINE)),
        ("192.168.1.9", None, "192.168.1.5", Base(url="http://192.168.1.9:8000", reach=Reach.WIFI)),
        ("::", None, "192.168.1.5", Base(url="http://192.168.1.5:8000", reach=Reach.WIFI)),
        ("fd00::1", None, None, Base(url="http://[fd00::1]:8000", reach=Reach.WIFI)),
    ],
)
def test_phones_get_the_address_that_they_can_reach(
    host: str, public_url: str | None, lan: str | None, base: Base
) -> None:
    assert phone_base(host=host, port=8000, public_url=public_url, lan=lan) == base


def test_the_own_address_is_none_or_not_the_loopback() -> None:
    assert not (lan_address() or "").startswith("127.")


async def shown(folder: Path, **server: object) -> tuple[str, str]:
    """The address of a page for viewers, and that of the shop itself."""

    async def link(request: web.Request) -> web.Response:
        return web.Response(text=for_viewers(request, "/shop/main"))

    def mount(app: web.Application) -> None:
        app.router.add_get("/link", link)

    async with open_shop(folder, mounts=[mount], **server) as shop, shop.client.get(f"{shop.base}/link") as answer:
        return await answer.text(), shop.base


async def test_links_for_viewers_go_by_the_public_address_whoever_asks(tmp_path: Path) -> None:
    link, _ = await shown(tmp_path, public_url="https://shop.example/linbo/")
    assert link == "https://shop.example/linbo/shop/main"


async def test_without_one_they_go_by_the_address_and_the_port_that_we_listen_on(tmp_path: Path) -> None:
    link, base = await shown(tmp_path, host="127.0.0.1", port=0)
    assert link == f"{base}/shop/main"
