"""Every setting of the project: its name, default, bounds and help.

The order is defaults < `--config` file (TOML) < environment (`LIVE_` and the path joined with `__`) < options.
`docs/settings.md` is made from the help texts here.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator

from config.setting_faults import SettingsError, faults_of
from config.setting_inputs import Leaf, UnreadableFileError, merge, read_environment, read_options, read_toml
from config.setting_types import (
    GROUP_MESSAGES,
    DatabaseAddress,
    EventKinds,
    GroupMessages,
    HookAddress,
    JsonTable,
    Names,
    Networks,
    ObsAddress,
    ObsName,
    Origins,
    PlatformName,
    PublicAddress,
    RedisAddress,
    ReplayMoments,
    RobotKey,
    RoomName,
    RoomNames,
    SigningSecret,
    SourceAddress,
    SourceKind,
    TargetName,
    Theme,
    WebAddress,
    as_list,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings", "SettingsError", "load_settings"]


class Section(BaseModel):
    """A group of settings: frozen, and a name it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class ServerSettings(Section):
    """`[server]`: where the service listens, and who may call it from where."""

    host: str = Field(
        default="127.0.0.1", description="监听的地址。默认只有本机能打开；写 0.0.0.0，同一 Wi-Fi 的手机也能打开。"
    )
    port: int = Field(default=8000, ge=0, le=65535, description="监听的端口。0 表示由系统挑一个空闲的。")
    public_url: PublicAddress | None = Field(
        default=None,
        description="观众手机能打开的网址（店里的服务器或内网穿透），可以带路径（https://shop.example/linbo），怎么接见 how-to/public-address.md；所有给观众的二维码和链接都用它。不写就用局域网地址，只有连着店里 Wi-Fi 的手机能打开。",
    )
    allowed_origins: Origins = Field(
        default=(), description="除本机和 public_url 外，还允许哪些网页来源连接（Origin，例：https://shop.example）。"
    )
    allowed_hosts: Names = Field(
        default=(), description="除本机、局域网地址和 public_url 外，还接受哪些主机名（Host 请求头）。"
    )
    trusted_proxies: Networks | None = Field(
        default=None,
        description="反向代理或穿透程序的地址、网段。只有从这些地址来的 X-Forwarded-For、-Proto、-Host、-Prefix 和 Forwarded 才算数。不写时：设了 public_url 就只信本机，没设就谁也不信；写成空的（[]）就谁也不信。",
    )


class DatabaseSettings(Section):
    """`[database]`: where the truth is kept."""

    url: DatabaseAddress | None = Field(
        default=None,
        repr=False,
        description="数据库：sqlite:///路径 或 postgresql://用户:密码@主机/库名。不写就是数据文件夹里的 linbo.db（SQLite）。",
    )


class RedisSettings(Section):
    """`[redis]`: the line between ingest and work when several processes share it."""

    url: RedisAddress | None = Field(
        default=None,
        repr=False,
        description="Redis 或 Valkey：redis://主机:6379/0。不写就在进程内传递，不需要任何服务器。",
    )


class IngestSettings(Section):
    """`[ingest]`: how much a source may send at once."""

    max_batch: int = Field(default=500, ge=1, le=5000, description="一个批次最多多少条。")
    max_frame_bytes: int = Field(
        default=262_144, ge=1024, le=16_777_216, description="一帧最多多少字节，超出就断开（1009）。"
    )
    max_waiting: int = Field(
        default=10_000,
        ge=100,
        le=1_000_000,
        description="一个直播间最多排队多少条没处理的评论，满了就暂停读取，不丢已确认的评论。",
    )
    silent_after_s: int = Field(
        default=90,
        ge=0,
        le=3600,
        description="开播时，一个来源多少秒没有动静就算没声音了：中控台提醒，画面上出下单二维码。平时评论就少的直播间会自动多等一会（最多 5 分钟）；断开的 20 秒就算。0 表示不提醒。",
    )


class NlpSettings(Section):
    """`[nlp]`: how sure the reading of a comment must be."""

    auto_confidence: float = Field(
        default=0.9, ge=0, le=1, description="把握达到多少才直接记单（auto）；低于它的交主播点一下。"
    )


