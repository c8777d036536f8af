from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.demo import BEIJING, DemoEvening, DemoStep, cutoff_of, load_evening

if TYPE_CHECKING:
    from collections.abc import Iterator

EIGHT_IN_THE_EVENING_MS = 1_767_787_200_000  # 2026-01-07T20:00:00+08:00
RUSH_WINDOW_MS = 40_000
ON_THE_PICTURE = frozenset({"start_flash_sale", "open_giveaway", "open_poll"})
DEMO_COMMANDS = ON_THE_PICTURE | {"pin_offer", "open_prompt", "close_prompt", "restock", "close_offer", "open_offer"}
WEAK_IDS = frozenset({"0", "111111"})
CLAIM = re.compile(r"1+|2|扣1|.*(草莓|8号|要|来|盒|1).*")


@pytest.fixture(scope="module", name="evening")
def the_evening() -> DemoEvening:
    return load_evening()


@pytest.fixture(scope="module", name="frames")
def its_frames(evening: DemoEvening) -> list[dict[str, Any]]:
    return [step.frame for step in evening.steps if step.frame is not None]


@pytest.fixture(scope="module", name="commands")
def its_commands(evening: DemoEvening) -> list[tuple[int, dict[str, Any]]]:
    return [(step.offset_ms, step.command) for step in evening.steps if step.command is not None]


@pytest.fixture(scope="module", name="offers")
def its_offers(evening: DemoEvening) -> dict[str, dict[str, Any]]:
    return {offer["id"]: offer for offer in evening.session["offers"]}


def test_the_evening_is_half_an_hour_in_order_of_time(evening: DemoEvening) -> None:
    offsets = [step.offset_ms for step in evening.steps]
    assert offsets == sorted(offsets)
    assert offsets[0] >= 0
    assert evening.duration_ms - 60_000 < offsets[-1] <= evening.duration_ms == 30 * 60_000


def test_a_step_without_frame_and_command_is_refused() -> None:
    with pytest.raises(ValueError, match="offset_ms 7"):
        DemoStep(offset_ms=7)


def test_a_step_with_both_frame_and_command_is_refused() -> None:
    with pytest.raises(ValueError, match="either a frame or a command"):
        DemoStep(offset_ms=7, frame={}, command={})


# The session


def test_the_session_is_a_start_session_body_with_twelve_offers(evening: DemoEvening) -> None:
    body = evening.session_command(EIGHT_IN_THE_EVENING_MS)
    assert body.keys() == {"type", "title", "offers", "cycle", "policy", "hosts"}
    assert body["type"] == "start_session"
    assert [offer["number"] for offer in body["offers"]] == list(range(1, 13))
    assert len({offer["id"] for offer in body["offers"]}) == 12


def test_every_offer_has_every_field_of_the_contract(offers: dict[str, dict[str, Any]]) -> None:
    fields = (
        "id number title aliases unit price quota per_viewer_limit case_size min_quantity variants facts open supplier"
    )
    for offer in offers.values():
        assert offer.keys() - {"weighed"} == set(fields.split())
        assert re.fullmatch(r"\d+\.\d\d", offer["price"])
        assert offer["quota"] >= offer["per_viewer_limit"] >= 1
        assert offer["quota"] >= offer["min_quantity"] >= 0
        assert offer["case_size"] >= 1
        assert offer["aliases"]
        assert offer["facts"]
        assert "" not in offer["facts"].values()


def test_the_purchase_order_has_suppliers_whole_cases_and_goods_by_weight(offers: dict[str, dict[str, Any]]) -> None:
    assert len({offer["supplier"] for offer in offers.values()}) < len(offers)
    assert sum(offer["case_size"] > 1 for offer in offers.values()) >= 6
    assert [offer["unit"] for offer in offers.values() if offer.get("weighed")] == ["斤"]


def test_no_alias_belongs_to_two_offers(offers: dict[str, dict[str, Any]]) -> None:
    aliases = [alias for offer in offers.values() for alias in offer["aliases"]]
    assert len(aliases) == len(set(aliases))


def test_variants_share_out_no_more_than_the_quota(offers: dict[str, dict[str, Any]]) -> None:
    varied = [offer for offer in offers.values() if offer["variants"]]
    assert len(varied) >= 2
    assert any("quota" in variant for offer in varied for variant in offer["variants"])
    for offer in varied:
        assert sum(variant.get("quota", 0) for variant in offer["variants"]) <= offer["quota"]
        assert len({variant["id"] for variant in offer["variants"]}) == len(offer["variants"])


def test_a_broadcast_at_eight_cuts_off_at_eleven_for_pickup_at_ten(evening: DemoEvening) -> None:
    cycle = evening.session_command(EIGHT_IN_THE_EVENING_MS)["cycle"]
    assert cycle["cutoff_at"] == "2026-01-07T23:00:00+08:00"
    assert cycle["pickup_at"] == "2026-01-08T10:00:00+08:00"
    assert len({point["id"] for point in cycle["pickup_points"]}) == 3
    assert all(point.keys() == {"id", "name", "address"} for point in cycle["pickup_points"])


