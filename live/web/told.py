"""What pages are told, encoded: each frame once a view, whatever the number of pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from live.service import wire
from live.web import views
from live.web.frames import text_frame

if TYPE_CHECKING:
    from live.domain.comment import AnsweredComment
    from live.service.results import Trouble
    from live.service.wire import Json


class View(StrEnum):
    """How much a page may see."""

    HOST = "host"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One event on its way to the pages; `data` is its JSON object, encoded, as a host sees it."""

    seq: int
    at: str
    kind: str
    data: bytes

    def payload(self, view: View) -> bytes:
        """The event as JSON."""
        data = self.data if view is View.HOST else to_json(views.public_event(from_json(self.data)))
        head = f'{{"type":"event","seq":{self.seq},"at":"{self.at}","kind":"{self.kind}","data":'
        return b"".join((head.encode(), data, b"}"))

    def frame(self, view: View) -> bytes:
        """The WebSocket frame of the event, made once."""
        return self._host_frame if view is View.HOST else self._public_frame

    @cached_property
    def _host_frame(self) -> bytes:
        return text_frame(self.payload(View.HOST))

    @cached_property
    def _public_frame(self) -> bytes:
        return text_frame(self.payload(View.PUBLIC))


def snapshot_frame(state: Json, view: View) -> bytes:
    """The first frame of a page."""
    shown = state if view is View.HOST else views.public_snapshot(state)
    return text_frame(to_json({"type": "snapshot", "seq": state["seq"], "state": shown}))


def comment_frame(comment: AnsweredComment) -> bytes:
    """A comment with what came of it, for hosts alone."""
    return text_frame(to_json({"type": "comment", **wire.comment(comment)}))


def people_frame() -> bytes:
    """Identities were joined or split: whoever shows persons asks again."""
    return text_frame(b'{"type":"people"}')


def trouble_frame(trouble: Trouble | None) -> bytes:
    """What the host must know now; nulls when all is well again."""
    code, detail = (None, None) if trouble is None else (trouble.code, trouble.detail)
    return text_frame(to_json({"type": "trouble", "code": code, "detail": detail}))
