from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain import commands as c
from live.domain import draws
from live.domain import stage_commands as s
from live.domain.comment import AnsweredComment
from live.domain.events import EventKind
from live.domain.giveaway import DAY_MS, HOUR_MS, Beacon, GiveawayState, PrizeState
from live.domain.giveaways import MOST_VALUE_FEN
from live.domain.refusal import RefusalCode
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
    entered,
    forfeit,
    id_of,
    listed,
    pass_seconds,
    rules,
    tick,
    witness,
    won_by,
)
from tests.domain.factories import (
    EVENING_MS,
    HOST_NAME,
    MINUTE_MS,
    Evening,
    an_evening,
    comment,
    start,
    stranger,
    viewer,
)
from tests.domain.stage_factories import RULES, SEED, lucky_bag

ZHANG = viewer("张姐")
ZHANG_AT_DOUYIN = viewer("张大姐", platform="douyin")


def joined(evening: Evening) -> Evening:
    """张姐 and 张大姐 are one person."""
    keys = (ZHANG.key, ZHANG_AT_DOUYIN.key)
    evening.state.persons = dict.fromkeys(keys, keys)
    return evening


def block(evening: Evening, name: str) -> None:
    said = AnsweredComment(
        n=1,
        session_id="s1",
        comment=comment(by=viewer(name)),
        classification=CHAT,
        route="ignore",
        outcome="none",
        reason="",
        received_ms=evening.now_ms,
    )
    evening.do(s.BlockViewer(comment_id="m-1", comment=said))


# Opening


def test_opening_publishes_the_rules_and_the_fingerprint_of_the_seed() -> None:
    giveaway = bag(a_bag())
    assert giveaway.rules == RULES
    assert giveaway.commitment == hashlib.sha256(bytes.fromhex(SEED)).hexdigest()
    assert (giveaway.opened_ms, giveaway.closes_ms) == (EVENING_MS, EVENING_MS + 60_000)


def test_a_prize_of_fifty_thousand_is_the_most_there_may_be() -> None:
    evening = an_evening()
    assert (
        evening.refuse(lucky_bag(replace(RULES, prize_value_fen=MOST_VALUE_FEN + 1))).code is RefusalCode.PRIZE_TOO_HIGH
    )
    evening.do(lucky_bag(replace(RULES, prize_value_fen=5_000_000)))


def test_a_second_bag_waits_until_the_first_is_drawn() -> None:
    evening = a_bag()
    again = replace(lucky_bag(), giveaway_id="g-2")
    assert evening.refuse(again).code is RefusalCode.GIVEAWAY_RUNNING
    close(evening)
    assert evening.refuse(again).code is RefusalCode.GIVEAWAY_RUNNING
    witness(evening)
    evening.do(again)


def test_nothing_opens_after_the_broadcast() -> None:
    evening = an_evening()
    evening.do(c.EndSession())
    assert evening.refuse(lucky_bag()).code is RefusalCode.SESSION_ENDED


def test_nothing_that_happens_later_changes_the_rules() -> None:
    evening = drawn()
    evening.do(forfeit(bag(evening).prizes[0].entry_id))
    assert bag(evening).rules == RULES
    assert bag(evening).commitment == draws.commitment(bytes.fromhex(SEED))


# Who is in


def test_a_viewer_is_in_once() -> None:
    evening = a_bag()
    assert enter(evening, "张姐", "李叔", "张姐") == ["entered"] * 3
    assert entered(evening) == ["张姐", "李叔"]
    assert bag(evening).entered == 2


def test_a_viewer_who_floods_is_in_once_and_makes_one_event() -> None:
    evening = a_bag()
    enter(evening, *["张姐"] * 1000)
    assert evening.kinds().count(EventKind.GIVEAWAY_ENTERED) == 1


def test_two_identities_of_one_person_are_in_once() -> None:
    evening = joined(a_bag())
    evening.say("锅到福到", READ, by=ZHANG)
    assert evening.say("锅到福到", READ, by=ZHANG_AT_DOUYIN).outcome == "entered"
    assert entered(evening) == ["张姐"]


def test_who_turns_out_to_be_one_person_is_on_the_list_once() -> None:
    evening = a_bag()
    for identity in (ZHANG, ZHANG_AT_DOUYIN, viewer("李叔")):
        evening.say("锅到福到", READ, by=identity)
    close(joined(evening))
    assert listed(evening, "张姐", "李叔")
    assert bag(evening).entered == 2


def test_whom_the_platform_hides_cannot_win() -> None:
    evening = a_bag()
    assert evening.say("锅到福到", READ, by=stranger("x1")).outcome == "not_eligible"
    assert entered(evening) == []


def test_hosts_are_not_in() -> None:
    evening = a_bag()
    assert enter(evening, HOST_NAME) == ["host"]
    assert entered(evening) == []


