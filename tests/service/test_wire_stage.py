"""What the service publishes of a draw is what section 6 of the contract says, and what `verify-draw` verifies."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import from_json, to_json

from live.domain import commands as c
from live.domain import draw_proof
from live.domain import stage_commands as s
from live.domain.giveaway import Beacon, GiveawayState
from live.domain.refusal import Refused
from live.service.wire_stage import poll, record, rules, who_words
from tests.domain.bags import (
    CHAT,
    NAMES,
    READ,
    a_bag,
    bag,
    claim,
    close,
    drawn,
    enter,
    forfeit,
    pass_seconds,
    tick,
    witness,
)
from tests.domain.bags import rules as bag_rules
from tests.domain.factories import EVENING_MS, HOST_NAME, Evening, an_evening, egg, stranger, viewer
from tests.domain.stage_factories import POLL, RULES, SEED, lucky_bag

if TYPE_CHECKING:
    from live.domain.giveaway import Giveaway

Json = dict[str, Any]

FIELDS = ["giveaway_id", "rules", "opened_at", "closed_at", "commitment"]
AT_CLOSING = [*FIELDS, "entries", "list_hash"]
AT_THE_DRAW = [*AT_CLOSING, "seed", "witness", "rounds"]


def published(giveaway: Giveaway) -> Json:
    """The record as it is fetched: JSON, and nothing else."""
    told: Json = from_json(to_json(record(giveaway)))
    return told


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def follows(told: Json) -> None:
    """Section 6 written out once more, with nothing of ours: hashes, ranks and rounds as the contract puts them."""
    seed, entries, seen = bytes.fromhex(told["seed"]), told["entries"], told["witness"]
    assert told["commitment"] == hashlib.sha256(seed).hexdigest()
    assert entries == sorted(set(entries))
    assert told["list_hash"] == sha256("\n".join(entries))
    if seen["kind"] == "comments":
        assert seen["hash"] == sha256("\n".join(each["id"] + "\t" + each["text"] for each in seen["comments"]))
    else:
        assert seen["hash"] == sha256(f"drand:{seen['round']}:{seen['randomness']}")
    before: list[str] = []
    for number, round_ in enumerate(told["rounds"], 1):
        left = [entry for entry in entries if entry not in before]
        by_rank = sorted(left, key=lambda entry: rank(told, seed, entry, number))  # used within the turn
        assert round_["round"] == number
        assert round_["winners"] == by_rank[: len(round_["winners"])]
        assert (round_["reason"] is None) is (number == 1)
        before += round_["winners"]
    assert len(told["rounds"][0]["winners"]) == min(told["rules"]["winners"], len(entries))


def rank(told: Json, seed: bytes, entry: str, number: int) -> str:
    message = f"{told['list_hash']}:{told['witness']['hash']}:{entry}:{number}"
    return hmac.new(seed, message.encode(), hashlib.sha256).hexdigest()


people = st.integers(min_value=0, max_value=12).map("邻居{}".format)
words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
says = st.one_of(
    st.tuples(st.just("enter"), people),
    st.tuples(st.just("chat"), words),
    st.tuples(st.just("host"), words),
    st.tuples(st.just("hidden"), words),
    st.tuples(st.just("buy"), people),
    st.tuples(st.just("wait"), st.integers(min_value=0, max_value=4)),
    st.tuples(st.just("close"), st.none()),
    st.tuples(st.just("claim"), st.integers(min_value=0, max_value=9)),
    st.tuples(st.just("redraw"), st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=4, unique=True)),
    st.tuples(st.just("end"), st.none()),
)


def act(evening: Evening, kind: str, what: Any) -> None:  # noqa: C901  # one line a kind of thing that happens
    running = evening.state.session is not None and evening.state.session.running
    prizes = bag(evening).prizes
    if kind == "enter" and running:
        enter(evening, what)
    elif kind == "chat" and running:
        evening.say(what, CHAT, by=viewer("路人"))
    elif kind == "host" and running:
        evening.say(what, CHAT, by=viewer(HOST_NAME))
    elif kind == "hidden" and running:
        evening.say(RULES.keyword, READ, by=stranger(what))
    elif kind == "buy" and running:
        evening.buys(1, by=viewer(what))
    elif kind == "wait":
        pass_seconds(evening, what)
    elif kind == "close":
        close(evening)
    elif kind == "claim" and prizes:
        evening.handle(claim(prizes[what % len(prizes)].entry_id))
    elif kind == "redraw" and prizes:
        evening.handle(forfeit(*dict.fromkeys(prizes[each % len(prizes)].entry_id for each in what)))
    elif kind == "end" and running:
        evening.do(c.EndSession())


@settings(max_examples=300, deadline=None)
@given(
    st.integers(min_value=1, max_value=4),
    st.booleans(),
    st.booleans(),
    st.lists(says, max_size=60),
    st.binary(min_size=32, max_size=32),
)
def test_every_draw_of_every_evening_is_verified(
    winners: int, reserved: bool, by_beacon: bool, said: list[tuple[str, Any]], seed: bytes
) -> None:
    evening = an_evening(egg(quota=20))
    beacon = Beacon(url="https://beacon.example", genesis_ms=EVENING_MS - 30_000, period_ms=3000) if by_beacon else None
    opened = lucky_bag(bag_rules(winners=winners, reserved=reserved), seconds=30)
    evening.do(replace(opened, seed=seed.hex(), beacon=beacon))
    rounds: list[Json] = []
    for kind, what in said:
        act(evening, kind, what)
        told = published(bag(evening))
        if bag(evening).state is GiveawayState.DRAWN:
            assert draw_proof.verify(told) == []
            assert told["rounds"][: len(rounds)] == rounds
            rounds = told["rounds"]
        else:
            assert draw_proof.verify(told) == [draw_proof.NOT_DRAWN]
            assert seed.hex() not in to_json(told).decode()
    finish(evening)
    assert draw_proof.verify(published(bag(evening))) == []
    follows(published(bag(evening)))


def finish(evening: Evening) -> None:
    """Let the draw come to its end, if it has not."""
    pass_seconds(evening, 60)
    pass_seconds(evening, 10)
    fixed = bag(evening).beacon_round
    if fixed is not None:
        told = evening.handle(s.BringRandomness(giveaway_id="g-1", round=fixed, randomness="ab" * 32))
        assert not isinstance(told, Refused)
    assert bag(evening).state is GiveawayState.DRAWN


def test_a_record_tells_at_each_stage_what_may_be_known_by_then() -> None:
    evening = a_bag()
    enter(evening, *NAMES)
    assert list(published(bag(evening))) == FIELDS
    close(evening)
    assert list(published(bag(evening))) == AT_CLOSING
    witness(evening)
    assert list(published(bag(evening))) == AT_THE_DRAW
    assert published(bag(evening))["seed"] == SEED


def test_the_round_of_a_beacon_is_told_before_it_is_there() -> None:
    evening = an_evening(egg(quota=20))
    beacon = Beacon(url="https://beacon.example", genesis_ms=EVENING_MS - 30_000, period_ms=3000)
    evening.do(replace(lucky_bag(bag_rules(), seconds=30), beacon=beacon))
    close(evening)
    fixed = bag(evening).beacon_round
    assert fixed is not None
    assert published(bag(evening))["witness"] == {"kind": "drand", "round": fixed}


def test_a_record_names_nobody() -> None:
    evening = drawn()
    evening.do(forfeit(bag(evening).prizes[0].entry_id))
    told = to_json(record(bag(evening))).decode()
    assert not [name for name in NAMES if name in told or viewer(name).key in told or (viewer(name).id or "") in told]


@pytest.mark.parametrize("change", ["drop", "add", "swap", "text", "seed"])
def test_a_record_that_somebody_has_changed_is_not_verified(change: str) -> None:
    evening = drawn(bag_rules(winners=2))
    told = published(bag(evening))
    if change == "drop":
        told["entries"].pop()
    elif change == "add":
        told["entries"] = sorted([*told["entries"], "0" * 32])
    elif change == "swap":
        told["rounds"][0]["winners"].reverse()
    elif change == "text":
        told["witness"]["comments"][0]["text"] += "！"
    else:
        told["seed"] = "00" * 32
    assert draw_proof.verify(told)


def test_a_draw_that_nobody_was_in_is_a_draw() -> None:
    evening = a_bag()
    finish(evening)
    told = published(bag(evening))
    assert told["rounds"] == [{"round": 1, "winners": [], "reason": None}]
    assert draw_proof.verify(told) == []


def test_a_bag_that_the_clock_closed_late_says_when_its_time_was_up() -> None:
    evening = a_bag()
    evening.now_ms += 20 * 60_000
    tick(evening)
    assert published(bag(evening))["closed_at"] == published(bag(evening))["rules"]["closes_at"]


def test_the_rules_say_all_that_the_law_asks_for() -> None:
    told = rules(bag(a_bag()))
    required = {"title", "prize", "prize_value", "winners", "keyword", "closes_at", "who_text", "how", "claim"}
    assert required <= {key for key, value in told.items() if value}
    assert told["prize_value"] == "99.00"
    assert told["claim"] == {"hours": 48, "how": "到自提点出示提货码"}


def test_who_may_enter_is_a_sentence() -> None:
    assert who_words(RULES) == "观众，每人一次；主播、场控和被屏蔽的不参加"
    both = bag_rules(reserved=True, days=30)
    assert who_words(both) == "本场下过单、30 天内没中过奖的观众，每人一次；主播、场控和被屏蔽的不参加"


def test_a_poll_counts_its_votes() -> None:
    told: dict[str, Any] = poll(POLL.moved(None, "2"))
    assert (told["votes"], [option["votes"] for option in told["options"]]) == (1, [0, 1])
