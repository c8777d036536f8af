"""The switch of the language model over HTTP, kept over a restart, and its numbers for Prometheus."""

from __future__ import annotations

import asyncio
import json
import os
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from config.settings import LlmSettings
from live.service import llm_switch
from live.service.llm_switch import FILE_NAME, model_switch
from live.web.llm import llm_mount
from nlp.llm_prose import Outline
from nlp.llm_setup import desk_of
from nlp.llm_types import Use
from tests.nlp.llm.server import refuses, says, serving
from tests.obs.server import until
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from live.service.llm_switch import ModelSwitch
    from tests.web.shop import Json, Shop

WRITTEN = json.dumps({"sections": [{"id": "p1", "text": "冷冻保存。包治百病。"}]}, ensure_ascii=False)


@asynccontextmanager
async def a_shop_with(folder: Path, **settings: object) -> AsyncIterator[tuple[Shop, ModelSwitch]]:
    """A shop with the model of these settings."""
    told = LlmSettings.model_validate(settings)
    switch = model_switch(desk_of(told, auto_confidence=0.9), told, folder)
    async with open_shop(folder, mounts=[llm_mount(switch)]) as shop:
        try:
            yield shop, switch
        finally:
            await switch.desk.llm.close()


async def ask(shop: Shop, body: object = None, *, token: str | None = None) -> tuple[int, Json]:
    headers = shop.bearer(shop.tokens.host if token is None else token)
    method = "GET" if body is None else "POST"
    async with shop.client.request(method, f"{shop.base}/api/v1/llm", headers=headers, json=body) as answer:
        told: Json = await answer.json(content_type=None)
        return answer.status, told


async def metrics(shop: Shop) -> str:
    async with shop.client.get(f"{shop.base}/metrics", headers=shop.bearer(shop.tokens.host)) as answer:
        return await answer.text()


async def write(switch: ModelSwitch) -> None:
    await switch.desk.prose(Use.SCRIPT, [Outline(id="x", title="牛肉卷", points=("冷冻保存",))], [])


@pytest.mark.parametrize("is_mounted", [False, True])
async def test_without_a_model_nothing_is_configured_and_nothing_can_be_turned_on(
    tmp_path: Path, *, is_mounted: bool
) -> None:
    house = a_shop_with(tmp_path) if is_mounted else open_shop(tmp_path)
    async with house as opened:
        shop = opened[0] if isinstance(opened, tuple) else opened
        status, told = await ask(shop)
        assert (status, told["configured"], told["on"], told["model"], told["trouble"]) == (
            200,
            False,
            False,
            None,
            None,
        )
        assert told["spent"]["minute"] == {"requests": 0, "tokens": 0, "yuan": "0.00", "most": None}
        status, told = await ask(shop, {"on": True})
        assert (status, told["type"]) == (409, "urn:linbo:problem:no_llm")
        assert not (tmp_path / FILE_NAME).exists()


async def test_it_tells_how_it_stands_and_what_was_spent_beside_the_bounds(tmp_path: Path) -> None:
    async with (
        serving(says(WRITTEN)) as server,
        a_shop_with(tmp_path, base_url=server.url, model="m", answers=False, input_price=100) as (shop, switch),
    ):
        await write(switch)
        _, told = await ask(shop)
        assert (told["configured"], told["on"], told["model"], told["circuit"]) == (True, True, "m", "closed")
        assert (told["trouble"], told["uses"]) == (None, ["narrative", "opinion", "script"])
        spent = told["spent"]
        assert (spent["requests"], spent["tokens"], spent["yuan"]) == (2, 240, "0.02")
        assert spent["evening"] == {
            "requests": 2,
            "tokens": 240,
            "yuan": "0.02",
            "most": {"requests": 3000, "tokens": 2_000_000, "yuan": "5.00"},
        }


