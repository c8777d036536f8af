"""The robot of a WeCom group: text, markdown and files, at most twenty messages a minute.

https://developer.work.weixin.qq.com/document/path/91770 (the form), 90313 (the error codes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import aiohttp
from pydantic_core import to_json

from live.outbound.outcome import Dead, Later, Sent
from live.outbound.pace import Bucket
from live.outbound.post import NoReply, post
from live.outbound.robot_words import judge, said_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from config.settings import WecomSettings
    from live.outbound.outcome import Outcome
    from live.store.deliveries import Delivery

TEXT, MARKDOWN, FILE = "text", "markdown", "file"
TEXT_BYTES, MARKDOWN_BYTES = 2048, 4096
FILE_BYTES = range(5, 20 * 1024 * 1024 + 1)
MESSAGES_A_MINUTE = 20
TIMEOUT_S = 15.0
_JSON = {"Content-Type": "application/json"}


class Robot:
    """Sends to one group. Its key is in every address, so no address ever leaves this class."""

    def __init__(self, target: WecomSettings, client: aiohttp.ClientSession, now_ms: Callable[[], int]) -> None:
        self._target = target
        self._client = client
        self._now_ms = now_ms
        self._bucket = Bucket(tokens=MESSAGES_A_MINUTE, back_ms=60_000)

    async def send(self, delivery: Delivery) -> Outcome:
        """Try once, or say when there may be a next message."""
        wait_ms = self._bucket.wait_ms(self._now_ms())
        if wait_ms:
            return Later(why="一分钟最多发 20 条，等一等再发", after_ms=wait_ms, tried=False)
        try:
            return await self._file(delivery) if delivery.form == FILE else await self._words(delivery)
        except NoReply as silence:
            return Later(why=str(silence))

    async def _words(self, delivery: Delivery) -> Outcome:
        return await self._post({"msgtype": delivery.form, delivery.form: {"content": delivery.body.decode()}})

    async def _file(self, delivery: Delivery) -> Outcome:
        if len(delivery.body) not in FILE_BYTES:
            return Dead(why=f"文件有 {len(delivery.body)} 字节，企业微信只收 5 字节到 20 MB 的")
        reply = await post(
            self._client,
            self._address("upload_media", "&type=file"),
            _form(delivery.name, delivery.body),
            headers={},
            timeout_s=TIMEOUT_S,
        )
        uploaded = judge(reply)
        if not isinstance(uploaded, Sent):
            return self._redacted(uploaded)
        media_id = said_in(reply.body).get("media_id")
        if not isinstance(media_id, str):
            return Later(why="文件传上去了，但企业微信没有给编号")
        return await self._post({"msgtype": FILE, FILE: {"media_id": media_id}})

    async def _post(self, message: dict[str, object]) -> Outcome:
        self._bucket.take(self._now_ms())
        reply = await post(self._client, self._address("send"), to_json(message), headers=_JSON, timeout_s=TIMEOUT_S)
        return self._redacted(judge(reply))

    def _address(self, method: str, more: str = "") -> str:
        key = quote(self._target.key.get_secret_value(), safe="")
        return f"{self._target.base_url}/cgi-bin/webhook/{method}?key={key}{more}"

    def _redacted(self, outcome: Outcome) -> Outcome:
        """A server may say our key back to us; it goes no further."""
        if isinstance(outcome, Sent):
            return outcome
        why = outcome.why.replace(self._target.key.get_secret_value(), "…")
        if isinstance(outcome, Dead):
            return Dead(why=why)
        return Later(why=why, after_ms=outcome.after_ms, tried=outcome.tried)


def _form(name: str, body: bytes) -> aiohttp.FormData:
    """The upload. The name goes as plain UTF-8: the server does not know `filename*` and then finds no file at all."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("media", body, filename=name, content_type="application/octet-stream")
    return form
