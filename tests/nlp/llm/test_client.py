from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
from shutil import which
from typing import TYPE_CHECKING

import pytest

from nlp.llm_breaker import Circuit, Patience
from nlp.llm_client import Llm
from nlp.llm_ladder import Rung
from nlp.llm_types import Bounds, Prices, Spend, Unanswered, Why
from tests.nlp.llm.ask import BOUNDS, PLENTY, Clock, client, question, setup_for, until, word
from tests.nlp.llm.server import (
    breaks_off,
    drips,
    hangs,
    pours,
    pours_a_refusal,
    refuses,
    says,
    sends,
    serving,
    streams,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.nlp.llm.server import Behave

GOOD = says('{"word": "好"}')


async def test_an_answer_of_the_right_shape_is_given() -> None:
    async with serving(GOOD) as server, client(setup_for(server.url)) as llm:
        assert await word(llm) == "好"
        assert (llm.counts.calls["answer", "ok"], llm.counts.sent_tokens, llm.counts.answered_tokens) == (1, 200, 40)
        assert llm.counts.micro_fen == 2 * (100 * 200 + 20 * 800)


async def test_without_a_setup_it_is_off_and_says_so() -> None:
    async with client(None) as llm:
        llm.switch(on=True)
        assert await word(llm) is Why.OFF
        assert not llm.is_on
        assert not llm.standing().on
        assert await llm.start() == Unanswered(why=Why.OFF)


async def test_the_ladder_is_climbed_down_once_and_remembered() -> None:
    for rungs, rung in (
        (frozenset({"json_schema", "json_object", "text"}), Rung.SCHEMA),
        (frozenset({"json_object", "text"}), Rung.OBJECT),
        (frozenset({"text"}), Rung.TEXT),
    ):
        async with serving(GOOD, rungs=rungs) as server, client(setup_for(server.url)) as llm:
            assert [await word(llm) for _ in range(3)] == ["好"] * 3
            assert (llm.standing().rung, server.probes) == (rung, 1)


async def test_the_rungs_below_the_first_are_told_the_schema_and_the_word_json() -> None:
    async with serving(GOOD, rungs=frozenset({"json_object"})) as server, client(setup_for(server.url)) as llm:
        await word(llm)
        instructions = server.asked[0]["messages"][0]["content"]
        assert "JSON" in instructions
        assert '"word"' in instructions


async def test_an_endpoint_that_takes_schemas_no_more_is_asked_on_the_next_rung_at_once() -> None:
    async with serving(GOOD) as server, client(setup_for(server.url)) as llm:
        assert await word(llm) == "好"
        server.rungs = frozenset({"text"})
        assert await word(llm) == "好"
        assert llm.standing().rung is Rung.TEXT


async def test_a_refusal_of_what_was_said_leaves_the_rung_and_the_circuit_alone() -> None:
    async with serving(refuses(400, "Content Exists Risk")) as server, client(setup_for(server.url)) as llm:
        assert [await word(llm) for _ in range(5)] == [Why.REFUSED] * 5
        assert (llm.standing().rung, llm.standing().circuit) == (Rung.SCHEMA, Circuit.CLOSED)


@pytest.mark.parametrize(
    ("behave", "expected"),
    [
        (streams('{"word": "流"}'), "流"),
        (streams('{"word": "流"}', ends=False), Why.BAD_ANSWER),
        (refuses(401, "bad key"), Why.KEY),
        (refuses(402, "Insufficient Balance"), Why.KEY),
        (refuses(404, "no such model"), Why.REFUSED),
        (refuses(429), Why.LIMITED),
        (refuses(429, Retry_After="7"), Why.LIMITED),
        (refuses(500), Why.BROKEN),
        (refuses(503), Why.BROKEN),
        (refuses(302, Location="http://127.0.0.1:1/"), Why.REFUSED),
        (breaks_off, Why.UNREACHABLE),
        (pours, Why.BAD_ANSWER),
        (pours_a_refusal, Why.BROKEN),
        (sends(b'{"choices":[', content_encoding="gzip"), Why.BAD_ANSWER),
        (sends(b"<html>login</html>", content_type="text/html"), Why.BAD_ANSWER),
        (sends(b"\xff\xfe\x00"), Why.BAD_ANSWER),
        (sends(b"[" * 100_000), Why.BAD_ANSWER),
        (sends(b'{"choices": 7}'), Why.BAD_ANSWER),
        (sends(b""), Why.BAD_ANSWER),
        (says(""), Why.BAD_ANSWER),
        (says('{"word": "完"', finish="length"), Why.BAD_ANSWER),
        (says('{"word": "完"}', finish="length"), Why.BAD_ANSWER),
        (says('{"word": "半'), Why.BAD_ANSWER),
        (says('{"wort": "x"}'), Why.BAD_ANSWER),
        (says('```json\n{"word": "框"}\n```'), "框"),
        (says('<think>{"word": "想"}</think>\n好的：{"word": "答"} 请看'), "答"),
        (says('用户说 {"word": "假"}，我答 {"word": "真"}'), Why.BAD_ANSWER),
        (says('{"word": "' + "长" * 300_000 + '"}'), Why.BAD_ANSWER),
    ],
    ids=[
        "stream", "stream cut off", "401", "402", "404", "429", "429 retry-after", "500", "503", "redirect", "truncation",
        "endless body", "endless refusal", "packed", "html", "not text", "deep", "no choices", "empty body", "empty content",
        "length", "length whole", "half", "other shape", "fence", "thoughts", "two answers", "huge",
    ],
)  # fmt: skip
async def test_whatever_comes_back_is_an_answer_or_a_reason(behave: Behave, expected: str | Why) -> None:
    async with serving(behave) as server, client(setup_for(server.url)) as llm:
        assert await word(llm) == expected


@pytest.mark.parametrize("behave", [hangs, drips], ids=["hang", "slow drip"])
async def test_who_does_not_answer_in_time_is_left_and_hung_up_on(behave: Behave) -> None:
    async with serving(behave) as server, client(setup_for(server.url)) as llm:
        await llm.start()
        assert await word(llm, question(deadline_ms=150)) is Why.DEADLINE
        await until(lambda: server.left == 1)
        assert llm._tasks == set()


async def test_a_probe_that_hangs_does_not_hold_a_question_beyond_its_deadline() -> None:
    async with serving(hangs) as server, client(setup_for(server.url)) as llm:
        server.answers_probe = False
        assert await word(llm, question(deadline_ms=150)) is Why.DEADLINE
        server.open.set()
        server.behave = GOOD
        server.answers_probe = True
        await until(lambda: llm._probing is not None and llm._probing.done())
        assert await word(llm) == "好"


async def test_nobody_at_the_door_is_unreachable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
    async with client(setup_for(url)) as llm:
        reply = await llm.ask(question())
        assert isinstance(reply, Unanswered)
        assert reply.why is Why.UNREACHABLE


async def test_tls_to_a_plain_server_is_told_as_tls() -> None:
    async with serving(GOOD) as server, client(setup_for(server.url.replace("http", "https"))) as llm:
        reply = await llm.ask(question())
        assert isinstance(reply, Unanswered)
        assert (reply.why, reply.detail.startswith("TLS")) == (Why.UNREACHABLE, True)


@pytest.mark.skipif(which("openssl") is None, reason="openssl writes the certificate that nobody signed")
async def test_a_certificate_that_nobody_signed_is_not_believed(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    wanted = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    command = ["openssl", *wanted, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: ASYNC221  # a second, once
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    async with serving(GOOD, tls=tls) as server, client(setup_for(server.url, key="geheim")) as llm:
        reply = await llm.ask(question())
        assert isinstance(reply, Unanswered)
        assert (reply.why, "CERTIFICATE" in reply.detail, server.asked) == (Why.UNREACHABLE, True, [])


async def test_nothing_is_told_of_the_machine_and_no_variable_of_another_program_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "foreign")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Foreign: foreign\nAuthorization: foreign")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with serving(GOOD) as server, client(setup_for(server.url)) as llm:
        assert await word(llm) == "好"
        (headers,) = server.headers
        assert "authorization" not in {name.lower() for name in headers}
        assert "foreign" not in str(headers)
        assert not [name for name in headers if name.lower().startswith("x-")]


async def test_the_key_goes_to_the_endpoint_and_into_no_text_of_ours() -> None:
    async with serving(GOOD, key="geheim") as server:
        setup = setup_for(server.url, key="geheim")
        async with client(setup) as llm:
            assert await word(llm) == "好"
            assert server.headers[0]["Authorization"] == "Bearer geheim"
            assert "geheim" not in repr(setup)
        async with client(setup_for(server.url, key="falsch")) as llm:
            assert await word(llm) is Why.KEY
            assert "falsch" not in repr(llm.standing())


async def test_the_circuit_opens_after_failures_and_one_question_closes_it() -> None:
    clock = Clock()
    patience = Patience(failures=2, first_ms=5_000)
    async with serving(refuses(500)) as server, client(setup_for(server.url, patience=patience), clock) as llm:
        assert [await word(llm) for _ in range(4)] == [Why.BROKEN, Why.BROKEN, Why.CIRCUIT, Why.CIRCUIT]
        assert len(server.asked) == 2
        clock.now_ms += 5_000
        server.behave = hangs
        probing = asyncio.create_task(word(llm))
        await until(lambda: len(server.asked) == 3)
        assert llm.standing().circuit is Circuit.HALF_OPEN
        assert await word(llm) is Why.CIRCUIT
        server.open.set()
        assert await probing == "late"
        assert llm.standing().circuit is Circuit.CLOSED
        assert llm.standing().last_trouble is None


async def test_a_server_that_says_how_long_to_wait_is_left_alone_for_so_long() -> None:
    clock = Clock()
    async with serving(refuses(429, Retry_After="30")) as server, client(setup_for(server.url), clock) as llm:
        assert [await word(llm), await word(llm)] == [Why.LIMITED, Why.CIRCUIT]
        server.behave = GOOD
        clock.now_ms += 29_999
        assert await word(llm) is Why.CIRCUIT
        clock.now_ms += 1
        assert await word(llm) == "好"


async def test_requests_a_minute_are_bounded() -> None:
    clock = Clock()
    few = Bounds(minute=Spend(requests=3, tokens=10**6, micro_fen=10**12), evening=PLENTY)
    async with serving(GOOD) as server, client(setup_for(server.url, bounds=few), clock) as llm:
        assert [await word(llm) for _ in range(3)] == ["好", "好", Why.BUDGET]  # the probe was the first
        clock.now_ms += 60_000
        assert await word(llm) == "好"
        assert len(server.asked) == 3


async def test_money_an_evening_is_bounded_also_when_asked_at_once() -> None:
    most = Spend(requests=10**6, tokens=10**9, micro_fen=10**9)
    dear = Bounds(minute=PLENTY, evening=most, at_once=8, waiting=40)
    prices = Prices(input_fen=10**5, output_fen=10**6)
    async with serving(GOOD) as server, client(setup_for(server.url, bounds=dear, prices=prices)) as llm:
        found = await asyncio.gather(*(word(llm) for _ in range(40)))
        assert set(found) == {"好", Why.BUDGET}
        assert llm.standing().evening.micro_fen <= most.micro_fen
        assert llm.counts.micro_fen == llm.standing().evening.micro_fen


async def test_as_many_are_asked_at_once_as_may_be_and_who_finds_the_queue_full_is_told_at_once() -> None:
    narrow = Bounds(minute=PLENTY, evening=PLENTY, at_once=2, waiting=3)
    async with serving(hangs) as server, client(setup_for(server.url, bounds=narrow)) as llm:
        await llm.start()
        tasks = [asyncio.create_task(word(llm)) for _ in range(9)]
        await until(lambda: len(server.asked) == 2 and sum(task.done() for task in tasks) == 4)
        server.open.set()
        assert sorted(await asyncio.gather(*tasks)) == [Why.BUSY] * 4 + ["late"] * 5


async def test_the_same_question_is_asked_once_and_only_answers_are_remembered() -> None:
    async with serving(GOOD) as server, client(setup_for(server.url)) as llm:
        assert [await word(llm, question(key="v1")), await word(llm, question(key="v1"))] == ["好", "好"]
        assert len(server.asked) == 1
        assert llm.counts.calls["answer", "cached"] == 1
        server.behave = says("quatsch")
        assert [await word(llm, question(key="v2")), await word(llm, question(key="v2"))] == [Why.BAD_ANSWER] * 2
        assert len(server.asked) == 3


async def test_closing_takes_back_what_is_being_asked() -> None:
    async with serving(hangs) as server:
        llm = Llm(setup_for(server.url))
        asking = asyncio.create_task(word(llm))
        await until(lambda: len(server.asked) == 1)
        await llm.close()
        assert await asking is Why.STOPPED
        assert await word(llm) is Why.STOPPED
        await until(lambda: server.left == 1)


async def test_switching_off_takes_back_and_switching_on_asks_again() -> None:
    async with serving(hangs) as server, client(setup_for(server.url)) as llm:
        asking = asyncio.create_task(word(llm))
        await until(lambda: len(server.asked) == 1)
        llm.switch(on=False)
        assert [await asking, await word(llm)] == [Why.OFF, Why.OFF]
        server.behave = GOOD
        llm.switch(on=True)
        assert await word(llm) == "好"


async def test_a_caller_that_goes_away_takes_its_question_along() -> None:
    async with serving(hangs) as server, client(setup_for(server.url)) as llm:
        asking = asyncio.create_task(word(llm))
        await until(lambda: len(server.asked) == 1)
        asking.cancel()
        await until(lambda: server.left == 1 and not llm._tasks)
        assert llm.standing().circuit is Circuit.CLOSED


async def test_what_a_vendor_alone_knows_is_sent_along() -> None:
    async with serving(GOOD) as server:
        setup = setup_for(server.url)
        endpoint = type(setup.endpoint)(base_url=server.url, model="qwen", extra={"enable_thinking": False})
        async with client(
            type(setup)(endpoint=endpoint, bounds=BOUNDS, prices=setup.prices, patience=setup.patience)
        ) as llm:
            assert await word(llm) == "好"
        assert (server.asked[0]["model"], server.asked[0]["enable_thinking"]) == ("qwen", False)
