from __future__ import annotations

import zxingcpp
from PIL import Image

from live.cli.banner import Links, banner, links_of, qr_code
from live.web.reach import Base, Reach

LINKS = Links(console="http://h/console/a?token=t", overlay="http://h/o", viewer="http://h/shop/a", ingest="ws://h/i")


def test_phones_go_by_the_network_and_programs_on_this_machine_by_the_machine() -> None:
    links = links_of(
        base=Base(url="http://192.168.1.5:8000", reach=Reach.WIFI),
        local_url="http://127.0.0.1:8000",
        room="main",
        host_token="h/1",
        ingest_token="i",
        overlay_token="o",
    )
    assert links == Links(
        console="http://192.168.1.5:8000/console/main?token=h%2F1",
        overlay="http://127.0.0.1:8000/overlay/main?token=o",
        viewer="http://192.168.1.5:8000/shop/main",
        ingest="ws://127.0.0.1:8000/ws/ingest?room=main&token=i",
    )


def test_the_banner_shows_every_address_and_says_who_can_open_it() -> None:
    text = banner(LINKS, Reach.WIFI)
    assert all(link in text for link in (LINKS.console, LINKS.overlay, LINKS.viewer, LINKS.ingest))
    assert text.endswith("只有连着店里 Wi-Fi 的手机能打开；要让所有观众都能打开，请设置 server.public_url。")


def test_the_code_on_the_terminal_opens_the_console() -> None:
    picture = picture_of(qr_code(LINKS.console))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [LINKS.console]


def picture_of(drawn: str, scale: int = 8) -> Image.Image:
    """Paint the half blocks as a dark terminal shows them: a block is light."""
    lines = [line for line in drawn.splitlines() if line]
    picture = Image.new("L", (max(map(len, lines)), 2 * len(lines)))
    for y, line in enumerate(lines):
        for x, cell in enumerate(line):
            picture.putpixel((x, 2 * y), 255 * (cell in "█▀"))
            picture.putpixel((x, 2 * y + 1), 255 * (cell in "█▄"))
    return picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)
