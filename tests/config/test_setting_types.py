from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from config.setting_types import DatabaseAddress, Networks, Origins, WebAddress


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
