"""Who may ask for a basket, and who may change one: the code is the secret, and only our own pages post."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from live.service.results import Answer
from live.web import rate
from live.web.bodies import read_body
from live.web.gate import is_own_page
from live.web.keys import BASKETS, GATE
from live.web.problems import refuse
from live.web.rate import Limit

if TYPE_CHECKING:
    from aiohttp import web

    from live.service.basket_book import Owner
    from live.web.problems import ProblemRaised

MAX_BODY_BYTES = 16 * 1024
_LONGEST_CODE = 40
_FIELD = re.compile(r"^[a-z_]+：")
"""How a refusal begins that names a field of a command: of no help to somebody with a phone."""


def typed_code(text: str) -> str:
    """A pickup code as people type it: small letters, spaces, dashes and full-width letters will do."""
    wide = unicodedata.normalize("NFKC", text[: 2 * _LONGEST_CODE]).upper()
    return "".join(each for each in wide if each.isascii() and each.isalnum())[:_LONGEST_CODE]


async def owner_in_path(request: web.Request) -> Owner:
    """Whose the code in the address is. Whatever is wrong with a code, the answer is the same: nobody has it.

    Raises:
        ProblemRaised: 404, or 429 for an address that has asked for too many codes of nobody.
    """
    code = typed_code(request.match_info["code"])
    rate.check(request, Limit.UNKNOWN_CODE)
    rate.spend(request, Limit.LOOKUP, key=code)
    owner = await request.app[BASKETS].find(code)
    if owner is None:
        rate.spend(request, Limit.UNKNOWN_CODE)
        raise unknown_code()
    return owner


def unknown_code() -> ProblemRaised:
    """The one answer for every code of nobody."""
    return refuse(404, "unknown_pickup_code", "没有这个提货码。请对照一下，一共 12 位，没有数字 0、1 和字母 O、I。")


async def own_body(request: web.Request) -> bytes:
    """The body of a POST of our own pages; raises 403, 413 and 415 problems for any other."""
    if not is_own_page(request, request.app[GATE]):
        raise refuse(403, "cross_site", "这个请求不是从邻播的页面发出的，没有执行。请打开店里的链接再试。")
    if request.content_type != "application/json":
        raise refuse(415, "not_json", "内容要用 JSON 发送：请求头写 Content-Type: application/json。")
    return await read_body(request, MAX_BODY_BYTES)


def readable(answer: Answer) -> Answer:
    """A refusal as a viewer may read it: without the names of a command's fields."""
    problem = from_json(answer.body)
    return Answer(status=answer.status, body=to_json(problem | {"detail": _FIELD.sub("", str(problem["detail"]))}))
