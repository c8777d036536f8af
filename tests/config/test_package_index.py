from __future__ import annotations

from config.package_index import parse_pip_config, uv_environment

LISTING = """\
:env:.find-links='/opt/wheels'
global.cert='/etc/ca.crt'
global.extra-index-url='https://one.example/simple\\nhttps://two.example/simple'
global.find-links='/elsewhere'
global.index-url='https://global.example/simple'
install.index-url='https://install.example/simple'
list.format='columns'
"""


def test_pips_own_order_of_files_and_variables_is_kept() -> None:
    pip = parse_pip_config(LISTING)
    assert pip["index-url"] == "https://install.example/simple"
    assert pip["find-links"] == "/opt/wheels"
    assert "format" not in pip


def test_uv_gets_the_index_the_extras_the_folders_and_the_certificate() -> None:
    assert uv_environment(parse_pip_config(LISTING)) == {
        "UV_DEFAULT_INDEX": "https://install.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/opt/wheels",
        "SSL_CERT_FILE": "/etc/ca.crt",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_a_pip_without_configuration_leaves_uv_with_its_defaults() -> None:
    assert uv_environment(parse_pip_config("")) == {"UV_INDEX_STRATEGY": "unsafe-best-match"}
