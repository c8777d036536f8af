from __future__ import annotations

import pytest
from aiohttp import web

from live.outbound.outcome import Dead, Later, Sent
from live.outbound.post import open_client
from live.outbound.wecom import MARKDOWN_BYTES, TEXT_BYTES, Robot
from tests.outbound.factories import Clock, a_delivery, group, why
from tests.outbound.servers import KEY, GroupRobot, a_group, closed_port, refused

WRONG = "11111111-2222-3333-4444-555555555555"


async def send(robot: GroupRobot, body: str | bytes = "到货了", *, key: str = KEY, **more: str) -> Sent | Later | Dead:
    async with open_client() as client:
        return await Robot(group(robot.base, key=key), client, Clock()).send(a_delivery(body, **more))


async def test_a_text_and_a_markdown_arrive_as_they_are() -> None:
    async with a_group() as robot:
        assert await send(robot, "到货了：东门便利店") == Sent()
        assert await send(robot, "### 截单小结", form="markdown") == Sent()
        assert [post["msgtype"] for post in robot.posts] == ["text", "markdown"]
        assert robot.texts() == ["到货了：东门便利店", "### 截单小结"]


@pytest.mark.parametrize(("form", "limit"), [("text", TEXT_BYTES), ("markdown", MARKDOWN_BYTES)])
async def test_the_limits_are_those_of_the_other_side(form: str, limit: int) -> None:
    async with a_group() as robot:
        assert await send(robot, "x" * limit, form=form) == Sent()
        assert isinstance(await send(robot, "x" * (limit + 1), form=form), Dead)


async def test_a_file_is_uploaded_under_its_name_and_then_sent() -> None:
    async with a_group() as robot:
        assert await send(robot, b"PK" + bytes(range(256)), form="file", name="拣货单 1月8日.xlsx") == Sent()
        assert robot.files["media-1"] == ("拣货单 1月8日.xlsx", b"PK" + bytes(range(256)))
        assert robot.posts == [{"msgtype": "file", "file": {"media_id": "media-1"}}]


async def test_a_file_that_is_too_small_or_too_large_is_not_even_sent() -> None:
    async with a_group() as robot:
        for body in (b"1234", b"x" * (20 * 1024 * 1024 + 1)):
            found = await send(robot, body, form="file", name="a.xlsx")
            assert isinstance(found, Dead)
            assert "20 MB" in found.why
        assert not robot.calls


async def test_an_upload_that_fails_posts_nothing() -> None:
    async with a_group() as robot:
        assert isinstance(await send(robot, b"12345", form="file", name="a.xlsx", key=WRONG), Dead)
        assert not robot.posts


async def test_a_failure_inside_a_200_is_a_failure() -> None:
    async with a_group() as robot:
        robot.answers = [refused(45009, "api freq out of limit"), refused(-1, "system busy")]
        first, second = await send(robot), await send(robot)
    assert (type(first), type(second)) == (Later, Later)
    assert isinstance(first, Later)
    assert first.after_ms == 60_000


async def test_the_twenty_first_of_a_minute_is_not_sent() -> None:
    clock = Clock()
    async with a_group() as robot, open_client() as client:
        sender = Robot(group(robot.base), client, clock)
        found = [await sender.send(a_delivery()) for _ in range(21)]
        assert found[:20] == [Sent()] * 20
        assert isinstance(found[20], Later)
        assert (found[20].after_ms, found[20].tried, robot.calls["send"]) == (60_000, False, 20)
        clock.now_ms += 60_000
        robot.now_ms += 60_000
        assert await sender.send(a_delivery()) == Sent()


async def test_the_key_is_in_no_word_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    echo = web.json_response({"errcode": 40001, "errmsg": f"bad key {WRONG}"})
    with caplog.at_level("DEBUG"):
        async with a_group() as robot:
            found = [await send(robot, key=WRONG)]
            robot.answers = [echo, web.Response(status=500, text=WRONG), web.Response(text=f"<html>{WRONG}")]
            found += [await send(robot, key=WRONG) for _ in range(3)]
            robot.base = f"http://127.0.0.1:{closed_port()}"
            found.append(await send(robot, key=WRONG))
    assert [type(each) for each in found] == [Dead, Dead, Later, Later, Later]
    assert "93000" in why(found[0])
    assert WRONG not in "".join(map(why, found)) + caplog.text
