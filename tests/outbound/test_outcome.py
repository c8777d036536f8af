from __future__ import annotations

import pytest

from live.outbound.outcome import Dead, Later, Sent, by_status
from live.outbound.post import Reply


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_two_hundreds_have_arrived(status: int) -> None:
    assert by_status(Reply(status=status, body=b"")) == Sent()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 422, 451, 499])
def test_what_the_other_side_will_never_take_is_given_up_at_once(status: int) -> None:
    found = by_status(Reply(status=status, body=b""))
    assert isinstance(found, Dead)
    assert f"HTTP {status}：" in found.why


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599, 100, 301, 302, 307, 600])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert isinstance(by_status(Reply(status=status, body=b"")), Later)


def test_a_redirect_says_that_it_was_not_followed() -> None:
    found = by_status(Reply(status=302, body=b""))
    assert isinstance(found, Later)
    assert "请把网址改成最终的那个" in found.why


def test_the_other_side_may_say_how_long_to_wait() -> None:
    found = by_status(Reply(status=429, body=b"", retry_after_ms=7_000))
    assert isinstance(found, Later)
    assert found.after_ms == 7_000
