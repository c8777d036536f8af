from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from config.settings import ServerSettings
from live.web.forwarded import KEPT_PREFIX, LOOPBACK, Front, client_of, front_of, origin_of, public_of, seen

if TYPE_CHECKING:
    from aiohttp import web

CLIENT = "203.0.113.7"
LIAR = "198.51.100.66"
PROXIED: dict[str, Any] = {"public_url": "https://shop.example/linbo", "trusted_proxies": ["127.0.0.1", "10.0.0.0/8"]}


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Shop.Example/linbo", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://127.0.0.1:8000/x?y", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("ftp://shop.example", None),
        ("null", None),
        ("http://a:b", None),
        ("http://", None),
        ("http://[", None),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin


def front(**server: Any) -> Front:  # whatever the settings hold
    return front_of(ServerSettings.model_validate(server))


def asked(peer: str, *headers: tuple[str, str], kept: str | None = None) -> web.Request:
    """A request over a connection from *peer*."""
    request = make_mocked_request("GET", "/", headers=CIMultiDict(headers)).clone(remote=peer)
    if kept is not None:
        request[KEPT_PREFIX] = kept
    return request


def client(peer: str, *headers: tuple[str, str]) -> str:
    return client_of(asked(peer, *headers), front(**PROXIED))


def test_without_a_public_address_nobody_is_believed_and_with_one_this_machine_is() -> None:
    assert front().proxies == ()
    assert front(public_url="https://shop.example").proxies == LOOPBACK
    assert front(public_url="https://shop.example", trusted_proxies=[]).proxies == ()
    assert [str(each) for each in front(trusted_proxies=["10.1.2.3/8"]).proxies] == ["10.0.0.0/8"]


def test_the_public_address_is_an_origin_and_a_path() -> None:
    public = public_of("https://Shop.example:443/linbo/")
    assert public is not None
    assert (public.origin, public.scheme, public.prefix) == ("https://shop.example", "https", "/linbo")
    assert public_of(None) is None


def test_a_stranger_who_calls_himself_somebody_else_is_himself() -> None:
    for name in ("X-Forwarded-For", "Forwarded"):
        told = CLIENT if name == "X-Forwarded-For" else f"for={CLIENT}"
        assert client(LIAR, (name, told)) == LIAR


def test_a_proxy_of_ours_is_believed() -> None:
    assert client("127.0.0.1", ("X-Forwarded-For", CLIENT)) == CLIENT
    assert client("127.0.0.1", ("Forwarded", f"for={CLIENT};proto=https")) == CLIENT
    assert client("127.0.0.1") == "127.0.0.1"


def test_the_client_is_the_rightmost_address_that_is_no_proxy_of_ours() -> None:
    assert client("127.0.0.1", ("X-Forwarded-For", f"{LIAR}, {CLIENT}, 10.0.0.9")) == CLIENT
    assert client("127.0.0.1", ("X-Forwarded-For", LIAR), ("X-Forwarded-For", f"{CLIENT}, 10.0.0.9")) == CLIENT
    assert client("127.0.0.1", ("Forwarded", f'for={LIAR}, for="{CLIENT}:4711", for=10.0.0.9')) == CLIENT
    assert client("127.0.0.1", ("X-Forwarded-For", "10.0.0.7, 10.0.0.9")) == "10.0.0.7"


