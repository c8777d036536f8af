"""The kinds of values that settings hold, each with its check; a message says what would be right."""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, BeforeValidator, JsonValue, SecretStr, StringConstraints

#: The name of a room (the public contract, section 1).
ROOM_NAME = r"^[a-z0-9_-]{1,40}$"


#: The tools that the service calls (`live.sources.kinds` holds how), and those that call the service.
SOURCE_KINDS = ("oba", "barrage_grab")
CALLING_TOOLS = ("wxlivespy", "ssn", "luoxi", "dycast")

#: What a group robot can be told to post, each with what it is; `live.outbound.messages` writes them.
GROUP_MESSAGES = ("summary", "pick_list", "pick_file", "arrived", "moved")

#: What a replay can be saved of; `live.obs.replays` holds which events those are.
REPLAY_MOMENTS = ("draw", "rush", "flash")

#: What the paths of our own pages and interfaces begin with: a prefix of this name could not be told from them.
OWN_PATHS = frozenset(
    {
        "api", "console", "draw", "healthz", "ingest", "metrics", "overlay", "overlay-static", "pickup", "pictures", "prompter",
        "r", "readyz", "rehearsal",
        "reports", "shop", "static", "ws",
    }
)  # fmt: skip

#: The looks of the picture; `overlays/static/overlay/themes.css` has them.
THEMES = ("red", "green", "mono")

#: The least that a secret for signing must have, in characters.
SECRET_CHARACTERS = 16

_PUBLIC_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*){0,8}")
_ROBOT_KEY = re.compile(r"[A-Za-z0-9-]{8,100}")


def as_list(value: object) -> object:
    """Let one variable hold a list: `a,b`, or JSON when it begins with `[`."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return from_json(value)
    return [part.strip() for part in value.split(",") if part.strip()]


def from_json(value: str) -> object:
    """Read a list written as JSON."""
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError(f"不是正确的 JSON（{error}）") from error


def as_table(value: object) -> object:
    """Let one variable hold a table, written as JSON."""
    return from_json(value) if isinstance(value, str) else value


def web_address(value: str) -> str:
    """Check an http(s) address and drop the slash at its end."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("应是以 http:// 或 https:// 开头的完整网址")
    return value.rstrip("/")


def public_address(value: str) -> str:
    """Check the address that viewers' phones open: a path is fine, a query, a password or a strange path is not."""
    address = web_address(value)
    parts = urlsplit(address)
    try:
        whole = parts.port != 0 and parts.username is None and not parts.query and not parts.fragment
    except ValueError:
        whole = False
    if not whole or _PUBLIC_PATH.fullmatch(parts.path) is None:
        raise ValueError("只写协议、主机、端口和路径，路径用字母、数字和 . _ ~ -（例：https://shop.example/linbo）")
    first = parts.path.split("/")[1] if parts.path else ""
    if first in OWN_PATHS:
        raise ValueError(
            f"路径不能以 /{first} 开头，它和邻播自己的页面重名，请换一个（例：https://shop.example/linbo）"
        )
    return address


def web_origin(value: str) -> str:
    """Check an origin: scheme and host, no path."""
    if urlsplit(web_address(value)).path:
        raise ValueError("来源只写协议和主机，不带路径（例：https://shop.example）")
    return web_address(value)


def network(value: str) -> str:
    """Check an IP address or a network."""
    try:
        ipaddress.ip_network(value, strict=False)
    except ValueError:
        raise ValueError("应是 IP 地址或网段（例：127.0.0.1、10.0.0.0/8）") from None
    return value


def source_kind(value: str) -> str:
    """Check the kind of a source that the service calls."""
    if value in SOURCE_KINDS:
        return value
    known = f"只能是 {' 或 '.join(SOURCE_KINDS)}"
    raise ValueError(f"{known}；{value} 会自己连过来，不用写在这里" if value in CALLING_TOOLS else known)


