"""Whether the host can be heard: what OBS tells of its microphones, muted or silent, while a session runs.

Names of requests, events and kinds of inputs are those of obs-websocket 5 and of the capture plugins that come with OBS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from live.obs import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from live.obs.protocol import ObsEvent

    Json = dict[str, Any]

METERS, MUTED = "InputVolumeMeters", "InputMuteStateChanged"
CHANGES = frozenset({"InputCreated", "InputRemoved", "InputNameChanged"})
"""After these there may be other microphones."""

KINDS = frozenset({"wasapi_input_capture", "coreaudio_input_capture", "pulse_input_capture", "alsa_input_capture"})
SILENT_AFTER_MS = 30_000
LEAST_LEVEL = 0.001
"""-60 dB of full scale: a microphone that works picks up more than that in an empty room."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Microphone:
    """An input; `heard_ms` is when it last gave a sound, or was first looked at."""

    name: str
    muted: bool
    heard_ms: int


def verdict(microphones: Iterable[Microphone], now_ms: int) -> str | None:
    """What the host must be told; None while one of them is heard, or where OBS has none."""
    known = list(microphones)
    open_ = [each for each in known if not each.muted]
    if known and not open_:
        return words.muted([each.name for each in known])
    if open_ and all(now_ms - each.heard_ms >= SILENT_AFTER_MS for each in open_):
        return words.silent([each.name for each in open_])
    return None


class Ears:
    """The microphones of one OBS. `tell` is called with every change of the verdict; None: all is well, or nobody knows."""

    def __init__(self, tell: Callable[[str | None], None]) -> None:
        self._tell = tell
        self._known: dict[str, Microphone] = {}
        self._on_air = False
        self._said: str | None = None

    async def settle(self, ask: Callable[..., Awaitable[Json]], now_ms: int, *, on_air: bool) -> None:
        """Look at what there is. Raises what asking does."""
        self._on_air = on_air
        listed = (await ask("GetInputList")).get("inputs", [])
        names = [str(each.get("inputName")) for each in listed if each.get("unversionedInputKind") in KINDS]
        fresh = {}
        for name in names:
            muted = (await ask("GetInputMute", {"inputName": name})).get("inputMuted") is True
            heard_ms = self._known[name].heard_ms if name in self._known else now_ms
            fresh[name] = Microphone(name=name, muted=muted, heard_ms=heard_ms)
        self._known = fresh
        self._say(now_ms)

    def air(self, now_ms: int, *, on: bool) -> None:
        """A session has begun or ended: between two of them a muted microphone is no trouble."""
        self._on_air = on
        self._known = {name: replace(each, heard_ms=now_ms) for name, each in self._known.items()}
        self._say(now_ms)

    def mute(self, event: ObsEvent, now_ms: int) -> None:
        """A microphone was muted or opened; from then on it has half a minute to be heard."""
        name = event.data.get("inputName")
        if isinstance(name, str) and name in self._known:
            muted = event.data.get("inputMuted") is True
            self._known[name] = replace(self._known[name], muted=muted, heard_ms=now_ms)
            self._say(now_ms)

    def meter(self, event: ObsEvent, now_ms: int) -> None:
        """Levels, twenty times a second."""
        for each in event.data.get("inputs", []):
            known = self._known.get(each.get("inputName"))
            if known is not None and loudest(each) >= LEAST_LEVEL:
                self._known[known.name] = replace(known, heard_ms=now_ms)
        self._say(now_ms)

    def leave(self) -> None:
        """OBS has gone: nobody knows any more."""
        self._known = {}
        self._say(0)

    def _say(self, now_ms: int) -> None:
        said = verdict(self._known.values(), now_ms) if self._on_air else None
        if said != self._said:
            self._said = said
            self._tell(said)


def loudest(levels: Json) -> float:
    """The highest of an input's levels over its channels; each has magnitude, peak and input peak, from 0 to 1."""
    return max((level for channel in levels.get("inputLevelsMul", []) for level in channel), default=0.0)
