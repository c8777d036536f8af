"""Errors as `application/problem+json` (RFC 9457): what is wrong, where, what to do; never a traceback."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from live.service.results import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "请求有误",
    401: "需要口令",
    403: "不允许",
    404: "找不到",
    405: "不能用这个方法",
    413: "内容太大",
    415: "不支持的内容类型",
    422: "填写有误",
    426: "需要 WebSocket",
    429: "太频繁了",
    500: "服务出错了",
    503: "暂时不可用",
}
_DETAILS = {
    404: "没有这个地址。",
    405: "这个地址不能用这个方法。",
    413: "发来的内容超过了上限。",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldFault:
    """What is wrong with one field, in words for a person; `field` is its path ("offers[0].price")."""

    field: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """An answer that says no. `code` is stable, `detail` says in Chinese what to do; when to come back, if that helps."""

    status: int
    code: str
    detail: str
    errors: tuple[FieldFault, ...] = ()
    retry_after_s: int | None = None


class ProblemRaised(Exception):  # noqa: N818  # it carries an answer, it is not a fault of ours
    """Ends a request with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def refuse(
    status: int, code: str, detail: str, errors: Sequence[FieldFault] = (), *, retry_after_s: int | None = None
) -> ProblemRaised:
    """Make the exception that answers with this problem."""
    return ProblemRaised(
        Problem(status=status, code=code, detail=detail, errors=tuple(errors), retry_after_s=retry_after_s)
    )


def body(problem: Problem) -> bytes:
    """Encode a problem."""
    value: dict[str, object] = {
        "type": f"urn:linbo:problem:{problem.code}",
        "title": TITLES.get(problem.status) or HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    if problem.errors:
        value["errors"] = [asdict(fault) for fault in problem.errors]
    return json.dumps(value, ensure_ascii=False).encode()


def response(problem: Problem) -> web.Response:
    """Answer with a problem."""
    answer = web.Response(body=body(problem), status=problem.status, content_type=MEDIA_TYPE)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="linbo"'
    if problem.retry_after_s is not None:
        answer.headers["Retry-After"] = str(problem.retry_after_s)
    return answer


@web.middleware
async def problem_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into a problem."""
    try:
        return await handler(request)
    except ProblemRaised as raised:
        return response(raised.problem)
    except web.HTTPException as raised:
        return _from_http(raised)
    except StoreUnavailable as error:
        return response(Problem(status=503, code="store_unavailable", detail=str(error)))
    except Exception as error:  # noqa: BLE001  # the last line of defence: logged with an id, told without a traceback
        return _unexpected(request, error)


def _from_http(raised: web.HTTPException) -> web.StreamResponse:
    """Answer for aiohttp's own refusals (no such route, body too large); a redirect passes."""
    if raised.status < HTTPStatus.BAD_REQUEST:
        raise raised
    code = HTTPStatus(raised.status).name.lower()
    detail = _DETAILS.get(raised.status, raised.reason)
    answer = response(Problem(status=raised.status, code=code, detail=detail))
    if "Allow" in raised.headers:
        answer.headers["Allow"] = raised.headers["Allow"]
    return answer


def log_failure(request: web.Request, error: Exception) -> str:
    """Log a fault of ours and give its number. Left out are the query, which may hold a token, and pickup codes."""
    error_id = secrets.token_hex(6)
    structlog.get_logger("live.web").error(
        "request_failed", error_id=error_id, method=request.method, path=_without_code(request), exc_info=error
    )
    return error_id


def _without_code(request: web.Request) -> str:
    code = request.match_info.get("code")
    return request.path.replace(code, "{code}") if code else request.path


def _unexpected(request: web.Request, error: Exception) -> web.Response:
    detail = f"服务出错了，请把这个编号告诉维护的人：{log_failure(request, error)}"
    return response(Problem(status=500, code="internal_error", detail=detail))
