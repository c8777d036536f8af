from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import LlmSettings, SettingsError, load_settings
from nlp.llm_setup import desk_of, setup_of
from nlp.llm_types import Bounds, Prices, Spend, Use

ROOT = Path(__file__).resolve().parents[3]
FULL: dict[str, object] = {"base_url": "http://127.0.0.1:1/v1/", "model": "m", "api_key": "geheim"}


def settings(**more: object) -> LlmSettings:
    return LlmSettings.model_validate(FULL | more)


def test_without_an_address_or_a_model_there_is_no_setup() -> None:
    assert setup_of(LlmSettings()) is None
    assert setup_of(settings(model=None)) is None
    assert not desk_of(LlmSettings(), auto_confidence=0.9).llm.is_on


def test_the_endpoint_is_that_of_the_settings() -> None:
    setup = setup_of(settings(extra={"enable_thinking": False}))
    assert setup is not None
    endpoint = setup.endpoint
    assert (endpoint.base_url, endpoint.model, endpoint.api_key) == ("http://127.0.0.1:1/v1", "m", "geheim")
    assert dict(endpoint.extra) == {"enable_thinking": False}


def test_prices_and_bounds_in_yuan_are_kept_in_whole_parts_of_a_fen() -> None:
    setup = setup_of(settings(input_price="0.5", output_price=2, yuan_per_minute="0.10", yuan_per_evening="3"))
    assert setup is not None
    assert setup.prices == Prices(input_fen=50, output_fen=200)
    assert setup.bounds == Bounds(
        minute=Spend(requests=30, tokens=60_000, micro_fen=10_000_000),
        evening=Spend(requests=3000, tokens=2_000_000, micro_fen=300_000_000),
        at_once=2,
        waiting=8,
    )


def test_switched_off_in_the_settings_it_can_be_switched_on_later() -> None:
    llm = desk_of(settings(enabled=False), auto_confidence=0.9).llm
    assert not llm.is_on
    llm.switch(on=True)
    assert llm.is_on


def test_each_use_of_viewers_words_can_be_forbidden_by_itself() -> None:
    assert desk_of(settings(), auto_confidence=0.9).uses == frozenset(Use)
    kept = desk_of(settings(second_opinion=False, answers=False), auto_confidence=0.9).uses
    assert kept == {Use.PROBE, Use.SCRIPT, Use.NARRATIVE}


def test_what_a_vendor_wants_can_stand_in_a_file_or_as_json_in_a_variable(tmp_path: Path) -> None:
    file = tmp_path / "linbo.toml"
    file.write_text("[llm]\ninput_price = 0.5\nextra = { a = { b = false } }\n", encoding="utf-8")
    assert load_settings(file, {}, {}).llm.extra == {"a": {"b": False}}
    assert load_settings(None, {"LIVE_LLM__EXTRA": '{"a": 1}'}, {}).llm.extra == {"a": 1}


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("INPUT_PRICE", "abc", "应是数字"),
        ("INPUT_PRICE", "0.001", "最多两位小数"),
        ("INPUT_PRICE", "-1", "不能小于 0"),
        ("DEADLINE_MS", "50", "不能小于 100"),
        ("EXTRA", "[1]", "应是一节设置"),
        ("EXTRA", "{", "不是正确的 JSON"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_what_to_write(variable: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        load_settings(None, {f"LIVE_LLM__{variable}": value}, {})


def test_one_module_alone_imports_the_library() -> None:
    importing = [
        path.relative_to(ROOT).as_posix()
        for package in ("config", "nlp", "live", "overlays")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        and (getattr(node, "module", None) or node.names[0].name).partition(".")[0] == "openai"
    ]
    assert set(importing) == {"nlp/llm.py"}


def test_making_a_desk_loads_no_library() -> None:
    code = """
import sys
from config.settings import LlmSettings
from nlp.llm_setup import desk_of
desk_of(LlmSettings.model_validate({"base_url": "http://127.0.0.1:1/v1", "model": "m"}), auto_confidence=0.9)
sys.exit("openai" in sys.modules or "httpx2" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
