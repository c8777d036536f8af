"""What the pages are made of: small, without a build, and nothing that an old Chromium or a bad comment could trip over."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from tests.pages.shop import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CONSOLE = ROOT / "live" / "web" / "static"
OVERLAY = ROOT / "overlays" / "static"
MOST_AT_FIRST = 140 * 1024
MOST_OF_A_PAGE = 200 * 1024
MOST_ON_THE_LINE = 120 * 1024
MOST_IN_ALL = 300 * 1024
MOST_OF_THE_CONSOLE_ON_THE_LINE = 200 * 1024
MOST_OF_THE_CONSOLE_IN_ALL = 560 * 1024

FILES = sorted(path for folder in (CONSOLE, OVERLAY) for path in folder.rglob("*") if path.is_file())
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
SHEETS = [path for path in FILES if path.suffix == ".css"]
PAGES = [path for path in FILES if path.suffix == ".html"]
ON_THE_PICTURE = [path for path in FILES if path.is_relative_to(OVERLAY) or path.is_relative_to(CONSOLE / "shared")]

HTML_FROM_TEXT = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function")
AFTER_CHROME_103 = re.compile(
    r":has\(|color-mix\(|@layer|@container|@scope|\bpopover\b|text-wrap|:popover|\boklch\(|\d(?:dv|sv|lv)[hw]\b"
    r"|@starting-style|transition-behavior|animation-timeline|startViewTransition|light-dark\(|\bsubgrid\b|\blinear\("
    r"|^\s*(?:translate|rotate|scale|mask|line-clamp|anchor-name|field-sizing)\s*:|@media[^{]*[<>]|:modal\b"
    r"|\.checkVisibility|URL\.canParse|AbortSignal\.any|Array\.fromAsync|\.toSpliced|\.isWellFormed|\.setHTML|\d(?:r?lh|cap|ic)\b"
    r"|^\s*&|Object\.groupBy|structuredClone|\.toSorted|\.toReversed|\.findLast\(.*\.toSpliced|Promise\.withResolvers",
    re.MULTILINE,
)
FROM_ELSEWHERE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)
FROM_THE_ROOT = re.compile(
    r"""["'`(]/(?:api|console|draw|healthz|ingest|overlay|pickup|prompter|r|reports|shop|static|ws)\b(?!/\()"""
)
IMPORT = re.compile(r"""^(?:import|export)\s+(?:[^;"'()]*\bfrom\s+)?["']([^"']+)["']""", re.MULTILINE)
LATER = re.compile(r"""\bimport\(["']([^"']+)["']\)""")
STYLE = re.compile(r"""["'](\.{1,2}/[^"']+\.css)["']""")
OTHER_LANGUAGE = re.compile(r"/en\.js$")
LINK = re.compile(r'(?:src|href)="(\.\./(?:static|overlay-static)/[^"]+)"')
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\(", re.IGNORECASE)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_text_never_becomes_html(script: Path) -> None:
    assert HTML_FROM_TEXT.findall(script.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", ON_THE_PICTURE, ids=name)
def test_what_is_on_the_picture_works_in_chrome_103(file: Path) -> None:
    assert AFTER_CHROME_103.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", [*SCRIPTS, *SHEETS, *PAGES], ids=name)
def test_nothing_comes_from_elsewhere(file: Path) -> None:
    code = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert FROM_ELSEWHERE.findall(code) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_has_neither_inline_script_nor_inline_style(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = LINK.findall(page.read_text(encoding="utf-8"))
    assert named
    assert [link for link in named if not on_disk(urljoin("/kind/name", link)).is_file()] == []


@pytest.mark.parametrize("file", [*SCRIPTS, *SHEETS, *PAGES], ids=name)
def test_no_address_of_ours_begins_with_a_slash(file: Path) -> None:
    """Behind a proxy we may stand under a path (decision 31): scripts ask `root.js`, pages write `../`."""
    code = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert FROM_THE_ROOT.findall(code) == []


@pytest.mark.parametrize(
    "sheet", [s for s in SHEETS if s.name not in {"theme.css", "themes.css", "sheet.css"}], ids=name
)
def test_no_component_invents_its_own_colours(sheet: Path) -> None:
    assert COLOUR.findall(sheet.read_text(encoding="utf-8")) == []


def on_disk(address: str) -> Path:
    """The file behind an address under our root."""
    kind, _, path = address.lstrip("/").partition("/")
    return {"static": CONSOLE, "overlay-static": OVERLAY}[kind] / path


def loaded_by(page: Path, *, later: bool = False) -> list[Path]:
    """The files that a page loads: those it names, and what these import at once; `later`, also what they fetch when it is wanted."""
    found: dict[str, Path] = {}
    waiting = [urljoin("/kind/name", link) for link in LINK.findall(page.read_text(encoding="utf-8"))]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        file = found[address] = on_disk(address)
        if file.suffix == ".js":
            code = file.read_text(encoding="utf-8")
            named = IMPORT.findall(code) + (LATER.findall(code) + STYLE.findall(code) if later else [])
            waiting += [urljoin(address, each) for each in named if not OTHER_LANGUAGE.search(each) or not later]
    return [page, *found.values()]


def weight(files: list[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def on_the_line(files: list[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_script_that_a_page_loads_is_there_and_what_comes_before_the_first_paint_is_small(page: Path) -> None:
    most = MOST_AT_FIRST if page.parent.name == "console" else MOST_OF_A_PAGE
    assert weight(loaded_by(page)) < most


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_all_that_a_page_may_ever_fetch_is_there_and_light_on_the_line(page: Path) -> None:
    """Text travels as gzip (`live/web/files.py`); what a browser has once is not sent again."""
    files = loaded_by(page, later=True)
    console = page.parent.name == "console"
    assert weight(files) < (MOST_OF_THE_CONSOLE_IN_ALL if console else MOST_IN_ALL)
    assert on_the_line(files) < (MOST_OF_THE_CONSOLE_ON_THE_LINE if console else MOST_ON_THE_LINE)


def test_every_word_and_every_part_that_the_console_fetches_later_is_counted() -> None:
    late = {name(path) for path in loaded_by(CONSOLE / "console" / "index.html", later=True)}
    assert "live/web/static/console/fulfil-board/fulfil-board.css" in late
    assert "live/web/static/console/start-form/words/zh-CN.js" in late


def test_no_script_is_longer_than_a_screenful_or_three() -> None:
    assert [name(path) for path in SCRIPTS if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []


def test_the_console_asks_at_once_for_the_scripts_behind_its_scripts_and_for_no_other() -> None:
    """What is asked for only when what imports it has come waits for the line once more; the words are the reader's."""
    text = (CONSOLE / "console" / "index.html").read_text(encoding="utf-8")
    asked = {on_disk(urljoin("/kind/name", link)) for link in re.findall(r'rel="modulepreload" href="([^"]+)"', text)}
    first = CONSOLE / "console" / "console.js"
    needed: set[Path] = set()
    waiting = at_once = imported_by(first)
    while waiting:
        needed |= waiting
        waiting = {each for file in waiting for each in imported_by(file)} - needed
    assert {name(each) for each in asked if each.name != "zh-CN.js"} == {name(each) for each in needed - at_once}


def imported_by(file: Path) -> set[Path]:
    return {(file.parent / each).resolve() for each in IMPORT.findall(file.read_text(encoding="utf-8"))}
