"""HTML of a chat message as the words a person reads: emoji pictures by their names, no markup."""

from __future__ import annotations

from html.parser import HTMLParser

_HTML_CHARACTERS = 5_000
"""More is not looked at: a comment has 500 characters, and the rest is markup that nobody typed."""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs).get("alt") or "")
        if tag == "br":
            self.found.append(" ")


def words_of(html: str) -> str:
    """Read the words: `Some <b>test</b> &amp; 2份` is `Some test & 2份`."""
    reader = _Words()
    try:
        reader.feed(html[:_HTML_CHARACTERS])
        reader.close()
    except AssertionError:  # what the parser says to a broken "<![": such a message is text
        return html
    return "".join(reader.found)
