from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.setting_inputs import (
    Leaf,
    UnreadableFileError,
    flatten,
    merge,
    option_name,
    read_environment,
    read_options,
    read_toml,
)

if TYPE_CHECKING:
    from pathlib import Path

names = st.text(alphabet="abcdef", min_size=1, max_size=3)
tables = st.recursive(st.integers(), lambda inner: st.dictionaries(names, inner, min_size=1, max_size=3), max_leaves=8)


def test_a_variable_names_its_path() -> None:
    assert read_environment({"LIVE_LLM__BASE_URL": "x", "HOME": "/"}) == [
        Leaf(path=("llm", "base_url"), value="x", origin="环境变量 LIVE_LLM__BASE_URL")
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("server", "port"), "port"),
        (("database", "url"), "database"),
        (("data_dir",), "data"),
        (("server", "public_url"), "public-url"),
    ],
)
def test_an_option_is_called_as_the_user_typed_it(path: tuple[str, ...], name: str) -> None:
    assert option_name(path) == name


def test_a_later_layer_wins_and_brings_its_origin() -> None:
    merged = merge([read_environment({"LIVE_A__B": "1", "LIVE_A__C": "2"}), read_options({"a": {"b": 3}})])
    assert merged.values == {"a": {"b": 3, "c": "2"}}
    assert merged.origins == {("a", "b"): "选项 --b", ("a", "c"): "环境变量 LIVE_A__C"}


def test_a_value_where_a_section_stands_is_a_fault_and_the_section_is_still_read() -> None:
    merged = merge([read_environment({"LIVE_SERVER": "x", "LIVE_SERVER__PORT": "1"})])
    assert merged.values == {"server": {"port": "1"}}
    assert merged.faults == ("环境变量 LIVE_SERVER：server 是一节设置，不能写成一个值",)


def test_an_empty_section_in_the_file_gives_way_to_a_variable(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("[server]\n", encoding="utf-8")
    merged = merge([read_toml(path), read_environment({"LIVE_SERVER__PORT": "1"})])
    assert (merged.values, merged.faults) == ({"server": {"port": "1"}}, ())


@given(st.dictionaries(names, tables, max_size=3))
def test_flattening_and_merging_gives_the_same_tables_again(values: dict[str, object]) -> None:
    leaves = [Leaf(path=path, value=value, origin="x") for path, value in flatten(values)]
    assert merge([leaves]).values == values


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"a = ", "TOML 格式不对"), (b"a = '\xff'", "不是 UTF-8 编码"), (b"[a\nb = 1", "TOML 格式不对")],
)
def test_a_broken_file_says_what_is_wrong_with_it(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason):
        read_toml(path)


def test_a_file_from_a_windows_editor_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert read_toml(path)[0].value == 1
