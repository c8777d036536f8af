"""What an endpoint sends back, read from bounded bytes: one JSON object, or a stream of server-sent events.

The fields are those of the chat completions protocol. Nothing in a body is trusted to be there or to be what it should.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

MAX_BYTES = 262_144
"""Of a body, at most, unless more tokens were asked for than it holds."""
_BYTES_A_TOKEN = 400
"""A stream spends 200 to 300 bytes on each token, by what a server writes around it."""

_MAX_USAGE = 10_000_000


class TooLong(Exception):  # noqa: N818  # it says what the body was
    """A body that goes on beyond `most_bytes`, or comes packed."""


def most_bytes(max_tokens: int) -> int:
    """How long the body of an answer of so many tokens may be."""
    return max(MAX_BYTES, max_tokens * _BYTES_A_TOKEN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Completion:
    """The text of an answer, whether it was cut off, and the tokens that the server counted (None: it does not say)."""

    text: str
    is_cut: bool
    sent: int | None
    answered: int | None


def read_body(body: bytes) -> Completion | None:
    """Read a body; None where it is no chat completion."""
    text = body.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith(("data:", ":", "event:")):
        return _streamed(text)
    chunk = _object(text)
    return None if chunk is None or "choices" not in chunk else _whole(chunk)


def _object(text: str) -> dict[str, object] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _whole(chunk: dict[str, object]) -> Completion:
    choice = _first_choice(chunk)
    sent, answered = _usage(chunk)
    return Completion(
        text=_content(choice, "message"), is_cut=choice.get("finish_reason") == "length", sent=sent, answered=answered
    )


def _streamed(text: str) -> Completion | None:
    """Join the pieces of a stream; one that stops without saying that it ends was cut off."""
    pieces: list[str] = []
    finish: object = None
    sent = answered = None
    ended = False
    for line in text.split("\n"):  # not splitlines: a piece may hold other line ends
        data = line.removeprefix("data:").strip() if line.startswith("data:") else ""
        ended = ended or data == "[DONE]"
        chunk = _object(data) if data else None
        if chunk is None:
            continue
        choice = _first_choice(chunk)
        pieces.append(_content(choice, "delta"))
        finish = choice.get("finish_reason") or finish
        said = _usage(chunk)
        sent, answered = said if said != (None, None) else (sent, answered)
    is_cut = finish == "length" or (finish is None and not ended)
    return Completion(text="".join(pieces), is_cut=is_cut, sent=sent, answered=answered)


def _first_choice(chunk: dict[str, object]) -> dict[str, object]:
    choices = chunk.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, dict) else {}


def _content(choice: dict[str, object], name: str) -> str:
    message = choice.get(name)
    content = message.get("content") if isinstance(message, dict) else None
    return content if isinstance(content, str) else ""


def _usage(chunk: dict[str, object]) -> tuple[int | None, int | None]:
    usage = chunk.get("usage")
    if not isinstance(usage, dict):
        return None, None
    return _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_USAGE else None
