"""What `doctor` looks at of the language model: whether it answers, how its answers are shaped, and how fast.

It asks two questions that tell nothing of the shop. The service runs without a model: nothing here is bad.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

from live.doctor.check import advice, good
from live.doctor.services import without_password
from nlp.llm_client import Llm, trial
from nlp.llm_ladder import Rung
from nlp.llm_setup import setup_of
from nlp.llm_types import Unanswered, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.settings import LlmSettings
    from live.doctor.check import Finding
    from nlp.llm_client import Setup

NAME = "大模型"
PATIENCE_MS = 20_000
"""A model on the shop's own machine is loaded when the first question comes."""

_LIST_SECONDS = 5.0
_MOST_BYTES = 262_144
_SHOWN = 3

_HOW: Mapping[Rung, str] = MappingProxyType(
    {
        Rung.SCHEMA: "按格式回答（json_schema）",
        Rung.OBJECT: "会答 JSON（json_object）",
        Rung.TEXT: "只会答文字，从里面找 JSON（text）",
    }
)
_MENDS: Mapping[Why, str] = MappingProxyType(
    {
        Why.KEY: "请检查环境变量 LIVE_LLM__API_KEY 和账户余额",
        Why.REFUSED: "请核对 llm.base_url（写到 /v1 为止）和 llm.model",
        Why.UNREACHABLE: "请检查 llm.base_url 和网络，本机的模型看看开着没有；不用大模型就删掉这一项",
        Why.DEADLINE: "请检查网络；本机的模型可能还在加载，过一会再查，或换小一点的",
        Why.LIMITED: "请过一会再查，或在服务商那里提高限额",
        Why.BROKEN: "请过一会再查；一直这样就问服务商",
        Why.BAD_ANSWER: "请换一个模型；会先想再答的要关掉思考，见 docs/llm.md",
    }
)


def language_model(llm: LlmSettings) -> Finding:
    """Ask the model a question; no comment leaves the machine for this."""
    if llm.base_url is None:
        return good(NAME, "没有配置，不需要（配置后能帮忙读懂难懂的评论、拟回答、写口播稿，见 docs/llm.md）")
    place = without_password(llm.base_url)
    setup = setup_of(llm)
    if setup is None:
        named = "、".join(listed(llm)[:_SHOWN]) or "模型名"
        return advice(NAME, f"{place} 没有写用哪个模型", f"请设置 llm.model，例：{named}")
    found = asyncio.run(_tried(replace(setup, probe_deadline_ms=PATIENCE_MS)))
    if isinstance(found, Unanswered):
        return _trouble(llm, place, found)
    return _answering(llm, place, *found)


async def _tried(setup: Setup) -> tuple[Rung, int] | Unanswered:
    """Find the rung, then time one more question: the first pays for the connection and for loading the model."""
    llm = Llm(setup)
    try:
        trouble = await llm.start()
        if trouble is not None:
            return trouble
        began = time.monotonic()
        reply = await llm.ask(trial(PATIENCE_MS))
        took_ms = round((time.monotonic() - began) * 1000)
        rung = llm.standing().rung
        if isinstance(reply, Unanswered):
            return reply
        return (rung, took_ms) if rung else Unanswered(why=Why.BAD_ANSWER)
    finally:
        await llm.close()


def _answering(llm: LlmSettings, place: str, rung: Rung, took_ms: int) -> Finding:
    told = f"{llm.model}，{place}，{_HOW[rung]}，{took_ms} 毫秒" + ("" if llm.enabled else "（启动时关着）")
    if took_ms > llm.deadline_ms:
        mend = f"比 llm.deadline_ms（{llm.deadline_ms}）慢，评论的回答会过时作废，请换快一点的模型，或把它调大"
        return advice(NAME, told, mend)
    return good(NAME, told)


def _trouble(llm: LlmSettings, place: str, found: Unanswered) -> Finding:
    mend = _MENDS.get(found.why, "请过一会再查")
    names = listed(llm) if found.why is Why.REFUSED else []
    if names and llm.model not in names:
        close = get_close_matches(llm.model or "", names, n=_SHOWN, cutoff=0.3) or names[:_SHOWN]
        mend = f"它的列表里没有 {llm.model}，请核对 llm.model，例：{'、'.join(close)}"
    detail = f"（{found.detail}）" if found.detail else ""
    return advice(NAME, f"{place}：{found.words}{detail}；规则照常读评论", mend)


def listed(llm: LlmSettings) -> list[str]:
    """The names of the models that the endpoint lists (`{"data": [{"id": …}]}`); none where it does not say."""
    key = llm.api_key.get_secret_value() if llm.api_key else ""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    request = Request(f"{llm.base_url}/models", headers=headers)  # noqa: S310  # the settings allow http(s) alone
    try:
        with urlopen(request, timeout=_LIST_SECONDS) as answer:  # noqa: S310  # the same
            models = json.loads(answer.read(_MOST_BYTES))["data"]
            return [model["id"] for model in models if isinstance(model["id"], str)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
