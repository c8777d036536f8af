from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from live.web.problems import FieldFault, Problem, body, problem_middleware, refuse
from tests.web.shop import open_shop

if TYPE_CHECKING:
    from pathlib import Path


def test_a_problem_says_what_where_and_what_to_do() -> None:
    fault = FieldFault(field="offers[0].price", message="金额要写成…")
    value = json.loads(body(Problem(status=422, code="invalid_command", detail="有 1 处要改", errors=(fault,))))
    assert value == {
        "type": "urn:linbo:problem:invalid_command",
        "title": "填写有误",
        "status": 422,
        "code": "invalid_command",
        "detail": "有 1 处要改",
        "errors": [{"field": "offers[0].price", "message": "金额要写成…"}],
    }


def test_a_status_without_a_title_of_ours_gets_the_standard_one() -> None:
    assert json.loads(body(Problem(status=418, code="x", detail="y")))["title"]


async def _breaks(_request: web.Request) -> web.Response:
    raise RuntimeError("the secret is 7")


async def _refuses(_request: web.Request) -> web.Response:
    raise refuse(409, "no_session", "还没有开播")


async def _redirects(_request: web.Request) -> web.Response:
    raise web.HTTPSeeOther("/elsewhere")


def application() -> web.Application:
    app = web.Application(middlewares=[problem_middleware])
    app.add_routes([web.get("/breaks", _breaks), web.get("/refuses", _refuses), web.get("/redirects", _redirects)])
    return app


async def test_a_fault_of_ours_is_told_by_a_number_alone_and_logged_with_it() -> None:
    async with TestClient(TestServer(application())) as client:
        with capture_logs() as logs:
            answer = await client.get("/breaks?token=very-secret")
        told = await answer.json(content_type=None)
        assert (answer.status, answer.content_type, told["code"]) == (500, "application/problem+json", "internal_error")
        assert "secret" not in json.dumps(told)
        [line] = logs
        assert line["error_id"] in told["detail"]
        assert line["path"] == "/breaks"
        assert "very-secret" not in str(line)


async def test_a_refusal_is_answered_as_it_was_raised() -> None:
    async with TestClient(TestServer(application())) as client:
        answer = await client.get("/refuses")
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (409, "no_session")


async def test_a_redirect_is_no_problem() -> None:
    async with TestClient(TestServer(application())) as client:
        assert (await client.get("/redirects", allow_redirects=False)).status == 303


async def test_an_unknown_address_and_a_wrong_method_are_problems(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as shop:
        missing = await shop.client.get(f"{shop.base}/nothing/here")
        assert (missing.status, (await missing.json(content_type=None))["code"]) == (404, "not_found")
        wrong = await shop.client.put(f"{shop.base}/healthz")
        assert (wrong.status, (await wrong.json(content_type=None))["code"]) == (405, "method_not_allowed")
        assert "GET" in wrong.headers["Allow"]