@given(now_ms=st.integers(min_value=0, max_value=4_102_444_800_000))
def test_cutoff_is_after_the_broadcast_and_before_pickup_at_any_time_of_day(evening: DemoEvening, now_ms: int) -> None:
    cycle = evening.session_command(now_ms)["cycle"]
    cutoff_at, pickup_at = (datetime.fromisoformat(cycle[name]) for name in ("cutoff_at", "pickup_at"))
    begins_at = datetime.fromtimestamp(now_ms / 1000, BEIJING)
    assert begins_at + timedelta(milliseconds=evening.duration_ms) < cutoff_at < pickup_at
    assert pickup_at - cutoff_at <= timedelta(days=1)
    assert pickup_at.timetz() == time(10, tzinfo=BEIJING)


@given(now_ms=st.integers(min_value=0, max_value=4_102_444_800_000))
def test_the_cutoff_is_a_whole_hour_less_than_an_hour_late(evening: DemoEvening, now_ms: int) -> None:
    cutoff_ms = round(cutoff_of(evening.cycle, now_ms).timestamp() * 1000)
    late_ms = cutoff_ms - now_ms - evening.cycle.cutoff_after_minutes * 60_000
    assert cutoff_ms % 3_600_000 == 0
    assert 0 <= late_ms < 3_600_000


def test_changing_a_built_command_leaves_the_evening_as_it_was(evening: DemoEvening) -> None:
    before = json.dumps(evening.session_command(EIGHT_IN_THE_EVENING_MS))
    body = evening.session_command(EIGHT_IN_THE_EVENING_MS)
    body["offers"][0]["facts"].clear()
    body["cycle"]["pickup_points"][0]["name"] = "别处"
    assert json.dumps(evening.session_command(EIGHT_IN_THE_EVENING_MS)) == before


# The comments


def test_there_are_at_least_640_comments_with_ids_of_their_own(frames: list[dict[str, Any]]) -> None:
    assert len(frames) >= 640
    assert len({(frame["platform"], frame["id"]) for frame in frames}) == len(frames)


def test_every_comment_is_a_frame_of_the_contract(frames: list[dict[str, Any]]) -> None:
    for frame in frames:
        assert frame.keys() == {"type", "platform", "id", "user", "text"}
        assert frame["type"] == "comment"
        assert frame["platform"] in {"wechat_channels", "douyin"}
        assert frame["user"].keys() <= {"id", "name", "level", "badges"}
        assert 1 <= len(frame["text"].strip()) <= 500
        assert frame["user"]["name"].strip()
        assert isinstance(frame["user"]["id"], str)


def test_the_room_holds_between_150_and_200_people(frames: list[dict[str, Any]]) -> None:
    assert 150 <= len({frame["user"]["name"] for frame in frames}) <= 200


def test_a_name_keeps_its_platform_and_its_user_all_evening(frames: list[dict[str, Any]]) -> None:
    known: dict[str, tuple[str, dict[str, Any]]] = {}
    for frame in frames:
        seen = (frame["platform"], frame["user"])
        assert known.setdefault(frame["user"]["name"], seen) == seen


def test_only_masked_viewers_share_an_id(frames: list[dict[str, Any]]) -> None:
    for frame in frames:
        assert (frame["user"]["id"] in WEAK_IDS) == ("***" in frame["user"]["name"])
    names_of_ids = {(f["user"]["id"], f["user"]["name"]) for f in frames if f["user"]["id"] not in WEAK_IDS}
    assert len({user_id for user_id, _ in names_of_ids}) == len(names_of_ids)
    assert {f["user"]["id"] for f in frames} >= WEAK_IDS


def test_host_and_assistant_write_too(evening: DemoEvening, frames: list[dict[str, Any]]) -> None:
    assert set(evening.session["hosts"]) <= {frame["user"]["name"] for frame in frames}


def test_one_person_needs_a_moment_between_two_lines(evening: DemoEvening) -> None:
    last: dict[str, int] = {}
    for offset_ms, frame in _timed_frames(evening):
        assert offset_ms - last.get(frame["user"]["name"], -10_000) >= 1_500
        last[frame["user"]["name"]] = offset_ms


def test_the_room_never_falls_silent_for_half_a_minute(evening: DemoEvening) -> None:
    offsets = [offset_ms for offset_ms, _ in _timed_frames(evening)]
    assert max(after - before for before, after in pairwise(offsets)) < 30_000


def test_the_talk_is_more_than_a_flood_of_like_lines(frames: list[dict[str, Any]]) -> None:
    assert len({frame["text"] for frame in frames}) > 0.7 * len(frames)


@pytest.mark.parametrize(
    "said",
    [
        "要两箱鸡蛋",
        "再加一",
        "改成",
        "少要一",
        "不要了",
        "3号5号各一份",
        "帮我妈带",
        "三代",
        "多来点",
        "有大的来一份",
        "已拍",
        "福袋",
        "排队",
    ],
)
def test_the_evening_says_what_real_rooms_say(said: str, frames: list[dict[str, Any]]) -> None:
    assert any(said in frame["text"] for frame in frames)