class LlmSettings(Section):
    """`[llm]`: an optional language model behind an OpenAI-compatible address. Without one everything else works."""

    base_url: WebAddress | None = Field(
        default=None,
        description="大模型接口的网址（OpenAI 兼容），写到 /v1 为止，怎么写见 llm.md。不写就不用大模型，其他一切照常。",
    )
    api_key: SecretStr | None = Field(
        default=None,
        description="接口的密钥。请放在环境变量 LIVE_LLM__API_KEY 里，不要写进文件。本机的模型多半不需要。",
    )
    model: str | None = Field(default=None, description="模型的名字。")
    enabled: bool = Field(default=True, description="启动时要不要开着。写 false 就什么都不发出去，要用时在中控台打开。")
    second_opinion: bool = Field(
        default=True, description="规则拿不准的下单评论，要不要请大模型再看一眼（评论的文字会发给它，名字和编号不发）。"
    )
    answers: bool = Field(
        default=True, description="观众的提问，要不要请大模型按商品资料拟回答（提问的文字和资料会发给它）。"
    )
    may_book: bool = Field(
        default=False,
        description="大模型和规则读出同样的商品和数量时，要不要直接记单（auto）。默认不：还是由主播点一下。",
    )
    deadline_ms: int = Field(
        default=1500, ge=100, le=30_000, description="评论和提问最多等大模型多少毫秒，过时的回答不要。"
    )
    writing_deadline_s: int = Field(default=60, ge=1, le=600, description="写口播稿和小结最多等多少秒。")
    dialect: Names = Field(
        default=(), description='本地话，写口播稿时可以用，例如 ["中不中", "得劲"]。只影响大模型写的稿子。'
    )
    at_once: int = Field(default=2, ge=1, le=32, description="同时最多问几个。")
    requests_per_minute: int = Field(default=30, ge=1, le=10_000, description="一分钟最多问几次。")
    requests_per_evening: int = Field(default=3000, ge=1, le=1_000_000, description="一晚（12 小时）最多问几次。")
    tokens_per_minute: int = Field(
        default=60_000, ge=1000, le=100_000_000, description="一分钟最多用多少 token（问和答一起）。"
    )
    tokens_per_evening: int = Field(
        default=2_000_000, ge=1000, le=10_000_000_000, description="一晚最多用多少 token（问和答一起）。"
    )
    input_price: Decimal = Field(
        default=Decimal(0),
        ge=0,
        le=10_000,
        decimal_places=2,
        description="问的一百万 token 多少元，照服务商的价目写。0 表示不算钱。",
    )
    output_price: Decimal = Field(
        default=Decimal(0), ge=0, le=10_000, decimal_places=2, description="答的一百万 token 多少元。"
    )
    yuan_per_minute: Decimal = Field(
        default=Decimal(1), ge=0, le=100_000, decimal_places=2, description="一分钟最多花多少元（写了价格才算得出来）。"
    )
    yuan_per_evening: Decimal = Field(
        default=Decimal(5), ge=0, le=100_000, decimal_places=2, description="一晚最多花多少元。"
    )
    extra: JsonTable = Field(
        default_factory=dict,
        description='每次请求里多带的参数，某家服务商才有的写在这里，例：{"enable_thinking": false}。',
    )


class SourceSettings(Section):
    """`[[sources]]`: one tool that the service fetches comments from by itself."""

    kind: SourceKind = Field(
        description="哪种工具：oba（oba-live-tool）或 barrage_grab（8888 端口的弹幕抓取工具）。怎么装、怎么连见 how-to/connect-a-source.md。"
    )
    room: RoomName = Field(description="评论进哪个直播间（a-z、0-9、_、-，最多 40 个）。")
    url: SourceAddress = Field(
        repr=False, description="工具的地址，例：ws://127.0.0.1:12354（oba）、ws://127.0.0.1:8888（barrage_grab）。"
    )
    platform: PlatformName | None = Field(
        default=None,
        description="工具没说是哪个平台的评论时算哪个平台（oba 分不出抖音和快手）：douyin 或 kuaishou。不写算 douyin。",
    )
    platform_room: str | None = Field(
        default=None,
        min_length=1,
        description="只收平台上这一个直播间的评论：直播间号、抖音号或主播的 id。抓取工具会听到这台电脑上打开的每个直播间，同时看别人直播时要写。只用于 barrage_grab。",
    )