def address_of(*schemes: str) -> AfterValidator:
    """Make the check that an address begins with one of *schemes*."""

    def check(value: str) -> str:
        scheme, separator, _ = value.partition("://")
        if not separator or scheme not in schemes:
            raise ValueError(f"应以 {' 或 '.join(f'{known}://' for known in schemes)} 开头")
        return value

    return AfterValidator(check)


def with_host(value: str) -> str:
    """Check that an address names a host, and a port that there is."""
    try:
        parts = urlsplit(value)
        complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        complete = False
    if not complete:
        raise ValueError("应写全主机和端口，例：ws://127.0.0.1:12354")
    return value


def hook_address(value: str) -> str:
    """Check the address of a webhook and leave it as it is: a slash at its end may matter."""
    web_address(value)
    try:
        port = urlsplit(value).port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError("端口要写成 1 到 65535 的数字，例：https://erp.example:8443/linbo")
    return value


def robot_key(value: SecretStr) -> SecretStr:
    """Take the key of a WeCom group robot, alone or in the whole address that WeCom shows."""
    given = value.get_secret_value().strip()
    key = parse_qs(urlsplit(given).query).get("key", [""])[0] if "://" in given else given
    if _ROBOT_KEY.fullmatch(key) is None:
        raise ValueError("应是机器人的 Webhook 地址（…/cgi-bin/webhook/send?key=…），或其中 key= 后面的那一串")
    return SecretStr(key)


def signing_secret(value: SecretStr) -> SecretStr:
    """Check that a secret is long enough to sign with."""
    if len(value.get_secret_value()) < SECRET_CHARACTERS:
        raise ValueError(f"太短，至少要 {SECRET_CHARACTERS} 个字符，请用随机生成的")
    return value


def theme(value: str) -> str:
    """Check the name of a look of the picture."""
    if value not in THEMES:
        raise ValueError(f"只能是 {'、'.join(THEMES)}")
    return value


def group_message(value: str) -> str:
    """Check what a group robot is told to post."""
    if value not in GROUP_MESSAGES:
        raise ValueError(f"只能是 {'、'.join(GROUP_MESSAGES)}")
    return value


def replay_moment(value: str) -> str:
    """Check what a replay is to be saved of."""
    if value not in REPLAY_MOMENTS:
        raise ValueError(f"只能是 {'、'.join(REPLAY_MOMENTS)}")
    return value


JsonTable = Annotated[dict[str, JsonValue], BeforeValidator(as_table)]
Theme = Annotated[str, AfterValidator(theme)]
WebAddress = Annotated[str, AfterValidator(web_address)]
PublicAddress = Annotated[str, AfterValidator(public_address)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(web_origin)], ...], BeforeValidator(as_list)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(network)], ...], BeforeValidator(as_list)]
Names = Annotated[tuple[Annotated[str, StringConstraints(min_length=1)], ...], BeforeValidator(as_list)]
DatabaseAddress = Annotated[str, address_of("sqlite", "postgresql")]
RedisAddress = Annotated[str, address_of("redis", "rediss", "unix")]
SourceAddress = Annotated[str, address_of("ws", "wss"), AfterValidator(with_host)]
SourceKind = Annotated[str, AfterValidator(source_kind)]
PlatformName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_:-]{1,40}$")]
RoomName = Annotated[str, StringConstraints(pattern=ROOM_NAME)]
RoomNames = Annotated[tuple[RoomName, ...], BeforeValidator(as_list)]
TargetName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")]
HookAddress = Annotated[str, AfterValidator(hook_address)]
RobotKey = Annotated[SecretStr, AfterValidator(robot_key)]
SigningSecret = Annotated[SecretStr, AfterValidator(signing_secret)]
GroupMessages = Annotated[tuple[Annotated[str, AfterValidator(group_message)], ...], BeforeValidator(as_list)]
EventKinds = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")], ...], BeforeValidator(as_list)
]
ReplayMoments = Annotated[tuple[Annotated[str, AfterValidator(replay_moment)], ...], BeforeValidator(as_list)]
ObsAddress = Annotated[str, address_of("ws", "wss"), AfterValidator(with_host)]
ObsName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