# The rush


def test_about_120_people_claim_one_offer_within_40_seconds(
    evening: DemoEvening, offers: dict[str, dict[str, Any]]
) -> None:
    prompt_ms, offer_id = _rushed_claim(evening)
    rush = [
        frame
        for offset_ms, frame in _timed_frames(evening)
        if prompt_ms < offset_ms <= prompt_ms + RUSH_WINDOW_MS and CLAIM.fullmatch(frame["text"])
    ]
    assert 110 <= len(rush) <= 150
    assert len({frame["user"]["name"] for frame in rush}) == len(rush)
    assert 40 <= offers[offer_id]["quota"] <= 60


def test_the_waitlist_of_the_rush_is_promoted_by_cancellations_and_a_restock(evening: DemoEvening) -> None:
    prompt_ms, offer_id = _rushed_claim(evening)
    restocks = [s.command for s in evening.steps if s.command is not None and s.command["type"] == "restock"]
    assert [restock["offer_id"] for restock in restocks] == [offer_id]
    later = [f["text"] for at_ms, f in _timed_frames(evening) if at_ms > prompt_ms + RUSH_WINDOW_MS]
    assert sum(bool(re.search(r"(草莓|8号).*(不要了|取消|改成1?一?盒|少要)|取消8号", text)) for text in later) >= 5


# The host's commands


def test_every_command_is_one_the_console_gives(commands: list[tuple[int, dict[str, Any]]]) -> None:
    assert {command["type"] for _, command in commands} == DEMO_COMMANDS


def test_a_flash_deal_a_lucky_bag_and_a_poll_are_shown_once(commands: list[tuple[int, dict[str, Any]]]) -> None:
    shown = [command["type"] for _, command in commands if command["type"] in ON_THE_PICTURE]
    assert sorted(shown) == sorted(ON_THE_PICTURE)


def test_the_lucky_bag_has_entries_before_it_closes_and_five_comments_after(
    evening: DemoEvening, commands: list[tuple[int, dict[str, Any]]]
) -> None:
    [(opened_ms, bag)] = [(at_ms, command) for at_ms, command in commands if command["type"] == "open_giveaway"]
    closes_ms = opened_ms + bag["seconds"] * 1000
    said = [(at_ms, bag["keyword"] in frame["text"]) for at_ms, frame in _timed_frames(evening)]
    assert sum(keyword for at_ms, keyword in said if opened_ms < at_ms < closes_ms) >= 10
    assert sum(closes_ms < at_ms < closes_ms + 10_000 for at_ms, _ in said) >= 5


def test_every_command_names_an_offer_of_the_session(
    commands: list[tuple[int, dict[str, Any]]], offers: dict[str, dict[str, Any]]
) -> None:
    named = {command.get("offer_id", command.get("ref_id")) for _, command in commands} - {None}
    assert named == offers.keys()


def test_every_offer_is_pinned_and_only_while_it_is_open(
    commands: list[tuple[int, dict[str, Any]]], evening: DemoEvening
) -> None:
    is_open = {offer["id"]: offer["open"] for offer in evening.session["offers"]}
    pinned = set()
    for _, command in commands:
        match command["type"]:
            case "open_offer" | "close_offer":
                assert is_open[command["offer_id"]] == (command["type"] == "close_offer")
                is_open[command["offer_id"]] = command["type"] == "open_offer"
            case "pin_offer":
                assert is_open[command["offer_id"]]
                pinned.add(command["offer_id"])
            case _:
                pass
    assert pinned == is_open.keys()


def test_each_prompt_is_closed_by_hand_before_its_time_and_before_the_next(
    commands: list[tuple[int, dict[str, Any]]],
) -> None:
    prompts = [(at_ms, c) for at_ms, c in commands if c["type"] in {"open_prompt", "close_prompt"}]
    opened, closed = prompts[::2], prompts[1::2]
    assert len(opened) == len(closed) >= 4
    for (open_ms, prompt), (close_ms, closing) in zip(opened, closed, strict=True):
        assert (prompt["type"], closing["type"]) == ("open_prompt", "close_prompt")
        assert open_ms < close_ms < open_ms + prompt["seconds"] * 1000
        assert prompt["meaning"] == "presence" or (prompt["meaning"] == "claim" and prompt["ref_id"])
    assert {prompt["keyword"] for _, prompt in opened} == {"1"}


def _timed_frames(evening: DemoEvening) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((step.offset_ms, step.frame) for step in evening.steps if step.frame is not None)


def _rushed_claim(evening: DemoEvening) -> tuple[int, str]:
    """Return when the claim on the strawberries was asked for, and their id."""
    for step in evening.steps:
        if step.command is not None and step.command.get("ref_id") == "strawberry":
            return step.offset_ms, "strawberry"
    raise AssertionError("nobody asked for the strawberries")
