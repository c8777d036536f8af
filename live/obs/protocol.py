"""The talk with obs-websocket 5, without a socket: what a frame means, and what may be said when.

The form is that of obs-websocket's own protocol.md (RPC version 1), checked against frames of OBS 29.0.2. Only text
frames of JSON are spoken; numbers of operations and of close codes are the protocol's.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = dict[str, Any]

RPC_VERSION = 1

GENERAL, CONFIG, INPUTS, OUTPUTS, VOLUME_METERS = 1, 2, 8, 64, 65536
LISTENS_TO = GENERAL | CONFIG | INPUTS | OUTPUTS | VOLUME_METERS
"""The families of events that are asked for: the end of OBS, another scene collection, stream, recording and replays, and
whether the microphones are open and heard."""


class Phase(StrEnum):
    """How far a conversation has come."""

    CONNECTED = "connected"
    IDENTIFYING = "identifying"
    IDENTIFIED = "identified"
    CLOSED = "closed"


class Op(IntEnum):
    """What a frame is, as far as we take part; the others (batches) are never asked for."""

    HELLO = 0
    IDENTIFY = 1
    IDENTIFIED = 2
    EVENT = 5
    REQUEST = 6
    RESPONSE = 7


TRANSITIONS: Mapping[Phase, Mapping[Op, Phase]] = MappingProxyType(
    {
        Phase.CONNECTED: {Op.HELLO: Phase.IDENTIFYING},
        Phase.IDENTIFYING: {Op.IDENTIFIED: Phase.IDENTIFIED},
        Phase.IDENTIFIED: {
            Op.EVENT: Phase.IDENTIFIED,
            Op.REQUEST: Phase.IDENTIFIED,
            Op.RESPONSE: Phase.IDENTIFIED,
        },
        Phase.CLOSED: {},
    }
)
"""Which frames a phase knows, from whichever side, and the phase after each. IDENTIFY is our answer to HELLO."""


class Ending(StrEnum):
    """Why a conversation is over. All but `gone` last until somebody changes something."""

    GONE = "gone"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  # a name, not a password
    NO_PASSWORD = "no_password"  # noqa: S105  # the same
    OTHER_VERSION = "other_version"
    KICKED = "kicked"


_CLOSE_CODES: Mapping[int, Ending] = MappingProxyType(
    {4009: Ending.WRONG_PASSWORD, 4010: Ending.OTHER_VERSION, 4011: Ending.KICKED}
)


class StrangeFrame(Exception):  # noqa: N818  # reads better where it is caught
    """A frame that no OBS sends, or not at this point; nothing has changed by it."""


class Refused(Exception):  # noqa: N818  # reads better where it is caught
    """OBS will not talk to us, or we cannot to it, and trying again mends nothing."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.value)
        self.ending = ending


@dataclass(frozen=True, kw_only=True, slots=True)
class Say:
    """A frame that must be sent now."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """OBS has taken us in: requests may be sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """The answer to the request `id`; `data` is empty where OBS sent none."""

    id: str
    ok: bool
    code: int
    comment: str = ""
    data: Json = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ObsEvent:
    """Something that happened in OBS: its `eventType` and `eventData`."""

    kind: str
    data: Json = field(default_factory=dict)


Heard = Say | Ready | Reply | ObsEvent | None
"""What a frame comes to; None for one that is of no concern."""


class Talk:
    """One conversation, from HELLO to its end. An illegal frame raises and changes nothing."""

    def __init__(self, password: str | None) -> None:
        self.phase = Phase.CONNECTED
        self._password = password

    def hear(self, frame: str | bytes) -> Heard:
        """Take a frame of OBS.

        Raises:
            StrangeFrame: it is not one of the protocol, or does not belong here.
            Refused: OBS wants a password and there is none, or speaks another version.
        """
        message = _object(frame)
        op, data = message.get("op"), message.get("d")
        if not isinstance(data, dict):
            raise StrangeFrame(f"op {op} 没有内容")
        try:
            known = Op(op) if isinstance(op, int) else None
        except ValueError:
            return None  # a later version may say more than we know of
        if known is None:
            raise StrangeFrame("没有 op")
        after = self._after(known)
        heard = self._heard(known, data)
        self.phase = after
        return heard

    def request(self, *, id: str, kind: str, data: Mapping[str, object] | None = None) -> str:  # noqa: A002  # the field is called id
        """Write a request; `id` must be new in this conversation. Raises StrangeFrame before OBS has taken us in."""
        self._after(Op.REQUEST)
        body: Json = {"requestType": kind, "requestId": id}
        if data:
            body["requestData"] = data
        return _frame(Op.REQUEST, body)

    def closed(self, code: int | None) -> Ending:
        """The connection has ended with this close code (None: without one); say what that means."""
        self.phase = Phase.CLOSED
        return _CLOSE_CODES.get(code or 0, Ending.GONE)

    def _after(self, op: Op) -> Phase:
        try:
            return TRANSITIONS[self.phase][op]
        except KeyError:
            raise StrangeFrame(f"{op.name} 不该在 {self.phase} 时出现") from None

    def _heard(self, op: Op, data: Json) -> Heard:
        match op:
            case Op.HELLO:
                return Say(text=self._identify(data))
            case Op.IDENTIFIED:
                return _ready(data)
            case Op.EVENT:
                return ObsEvent(kind=_text(data, "eventType"), data=_inner(data, "eventData"))
            case Op.RESPONSE:
                return _reply(data)
            case Op.IDENTIFY | Op.REQUEST:
                raise StrangeFrame(f"{op.name} 只由我们说")

    def _identify(self, hello: Json) -> str:
        said: Json = {"rpcVersion": RPC_VERSION, "eventSubscriptions": LISTENS_TO}
        asked = hello.get("authentication")
        if asked is not None:
            if not isinstance(asked, dict):
                raise StrangeFrame("authentication 不是对象")
            if not self._password:
                raise Refused(Ending.NO_PASSWORD)
            said["authentication"] = authentication(
                self._password, salt=_text(asked, "salt"), challenge=_text(asked, "challenge")
            )
        return _frame(Op.IDENTIFY, said)


def authentication(password: str, *, salt: str, challenge: str) -> str:
    """Prove that we know the password without sending it: base64(sha256(base64(sha256(password + salt)) + challenge))."""
    return _digest(_digest(password + salt) + challenge)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _frame(op: Op, data: Json) -> str:
    return to_json({"op": int(op), "d": data}).decode()


def _object(frame: str | bytes) -> Json:
    try:
        message = from_json(frame)
    except ValueError as error:
        raise StrangeFrame(f"不是 JSON（{error}）") from None
    if not isinstance(message, dict):
        raise StrangeFrame("不是 JSON 对象")
    return message


def _ready(data: Json) -> Ready:
    if data.get("negotiatedRpcVersion") != RPC_VERSION:
        raise Refused(Ending.OTHER_VERSION)
    return Ready()


def _reply(data: Json) -> Reply:
    status = data.get("requestStatus")
    if not isinstance(status, dict) or not isinstance(status.get("code"), int):
        raise StrangeFrame("回答里没有 requestStatus")
    return Reply(
        id=_text(data, "requestId"),
        ok=status.get("result") is True,
        code=status["code"],
        comment=str(status.get("comment") or ""),
        data=_inner(data, "responseData"),
    )


def _text(data: Json, name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise StrangeFrame(f"没有 {name}")
    return value


def _inner(data: Json, name: str) -> Json:
    value = data.get(name)
    if value is not None and not isinstance(value, dict):
        raise StrangeFrame(f"{name} 不是对象")
    return value or {}
