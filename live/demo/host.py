"""The host of the demo: taps through the same API as the console."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from config.demo import JsonObject


class CommandRefused(Exception):  # noqa: N818  # reads better where it is caught
    """The service refused a command; the message is its detail, `code` its stable code."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """Somebody with the host token of a room."""

    session: ClientSession
    base_url: str
    room: str
    token: str

    async def do(self, command: JsonObject) -> list[dict[str, Any]]:
        """Give a command; returns its events. Raises `CommandRefused`."""
        url = f"{self.base_url}/api/v1/rooms/{self.room}/commands"
        async with self.session.post(url, json=command, headers={"Authorization": f"Bearer {self.token}"}) as answer:
            body: dict[str, Any] = await answer.json(content_type=None)
        if answer.status != 200:  # noqa: PLR2004  # the contract's one answer that is no refusal
            raise CommandRefused(str(body.get("code")), str(body.get("detail")))
        events: list[dict[str, Any]] = body["events"]
        return events