async def test_the_choice_is_done_at_once_and_survives_a_restart(tmp_path: Path) -> None:
    async with serving(says(WRITTEN)) as server:
        set_up = {"base_url": server.url, "model": "m"}
        async with a_shop_with(tmp_path, **set_up) as (shop, switch):
            assert (await ask(shop, {"on": False}))[1]["on"] is False
            await write(switch)
            assert (server.asked, server.probes) == ([], 0)
        async with a_shop_with(tmp_path, **set_up) as (shop, switch):
            assert (await ask(shop))[1]["on"] is False
            assert (await ask(shop, {"on": True}))[1]["on"] is True
            await until(lambda: server.probes == 1)
        async with a_shop_with(tmp_path, enabled=False, **set_up) as (shop, _):
            assert (await ask(shop))[1]["on"] is True
        assert [name for name in os.listdir(tmp_path) if "llm" in name] == [FILE_NAME]  # noqa: PTH208  # nothing waits for it


async def test_two_hosts_who_turn_it_at_once_leave_what_runs_and_what_is_kept_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first choice is slow to come back from the disk: without the lock it would be done after the later one."""
    write_down = llm_switch._keep  # the disk, made slow

    def slowly(path: Path, *, on: bool) -> None:
        write_down(path, on=on)
        time.sleep(0 if on else 0.2)

    monkeypatch.setattr(llm_switch, "_keep", slowly)
    async with serving(says(WRITTEN)) as server, a_shop_with(tmp_path, base_url=server.url, model="m") as (_, switch):
        await asyncio.gather(switch.turn(on=False), switch.turn(on=True))
        kept = json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
        assert (kept["on"], switch.desk.llm.is_on) == (True, True)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"on": "yes"}', "\x00"])
async def test_a_damaged_file_of_the_choice_counts_for_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / FILE_NAME).write_text(kept, encoding="utf-8")
    async with a_shop_with(tmp_path, base_url="http://127.0.0.1:9/v1", model="m", enabled=False) as (shop, _):
        assert (await ask(shop))[1]["on"] is False


async def test_what_is_wrong_is_told_in_words_and_forgotten_when_it_is_off(tmp_path: Path) -> None:
    async with (
        serving(refuses(401)) as server,
        a_shop_with(tmp_path, base_url=server.url, model="m") as (shop, switch),
    ):
        await write(switch)
        assert (await ask(shop))[1]["trouble"] == "大模型不接受密钥，或余额不足"
        assert (await ask(shop, {"on": False}))[1]["trouble"] is None


@pytest.mark.parametrize("body", [{}, {"on": "yes"}, {"on": 1}, {"on": True, "more": 1}])
async def test_a_switch_is_on_or_off(tmp_path: Path, body: Json) -> None:
    async with a_shop_with(tmp_path, base_url="http://127.0.0.1:9/v1", model="m") as (shop, _):
        assert (await ask(shop, body))[0] == 422


async def test_it_is_the_hosts_alone(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        for token in (shop.tokens.overlay, shop.tokens.ingest, "no"):
            assert (await ask(shop, token=token))[0] in {401, 403}
            assert (await ask(shop, {"on": False}, token=token))[0] in {401, 403}


async def test_prometheus_is_told_calls_drops_latency_tokens_and_cost(tmp_path: Path) -> None:
    async with (
        serving(says(WRITTEN)) as server,
        a_shop_with(tmp_path, base_url=server.url, model="m", input_price=100) as (shop, switch),
    ):
        await write(switch)
        text = await metrics(shop)
        for line in (
            'linbo_llm_calls_total{result="ok",use="script"} 1.0',
            'linbo_llm_calls_total{result="ok",use="probe"} 1.0',
            'linbo_llm_latency_seconds_count{use="script"} 1.0',
            'linbo_llm_tokens_total{way="sent"} 200.0',
            "linbo_llm_requests_total 2.0",
            "linbo_llm_cost_yuan_total 0.02",
        ):
            assert line in text, line
        assert 'linbo_llm_dropped_total{reason="' in text
        switch.desk.llm.switch(on=False)
        await write(switch)
        assert 'linbo_llm_calls_total{result="off",use="script"} 1.0' in await metrics(shop)
