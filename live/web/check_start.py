"""A `start_session` body looked over before anything is started: every fault and every warning at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from live.domain.commands import StartSession as StartOrder
from live.domain.session import OrderCycle, Policy
from live.service.trial import try_start
from live.web.checked import checked, object_of
from live.web.command_models import OfferModel, StartSession
from live.web.command_orders import offer_of, to_order
from live.web.files import find
from live.web.problems import FieldFault, ProblemRaised

if TYPE_CHECKING:
    from pathlib import Path

    from live.service.trial import Trial
    from live.service.wire import Json

START: TypeAdapter[StartSession] = TypeAdapter(StartSession)
_OFFER: TypeAdapter[OfferModel] = TypeAdapter(OfferModel)
_PLACED = re.compile(r"([a-z_]+(?:[.\[\]a-z0-9_]*)?)：(.+)", re.DOTALL)
_DAY_MS = 24 * 3600 * 1000
_TWICE = "重复了"


def look_over(room: str, data: bytes, *, pictures: Path, now_ms: int, running: str | None) -> Json:
    """Give `{"faults": [{"field", "message"}], "warnings": […]}`; `running` is the title of the evening that is on air.

    Raises:
        ProblemRaised: 400 for what is no JSON object.
    """
    value = object_of(data, example='{"type":"start_session",…}')
    faults: list[FieldFault] = []
    try:
        model = checked(START, data, what="开场", tagged=False)
    except ProblemRaised as raised:
        if not raised.problem.errors:
            raise
        faults += [fault for fault in raised.problem.errors if fault.field != "offers" or _TWICE not in fault.message]
        trial = try_start(room, _what_can_be_read(value, now_ms), now_ms=now_ms)
    else:
        trial = try_start(room, order_of(model), now_ms=now_ms)
        faults += _refusal(trial)
    faults += _there_twice(value) + missing_pictures(value, pictures)
    if running is not None:
        faults.append(FieldFault(field="", message=f"“{running}”还在直播，先下播再开新的一场"))
    return {
        "faults": [{"field": fault.field, "message": fault.message} for fault in faults],
        "warnings": trial.warnings,
    }


def order_of(model: StartSession) -> StartOrder:
    """The order of a checked body, under an id that is never kept."""
    order = to_order(model, lambda: "trial")
    if isinstance(order, StartOrder):
        return order
    raise AssertionError("a start is a start")


def _refusal(trial: Trial) -> list[FieldFault]:
    """What the rules refuse; their words begin with the field that is meant."""
    if trial.refused is None:
        return []
    placed = _PLACED.fullmatch(trial.refused.detail)
    return [
        FieldFault(field="", message=trial.refused.detail)
        if placed is None
        else FieldFault(field=placed[1], message=placed[2])
    ]


def _what_can_be_read(value: dict[str, Any], now_ms: int) -> StartOrder:
    """The offers that are whole, so that names which clash are told beside the faults of the others."""
    listed = value.get("offers")
    offers = [offer for each in (listed if isinstance(listed, list) else []) if (offer := _offer(each)) is not None]
    by_id = {offer.id: offer for offer in offers}
    return StartOrder(
        session_id="trial",
        title="",
        offers=tuple(map(offer_of, by_id.values())),
        cycle=OrderCycle(cutoff_at_ms=now_ms + _DAY_MS, pickup_at_ms=now_ms + 2 * _DAY_MS),
        policy=Policy(),
        hosts=(),
        script=None,
    )


def _offer(value: object) -> OfferModel | None:
    try:
        return _OFFER.validate_python(value, strict=None)
    except ValidationError:
        return None


def _there_twice(value: dict[str, Any]) -> list[FieldFault]:
    """Numbers and ids that an earlier offer has already, each at the later one, whatever else is wrong with the list."""
    listed = value.get("offers")
    faults: list[FieldFault] = []
    for field, name in (("number", "编号"), ("id", "编码")):
        first: dict[object, int] = {}
        for n, offer in enumerate(listed if isinstance(listed, list) else []):
            own = offer.get(field) if isinstance(offer, dict) else None
            if not isinstance(own, str | int):
                continue
            if own in first:
                message = f"{name} {own} 和第 {first[own] + 1} 个商品{_TWICE}，请改其中一个"
                faults.append(FieldFault(field=f"offers[{n}].{field}", message=message))
            first.setdefault(own, n)
    return faults


def missing_pictures(value: dict[str, Any], pictures: Path) -> list[FieldFault]:
    """Pictures that an offer names and that this machine does not have: a list from another shop."""
    listed = value.get("offers")
    offers = enumerate(listed if isinstance(listed, list) else [])
    named = [(n, offer.get("picture")) for n, offer in offers if isinstance(offer, dict)]
    return [
        FieldFault(field=f"offers[{n}].picture", message="这张图片不在这台电脑上，请重新选一张")
        for n, name in named
        if isinstance(name, str) and name and find(pictures, name) is None
    ]