class TargetSettings(Section):
    """What every place that we send to has: a name, and the rooms it hears of."""

    name: TargetName = Field(
        description="给它起的名字（a-z、0-9、_、-，最多 40 个），日志、指标和接口里都用它；各个去处不能重名。"
    )
    rooms: RoomNames = Field(default=(), description="只发这些直播间的。不写就是所有直播间。")


class WecomSettings(TargetSettings):
    """`[[outbound.wecom]]`: one group robot of WeCom."""

    key: RobotKey = Field(description="机器人的 Webhook 地址，整个粘贴进来就行；谁有它谁就能往群里发消息，请保密。")
    base_url: WebAddress = Field(
        default="https://qyapi.weixin.qq.com", description="企业微信接口的网址，私有部署时才要改。"
    )
    messages: GroupMessages = Field(
        default=GROUP_MESSAGES,
        description="发哪些：summary 截单小结、pick_list 拣货单（文字）、pick_file 拣货单（表格文件）、arrived 到货、moved 改提货时间。",
    )
    phone_tails: bool = Field(
        default=False,
        description="拣货单里要不要写手机尾号（最后四位）。群里有外人就不要打开；名字总是只写成“张*”。",
    )


class WebhookSettings(TargetSettings):
    """`[[outbound.webhook]]`: one other system that is told of events."""

    url: HookAddress = Field(repr=False, description="收事件的网址。请用 https；事件里有顾客的名字和提货码。")
    secret: SigningSecret = Field(description="签名用的密钥，至少 16 个字符，和收的一方写成一样的。")
    kinds: EventKinds = Field(
        default=(),
        description="只发这些种类的事件，全名或前缀（reservation 就是 reservation_ 开头的全部），见 events.md。不写就是全部。",
    )
    timeout_s: int = Field(default=10, ge=1, le=60, description="几秒没有回应就算这一次没送到。")


class OutboundSettings(Section):
    """`[outbound]`: where we send to. A place that does not answer never holds up an order."""

    wecom: Annotated[tuple[WecomSettings, ...], BeforeValidator(as_list)] = Field(
        default=(), description="企业微信群机器人，每个一节 [[outbound.wecom]]；在环境变量里写成 JSON 列表。"
    )
    webhook: Annotated[tuple[WebhookSettings, ...], BeforeValidator(as_list)] = Field(
        default=(), description="把事件发给别的系统，每个一节 [[outbound.webhook]]；在环境变量里写成 JSON 列表。"
    )

    @model_validator(mode="after")
    def _names_differ(self) -> OutboundSettings:
        names = [target.name for target in (*self.wecom, *self.webhook)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"里有重名的：{'、'.join(twice)}，请各起各的名字")
        return self


class ObsSettings(Section):
    """`[obs]`: the OBS that shows the picture. Without it everything else works."""

    url: ObsAddress | None = Field(
        default=None,
        description="OBS 的 WebSocket 服务器：ws://127.0.0.1:4455。写了才会去管 OBS（装叠加层、换场景、存回放、记片段标记），怎么开见 how-to/obs.md；不写就不管。",
    )
    password: SecretStr | None = Field(
        default=None,
        description="OBS 的 WebSocket 密码。请放在环境变量 LIVE_OBS__PASSWORD 里，不要写进文件。OBS 没有要求密码就不写。",
    )
    room: RoomName = Field(default="live", description="OBS 播的是哪个直播间。")
    install: bool = Field(
        default=True,
        description="把叠加层装进 OBS，网址变了就改过来，启动时刷新一次。已经手工加了叠加层的，就用那一个，不会再加。",
    )
    source_name: ObsName = Field(default="邻播叠加层", description="装进去的来源叫什么。")
    scene: ObsName | None = Field(default=None, description="装进哪个场景。不写就是连上时正在播的那个。")
    overlay_base: WebAddress | None = Field(
        default=None,
        description="OBS 用什么网址打开邻播，写到端口为止。不写就自己定：OBS 在本机用 127.0.0.1，在另一台电脑用局域网地址。",
    )
    flash_scene: ObsName | None = Field(
        default=None, description="秒杀开始时换到哪个场景，结束了再换回来。不写就不换。"
    )
    save_replay: ReplayMoments = Field(
        default=("draw", "rush"),
        description="什么时候存一段回放：draw 福袋开奖、rush 抢购（短时间很多单）、flash 秒杀结束。要 OBS 的回放缓存开着；不想存就写成空的（[]）。",
    )
    replay_after_s: int = Field(
        default=8, ge=0, le=60, description="那一刻过后几秒再存，好把结果也录进去；OBS 的回放时长要比它长。"
    )
    start_replay_buffer: bool = Field(default=False, description="连上 OBS 时，回放缓存没开就替您打开。")
    rush_reservations: int = Field(default=15, ge=2, le=1000, description="几单算抢购。")
    rush_seconds: int = Field(default=10, ge=1, le=120, description="在几秒以内算抢购。")
    clip_marks: bool = Field(
        default=True,
        description="记片段标记：讲解、秒杀、开奖等在推流和录像的几分几秒，写在数据文件夹的 clip-marks.jsonl 里，剪片段用。",
    )


