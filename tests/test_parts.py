"""The service as it is put together from the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from config.settings import load_settings
from live.parts import build_maker, build_service, new_id
from tests.domain.factories import CYCLE, egg, start
from tests.service.rig import ROOM, Clock, Shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.domain.commands import StartSession


def evening() -> StartSession:
    later = replace(CYCLE, cutoff_at_ms=CYCLE.cutoff_at_ms * 2, pickup_at_ms=CYCLE.pickup_at_ms * 2)
    return replace(start(egg()), cycle=later)


async def outcome_with(tmp_path: Path, auto_confidence: float) -> str:
    """What comes of a plain order where a comment is booked from this confidence on."""
    settings = load_settings(None, {}, {"data_dir": tmp_path, "nlp": {"auto_confidence": auto_confidence}})
    async with build_service(settings, build_maker(settings)) as service:
        shop = Shop(service=service, store=service._parts.store, clock=Clock())
        assert (await shop.do(evening()))[0] == 200
        await shop.say(shop.comment("要两箱鸡蛋"))
        (kept,) = await service.comments_after(ROOM, 0, 10)
        return str(kept["outcome"])


async def test_the_setting_says_from_which_confidence_an_order_is_booked(tmp_path: Path) -> None:
    assert await outcome_with(tmp_path / "usual", 0.9) == "reserved"
    assert await outcome_with(tmp_path / "never", 1.0) == "needs_confirmation"


def test_nothing_is_opened_before_the_service_is_entered(tmp_path: Path) -> None:
    settings = load_settings(None, {}, {"data_dir": tmp_path})
    build_service(settings, build_maker(settings))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_ids_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(each) == 20 for each in ids)