def test_who_is_blocked_is_not_in() -> None:
    evening = an_evening()
    block(evening, "张姐")
    a_bag(evening=evening)
    assert enter(evening, "张姐") == ["blocked"]
    assert entered(evening) == []


def test_who_is_blocked_after_entering_is_left_out_of_the_list_under_every_identity() -> None:
    evening = a_bag()
    evening.say("锅到福到", READ, by=ZHANG_AT_DOUYIN)
    enter(evening, "李叔", "王婶")
    block(joined(evening), "张姐")
    block(evening, "王婶")
    close(evening)
    assert listed(evening, "李叔")


def test_a_bag_for_buyers_takes_who_has_ordered() -> None:
    evening = a_bag(rules(reserved=True))
    assert enter(evening, "张姐") == ["not_eligible"]
    evening.buys(1, by=ZHANG)
    assert enter(evening, "张姐") == ["entered"]


def test_an_order_of_a_joined_identity_counts_for_a_bag_for_buyers() -> None:
    evening = joined(a_bag(rules(reserved=True)))
    evening.buys(1, by=ZHANG_AT_DOUYIN)
    assert enter(evening, "张姐") == ["entered"]


def test_who_has_given_everything_back_by_the_closing_is_left_out_of_a_bag_for_buyers() -> None:
    evening = a_bag(rules(reserved=True))
    for name in ("张姐", "李叔"):
        evening.buys(1, by=viewer(name))
    enter(evening, "张姐", "李叔")
    evening.do(c.CancelReservation(reservation_id=evening.only(ZHANG).id, reason="不要了"))
    close(evening)
    assert listed(evening, "李叔")


@pytest.mark.parametrize(("days_ago", "outcome"), [(6.9, "not_eligible"), (7, "entered")])
def test_who_has_won_within_the_days_is_out_whatever_session_and_identity_it_was(days_ago: float, outcome: str) -> None:
    evening = joined(a_bag(rules(days=7)))
    evening.state.wins[ZHANG_AT_DOUYIN.key] = EVENING_MS - int(days_ago * DAY_MS)
    assert enter(evening, "张姐") == [outcome]


def test_who_won_the_first_bag_of_the_evening_is_out_of_the_second() -> None:
    evening = drawn(RULES, "张姐")
    evening.do(replace(lucky_bag(rules(days=1)), giveaway_id="g-2"))
    assert enter(evening, "张姐", "李叔") == ["not_eligible", "entered"]


def test_what_was_won_is_remembered_when_the_next_session_begins() -> None:
    evening = drawn(RULES, "张姐")
    evening.do(c.EndSession())
    evening.do(start(session_id="s2"))
    evening.do(lucky_bag(rules(days=30)))
    assert enter(evening, "张姐", "李叔") == ["not_eligible", "entered"]


def test_entry_ids_tell_nobody_who_is_in() -> None:
    evening = a_bag()
    enter(evening, "张姐")
    (entry,) = evening.state.entries["g-1"]
    assert entry == id_of(evening, "张姐")
    assert len(entry) == 32
    unsalted = hashlib.sha256(ZHANG.key.encode()).hexdigest()
    assert not unsalted.startswith(entry)


# Closing


def test_the_clock_closes_the_list_at_the_second_that_the_rules_say() -> None:
    evening = a_bag()
    enter(evening, "张姐")
    pass_seconds(evening, 59.9)
    assert bag(evening).state is GiveawayState.OPEN
    pass_seconds(evening, 30)
    assert (bag(evening).state, bag(evening).closed_ms) == (GiveawayState.CLOSED, EVENING_MS + 60_000)


def test_the_host_closes_the_list_before_its_time() -> None:
    evening = a_bag()
    enter(evening, "张姐", "李叔")
    (event,) = close(evening)
    assert event.kind is EventKind.GIVEAWAY_CLOSED
    assert listed(evening, "张姐", "李叔")
    assert bag(evening).list_hash == draws.list_hash(bag(evening).entries)


def test_the_end_of_the_broadcast_closes_the_list_and_the_clock_draws() -> None:
    evening = a_bag()
    enter(evening, "张姐")
    evening.do(c.EndSession())
    assert bag(evening).state is GiveawayState.CLOSED
    pass_seconds(evening, 10)
    assert won_by(evening) == ["张姐"]


def test_nobody_enters_a_closed_list() -> None:
    evening = a_bag()
    close(evening)
    enter(evening, "张姐")
    assert entered(evening) == []


def test_who_comes_at_the_second_of_the_closing_is_late_even_before_the_clock_has_looked() -> None:
    evening = a_bag()
    evening.now_ms += 60_000
    assert enter(evening, "张姐") == ["none"]


