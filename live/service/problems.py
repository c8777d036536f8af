"""Refusals as RFC 9457 problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import to_json

from live.service.results import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from live.domain.refusal import Refused
    from live.service.results import PublishedEvent
    from live.service.wire import Json

STATUS = {"not_found": 404, "conflict": 409, "invalid": 422}
TITLES = {"not_found": "找不到", "conflict": "现在不能这样做", "invalid": "填写有误"}


def problem(*, status: int, code: str, title: str, detail: str) -> Answer:
    """A refusal with a stable `code`; `detail` is a sentence for the host."""
    body = {"type": f"urn:linbo:problem:{code}", "title": title, "status": status, "code": code, "detail": detail}
    return Answer(status=status, body=to_json(body))


def refused(refusal: Refused) -> Answer:
    """A command that the rules refuse."""
    return problem(
        status=STATUS[refusal.kind], code=refusal.code.value, title=TITLES[refusal.kind], detail=refusal.detail
    )


def accepted(events: Iterable[PublishedEvent], warnings: Sequence[Json] = (), about: Json | None = None) -> Answer:
    """A command that took effect, with the facts it made and what the host should know of it.

    `about` is what the command was about as it is now, by its name: who asks twice finds it both times.
    """
    body: Json = {"events": [event_frame(event) for event in events], **(about or {})}
    return Answer(status=200, body=to_json(body | {"warnings": list(warnings)} if warnings else body))


def event_frame(event: PublishedEvent) -> Json:
    """An event as section 4 shows it."""
    return {"type": "event", "seq": event.seq, "at": event.at, "kind": event.kind, "data": event.data}


def key_reused() -> Answer:
    """The same `Idempotency-Key` with another command."""
    return problem(
        status=422,
        code="idempotency_key_reused",
        title=TITLES["invalid"],
        detail="Idempotency-Key 已经用于另一条命令，请换一个新的",
    )


def unavailable(detail: str) -> Answer:
    """The store cannot be written now; the command had no effect."""
    return problem(status=503, code="store_unavailable", title="暂时存不进去", detail=detail)


def broken() -> Answer:
    """A fault of ours; the command had no effect, and the log says what it was."""
    return problem(status=500, code="internal_error", title="服务出错了", detail="这条命令没有执行，请看日志 linbo.log")
