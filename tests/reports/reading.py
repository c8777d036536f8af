"""Reads a page back as a browser would: elements, text, addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "rect", "img", "input", "hr", "col"})


@dataclass(kw_only=True, slots=True)
class Page:
    """What is in a page. `unbalanced` names elements that were closed out of turn or left open."""

    text: str = ""
    styles: str = ""
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def has(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.elements)

    def addresses(self) -> list[str]:
        kept = {"src", "href", "srcset", "action", "data", "xlink:href", "poster"}
        return [value for _, attributes in self.elements for name, value in attributes.items() if name in kept]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.page.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.page.styles += data
        else:
            self.page.text += data


def read(html: str) -> Page:
    """Parse a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.unbalanced += reader.open
    return reader.page
