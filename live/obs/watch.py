"""How OBS is doing, as far as we know, and what has been said about it: everything once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable


class Status(StrEnum):
    """Where we stand with OBS."""

    AWAY = "away"
    CONNECTED = "connected"
    REFUSED = "refused"


class Watch:
    """Notes what happens, and says what is new. `report` tells the console; None that all is well."""

    def __init__(self, place: str, report: Callable[[str | None], None]) -> None:
        self.status = Status.AWAY
        self.detail = "还没有连上"
        self._place = place
        self._report = report
        self._said: dict[str, str] = {}

    def connected(self, version: str) -> None:
        """OBS has taken us in."""
        self._became(Status.CONNECTED, f"已连上 OBS {version}")

    def away(self, why: str) -> None:
        """OBS is not there, which is no fault: it may start later than we do."""
        self._became(Status.AWAY, why)

    def refused(self, why: str) -> None:
        """OBS does not want us, and only the host can mend it."""
        self.status, self.detail = Status.REFUSED, why
        _log().warning(f"OBS（{self._place}）：{why}")
        self._report(why)

    def say(self, about: str, sentence: str) -> None:
        """Tell the host something that they have to do, once; `about` names the matter."""
        if sentence not in self._said.values():
            _log().warning(f"OBS：{sentence}")
        self._said[about] = sentence

    def well(self, about: str) -> None:
        """A matter is in order: should it come up again, it is told again."""
        self._said.pop(about, None)

    def note(self, sentence: str, **more: object) -> None:
        """Write down what was done, for the file."""
        _log().info(f"OBS：{sentence}", **more)

    def broke(self, error: Exception) -> None:
        """Note a fault of ours, each once."""
        about = f"fault {type(error).__name__} {error}"
        if about not in self._said:
            self._said[about] = about
            _log().error(f"OBS：出错了，会自动再试（{error}）；接单不受影响", exc_info=error)

    def _became(self, status: Status, detail: str) -> None:
        if (status, detail) != (self.status, self.detail):
            self.status, self.detail = status, detail
            _log().info(f"OBS（{self._place}）：{detail}")


def _log() -> structlog.stdlib.BoundLogger:
    return structlog.get_logger("live.obs")  # type: ignore[no-any-return]  # structlog's own type is Any
