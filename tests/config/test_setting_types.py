from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from config.setting_types import (
    DatabaseAddress,
    GroupMessages,
    HookAddress,
    Networks,
    Origins,
    RobotKey,
    SigningSecret,
    WebAddress,
)

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


def test_a_web_address_loses_the_slash_at_its_end() -> None:
    assert TypeAdapter(WebAddress).validate_python("https://shop.example/") == "https://shop.example"


@pytest.mark.parametrize("value", ["shop.example", "https://", "ftp://shop.example", ""])
def test_a_web_address_needs_scheme_and_host(value: str) -> None:
    with pytest.raises(ValidationError, match="完整网址"):
        TypeAdapter(WebAddress).validate_python(value)


def test_an_origin_has_no_path() -> None:
    with pytest.raises(ValidationError, match="不带路径"):
        TypeAdapter(Origins).validate_python("https://shop.example/a")


def test_a_proxy_is_an_address_or_a_network() -> None:
    assert TypeAdapter(Networks).validate_python("127.0.0.1,10.0.0.0/8,::1") == ("127.0.0.1", "10.0.0.0/8", "::1")
    with pytest.raises(ValidationError, match="IP 地址或网段"):
        TypeAdapter(Networks).validate_python(["proxy.local"])


@pytest.mark.parametrize("value", ["linbo.db", "mysql://h/d", "postgresql"])
def test_a_database_is_sqlite_or_postgresql(value: str) -> None:
    with pytest.raises(ValidationError, match="sqlite:// 或 postgresql://"):
        TypeAdapter(DatabaseAddress).validate_python(value)


def test_a_list_that_is_broken_json_says_so() -> None:
    with pytest.raises(ValidationError, match="JSON"):
        TypeAdapter(Origins).validate_python('["a"')


@pytest.mark.parametrize("given", [KEY, f" {KEY} ", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"])
def test_the_key_of_a_robot_is_taken_alone_or_in_its_address(given: str) -> None:
    key = TypeAdapter(RobotKey).validate_python(given)
    assert key.get_secret_value() == KEY
    assert KEY not in repr(key)


@pytest.mark.parametrize("given", ["", "short", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "key=&x", "机器人"])
def test_what_is_no_key_of_a_robot_is_a_fault_that_says_where_to_find_it(given: str) -> None:
    with pytest.raises(ValidationError, match="Webhook 地址"):
        TypeAdapter(RobotKey).validate_python(given)


def test_the_address_of_a_webhook_keeps_its_slash_and_names_a_port_that_there_is() -> None:
    assert TypeAdapter(HookAddress).validate_python("http://erp.local:81/hook/") == "http://erp.local:81/hook/"
    for wrong in ("http://erp.local:0/", "http://erp.local:99999/", "erp.local/hook"):
        with pytest.raises(ValidationError, match=r"1 到 65535|完整网址"):
            TypeAdapter(HookAddress).validate_python(wrong)


def test_a_secret_that_is_short_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValidationError, match="至少要 16 个字符") as caught:
        TypeAdapter(SigningSecret).validate_python("geheim")
    assert "geheim" not in str(caught.value.errors(include_input=False))
    assert TypeAdapter(SigningSecret).validate_python("x" * 16).get_secret_value() == "x" * 16


def test_a_robot_posts_only_what_there_is() -> None:
    assert TypeAdapter(GroupMessages).validate_python("summary, arrived") == ("summary", "arrived")
    with pytest.raises(ValidationError, match=r"只能是 summary、pick_list、pick_file、arrived、moved"):
        TypeAdapter(GroupMessages).validate_python(["sumary"])
