"""What is said to the host about OBS: each sentence says what is the matter and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.obs.protocol import Ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from live.obs.client import RequestFailed

WHERE = " OBS 的“工具 → WebSocket 服务器设置”"
_ORDERS = "接单和叠加层不受影响"


def ended(ending: Ending) -> str:
    """Why OBS will not talk to us, where trying again mends nothing."""
    match ending:
        case Ending.WRONG_PASSWORD:
            return f"OBS 不认设置里的密码，不再试了。请在{WHERE}里点“显示连接信息”，把密码放进环境变量 LIVE_OBS__PASSWORD，再重新启动邻播；{_ORDERS}"
        case Ending.NO_PASSWORD:
            return f"OBS 要密码，设置里没有写。请在{WHERE}里点“显示连接信息”，把密码放进环境变量 LIVE_OBS__PASSWORD，再重新启动邻播；{_ORDERS}"
        case Ending.OTHER_VERSION:
            return f"这个 OBS 的 WebSocket 版本和邻播说不通，不再试了。请装 OBS 28 到 32，再重新启动邻播；{_ORDERS}"
        case Ending.KICKED:
            return f"OBS 那边断开了邻播（WebSocket 会话里点了“踢出”），不再连了。要接着用就重新启动邻播；{_ORDERS}"
        case Ending.GONE:
            return "OBS 断开了，会自动重连"


def no_browser() -> str:
    """The OBS at hand has no browser sources."""
    return (
        "这个 OBS 没有“浏览器”来源（Linux 发行版自带的 OBS 常常没有），叠加层装不进去。"
        "请安装 OBS 官方版本，或者用窗口捕获加绿幕（docs/how-to/obs.md）"
    )


def name_taken(name: str) -> str:
    """The name is that of another kind of source."""
    return f"OBS 里已经有一个叫“{name}”的来源，但不是浏览器来源，没有动它。请给它改名，或者改设置 obs.source_name"


def no_scene(wanted: Sequence[str], there: Sequence[str]) -> str:
    """Scenes of the settings that OBS does not have."""
    return f"OBS 里没有场景{_quoted(wanted)}，现有{_quoted(there)}。请改设置 [obs]，或者在 OBS 里建一个"


def no_replay_buffer() -> str:
    """The replay buffer does not run, so nothing can be saved."""
    return "OBS 的回放缓存没有打开，抢购、开奖时存不了回放。请在 OBS 的“设置 → 输出”里勾选“启用回放缓存”，再点“开始回放缓存”"


def failed(failure: RequestFailed) -> str:
    """A request that OBS refused for a reason that we have no words for."""
    return f"有一步没做成：{failure}。{_ORDERS}；不对劲就在 OBS 里手动做这一步"


def disk(error: OSError) -> str:
    """A file of the data folder cannot be written."""
    return f"数据文件夹写不进去（{error}），片段标记记不下来。请检查磁盘空间和权限；{_ORDERS}"


def muted(names: Sequence[str]) -> str:
    """All microphones are muted."""
    return f"OBS 里的话筒{_quoted(names)}静音了，观众听不见。点 OBS“混音器”里的喇叭图标打开"


def silent(names: Sequence[str]) -> str:
    """No microphone gives a sound."""
    return f"OBS 里的话筒{_quoted(names)}半分钟没有声音。看看插头、开关和电池，再看 OBS“混音器”里的音量条动不动"


def not_obs() -> str:
    """Somebody else answers at the address."""
    return "obs.url 那里的程序不是 OBS，会接着试。请核对地址和端口（OBS 默认 ws://127.0.0.1:4455）"


def away() -> str:
    """Nobody answers at the address: as it is while OBS is not open."""
    return f"连不上：{absent()}"


def absent() -> str:
    """What the host does about it."""
    return f"OBS 没有打开，或者没有在{WHERE}里开启 WebSocket 服务器；打开以后会自动连上"


def _quoted(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
