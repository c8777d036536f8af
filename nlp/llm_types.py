"""The words of asking a language model: a question with the shape of its answer, and an answer or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound=BaseModel)
T_co = TypeVar("T_co", bound=BaseModel, covariant=True)


class Use(StrEnum):
    """What an answer is for; the label of the counters."""

    PROBE = "probe"
    OPINION = "opinion"
    ANSWER = "answer"
    SCRIPT = "script"
    NARRATIVE = "narrative"


class Why(StrEnum):
    """Why there is no answer: exactly one."""

    OFF = "off"
    STOPPED = "stopped"
    CIRCUIT = "circuit"
    BUDGET = "budget"
    BUSY = "busy"
    DEADLINE = "deadline"
    UNREACHABLE = "unreachable"
    KEY = "key"
    LIMITED = "limited"
    REFUSED = "refused"
    BROKEN = "broken"
    BAD_ANSWER = "bad_answer"


#: What the host reads; each says what goes on without the model.
WORDS: Mapping[Why, str] = MappingProxyType(
    {
        Why.OFF: "大模型没有开，规则照常读评论",
        Why.STOPPED: "正在关闭，不再问大模型",
        Why.CIRCUIT: "大模型连着出错，先停一会再试",
        Why.BUDGET: "大模型的额度用完了，规则照常读评论",
        Why.BUSY: "大模型忙不过来，这一条没有问",
        Why.DEADLINE: "大模型没有按时回答",
        Why.UNREACHABLE: "大模型连不上",
        Why.KEY: "大模型不接受密钥，或余额不足",
        Why.LIMITED: "大模型说问得太快",
        Why.REFUSED: "大模型不接受这个请求",
        Why.BROKEN: "大模型的服务器出错",
        Why.BAD_ANSWER: "大模型的回答不合格式，没有采用",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask(Generic[T]):
    """One question: the instructions, the data as JSON, the shape of the answer and how long it may take.

    `deadline_ms` counts from the call of `Llm.ask`, waiting included. `cache_key` is what makes two questions the same
    (the normalised text, the version of the catalogue, what is pinned); without one nothing is remembered.
    """

    use: Use
    system: str
    data: str
    shape: type[T]
    deadline_ms: int
    max_tokens: int
    cache_key: tuple[str, ...] | None = None
    stream: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered(Generic[T_co]):
    """An answer of the right shape. The shape is all that is known of it: whoever asked must still validate it."""

    value: T_co
    from_cache: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Unanswered:
    """Why there is no answer; `detail` is for the log and for `doctor`."""

    why: Why
    detail: str = ""
    retry_after_ms: int | None = None

    @property
    def words(self) -> str:
        """One sentence for the host."""
        return WORDS[self.why]


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """Where the model is: `base_url` up to and with `/v1`, the key (None: none is needed) and the model's name.

    `extra` is added to the body of each request, for what one vendor alone knows (`{"enable_thinking": false}`).
    """

    base_url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True, slots=True)
class Spend:
    """An amount of use: requests, tokens and money. `micro_fen` is millionths of a fen."""

    requests: int = 0
    tokens: int = 0
    micro_fen: int = 0

    def plus(self, other: Spend) -> Spend:
        """Both together."""
        return Spend(
            requests=self.requests + other.requests,
            tokens=self.tokens + other.tokens,
            micro_fen=self.micro_fen + other.micro_fen,
        )

    def minus(self, other: Spend) -> Spend:
        """What is left without the other."""
        return self.plus(Spend(requests=-other.requests, tokens=-other.tokens, micro_fen=-other.micro_fen))

    def within(self, most: Spend) -> bool:
        """Whether nothing of it is more than *most*."""
        return self.requests <= most.requests and self.tokens <= most.tokens and self.micro_fen <= most.micro_fen


@dataclass(frozen=True, kw_only=True, slots=True)
class Prices:
    """What the vendor asks for, in fen a million tokens: what is sent, and what is answered."""

    input_fen: int = 0
    output_fen: int = 0

    def of(self, sent: int, answered: int) -> Spend:
        """What one request with so many tokens costs."""
        cost = sent * self.input_fen + answered * self.output_fen
        return Spend(requests=1, tokens=sent + answered, micro_fen=cost)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How much may be asked: at once, waiting, within a minute and within an evening (twelve hours)."""

    minute: Spend
    evening: Spend
    at_once: int = 2
    waiting: int = 8
    remembered: int = 2000
