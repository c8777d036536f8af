"""Lucky bags and polls in a real service on a real SQLite file: what is answered, and what a restart leaves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from live.domain import commands as c
from live.domain import draw_proof
from live.domain import stage_commands as s
from live.service.draw_records import DrawRecords
from live.service.worker import BATCH_LIMIT
from live.store.sqlite import SqliteStore
from nlp.types import PromptMeaning
from tests.domain.bags import NAMES, claim, forfeit, rules
from tests.domain.factories import EVENING_MS, MINUTE_MS, egg, start
from tests.domain.stage_factories import lucky_bag, question
from tests.service.rig import ROOM, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from live.domain.giveaway import DrawRules
    from tests.service.rig import Shop

BAG = rules(keyword="福袋", winners=2)
DRAW = s.DrawGiveaway(giveaway_id="g-1")
CLAIM_ONE = c.OpenPrompt(prompt_id="p", keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg", seconds=60)


async def done(shop: Shop, *commands: c.Command) -> dict[str, Any]:
    """Give orders that must be taken; returns the last answer."""
    body: dict[str, Any] = {}
    for command in commands:
        status, body = await shop.do(command)
        assert status == 200, body
    return body


async def say(shop: Shop, text: str, *names: str) -> None:
    await shop.say(*(shop.comment(text, by=name) for name in names))


async def open_bag(shop: Shop, its_rules: DrawRules = BAG, *, seconds: int = 60) -> None:
    await shop.open(egg(quota=100))
    await done(shop, lucky_bag(its_rules, seconds=seconds))


async def drawn(shop: Shop) -> None:
    """A bag that is drawn among five."""
    await open_bag(shop)
    await say(shop, "福袋", *NAMES)
    await done(shop, DRAW)
    await say(shop, "哈哈", *NAMES)
    assert bag(shop)["state"] == "drawn"


async def in_west(shop: Shop, command: c.Command) -> None:
    """Give an order to the shop's other room."""
    answer = await shop.service.command("west-gate", command, key=None, request_hash="")
    assert answer.status == 200, answer.body


def bag(shop: Shop) -> dict[str, Any]:
    (found,) = shop.snapshot()["giveaways"]
    return dict(found)


def winners(told: dict[str, Any], round_: int = 1) -> list[str]:
    return [winner["entry"] for winner in told["rounds"][round_ - 1]["winners"]]


async def verified(shop: Shop, giveaway_id: str = "g-1") -> dict[str, Any]:
    """The published record, which must be verified."""
    told: Any = await DrawRecords(shop.store).record(giveaway_id)
    assert told is not None
    assert draw_proof.verify(told["record"]) == []
    return dict(told)


# What is answered