def test_an_unknown_bag_is_neither_drawn_nor_claimed() -> None:
    evening = an_evening()
    for order in (
        s.DrawGiveaway(giveaway_id="g-9"),
        s.RedrawGiveaway(giveaway_id="g-9", forfeited=("a",)),
        s.ClaimGiveaway(giveaway_id="g-9", entry_id="a"),
        s.BringRandomness(giveaway_id="g-9", round=1, randomness="ab" * 32),
    ):
        assert evening.refuse(order).code is RefusalCode.UNKNOWN_GIVEAWAY


# The witness


def test_the_first_five_comments_after_the_closing_are_the_witness_and_draw() -> None:
    evening = a_bag()
    enter(evening, *NAMES)
    close(evening)
    witness(evening, 4)
    assert bag(evening).state is GiveawayState.CLOSED
    witness(evening, 3, text="好")
    assert bag(evening).state is GiveawayState.DRAWN
    assert [each.text for each in bag(evening).witnesses] == ["哈哈0", "哈哈1", "哈哈2", "哈哈3", "好0"]


def test_what_the_host_writes_is_no_witness() -> None:
    evening = a_bag()
    close(evening)
    evening.say("要开奖啦", CHAT, by=viewer(HOST_NAME))
    witness(evening, 1)
    assert [each.text for each in bag(evening).witnesses] == ["哈哈0"]


def test_a_comment_from_before_the_closing_that_is_worked_later_is_no_witness() -> None:
    evening = a_bag()
    evening.now_ms += 30_000
    close(evening)
    evening.now_ms -= 1
    witness(evening, 1)
    evening.now_ms += 1
    witness(evening, 1, text="后")
    assert [each.text for each in bag(evening).witnesses] == ["后0"]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_after_ten_seconds_the_witnesses_there_are_must_do(count: int) -> None:
    evening = a_bag()
    enter(evening, *NAMES)
    close(evening)
    witness(evening, count)
    pass_seconds(evening, 9.9)
    assert bag(evening).state is GiveawayState.CLOSED
    evening.now_ms += 100
    witness(evening, 1, text="晚")
    tick(evening)
    said = [(each.id, each.text) for each in bag(evening).witnesses]
    assert len(said) == count
    assert bag(evening).witness_hash == draws.witness_hash_of_comments(said)
    assert len(won_by(evening)) == 1


def test_with_a_beacon_its_round_alone_draws() -> None:
    evening = an_evening()
    beacon = Beacon(url="https://beacon.example", genesis_ms=EVENING_MS - 30_000, period_ms=3000)
    evening.do(replace(lucky_bag(), beacon=beacon))
    enter(evening, *NAMES)
    close(evening)
    witness(evening, 9)
    pass_seconds(evening, 60)
    fixed = bag(evening).beacon_round
    assert (bag(evening).state, fixed, bag(evening).witnesses) == (GiveawayState.CLOSED, 13, ())
    evening.do(s.BringRandomness(giveaway_id="g-1", round=12, randomness="ab" * 32))
    assert bag(evening).state is GiveawayState.CLOSED
    evening.do(s.BringRandomness(giveaway_id="g-1", round=13, randomness="ab" * 32))
    assert bag(evening).witness_hash == draws.witness_hash_of_drand(13, "ab" * 32)
    assert len(won_by(evening)) == 1
    assert evening.do(s.BringRandomness(giveaway_id="g-1", round=13, randomness="cd" * 32)) == []


# The winners


@given(st.integers(min_value=0, max_value=12), st.integers(min_value=1, max_value=8))
def test_as_many_win_as_the_rules_say_or_as_are_in(people: int, winners: int) -> None:
    evening = a_bag(rules(winners=winners))
    enter(evening, *(f"邻居{n}" for n in range(people)))
    close(evening)
    witness(evening)
    won = won_by(evening)
    assert len(won) == len(set(won)) == min(people, winners)


def test_asking_for_the_draw_again_changes_nothing() -> None:
    evening = drawn(rules(winners=2))
    before = bag(evening)
    assert close(evening) == []
    witness(evening)
    pass_seconds(evening, 600)
    assert bag(evening) == before


def test_a_winner_gets_the_code_that_their_orders_have() -> None:
    evening = drawn(RULES, "张姐")
    assert bag(evening).prizes[0].pickup_code == evening.code(ZHANG)


# Claims


def test_a_prize_is_claimed_once() -> None:
    evening = drawn(RULES, "张姐")
    entry = id_of(evening, "张姐")
    (event,) = evening.do(claim(entry))
    assert event.kind is EventKind.GIVEAWAY_CLAIMED
    assert bag(evening).prizes[0].state is PrizeState.CLAIMED
    assert evening.refuse(claim(entry)).code is RefusalCode.ALREADY_CLAIMED


