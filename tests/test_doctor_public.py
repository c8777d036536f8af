"""What `doctor` says of the public address, asked of real servers."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from live.doctor import public
from live.doctor.check import Verdict
from live.doctor.public import public_address
from tests.test_doctor import closed_port
from tests.web.proxy import PREFIX, Manners, proxy_before, x_forwarded
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALIVE = b'{"status": "alive"}'


@contextmanager
def answering(status: int, body: bytes = b"", **headers: str) -> Iterator[str]:
    """A server that answers everything alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/linbo"
        server.shutdown()
        thread.join()


def test_without_one_it_says_who_can_open_the_pages() -> None:
    finding = public_address(None)
    assert (finding.verdict, "Wi-Fi" in finding.text) == (Verdict.GOOD, True)


def test_an_address_that_answers_as_we_do_is_good() -> None:
    with answering(200, ALIVE) as url:
        assert public_address(url).verdict is Verdict.GOOD


def test_on_the_internet_it_should_be_https() -> None:
    assert public._judged("https://shop.example", ALIVE).verdict is Verdict.GOOD
    plain = public._judged("http://shop.example", ALIVE)
    assert (plain.verdict, "https" in plain.mend) == (Verdict.ADVICE, True)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"status": "ok"}', b"\xff\xfe", b"[" * 5000])
def test_another_program_at_the_address_is_told_from_ours(body: bytes) -> None:
    with answering(200, body) as url:
        finding = public_address(url)
        assert (finding.verdict, "别的程序" in finding.text) == (Verdict.ADVICE, True)


@pytest.mark.parametrize("code", [502, 503, 504, 530])
def test_a_proxy_before_nothing_says_to_start_the_service(code: int) -> None:
    with answering(code) as url:
        assert "先启动邻播" in public_address(url).mend


def test_a_redirect_is_told_with_where_it_leads() -> None:
    with answering(301, Location="https://shop.example/linbo/healthz") as url:
        finding = public_address(url)
        assert "https://shop.example/linbo/healthz" in finding.text
        assert "public_url" in finding.mend


def test_a_path_that_leads_nowhere_is_told() -> None:
    with answering(404) as url:
        assert "路径" in public_address(url).mend


def test_an_address_where_nobody_listens_is_told() -> None:
    finding = public_address(f"http://127.0.0.1:{closed_port()}")
    assert (finding.verdict, "连不上" in finding.text) == (Verdict.ADVICE, True)


def test_a_name_that_does_not_exist_is_told() -> None:
    assert "域名" in public_address("https://shop.invalid").mend


def test_an_address_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "SECONDS", 0.2)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        finding = public_address(f"http://127.0.0.1:{mute.getsockname()[1]}")
        assert (finding.verdict, "没有回答" in finding.text) == (Verdict.ADVICE, True)


def test_what_speaks_another_language_is_told() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def greet() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(4096)
                caller.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        assert public_address(f"http://127.0.0.1:{server.getsockname()[1]}").verdict is Verdict.ADVICE
        thread.join()


def test_a_speaker_of_no_http_is_told() -> None:
    with answering(200) as url:
        finding = public_address(url.replace("http://", "https://"))
        assert (finding.verdict, "证书" in finding.text) == (Verdict.ADVICE, True)


async def test_the_real_service_behind_a_real_proxy_is_found(tmp_path: Path) -> None:
    async with open_shop(tmp_path, public_url="http://127.0.0.1:1/linbo") as shop:
        async with proxy_before(shop.base, Manners(strips=True, tells=x_forwarded)) as proxy:
            found = await asyncio.to_thread(public_address, f"{proxy}{PREFIX}")
            assert found.verdict is Verdict.GOOD
        foreign = Manners(strips=True, tells=x_forwarded, host="other.example")
        async with proxy_before(shop.base, foreign) as proxy:
            refused = await asyncio.to_thread(public_address, f"{proxy}{PREFIX}")
            assert "不认识这个主机名" in refused.text
