"""The other side: a WebSocket server that speaks obs-websocket 5 as OBS 29 and 31 were seen to, with scenes and outputs of its own."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from live.obs.protocol import authentication

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from websockets.asyncio.server import ServerConnection

    Json = dict[str, Any]

SALT, CHALLENGE = "glYRp0msySaT1hA0rmVUVW20Rns5/kBIoqZ7R+or3Y8=", "+4OtiC51SUMh4K5Skygj7eXqR90gJJMLWcaHLkHXjr0="


class No(Exception):  # noqa: N818  # what the server answers
    """A request is refused with a code."""

    def __init__(self, code: int, comment: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.comment = comment


@dataclass(kw_only=True)
class FakeObs:
    """What this OBS holds, and what it was asked."""

    password: str | None = "geheim"
    rpc_version: int = 1
    kinds: list[str] = field(default_factory=lambda: ["image_source", "browser_source"])
    canvas: tuple[int, int] = (1080, 1920)
    scenes: dict[str, list[str]] = field(default_factory=lambda: {"主场景": ["摄像头"], "秒杀": ["摄像头"]})
    on_air: str = "主场景"
    inputs: dict[str, tuple[str, Json]] = field(default_factory=lambda: {"摄像头": ("v4l2_input", {})})
    muted: set[str] = field(default_factory=set)
    stream_ms: int | None = None
    record_ms: int | None = None
    replay_buffer: bool = True
    replay_disabled: bool = False
    not_ready: int = 0
    deaf: bool = False
    slow_s: float = 0.0
    rubbish: list[str | bytes] = field(default_factory=list)
    asked: list[tuple[str, Json]] = field(default_factory=list)
    calls: int = 0
    sockets: list[ServerConnection] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def requests(self) -> list[str]:
        return [kind for kind, _ in self.asked]

    async def tell(self, kind: str, **data: object) -> None:
        for socket in self.sockets:
            await socket.send(_frame(5, {"eventType": kind, "eventIntent": 64, "eventData": data}))

    async def handle(self, socket: ServerConnection) -> None:
        self.calls += 1
        try:
            await self._greet(socket)
            self.sockets.append(socket)
            async for text in socket:
                await self._answer(socket, json.loads(text)["d"])
        except ConnectionClosed:
            pass
        finally:
            if socket in self.sockets:
                self.sockets.remove(socket)

    async def _greet(self, socket: ServerConnection) -> None:
        hello: Json = {"obsWebSocketVersion": "5.1.0", "rpcVersion": self.rpc_version}
        if self.password is not None:
            hello["authentication"] = {"challenge": CHALLENGE, "salt": SALT}
        for frame in self.rubbish:
            await socket.send(frame)
        await socket.send(_frame(0, hello))
        said = json.loads(await socket.recv())["d"]
        if self.password is not None and said.get("authentication") != authentication(
            self.password, salt=SALT, challenge=CHALLENGE
        ):
            await socket.close(4009, "Authentication failed.")
        if said["rpcVersion"] != self.rpc_version:
            await socket.close(4010, "Your requested RPC version is not supported by this server.")
        await socket.send(_frame(2, {"negotiatedRpcVersion": self.rpc_version}))

    async def _answer(self, socket: ServerConnection, asked: Json) -> None:
        kind, data = asked["requestType"], asked.get("requestData", {})
        self.asked.append((kind, data))
        if self.deaf:
            return
        await asyncio.sleep(self.slow_s)
        reply: Json = {"requestType": kind, "requestId": asked["requestId"]}
        try:
            answer = self._do(kind, data)
            reply |= {"requestStatus": {"result": True, "code": 100}}
            reply |= {"responseData": answer} if answer is not None else {}
        except No as no:
            reply |= {"requestStatus": {"result": False, "code": no.code, "comment": no.comment}}
        await socket.send(_frame(7, reply))
        if kind == "SaveReplayBuffer" and reply["requestStatus"]["result"]:
            await self.tell("ReplayBufferSaved", savedReplayPath="rec/Replay 1.mkv")

    def _do(self, kind: str, data: Json) -> Json | None:
        if self.not_ready:
            self.not_ready -= 1
            raise No(207, "OBS is not ready to perform the request.")
        method = "do_" + re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
        answer: Json | None = getattr(self, method, _unknown)(data)
        return answer

    def do_get_version(self, _: Json) -> Json:
        return {"obsVersion": "29.0.2", "rpcVersion": 1}

    def do_get_input_kind_list(self, _: Json) -> Json:
        return {"inputKinds": self.kinds}

    def do_get_video_settings(self, _: Json) -> Json:
        return {"baseWidth": self.canvas[0], "baseHeight": self.canvas[1]}

    def do_get_input_list(self, data: Json) -> Json:
        wanted = {name: kind for name, (kind, _) in self.inputs.items() if kind == data.get("inputKind", kind)}
        return {"inputs": [{"inputName": name, "unversionedInputKind": kind} for name, kind in wanted.items()]}

    def do_get_input_mute(self, data: Json) -> Json:
        self._input(data["inputName"])
        return {"inputMuted": data["inputName"] in self.muted}

    def do_get_input_settings(self, data: Json) -> Json:
        kind, settings = self._input(data["inputName"])
        return {"inputKind": kind, "inputSettings": settings}

    def do_set_input_settings(self, data: Json) -> None:
        self._input(data["inputName"])[1].update(data["inputSettings"])

    def do_create_input(self, data: Json) -> Json:
        if data["inputName"] in self.inputs:
            raise No(601, "A source already exists by that input name.")
        scene = self._scene(data["sceneName"])
        self.inputs[data["inputName"]] = (data["inputKind"], dict(data["inputSettings"]))
        scene.append(data["inputName"])
        return {"sceneItemId": len(scene)}

    def do_create_scene_item(self, data: Json) -> Json:
        self._input(data["sourceName"])
        scene = self._scene(data["sceneName"])
        scene.append(data["sourceName"])
        return {"sceneItemId": len(scene)}

    def do_set_scene_item_transform(self, data: Json) -> None:
        self._scene(data["sceneName"])

    def do_get_scene_item_list(self, data: Json) -> Json:
        return {"sceneItems": [self._item(name) for name in self._scene(data["sceneName"])]}

    def do_get_scene_list(self, _: Json) -> Json:
        return {"scenes": [{"sceneName": name} for name in reversed(self.scenes)]}

    def do_get_current_program_scene(self, _: Json) -> Json:
        return {"currentProgramSceneName": self.on_air}

    def do_set_current_program_scene(self, data: Json) -> None:
        self._scene(data["sceneName"])
        self.on_air = data["sceneName"]

    def do_press_input_properties_button(self, data: Json) -> None:
        self._input(data["inputName"])

    def do_get_stream_status(self, _: Json) -> Json:
        return {"outputActive": self.stream_ms is not None, "outputDuration": self.stream_ms or 0}

    def do_get_record_status(self, _: Json) -> Json:
        return {
            "outputActive": self.record_ms is not None,
            "outputPaused": False,
            "outputDuration": self.record_ms or 0,
        }

    def do_get_replay_buffer_status(self, _: Json) -> Json:
        return {"outputActive": self.replay_buffer}

    def do_start_replay_buffer(self, _: Json) -> None:
        if self.replay_disabled:
            raise No(504, "The output is disabled.")
        if self.replay_buffer:
            raise No(500)
        self.replay_buffer = True

    def do_save_replay_buffer(self, _: Json) -> None:
        if not self.replay_buffer:
            raise No(501)

    def _scene(self, name: str) -> list[str]:
        if name not in self.scenes:
            raise No(600, f"No source was found by the name of `{name}`.")
        return self.scenes[name]

    def _input(self, name: str) -> tuple[str, Json]:
        if name not in self.inputs:
            raise No(600, f"No source was found by the name of `{name}`.")
        return self.inputs[name]

    def _item(self, name: str) -> Json:
        nested = name in self.scenes
        return {
            "sourceName": name,
            "sourceType": "OBS_SOURCE_TYPE_SCENE" if nested else "OBS_SOURCE_TYPE_INPUT",
            "isGroup": False if nested else None,
        }


def _unknown(_: Json) -> None:
    raise No(204, "Your request type is not valid.")


def _frame(op: int, data: Json) -> str:
    return json.dumps({"op": op, "d": data})


@asynccontextmanager
async def up(obs: FakeObs) -> AsyncIterator[FakeObs]:
    """Let it listen while the block runs, on the port that it had before; leaving it drops every connection without a word."""
    async with serve(obs.handle, "127.0.0.1", obs.port, close_timeout=0.5) as server:
        obs.port = next(iter(server.sockets)).getsockname()[1]
        try:
            yield obs
        finally:
            for socket in list(obs.sockets):
                socket.transport.abort()


async def until(condition: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # what is waited for is in another program's hands
            await asyncio.sleep(0.005)
