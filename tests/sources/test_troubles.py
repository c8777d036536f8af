from __future__ import annotations

import ssl
from socket import gaierror

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidMessage, WebSocketException

from live.sources.kinds import KINDS
from live.sources.state import Status
from live.sources.troubles import trouble_of

HERE, THERE = "ws://127.0.0.1:12354", "ws://192.168.1.8:12354"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (ConnectionRefusedError(), Status.NOT_LISTENING, "开始监听"),
        (OSError("Multiple exceptions: [Errno 111], [Errno 111]"), Status.NOT_LISTENING, "开始监听"),
        (TimeoutError(), Status.NOT_LISTENING, "开始监听"),
        (ConnectionClosedError(None, None), Status.CONNECTING, "正在重连"),
        (gaierror(), Status.ERROR, "找不到 127.0.0.1"),
        (InvalidMessage("no HTTP"), Status.ERROR, "核对设置 sources 里的 url 和端口"),
        (ssl.SSLError("bad"), Status.ERROR, "核对设置 sources 里的 url 和端口"),
    ],
)
def test_each_failure_says_where_the_source_stands_and_what_to_do(
    error: OSError | WebSocketException, status: Status, words: str
) -> None:
    found, detail = trouble_of(error, KINDS["oba"], HERE)
    assert found is status
    assert words in detail


def test_a_tool_on_another_pc_may_be_behind_its_firewall() -> None:
    assert "防火墙" in trouble_of(TimeoutError(), KINDS["oba"], THERE)[1]
    for here in (HERE, "ws://localhost:1", "ws://[::1]:1"):
        assert "防火墙" not in trouble_of(TimeoutError(), KINDS["oba"], here)[1]