class DrawsSettings(Section):
    """`[draws]`: how the winners of a giveaway are found."""

    beacon_url: WebAddress | None = Field(
        default=None,
        description="公共随机数（drand）的网址，写到链的编号为止，见 how-to/draws.md。写了，福袋就用截止后才产生的那一期；不写就用截止后的头五条评论，不用上网。",
    )


class OverlaySettings(Section):
    """`[overlay]`: how the picture looks."""

    theme: Theme = Field(
        default="red",
        description="叠加层的样子：red 节日红、green 清新绿、mono 简洁黑白。网址里的 &theme= 盖过它。",
    )
    folder: Path | None = Field(
        default=None,
        description="自己的样式放在哪个文件夹：里面的 style.css 会加在叠加层上，用到的图片、字体也放在里面。不写就是数据文件夹里的 overlay。",
    )


class Settings(Section):
    """All settings. Made by `load_settings`."""

    data_dir: Path = Field(default=Path("data"), description="数据文件夹：数据库、口令、报告都在里面。")
    server: ServerSettings = ServerSettings()
    database: DatabaseSettings = DatabaseSettings()
    redis: RedisSettings = RedisSettings()
    ingest: IngestSettings = IngestSettings()
    nlp: NlpSettings = NlpSettings()
    llm: LlmSettings = LlmSettings()
    sources: Annotated[tuple[SourceSettings, ...], BeforeValidator(as_list)] = Field(
        default=(), description="服务自己去取评论的来源，每个一节 [[sources]]；在环境变量里写成 JSON 列表。"
    )
    outbound: OutboundSettings = OutboundSettings()
    overlay: OverlaySettings = OverlaySettings()
    obs: ObsSettings = ObsSettings()
    draws: DrawsSettings = DrawsSettings()

    @property
    def database_url(self) -> str:
        """Where the store is: the configured address, or SQLite in the data folder (`sqlite:///data/linbo.db`)."""
        return self.database.url or f"sqlite:///{(self.data_dir / 'linbo.db').as_posix()}"


def load_settings(config_file: Path | None, environ: Mapping[str, str], overrides: Mapping[str, object]) -> Settings:
    """Put the settings together: defaults < *config_file* < *environ* < *overrides*.

    Args:
        config_file: a TOML file, or None.
        environ: variables; those that begin with `LIVE_` count.
        overrides: options as nested tables, `{"server": {"port": 9000}}`; a value of None is an option not given.

    Raises:
        SettingsError: with every fault of all inputs at once.
    """
    file, unreadable = read_file(config_file)
    merged = merge([file, read_environment(environ), read_options(overrides)])
    faults = (*unreadable, *merged.faults)
    try:
        settings = Settings.model_validate(merged.values)
    except ValidationError as error:
        raise SettingsError((*faults, *faults_of(error, merged.origins, Settings))) from None
    if faults:
        raise SettingsError(faults)
    return settings


def read_file(config_file: Path | None) -> tuple[list[Leaf], tuple[str, ...]]:
    """Read *config_file*, or say why not, so that the other inputs are still looked at."""
    try:
        return (read_toml(config_file) if config_file else []), ()
    except UnreadableFileError as error:
        return [], (str(error),)
