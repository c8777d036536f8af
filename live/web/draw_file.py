"""The proof of a draw as one file for the group chat: opens from a phone's storage, checks itself, asks nobody anything.

There is no build: the modules of `static/draw/` are laid one after the other in the order in which they need each other,
without their `import` and `export` words. That holds as long as no two of them use one name, which a test sees to.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from live.web.headers import style_hash
from live.web.pages import STATIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCRIPTS = (
    "shared/i18n/fill.js",
    "shared/dom.js",
    "shared/icons.js",
    "shared/format.js",
    "draw/bytes.js",
    "draw/sha256.js",
    "draw/hmac.js",
    "draw/ranks.js",
    "draw/verify.js",
    "draw/find.js",
    "draw/moments.js",
    "draw/parts.js",
    "draw/rules-card.js",
    "draw/seal-card.js",
    "draw/winners-card.js",
    "draw/find-card.js",
    "draw/steps.js",
    "draw/check-card.js",
    "draw/view.js",
    "draw/words/zh-CN.js",
    "draw/file.js",
)
SHEETS = ("shared/theme.css", "shared/controls.css", "viewer/viewer.css", "draw/draw.css")

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const|function|class|async)", re.MULTILINE)

_PAGE = """<!doctype html>
<html lang="zh-CN" data-theme="auto">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<noscript><p class="no-script">要打开 JavaScript 才能核对。请换手机自带的浏览器打开这个文件。</p></noscript>
<p class="saved"></p>
<main aria-busy="true"></main>
<script type="application/json" id="record">{record}</script>
<script>{script}</script>
</body>
</html>
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawFile:
    """What is the same in every such file."""

    script: str
    style: str

    @property
    def policy(self) -> str:
        """The file's own styles and script, and nothing from anywhere: also nothing that could go out."""
        return f"default-src 'none'; script-src {style_hash(self.script)}; style-src {style_hash(self.style)}; base-uri 'none'"

    def page(self, told: Mapping[str, Any], saved_at: str) -> str:
        """The file of what is told of a draw at a moment (RFC 3339)."""
        record = to_json({**told, "saved_at": saved_at}).decode().replace("<", "\\u003c")
        title = html.escape(f"抽奖核对：{told['title']}")
        return _PAGE.format(policy=self.policy, title=title, style=self.style, record=record, script=self.script)


def read_draw_file(folder: Path = STATIC) -> DrawFile:
    """Read the scripts and sheets, once at the start."""
    sheets = (_read(folder, name) for name in SHEETS)
    return DrawFile(script=bundled(_read(folder, name) for name in SCRIPTS), style="\n".join(sheets))


def bundled(modules: Iterable[str]) -> str:
    """Make one script of modules; a strict function of its own, so that their names stay with it."""
    laid = "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)
    return f'(() => {{\n"use strict";\n{laid}\n}})();\n'


def _read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")
