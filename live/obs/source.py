"""The overlay's browser source in OBS: what it should be like, and how it is made so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from live.obs.client import RequestFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.obs.clock import Ask

    Json = dict[str, Any]

BROWSER = "browser_source"
NOT_FOUND, EXISTS = 600, 601
LONG_SIDE = 1920
"""The overlay is drawn for 1080×1920 and 1920×1080; a larger or smaller canvas gets it scaled."""

MOST_NESTED = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlay:
    """What is to be in OBS: a source of this name that shows this address, in these scenes.

    Attributes:
        scene: where it is put at first; None: the scene that is on air then.
        also: another scene that must show it; None for none.
        kind: the kind of input, a parameter because not every OBS has browser sources.
    """

    name: str
    url: str
    scene: str | None
    also: str | None = None
    kind: str = BROWSER


class Outcome(StrEnum):
    """What installing has come to."""

    MADE = "made"
    CHANGED = "changed"
    AS_IT_WAS = "as_it_was"
    NO_BROWSER = "no_browser"
    NAME_TAKEN = "name_taken"


@dataclass(frozen=True, kw_only=True, slots=True)
class Installed:
    """What installing has come to, and the sources that show the overlay: ours, or those that the host has made by hand.

    `loaded` names those whose page was loaded just now.
    """

    outcome: Outcome
    names: tuple[str, ...] = ()
    loaded: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source of OBS with its settings, but for those that are as OBS gives them."""

    name: str
    settings: Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Canvas:
    """The size of OBS's picture, in pixels."""

    width: int
    height: int


async def install(ask: Ask, overlay: Overlay) -> Installed:
    """Have the overlay in OBS, with the address of today. What the host has set of place, crop, CSS and filters stays.

    Sources that show the overlay already, whoever made them and whatever they are called, are used: two would be drawn over each
    other.

    Raises:
        RequestFailed: with 600 where a scene of the settings is not there.
        ObsGone: OBS went away.
    """
    if overlay.kind not in await input_kinds(ask):
        return Installed(outcome=Outcome.NO_BROWSER)
    canvas = await _canvas(ask)
    sources = [source for source in await _sources(ask, overlay.kind) if is_ours(source, overlay)]
    if sources:
        done = await _change(ask, overlay, canvas, sources)
    elif await _make(ask, overlay, canvas):
        done = Installed(outcome=Outcome.MADE, names=(overlay.name,), loaded=frozenset({overlay.name}))
    else:
        return Installed(outcome=Outcome.NAME_TAKEN)
    for scene in (overlay.scene, overlay.also):
        if scene is not None:
            await _have_in(ask, scene, done.names, canvas)
    return done


async def refresh(ask: Ask, name: str) -> None:
    """Have the page loaded anew, past the cache: one that OBS opened before we were up shows an error for ever."""
    await ask("PressInputPropertiesButton", {"inputName": name, "propertyName": "refreshnocache"})


async def input_kinds(ask: Ask) -> list[str]:
    """The kinds of inputs that this OBS can make."""
    return list((await ask("GetInputKindList", None)).get("inputKinds", ()))


async def scene_names(ask: Ask) -> list[str]:
    """The scenes, from top to bottom as the host sees them."""
    scenes = (await ask("GetSceneList", None)).get("scenes", ())
    return [str(scene["sceneName"]) for scene in reversed(scenes)]


async def scene_on_air(ask: Ask) -> str:
    """The scene that viewers see."""
    return str((await ask("GetCurrentProgramScene", None))["currentProgramSceneName"])


def size_for(canvas: Canvas) -> tuple[int, int]:
    """Width and height of the page: the canvas's own shape, its long side 1920."""
    longest = max(canvas.width, canvas.height)
    return round(canvas.width * LONG_SIDE / longest), round(canvas.height * LONG_SIDE / longest)


def is_ours(source: Source, overlay: Overlay) -> bool:
    """Whether a source shows the overlay: it bears our name, or the address is of the same page, on whatever port."""
    url = str(source.settings.get("url", ""))
    return source.name == overlay.name or _parts(url).path == _parts(overlay.url).path


def wanted_settings(source: Source, overlay: Overlay, canvas: Canvas) -> Json:
    """The settings of a source that are ours to say: the address, and the size of the source that we have made."""
    wanted: Json = {"url": kept_options(str(source.settings.get("url", "")), overlay.url)}
    return wanted | _size(canvas) if source.name == overlay.name else wanted


