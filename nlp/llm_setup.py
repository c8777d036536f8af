"""From the settings to a client and a desk."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from nlp.fold import build_folding
from nlp.llm_breaker import Patience
from nlp.llm_client import Llm, Setup
from nlp.llm_desk import Deadlines, Desk
from nlp.llm_opinion import Terms
from nlp.llm_types import Bounds, Endpoint, Prices, Spend, Use
from nlp.llm_wording import load_wording

if TYPE_CHECKING:
    from decimal import Decimal

    from config.settings import LlmSettings

_FEN_IN_YUAN = 100
_MICRO = 1_000_000


def desk_of(settings: LlmSettings, *, auto_confidence: float) -> Desk:
    """Make the desk with its client; `auto_confidence` is that of `[nlp]`. Raises what `load_wording` raises.

    Nothing is connected and nothing slow is loaded before `desk.llm.start()`. Without an address or a model it is off
    for good; with `enabled = false` until it is switched on.
    """
    llm = Llm(setup_of(settings))
    llm.switch(on=settings.enabled)
    folding = build_folding()
    deadlines = Deadlines(
        live_ms=settings.deadline_ms, answer_ms=settings.deadline_ms, prose_ms=settings.writing_deadline_s * 1000
    )
    terms = Terms(may_book=settings.may_book, auto=auto_confidence)
    return Desk(
        llm,
        folding=folding,
        wording=load_wording(folding),
        terms=terms,
        deadlines=deadlines,
        uses=_uses(settings),
    )


def _uses(settings: LlmSettings) -> frozenset[Use]:
    off = {Use.OPINION: not settings.second_opinion, Use.ANSWER: not settings.answers}
    return frozenset(use for use in Use if not off.get(use))


def setup_of(settings: LlmSettings) -> Setup | None:
    """Where the model is and how much it may be asked; None where no address or no model is set."""
    if settings.base_url is None or settings.model is None:
        return None
    key = settings.api_key.get_secret_value() if settings.api_key else None
    endpoint = Endpoint(
        base_url=settings.base_url, model=settings.model, api_key=key, extra=MappingProxyType(settings.extra)
    )
    prices = Prices(input_fen=_fen(settings.input_price), output_fen=_fen(settings.output_price))
    return Setup(endpoint=endpoint, bounds=_bounds(settings), prices=prices, patience=Patience())


def _bounds(settings: LlmSettings) -> Bounds:
    return Bounds(
        minute=Spend(
            requests=settings.requests_per_minute,
            tokens=settings.tokens_per_minute,
            micro_fen=_fen(settings.yuan_per_minute) * _MICRO,
        ),
        evening=Spend(
            requests=settings.requests_per_evening,
            tokens=settings.tokens_per_evening,
            micro_fen=_fen(settings.yuan_per_evening) * _MICRO,
        ),
        at_once=settings.at_once,
        waiting=settings.at_once * 4,
    )


def _fen(yuan: Decimal) -> int:
    return int(yuan * _FEN_IN_YUAN)
