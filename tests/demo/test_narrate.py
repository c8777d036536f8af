"""What the terminal says of the evening."""

from __future__ import annotations

from live.demo.narrate import _LINES, line_of, opening_of
from live.domain import commands as c
from live.domain.events import EventKind
from live.domain.source import Hearing, Source
from live.service.ledger import Ledger
from live.service.outbox import publish
from nlp.types import Intent, Route
from tests.domain.bags import drawn
from tests.domain.factories import Evening, an_evening, apple, egg, read_as, set_to, viewer
from tests.domain.stage_factories import RULES, flash_deal, question

UNTOLD = {
    EventKind.OFFER_ADDED,
    EventKind.OFFER_CHANGED,
    EventKind.COMMENT_ACCEPTED,
    EventKind.COMMENT_DISMISSED,
    EventKind.HOST_ADDED,
    EventKind.HOST_REMOVED,
    EventKind.COMMENT_SET_ASIDE,
    EventKind.COMMENT_BROUGHT_BACK,
    EventKind.SCRIPT_CHANGED,
    EventKind.QUESTION_ASKED,
    EventKind.QUESTION_CHANGED,
    EventKind.FAQ_KEPT,
    EventKind.FAQ_DROPPED,
    EventKind.COMMENT_REOPENED,
    EventKind.COMMENT_REVISED,
    EventKind.CYCLE_MOVED,
    EventKind.GOODS_READY,
    EventKind.RESERVATION_COLLECTED,
    EventKind.BASKET_CHANGED,
    EventKind.TICKET_CHANGED,
    EventKind.FLASH_SALE_CHANGED,
    EventKind.GIVEAWAY_ENTERED,
    EventKind.GIVEAWAY_WITNESSED,
    EventKind.GIVEAWAY_CLAIMED,
    EventKind.GIVEAWAY_FORFEITED,
    EventKind.POLL_VOTED,
    EventKind.COMMENT_SHOWN,
    EventKind.COMMENT_HIDDEN,
    EventKind.ORDER_CODE_SHOWN,
    EventKind.ORDER_CODE_HIDDEN,
    EventKind.VIEWER_BLOCKED,
    EventKind.VIEWER_UNBLOCKED,
}
"""What comes after the evening, and what is told by its neighbour."""


def lines_after(*, buys: int) -> list[str]:
    evening = an_evening(egg(quota=2), apple())
    evening.do(c.PinOffer(offer_id="egg"))
    evening.buys(buys)
    evening.buys(1, "apple", "l", by=viewer("老李头"))
    told = [publish(event, seq=1, ledger=Ledger(), comments=0) for event in evening.events]
    return [line for event in told if (line := line_of(event)) is not None]


def test_a_reservation_is_told_with_a_masked_name_and_what_is_left() -> None:
    assert any(line.endswith("张* 订了 土鸡蛋 ×1 箱，还剩 1 箱") for line in lines_after(buys=1))
    assert any("老* 订了 红富士苹果 大果 ×1 箱" in line for line in lines_after(buys=1))
    assert not any("张姐" in line for line in lines_after(buys=1))


def test_selling_out_and_waiting_are_told() -> None:
    lines = " ".join(lines_after(buys=3))
    assert "■ 订满：土鸡蛋 30 枚" in lines
    assert "张* 候补 土鸡蛋 ×1 箱" in lines


def test_what_waits_for_the_host_is_told_with_its_words_and_the_reason() -> None:
    evening = an_evening(egg())
    read = read_as(Intent.BUY, set_to(1), route=Route.CONFIRM, reason="替别人要的")
    evening.say("给我妈也来一箱鸡蛋", read, by=viewer("张姐"))
    (event,) = [e for e in evening.events if e.kind == EventKind.COMMENT_NEEDS_CONFIRMATION]
    line = line_of(publish(event, seq=1, ledger=Ledger(), comments=0))
    assert line is not None
    assert line.endswith("？ 张*：“给我妈也来一箱鸡蛋”，等主播点一下（替别人要的）")


def test_a_source_that_falls_silent_is_told_with_what_the_host_calls_it() -> None:
    evening = an_evening()
    source = Source(id="ws", name="评论接口", state=Hearing.SILENT, since_ms=0)
    evening.do(c.ReportSource(source=source))
    line = line_of(publish(evening.events[-1], seq=1, ledger=Ledger(), comments=0))
    assert line is not None
    assert line.endswith("！ 评论接口没有声音了")


def test_a_complaint_is_told_with_its_words_and_a_masked_name() -> None:
    evening = an_evening(egg())
    evening.say("上次的鸡蛋坏了俩", read_as(Intent.COMPLAINT), by=viewer("张姐"))
    told = [publish(event, seq=1, ledger=Ledger(), comments=0) for event in evening.events]
    assert any((line_of(event) or "").endswith("！ 张* 说：“上次的鸡蛋坏了俩”，要答复") for event in told)


def told_by(evening: Evening) -> str:
    told = [publish(event, seq=1, ledger=Ledger(), comments=0) for event in evening.events]
    return "\n".join(line for event in told if (line := line_of(event)) is not None)


def test_a_flash_deal_is_told_with_its_price_and_what_it_sold() -> None:
    evening = an_evening(egg())
    evening.do(flash_deal(countdown=0, seconds=60))
    evening.buys(1)
    evening.wait(1)
    lines = told_by(evening)
    assert "▶ 秒杀 土鸡蛋 ¥9.90（原价 39.90），限 3 箱" in lines
    assert "秒杀结束：土鸡蛋，卖出 1 / 3 箱" in lines


def test_a_lucky_bag_is_told_with_its_keyword_and_masked_winners() -> None:
    lines = told_by(drawn(RULES, "张姐"))
    assert "▶ 福袋：铁锅一口，口令“锅到福到”" in lines
    assert "福袋收口：1 人参加" in lines
    assert "★ 福袋开奖：张*" in lines


def test_a_poll_is_told_with_its_votes_the_most_first() -> None:
    evening = an_evening(egg())
    evening.do(question())
    evening.say("2", read_as(Intent.VOTE))
    evening.wait(1)
    assert "投票结束：荔枝 1 票，草莓 0 票" in told_by(evening)


def test_the_opening_says_how_long_it_takes() -> None:
    assert "一晚 30 分钟的直播，10 倍速，约 3 分钟" in opening_of(duration_ms=1_800_000, speed=10)
    assert "约 18 秒" in opening_of(duration_ms=1_800_000, speed=100)


def test_every_kind_of_event_is_told_or_left_out_on_purpose() -> None:
    assert {kind.value for kind in set(EventKind) - UNTOLD} == set(_LINES)