async def test_asking_for_the_draw_again_gives_the_winners_again(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        await say(shop, "福袋", *NAMES)
        first = await done(shop, DRAW)
        assert [event["kind"] for event in first["events"]] == ["giveaway_closed"]
        assert (first["giveaway"]["state"], first["giveaway"]["rounds"]) == ("closed", [])
        await say(shop, "哈哈", *NAMES)
        seq = shop.snapshot()["seq"]
        second, third = await done(shop, DRAW), await done(shop, DRAW)
        assert second == third == {"events": [], "giveaway": bag(shop)}
        assert len(winners(second["giveaway"])) == 2
        assert shop.snapshot()["seq"] == seq


async def test_under_one_idempotency_key_the_first_answer_stands(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        first = await shop.do(DRAW, key="k")
        await say(shop, "哈哈", *NAMES)
        assert await shop.do(DRAW, key="k") == first


async def test_a_redraw_answers_with_both_rounds(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await drawn(shop)
        first = winners(bag(shop))
        told = await done(shop, forfeit(first[0], reason="联系不上"))
        assert winners(told["giveaway"]) == first
        assert not set(winners(told["giveaway"], 2)) & set(first)
        assert len((await verified(shop))["record"]["rounds"]) == 2


# By arrival


async def test_of_a_flood_before_the_closing_everybody_is_in_however_late_it_is_read(tmp_path: Path) -> None:
    crowd = 3 * BATCH_LIMIT
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        shop.clock.now_ms += 59_999
        flood = [shop.comment("福袋", by=f"邻居{n}") for n in range(crowd)]
        accepted = await shop.service.ingest(ROOM, flood, shop.clock())
        shop.clock.now_ms += 1
        late = await shop.service.ingest(ROOM, [shop.comment("福袋", by="晚到")], shop.clock())
        await asyncio.gather(accepted, late)
        assert (bag(shop)["state"], bag(shop)["entries"]) == ("closed", crowd)


async def test_a_batch_that_is_just_full_does_not_keep_the_bag_open(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        shop.clock.now_ms += 59_999
        flood = [shop.comment("福袋", by=f"邻居{n}") for n in range(BATCH_LIMIT)]
        accepted = await shop.service.ingest(ROOM, flood, shop.clock())
        shop.clock.now_ms += 1
        await accepted
        async with asyncio.timeout(10):
            while bag(shop)["state"] != "closed":  # noqa: ASYNC110  # nothing tells of what the clock does
                await asyncio.sleep(0.01)
        assert bag(shop)["entries"] == BATCH_LIMIT


async def test_a_thousand_times_one_viewer_is_one_entry(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        await shop.say(*(shop.comment("福袋") for _ in range(1000)))
        assert bag(shop)["entries"] == 1
        assert shop.kinds().count("giveaway_entered") == 1


@pytest.mark.parametrize("text", ["福袋什么时候开", "福袋怎么抢", "福袋要下单吗"])
async def test_a_question_about_the_bag_is_a_question(tmp_path: Path, text: str) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        await say(shop, text, "张姐")
        assert bag(shop)["entries"] == 0


@pytest.mark.parametrize(("text", "boxes"), [("要两箱鸡蛋 福袋", 2), ("福袋 来3箱土鸡蛋", 3), ("福袋，来一箱", 0)])
async def test_an_order_beside_the_pass_phrase_is_an_order(tmp_path: Path, text: str, boxes: int) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        await done(shop, c.PinOffer(offer_id="egg"))
        await say(shop, text, "张姐")
        assert shop.snapshot()["totals"]["reserved_quantity"] == boxes
        assert bag(shop)["entries"] == 1


async def test_a_pass_phrase_that_sounds_like_an_order_orders_nothing(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop, rules(keyword="我要鸡蛋"))
        await say(shop, "主播好 我要鸡蛋", *NAMES)
        assert shop.snapshot()["totals"]["reserved_quantity"] == 0
        assert bag(shop)["entries"] == len(NAMES)


# Earlier sessions


async def test_prizes_of_last_nights_bag_are_claimed_and_drawn_again_while_tonights_session_runs(
    tmp_path: Path,
) -> None:
    async with a_shop(tmp_path) as shop:
        await drawn(shop)
        first, second = winners(bag(shop))
        await done(shop, c.EndSession())
        shop.clock.now_ms += 20 * MINUTE_MS
        await done(shop, replace(start(egg()), session_id="s2"))
        before = shop.snapshot()
        await done(shop, claim(first))
        told = await done(shop, forfeit(second))
        again = await done(shop, DRAW)
        assert again["giveaway"] == told["giveaway"]
        assert winners(told["giveaway"]) == [first, second]
        assert {**shop.snapshot(), "seq": before["seq"]} == before
        assert len((await verified(shop))["record"]["rounds"]) == 2


async def test_a_bag_that_is_drawn_after_the_next_session_began_is_remembered_in_it(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop, rules(keyword="福袋"))
        await say(shop, "福袋", "张姐")
        await done(shop, c.EndSession(), replace(start(egg()), session_id="s2"))
        shop.clock.now_ms += 10_000
        await say(shop, "晚上好", "路人")
        await verified(shop)
        await done(shop, replace(lucky_bag(rules(keyword="红包", days=7)), giveaway_id="g-2"))
        await say(shop, "红包", "张姐", "李叔")
        assert bag(shop)["entries"] == 1


async def test_who_won_in_another_room_of_the_shop_is_out_here(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await in_west(shop, start(egg(), session_id="w1"))
        await open_bag(shop, rules(keyword="福袋"))
        await say(shop, "福袋", "张姐")
        await done(shop, DRAW)
        await say(shop, "哈哈", *NAMES)
        await in_west(shop, replace(lucky_bag(rules(keyword="红包", days=7)), giveaway_id="g-2"))
        said = [shop.comment("红包", by=name) for name in ("张姐", "李叔")]
        await (await shop.service.ingest("west-gate", said, shop.clock()))
        there: Any = shop.service.snapshot("west-gate")["giveaways"]
        assert [each["entries"] for each in there] == [1]


# Restarts


async def test_a_bag_goes_on_after_a_restart_at_every_step(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
    async with a_shop(tmp_path, ids_from=100) as shop:
        await say(shop, "福袋", *NAMES[:3])
        entered = bag(shop)
    async with a_shop(tmp_path, ids_from=200) as shop:
        assert bag(shop) == entered
        await shop.say(*(shop.comment("福袋", by=name, id=f"again-{name}") for name in NAMES))
        told = await done(shop, DRAW)
        assert told["giveaway"]["entries"] == len(NAMES)
    async with a_shop(tmp_path, ids_from=300) as shop:
        assert bag(shop)["list_hash"] == told["giveaway"]["list_hash"]
        await shop.say(*(shop.comment("哈哈", by=name, id=f"w-{name}") for name in NAMES[:2]))
    async with a_shop(tmp_path, ids_from=400) as shop:
        assert bag(shop)["witnessed"] == 2
        await shop.say(*(shop.comment("哈哈", by=name, id=f"v-{name}") for name in NAMES[:3]))
        drawn_now = bag(shop)
        first = winners(drawn_now)
    async with a_shop(tmp_path, ids_from=500) as shop:
        assert bag(shop) == drawn_now
        await done(shop, claim(first[0]))
    async with a_shop(tmp_path, ids_from=600) as shop:
        assert (await shop.do(claim(first[0])))[1]["code"] == "already_claimed"
        await done(shop, forfeit(first[1]))
        twice = bag(shop)
    async with a_shop(tmp_path, ids_from=700) as shop:
        assert bag(shop) == twice
        assert (await done(shop, DRAW))["giveaway"] == twice
        assert winners(twice) == first
        await verified(shop)


async def test_a_bag_whose_time_is_up_while_the_service_is_down_is_closed_and_drawn_afterwards(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        await say(shop, "福袋", *NAMES)
    later_ms = EVENING_MS + 5 * MINUTE_MS
    async with a_shop(tmp_path, now_ms=later_ms, ids_from=100) as shop:
        await shop.say(*(shop.comment("福袋", by=f"晚到{n}", id=f"late-{n}") for n in range(5)))
        assert (bag(shop)["state"], bag(shop)["entries"]) == ("drawn", len(NAMES))
        await verified(shop)


async def test_a_bag_of_an_ended_session_is_drawn_after_a_restart(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await open_bag(shop)
        await say(shop, "福袋", *NAMES)
        await done(shop, c.EndSession(), c.CloseCycle(), replace(start(egg()), session_id="s2"))
    store = SqliteStore(str(tmp_path / "linbo.db"))
    async with a_shop(tmp_path, store=store, now_ms=EVENING_MS + 11_000, ids_from=100) as shop:
        await say(shop, "晚上好", "路人")
        assert len(winners_of(await verified(shop))) == 2


def winners_of(told: dict[str, Any]) -> list[str]:
    return list(told["record"]["rounds"][0]["winners"])


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize(("after_ms", "boxes"), [(59_999, 1), (60_000, 0)])
async def test_a_prompt_claims_within_its_seconds_by_arrival(
    tmp_path: Path, after_ms: int, boxes: int, restarts: bool
) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await done(shop, CLAIM_ONE)
        if not restarts:
            shop.clock.now_ms += after_ms
            await say(shop, "1", "张姐")
            assert shop.snapshot()["totals"]["reserved_quantity"] == boxes
            return
    async with a_shop(tmp_path, now_ms=EVENING_MS + after_ms, ids_from=100) as shop:
        await shop.say(shop.comment("1", id="after-1"))
        assert shop.snapshot()["totals"]["reserved_quantity"] == boxes


# Polls


async def test_a_flood_of_votes_is_a_flood_of_votes(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await done(shop, question())
        await shop.say(*(shop.comment("投草莓", by=f"邻居{n}") for n in range(500)))
        (poll,) = shop.snapshot()["polls"]
        assert [option["votes"] for option in poll["options"]] == [500, 0]


async def test_votes_and_the_last_words_of_each_viewer_survive_a_restart(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await done(shop, question())
        await say(shop, "1", "张姐", "李叔")
    async with a_shop(tmp_path, ids_from=100) as shop:
        await shop.say(shop.comment("选荔枝", id="again"))
        (poll,) = shop.snapshot()["polls"]
        assert [option["votes"] for option in poll["options"]] == [1, 1]


async def test_while_a_poll_and_a_claim_with_different_words_are_open_each_counts(tmp_path: Path) -> None:
    async with a_shop(tmp_path) as shop:
        await shop.open(egg())
        await done(shop, replace(question(), options=(("A", "草莓"), ("B", "荔枝"))), CLAIM_ONE)
        await say(shop, "1", "张姐")
        await say(shop, "a", "李叔")
        await say(shop, "投荔枝", "王婶")
        (poll,) = shop.snapshot()["polls"]
        assert [option["votes"] for option in poll["options"]] == [1, 1]
        assert shop.snapshot()["totals"]["reserved_quantity"] == 1
