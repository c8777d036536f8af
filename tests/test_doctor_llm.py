from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from config.settings import LlmSettings
from live.doctor.check import Verdict
from live.doctor.llm import language_model
from tests.nlp.llm.server import in_a_thread, pours, refuses, says

if TYPE_CHECKING:
    from tests.nlp.llm.server import Behave

GOOD = says("not asked")


def llm(url: str | None, *, key: str | None = None, model: str | None = "qwen", **more: object) -> LlmSettings:
    return LlmSettings.model_validate({"base_url": url, "api_key": key, "model": model} | more)


def test_without_a_model_there_is_nothing_to_mend() -> None:
    assert language_model(LlmSettings()).line().startswith("✓ 大模型：没有配置，不需要")


@pytest.mark.parametrize(
    ("rungs", "words"),
    [
        (frozenset({"json_schema", "json_object", "text"}), "json_schema"),
        (frozenset({"json_object", "text"}), "json_object"),
        (frozenset({"text"}), "text"),
    ],
)
def test_a_model_that_answers_is_told_with_its_rung_and_its_time(rungs: frozenset[str], words: str) -> None:
    with in_a_thread(GOOD, rungs=rungs, key="geheim") as server:
        finding = language_model(llm(server.url, key="geheim", deadline_ms=30_000))
    assert finding.verdict is Verdict.GOOD
    assert f"（{words}）" in finding.text
    assert finding.text.endswith("毫秒")
    assert server.asked == []


def test_a_model_that_starts_switched_off_is_told_so() -> None:
    with in_a_thread(GOOD) as server:
        assert "启动时关着" in language_model(llm(server.url, enabled=False, deadline_ms=30_000)).text


def test_a_wrong_key_is_told_without_the_key() -> None:
    with in_a_thread(GOOD, key="right") as server:
        line = language_model(llm(server.url, key="geheim")).line()
    assert line.startswith("! 大模型：")
    assert "LIVE_LLM__API_KEY" in line
    assert "geheim" not in line


def test_a_key_that_the_server_repeats_is_not_shown() -> None:
    with in_a_thread(refuses(401, "Incorrect key: geheim")) as server:
        server.answers_probe = False
        line = language_model(llm(server.url, key="geheim")).line()
    assert "Incorrect key: ***" in line
    assert "geheim" not in line


def test_a_model_that_the_endpoint_does_not_have_is_told_with_those_nearest() -> None:
    with in_a_thread(refuses(404, "no such model")) as server:
        server.answers_probe = False
        server.models = ("deepseek-chat", "qwen-plus")
        line = language_model(llm(server.url, model="qwen-pluss")).line()
    assert "列表里没有 qwen-pluss" in line
    assert "例：qwen-plus" in line


def test_an_endpoint_without_a_model_set_names_some() -> None:
    with in_a_thread(GOOD) as server:
        server.models = ("qwen-plus",)
        assert "例：qwen-plus" in language_model(llm(server.url, model=None)).line()
        server.models = ()
        assert "例：模型名" in language_model(llm(server.url, model=None)).line()


@pytest.mark.parametrize(
    ("behave", "words"),
    [
        (refuses(429), "请过一会再查，或在服务商那里提高限额"),
        (refuses(500), "问服务商"),
        (says("我不会 JSON"), "换一个模型"),
        (pours, "换一个模型"),
    ],
    ids=["429", "500", "prose", "endless"],
)
def test_each_trouble_has_its_mend_on_one_line(behave: Behave, words: str) -> None:
    with in_a_thread(behave) as server:
        server.answers_probe = False
        line = language_model(llm(server.url)).line()
    assert line.startswith("! 大模型：http://127.0.0.1")
    assert words in line
    assert "\n" not in line


def test_nobody_at_the_door_is_advice_for_the_service_runs_without() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
    finding = language_model(llm(url))
    assert finding.verdict is Verdict.ADVICE
    assert "连不上" in finding.text
