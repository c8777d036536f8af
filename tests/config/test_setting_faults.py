from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from config.setting_faults import faults_of, known_paths, nearest
from config.settings import Settings


def told(values: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate(values)
    return faults_of(caught.value, {}, Settings)


def test_every_name_that_may_be_set_is_known() -> None:
    known = set(known_paths(Settings))
    assert {"data_dir", "server", "server.port", "llm.api_key", "sources.room"} <= known


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("server.prot", "server.port"),
        ("port", "server.port"),
        ("llm.baseurl", "llm.base_url"),
        ("sources.0.rom", "sources.room"),
    ],
)
def test_a_misspelt_name_gets_the_nearest_known_one(wrong: str, right: str) -> None:
    assert nearest(tuple(wrong.split(".")), list(known_paths(Settings))) == f"（是不是 {right}？）"


def test_a_name_like_no_other_points_to_the_list() -> None:
    assert nearest(("xyz",), ["server.port"]) == "（全部设置见 docs/settings.md）"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"server": {"port": 1.5}}, "server.port 应是整数"),
        ({"server": {"host": 3}}, "server.host 应是文字，要加引号"),
        ({"server": 3}, "server 应是一节设置，不是一个值"),
        ({"nlp": {"auto_confidence": "sehr"}}, "nlp.auto_confidence 应是数字"),
        ({"nlp": {"auto_confidence": 2}}, "nlp.auto_confidence 不能大于 1.0"),
        ({"server": {"allowed_hosts": 3}}, 'server.allowed_hosts 应是列表，例：["甲", "乙"]'),
        ({"server": {"allowed_hosts": [""]}}, "server.allowed_hosts.0 不能为空"),
        ({"data_dir": 3}, "data_dir 应是文件夹的路径，要加引号"),
        ({"sources": [{"kind": "oba", "room": "b"}]}, "sources.0.url 缺了这一项，请补上"),
        (
            {"sources": [{"kind": "douyin", "room": "b", "url": "ws://h"}]},
            "sources.0.kind 只能是 oba 或 barrage_grab",
        ),
        (
            {"sources": [{"kind": "ssn", "room": "b", "url": "ws://h"}]},
            "sources.0.kind 只能是 oba 或 barrage_grab；ssn 会自己连过来，不用写在这里",
        ),
        (
            {"sources": [{"kind": "oba", "room": "b", "url": "ws://"}]},
            "sources.0.url 应写全主机和端口，例：ws://127.0.0.1:12354",
        ),
    ],
)
def test_a_wrong_value_is_told_in_chinese(values: dict[str, Any], words: str) -> None:
    assert told(values) == [f"设置：{words}"]
