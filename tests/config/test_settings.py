from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from config.settings import ServerSettings, SettingsError, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def toml(folder: Path, text: str) -> Path:
    path = folder / "linbo.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(config: Path | None = None, environ: dict[str, str] | None = None, **options: object) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(config, environ or {}, options)
    return caught.value.faults


def test_without_any_input_the_service_is_local_and_keeps_sqlite_in_the_data_folder() -> None:
    settings = load_settings(None, {}, {})
    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 8000)
    assert settings.database_url == "sqlite:///data/linbo.db"
    assert settings.redis.url is None


def test_the_limits_are_those_of_the_contract() -> None:
    ingest = load_settings(None, {}, {}).ingest
    assert (ingest.max_batch, ingest.max_frame_bytes) == (500, 262_144)


def test_each_input_overrides_the_one_before(tmp_path: Path) -> None:
    config = toml(tmp_path, '[server]\nhost = "a"\nport = 1\npublic_url = "https://file.example"')
    environ = {"LIVE_SERVER__HOST": "b", "LIVE_SERVER__PORT": "2"}
    server = load_settings(config, environ, {"server": {"host": "c"}}).server
    assert (server.host, server.port, server.public_url) == ("c", 2, "https://file.example")


def test_an_option_that_was_not_given_changes_nothing() -> None:
    settings = load_settings(None, {"LIVE_SERVER__PORT": "9"}, {"data_dir": None, "server": {"port": None}})
    assert settings.server.port == 9
    assert str(settings.data_dir) == "data"


def test_a_configured_database_replaces_the_one_in_the_data_folder() -> None:
    settings = load_settings(None, {"LIVE_DATABASE__URL": "postgresql://u@h/linbo"}, {})
    assert settings.database_url == "postgresql://u@h/linbo"


def test_a_list_in_a_variable_is_written_with_commas_or_as_json() -> None:
    plain = load_settings(None, {"LIVE_SERVER__ALLOWED_ORIGINS": "https://a.example, http://b.example:81"}, {})
    assert plain.server.allowed_origins == ("https://a.example", "http://b.example:81")
    source = load_settings(None, {"LIVE_SOURCES": '[{"kind":"oba","room":"main","url":"ws://127.0.0.1:9"}]'}, {})
    assert source.sources[0].room == "main"


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert load_settings(None, {"LIVE_LLM__API_KEY": "", "LIVE_SERVER__PORT": ""}, {}).llm.api_key is None


def test_variables_of_other_programs_do_not_count() -> None:
    assert load_settings(None, {"SERVER__PORT": "x", "LINBO_NO_BOOTSTRAP": "1"}, {}).server.port == 8000


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_settings(None, {}, {}).server.port = 1


def test_secrets_hide_themselves() -> None:
    environ = {
        "LIVE_LLM__API_KEY": "sk-geheim",
        "LIVE_DATABASE__URL": "postgresql://u:geheim@h/d",
        "LIVE_REDIS__URL": "redis://:geheim@h",
    }
    assert "geheim" not in repr(load_settings(None, environ, {}))


def test_a_fault_does_not_repeat_the_secret() -> None:
    assert "geheim" not in "".join(faults(environ={"LIVE_DATABASE__URL": "mysql://u:geheim@h/d"}))


def test_all_faults_of_all_inputs_come_at_once_each_with_its_place(tmp_path: Path) -> None:
    config = toml(tmp_path, '[server]\nprot = 1\nport = "viele"\n[ingest]\nmax_batch = 0')
    found = faults(config, {"LIVE_LLM__BASE_URL": "ftp://x", "LIVE_SERVR__HOST": "x"}, redis={"url": "http://x"})
    assert sorted(found) == sorted(
        [
            f"配置文件 {config}：没有 server.prot 这个设置（是不是 server.port？）",
            f"配置文件 {config}：server.port 应是整数",
            f"配置文件 {config}：ingest.max_batch 不能小于 1",
            "环境变量 LIVE_LLM__BASE_URL：llm.base_url 应是以 http:// 或 https:// 开头的完整网址",
            "环境变量 LIVE_SERVR__HOST：没有 servr 这个设置（是不是 server？）",
            "选项 --redis：redis.url 应以 redis:// 或 rediss:// 或 unix:// 开头",
        ]
    )


def test_faults_of_other_inputs_are_told_even_when_the_file_cannot_be_read(tmp_path: Path) -> None:
    found = faults(tmp_path / "none.toml", {"LIVE_SERVER__PORT": "70000"})
    assert [fault.partition("：")[2] for fault in found] == [
        "打不开（No such file or directory），请检查 --config 的路径",
        "server.port 不能大于 65535",
    ]


def test_a_fault_in_a_list_names_the_file_and_the_place_in_the_list(tmp_path: Path) -> None:
    config = toml(tmp_path, '[[sources]]\nkind = "oba"\nroom = "大厅"\nurl = "ws://h"\nrom = "x"')
    assert faults(config) == (
        f"配置文件 {config}：sources.0.room 写法不对，应符合 ^[a-z0-9_-]{{1,40}}$",
        f"配置文件 {config}：没有 sources.0.rom 这个设置（是不是 sources.room？）",
    )


def test_a_setting_may_be_made_in_code_by_name() -> None:
    assert ServerSettings(port=1).port == 1


WECOM = '[[outbound.wecom]]\nname = "tuan"\nkey = "693a91f6-7bc4-97a0-0ec2"\n'


def test_the_targets_of_messages_are_read_and_hide_their_secrets(tmp_path: Path) -> None:
    hook = '[[outbound.webhook]]\nname = "erp"\nurl = "http://u:geheim@h/x?t=geheim"\nsecret = "geheim-geheim-geheim"\n'
    outbound = load_settings(toml(tmp_path, WECOM + hook), {}, {}).outbound
    assert (outbound.wecom[0].name, outbound.wecom[0].rooms, outbound.wecom[0].phone_tails) == ("tuan", (), False)
    assert (outbound.webhook[0].kinds, outbound.webhook[0].timeout_s) == ((), 10)
    assert "geheim" not in repr(outbound)
    assert "693a91f6" not in repr(outbound)


def test_all_faults_of_the_targets_come_at_once(tmp_path: Path) -> None:
    config = toml(
        tmp_path,
        '[[outbound.wecom]]\nname = "群"\nkey = "x"\nmessages = ["sumary"]\n'
        '[[outbound.webhook]]\nname = "erp"\nurl = "erp.local"\nsecret = "short"\nkind = ["x"]',
    )
    assert [fault.partition("：")[2] for fault in faults(config)] == [
        "outbound.wecom.0.name 写法不对，应符合 ^[a-z0-9_-]{1,40}$",
        "outbound.wecom.0.key 应是机器人的 Webhook 地址（…/cgi-bin/webhook/send?key=…），或其中 key= 后面的那一串",
        "outbound.wecom.0.messages.0 只能是 summary、pick_list、pick_file、arrived、moved",
        "outbound.webhook.0.url 应是以 http:// 或 https:// 开头的完整网址",
        "outbound.webhook.0.secret 太短，至少要 16 个字符，请用随机生成的",
        "没有 outbound.webhook.0.kind 这个设置（是不是 outbound.webhook.kinds？）",
    ]


def test_two_targets_of_one_name_are_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(toml(tmp_path, WECOM + WECOM))
    assert fault.endswith("outbound 里有重名的：tuan，请各起各的名字")
