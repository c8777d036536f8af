"""The documents, as the tests read them: text, code blocks, tables and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A fenced block of a page."""

    language: str
    text: str


def name_of(page: Path) -> str:
    """The page as a test names it."""
    return page.relative_to(ROOT).as_posix()


def read(page: Path | str) -> str:
    """The text of a page, by its path or by its name below docs/."""
    return (page if isinstance(page, Path) else DOCS / page).read_text(encoding="utf-8")


def blocks(text: str, *languages: str) -> list[Block]:
    """The fenced blocks in these languages; without any, all of them."""
    found = (Block(language=language, text=body) for language, body in _BLOCK.findall(text))
    return [block for block in found if not languages or block.language in languages]


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return _BLOCK.sub("", text)


def links(text: str) -> list[str]:
    """Where a page points, pictures included; what stands in code is no link."""
    return [found[1] or found[2] for found in _LINK.finditer(_CODE.sub("", prose(text)))]


def inline(text: str) -> list[str]:
    """What stands in `code` in the prose."""
    return _CODE.findall(prose(text))


def anchors(text: str) -> set[str]:
    """The anchors that the headings of a page make, as GitHub writes them."""
    return {anchor(heading) for heading in _HEADING.findall(prose(text))}


def anchor(heading: str) -> str:
    """Lower case, words joined by hyphens, punctuation dropped."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def section(text: str, title: str) -> str:
    """A page from the heading with this title to the next of its kind or a higher one."""
    found = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    if found is None:
        raise AssertionError(f"no section {title!r}")
    end = re.search(rf"^#{{1,{len(found[1])}}} ", text[found.end() :], re.MULTILINE)
    return text[found.end() :][: end.start() if end else None]


def rows(text: str) -> Iterator[list[str]]:
    """The rows of the tables in a text, without their heads."""
    lines = [line for line in prose(text).splitlines() if line.startswith("|")]
    for place, line in enumerate(lines):
        head = place + 1 < len(lines) and _is_rule(lines[place + 1])
        if not head and not _is_rule(line):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def _is_rule(line: str) -> bool:
    return set(line) <= set("|-: ")
