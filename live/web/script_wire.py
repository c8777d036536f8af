"""Scripts between the wire and the rules: what is launched is a command there, and its terms here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from live.domain.script_parts import (
    BagLaunch,
    FlashLaunch,
    PollChoice,
    PollLaunch,
    PromptLaunch,
    Script,
    Section,
    SectionKind,
)
from live.service.wire import yuan
from live.web.command_models import OpenPrompt
from live.web.money import fen
from live.web.stage_models import OpenGiveaway, OpenPoll, StartFlashSale
from nlp.types import PromptMeaning

if TYPE_CHECKING:
    from live.domain.script_parts import Launch
    from live.service.wire import Json
    from live.web.script_models import EveningScript, EveningSection


def script_of(model: EveningScript) -> Script:
    """A checked script as the rules know it; the ids of its sections are their places."""
    return Script(sections=tuple(_section(f"s{n}", each) for n, each in enumerate(model.sections, 1)))


def script_json(script: Script) -> Json:
    """A script as the pages know it."""
    return {"sections": [_section_json(section) for section in script.sections]}


def _section(id_: str, model: EveningSection) -> Section:
    return Section(
        id=id_,
        kind=model.kind,
        title=" ".join(model.title.split()),
        offer_id=model.offer_id,
        minutes=model.minutes,
        points=tuple(point for each in model.points if (point := " ".join(each.split()))),
        launch=None if model.launch is None else _launch(model.launch),
    )


def _launch(model: OpenPrompt | StartFlashSale | OpenGiveaway | OpenPoll) -> Launch:
    match model:
        case OpenPrompt():
            claims = model.meaning is PromptMeaning.CLAIM
            return PromptLaunch(keyword=_word(model.keyword), seconds=model.seconds, claims=claims)
        case StartFlashSale():
            return FlashLaunch(
                price_fen=fen(model.price),
                quota=model.quota,
                seconds=model.seconds,
                per_viewer_limit=model.per_viewer_limit,
                countdown_seconds=model.countdown_seconds,
            )
        case OpenGiveaway():
            return BagLaunch(
                prize=" ".join(model.prize.split()),
                value_fen=fen(model.prize_value),
                winners=model.winners,
                keyword=_word(model.keyword),
                seconds=model.seconds,
                buyers_only=model.eligibility.must_have_reserved,
                not_won_within_days=model.eligibility.not_won_within_days,
                claim_hours=model.claim.hours,
            )
        case OpenPoll():
            choices = tuple(
                PollChoice(key=_word(each.key), label=" ".join(each.label.split())) for each in model.options
            )
            return PollLaunch(question=" ".join(model.question.split()), choices=choices, seconds=model.seconds)


def _word(text: str) -> str:
    """A keyword is written without spaces: those who type it leave them out as well."""
    return "".join(text.split())


def _section_json(section: Section) -> Json:
    return {
        "id": section.id,
        "kind": section.kind.value,
        "title": section.title,
        "offer_id": section.offer_id,
        "minutes": section.minutes,
        "points": list(section.points),
        "launch": None if section.launch is None else _launch_json(section.launch, section),
    }


def _launch_json(launch: Launch, section: Section) -> Json:
    match launch:
        case PromptLaunch():
            claims = launch.claims and section.offer_id is not None
            meaning: Json = {"meaning": "claim", "ref_id": section.offer_id} if claims else {"meaning": "presence"}
            return {"type": "open_prompt", "keyword": launch.keyword, "seconds": launch.seconds} | meaning
        case FlashLaunch():
            return {
                "type": "start_flash_sale",
                "offer_id": section.offer_id,
                "price": yuan(launch.price_fen),
                "quota": launch.quota,
                "per_viewer_limit": launch.per_viewer_limit,
                "seconds": launch.seconds,
                "countdown_seconds": launch.countdown_seconds,
            }
        case BagLaunch():
            return _bag_json(launch, section.title if section.kind is SectionKind.BAG else "福袋")
        case PollLaunch():
            options = [{"key": choice.key, "label": choice.label} for choice in launch.choices]
            return {"type": "open_poll", "question": launch.question, "options": options, "seconds": launch.seconds}


def _bag_json(launch: BagLaunch, title: str) -> Json:
    return {
        "type": "open_giveaway",
        "kind": "lucky_bag",
        "title": title,
        "prize": launch.prize,
        "prize_value": yuan(launch.value_fen),
        "winners": launch.winners,
        "keyword": launch.keyword,
        "seconds": launch.seconds,
        "eligibility": {
            "must_have_reserved": launch.buyers_only,
            "not_won_within_days": launch.not_won_within_days,
        },
        "claim": {"hours": launch.claim_hours},
    }
