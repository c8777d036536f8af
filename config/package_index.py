"""pip's configured package index, handed on to uv. Standard library only."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: pip's own order: a later section overrides an earlier one.
SECTIONS = ("global", "install", ":env:")


def parse_pip_config(listing: str) -> dict[str, str]:
    """Read what `pip config list` prints (`global.index-url='…'`) into option → value, as `pip install` would see it."""
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listing.splitlines():
        key, equals, value = line.partition("=")
        section, _, option = key.partition(".")
        if equals and section in found:
            found[section][option] = str(ast.literal_eval(value))
    return {option: value for section in SECTIONS for option, value in found[section].items()}


def uv_environment(pip: Mapping[str, str]) -> dict[str, str]:
    """Translate pip's options to uv's environment variables.

    Variables keep a password inside an index address out of the process list. All indexes are searched alike, as pip
    does; the locked hashes decide what is accepted.
    """
    settings = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(pip.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(pip.get("find-links", "").split()),
        "UV_NO_INDEX": pip.get("no-index", ""),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("timeout", pip.get("default-timeout", "")),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "HTTPS_PROXY": pip.get("proxy", ""),
    }
    return {name: value for name, value in settings.items() if value} | {"UV_INDEX_STRATEGY": "unsafe-best-match"}