@pytest.mark.parametrize("nobody", ["unknown", "_hidden", "", "999.1.1.1", "a, b", "1.2.3.4.5", '"', "[::1", "::1%"])
def test_behind_what_is_no_address_nobody_is_looked_for(nobody: str) -> None:
    assert client("127.0.0.1", ("X-Forwarded-For", f"{LIAR}, {nobody or 'x'}")) in {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_an_address_may_come_with_a_port_and_in_ipv6(told: str, address: str) -> None:
    assert client("127.0.0.1", ("X-Forwarded-For", told)) == address
    assert client("::ffff:127.0.0.1", ("Forwarded", f'for="{told}"')) == address


def test_where_the_two_families_differ_neither_is_believed() -> None:
    """A proxy writes one of them and passes the other on as the client wrote it."""
    assert client("127.0.0.1", ("X-Forwarded-For", CLIENT), ("Forwarded", f"for={LIAR}")) == "127.0.0.1"
    assert client("127.0.0.1", ("X-Forwarded-For", CLIENT), ("Forwarded", f"for={CLIENT}")) == CLIENT
    assert client("127.0.0.1", ("X-Forwarded-For", CLIENT), ("Forwarded", "proto=https")) == "127.0.0.1"
    told = seen(
        asked("127.0.0.1", ("Host", "localhost"), ("X-Forwarded-Proto", "https"), ("Forwarded", "proto=http")),
        front(**PROXIED),
    )
    assert told.scheme == "http"


@given(st.lists(st.text(max_size=20), max_size=8), st.text(max_size=40))
def test_no_story_of_a_client_makes_him_another(stories: list[str], forwarded: str) -> None:
    """The proxy appends the address that it saw, whatever stands there already."""
    story = ",".join(each.encode("ascii", "ignore").decode() for each in stories)
    written = ("X-Forwarded-For", f"{story}, {CLIENT}" if story else CLIENT)
    assert client("127.0.0.1", written) == CLIENT
    other = ("Forwarded", forwarded.encode("ascii", "ignore").decode())
    assert client("127.0.0.1", written, other) in {CLIENT, "127.0.0.1"}


@pytest.mark.parametrize(
    "headers",
    [
        [("Host", "shop.example")],
        [("Host", "SHOP.example:443")],
        [("Host", "127.0.0.1:8000"), ("X-Forwarded-Host", "shop.example")],
        [("Host", "127.0.0.1:8000"), ("Forwarded", 'for=203.0.113.7;host="shop.example";proto=https')],
        [("Host", "shop.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Prefix", "/other")],
    ],
)
def test_under_the_public_name_we_are_seen_as_the_settings_say(headers: list[tuple[str, str]]) -> None:
    """A proxy on a server and a tunnel behind it speak http with each other; the browser spoke https."""
    told = seen(asked("127.0.0.1", *headers), front(**PROXIED))
    assert (told.scheme, told.prefix) == ("https", "/linbo")


def test_under_another_name_scheme_and_prefix_are_what_a_trusted_proxy_tells() -> None:
    headers = [("Host", "front.lan"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/shop/")]
    told = seen(asked("10.0.0.1", *headers), front(**PROXIED))
    assert (told.scheme, told.host, told.prefix) == ("https", "front.lan", "/shop")
    strange = seen(asked(LIAR, *headers), front(**PROXIED))
    assert (strange.scheme, strange.host, strange.prefix) == ("http", "front.lan", "")


@pytest.mark.parametrize("prefix", ["linbo", "/", "/a b", '/"', "/../x", "//x", "/a;Path=/", "/<b>", "/" + "a/" * 20])
def test_a_prefix_that_is_no_plain_path_is_none(prefix: str) -> None:
    told = seen(asked("127.0.0.1", ("Host", "x"), ("X-Forwarded-Prefix", prefix)), front(**PROXIED))
    assert told.prefix == ""


@pytest.mark.parametrize("scheme", ["javascript", "", "https ", "HTTPS", "https, http"])
def test_a_scheme_is_http_or_https(scheme: str) -> None:
    told = seen(asked("127.0.0.1", ("Host", "x"), ("X-Forwarded-Proto", scheme)), front(**PROXIED))
    assert told.scheme in {"http", "https"}


def test_the_path_that_was_cut_off_is_the_prefix() -> None:
    assert seen(asked("127.0.0.1", ("Host", "x"), kept="/linbo"), front(**PROXIED)).prefix == "/linbo"


def test_a_connection_without_an_address_is_nobody_and_not_believed() -> None:
    headers = [("X-Forwarded-For", CLIENT), ("X-Forwarded-Host", "shop.example")]
    assert client("", *headers) == ""
    assert seen(asked("", *headers), front(**PROXIED)).host == ""