def first_settings(url: str, canvas: Canvas) -> Json:
    """The settings of a new source.

    It keeps running while hidden, so that it shows the present state at once when its scene is on air again; it is not
    reloaded then either. Its sound goes into OBS, where viewers hear it.
    """
    return {"url": url, "shutdown": False, "restart_when_active": False, "reroute_audio": True} | _size(canvas)


def _size(canvas: Canvas) -> Json:
    width, height = size_for(canvas)
    return {"width": width, "height": height}


def kept_options(before: str, wanted: str) -> str:
    """The wanted address with what the host has added to the one before: `&layers=offer`, `&lang=en`."""
    old, new = _parts(before), _parts(wanted)
    if old.path != new.path:
        return wanted
    ours = dict(parse_qsl(new.query))
    added = [(name, value) for name, value in parse_qsl(old.query, keep_blank_values=True) if name not in ours]
    return new._replace(query=urlencode([*ours.items(), *added])).geturl()


def _parts(url: str) -> SplitResult:
    """Take an address apart; one that a host has mistyped is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


async def _canvas(ask: Ask) -> Canvas:
    video = await ask("GetVideoSettings", None)
    return Canvas(width=int(video["baseWidth"]), height=int(video["baseHeight"]))


async def _sources(ask: Ask, kind: str) -> list[Source]:
    inputs = (await ask("GetInputList", {"inputKind": kind})).get("inputs", ())
    names = [str(each["inputName"]) for each in inputs]
    return [Source(name=name, settings=await _settings(ask, name)) for name in names]


async def _settings(ask: Ask, name: str) -> Json:
    return dict((await ask("GetInputSettings", {"inputName": name})).get("inputSettings") or {})


async def _make(ask: Ask, overlay: Overlay, canvas: Canvas) -> bool:
    """Make the source; whether its name was free."""
    scene = overlay.scene or await scene_on_air(ask)
    wanted = {
        "sceneName": scene,
        "inputName": overlay.name,
        "inputKind": overlay.kind,
        "inputSettings": first_settings(overlay.url, canvas),
    }
    try:
        made = await ask("CreateInput", wanted)
    except RequestFailed as failure:
        if failure.code == EXISTS:
            return False
        raise
    await _fit(ask, scene, made["sceneItemId"], canvas)
    return True


async def _change(ask: Ask, overlay: Overlay, canvas: Canvas, sources: Sequence[Source]) -> Installed:
    changed: set[str] = set()
    for source in sources:
        wanted = wanted_settings(source, overlay, canvas)
        if any(source.settings.get(name) != value for name, value in wanted.items()):
            change = {"inputName": source.name, "inputSettings": wanted, "overlay": True}
            await ask("SetInputSettings", change)
            changed.add(source.name)
    return Installed(
        outcome=Outcome.CHANGED if changed else Outcome.AS_IT_WAS,
        names=tuple(source.name for source in sources),
        loaded=frozenset(changed),
    )


async def _have_in(ask: Ask, scene: str, names: Sequence[str], canvas: Canvas) -> None:
    """Have a scene show the overlay; one that shows any part of it is as the host wants it."""
    if await _shows(ask, scene, names):
        return
    for name in names:
        added = await ask("CreateSceneItem", {"sceneName": scene, "sourceName": name})
        await _fit(ask, scene, added["sceneItemId"], canvas)


async def _fit(ask: Ask, scene: str, item: int, canvas: Canvas) -> None:
    """Lay the item over the whole picture."""
    bounds = {
        "positionX": 0,
        "positionY": 0,
        "boundsType": "OBS_BOUNDS_SCALE_INNER",
        "boundsWidth": canvas.width,
        "boundsHeight": canvas.height,
        "boundsAlignment": 0,
    }
    transform = {"sceneName": scene, "sceneItemId": item, "sceneItemTransform": bounds}
    await ask("SetSceneItemTransform", transform)


async def _shows(ask: Ask, scene: str, names: Sequence[str]) -> bool:
    """Whether one of these sources is in a scene, be it in a group or in another scene that is in it."""
    ahead, seen = [("GetSceneItemList", scene)], set[str]()
    while ahead and len(seen) < MOST_NESTED:
        request, place = ahead.pop()
        seen.add(place)
        for item in (await ask(request, {"sceneName": place})).get("sceneItems", ()):
            if item["sourceName"] in names:
                return True
            if item.get("sourceType") == "OBS_SOURCE_TYPE_SCENE" and item["sourceName"] not in seen:
                inner = "GetGroupSceneItemList" if item.get("isGroup") else "GetSceneItemList"
                ahead.append((inner, item["sourceName"]))
    return False