@pytest.mark.parametrize(("late_ms", "claimed"), [(0, True), (1, False)])
def test_a_prize_is_claimed_within_its_hours(late_ms: int, claimed: bool) -> None:
    evening = drawn(RULES, "张姐")
    evening.now_ms += 48 * HOUR_MS + late_ms
    order = claim(id_of(evening, "张姐"))
    if claimed:
        evening.do(order)
    else:
        assert evening.refuse(order).code is RefusalCode.TOO_LATE


def test_a_redraw_gives_nobody_else_more_time() -> None:
    evening = drawn(rules(winners=2))
    first, second = (prize.entry_id for prize in bag(evening).prizes)
    evening.now_ms += 40 * HOUR_MS
    evening.do(forfeit(first))
    evening.now_ms += 9 * HOUR_MS
    assert evening.refuse(claim(second)).code is RefusalCode.TOO_LATE
    evening.do(claim(bag(evening).rounds[1].winners[0]))


def test_who_has_not_won_claims_nothing() -> None:
    evening = drawn()
    loser = next(entry for entry in bag(evening).entries if bag(evening).prize(entry) is None)
    assert evening.refuse(claim(loser)).code is RefusalCode.NOT_A_WINNER
    assert evening.refuse(claim("f" * 32)).code is RefusalCode.UNKNOWN_ENTRY


def test_a_prize_given_up_is_claimed_no_more() -> None:
    evening = drawn()
    entry = bag(evening).prizes[0].entry_id
    evening.do(forfeit(entry))
    assert evening.refuse(claim(entry)).code is RefusalCode.NOT_A_WINNER


# Drawing again


def test_a_redraw_is_a_round_of_others_and_leaves_the_first_standing() -> None:
    evening = drawn(rules(winners=2))
    first = bag(evening).rounds[0]
    evening.do(forfeit(first.winners[0], reason="联系不上"))
    one, two = bag(evening).rounds
    assert one == first
    assert (two.number, two.reason, len(two.winners)) == (2, "联系不上", 1)
    assert not set(two.winners) & set(first.winners)
    assert [prize.state.value for prize in bag(evening).prizes] == ["forfeited", "won", "won"]
    assert evening.kinds()[-2:] == [EventKind.GIVEAWAY_FORFEITED, EventKind.GIVEAWAY_DRAWN]


def test_a_redraw_always_says_why() -> None:
    evening = drawn()
    evening.do(forfeit(bag(evening).prizes[0].entry_id, reason="  "))
    assert (bag(evening).rounds[1].reason or "").strip()


def test_only_a_winner_who_has_not_been_given_their_prize_forfeits_it() -> None:
    evening = drawn(rules(winners=2))
    first, second = (prize.entry_id for prize in bag(evening).prizes)
    loser = next(entry for entry in bag(evening).entries if bag(evening).prize(entry) is None)
    evening.do(claim(first))
    before = bag(evening)
    refused = [evening.refuse(forfeit(*each)).code for each in ([first], [loser], ["f" * 32], [second, first])]
    wanted = [
        RefusalCode.ALREADY_CLAIMED,
        RefusalCode.NOT_A_WINNER,
        RefusalCode.UNKNOWN_ENTRY,
        RefusalCode.ALREADY_CLAIMED,
    ]
    assert refused == wanted
    assert bag(evening) == before
    evening.do(forfeit(second))
    assert evening.refuse(forfeit(second)).code is RefusalCode.NOT_A_WINNER


def test_where_everybody_has_won_nobody_is_left_to_draw() -> None:
    evening = drawn(rules(winners=5))
    refused = evening.refuse(forfeit(bag(evening).prizes[0].entry_id))
    assert refused.code is RefusalCode.NOBODY_LEFT
    assert bag(evening).prizes[0].state is PrizeState.WON


def test_a_redraw_finds_as_many_as_are_left() -> None:
    evening = drawn(rules(winners=3), *NAMES[:4])
    evening.do(forfeit(*bag(evening).rounds[0].winners))
    assert len(bag(evening).rounds[1].winners) == 1


def test_nothing_is_drawn_again_before_it_is_drawn() -> None:
    evening = a_bag()
    enter(evening, "张姐")
    close(evening)
    order = forfeit(id_of(evening, "张姐"))
    assert evening.refuse(order).code is RefusalCode.NOT_DRAWN


def test_claims_and_redraws_go_on_after_the_broadcast_and_the_cut_off() -> None:
    evening = drawn(rules(winners=2))
    evening.do(c.EndSession())
    evening.cut_off()
    evening.now_ms += 5 * MINUTE_MS
    first, second = (prize.entry_id for prize in bag(evening).prizes)
    evening.do(claim(first))
    evening.do(forfeit(second))
    assert [prize.state.value for prize in bag(evening).prizes] == ["claimed", "forfeited", "won"]
