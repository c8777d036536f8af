from __future__ import annotations

from dataclasses import replace
from typing import Any

from live.reports.document import report_json
from live.reports.facts import facts_of
from live.reports.fulfilment.links import links_from_report
from live.reports.html import report_html
from live.reports.stage import stage_of, wishes_of
from live.reports.todo import tasks_of
from nlp.types import Intent
from tests.domain.stage_factories import POLL
from tests.reports.factories import HOST, a_small_evening, a_stream, chats, person
from tests.reports.stages import a_lively_evening


def told() -> Any:
    return report_json(facts_of(a_lively_evening()))


def test_a_flash_deal_tells_what_it_sold_and_how_soon() -> None:
    (sale,) = told()["flash_sales"]
    assert (sale["title"], sale["price"], sale["regular_price"]) == ("柳树湾土鸡蛋 30 枚", "9.90", "39.90")
    assert (sale["quota"], sale["sold"], sale["sold_out_after_ms"], sale["state"]) == (2, 2, 2000, "ended")


def test_a_flash_deal_of_which_some_is_left_was_not_sold_out() -> None:
    record = a_lively_evening()
    fewer = replace(record, reservations=record.reservations[:1])
    assert stage_of(fewer).flash_sales[0].sold_out_after_ms is None


def test_a_draw_tells_its_winners_masked_round_by_round_and_where_its_proof_is() -> None:
    (draw,) = told()["draws"]
    assert [(winner["round"], winner["state"]) for winner in draw["winners"]] == [(1, "forfeited"), (2, "won")]
    assert all(winner["name"].endswith("*") and len(winner["name"]) == 2 for winner in draw["winners"])
    assert (draw["entries"], draw["proof"]) == (3, "/draw/g-1")


def test_a_poll_tells_its_options_with_the_most_votes_first() -> None:
    (poll,) = told()["polls"]
    assert [(option["label"], option["votes"]) for option in poll["options"]] == [("荔枝", 2), ("草莓", 1)]


def test_what_won_the_poll_and_what_was_wished_for_is_what_to_sell_tomorrow() -> None:
    assert told()["tomorrow"] == {
        "voted": [{"question": "明天上什么？", "label": "荔枝", "votes": 2, "of": 3}],
        "wished": [{"text": "有没有车厘子", "viewers": 2}, {"text": "上点莲藕 电话138****78", "viewers": 1}],
    }


def test_options_that_share_the_most_votes_are_all_told_and_a_poll_without_votes_tells_none() -> None:
    record = a_lively_evening()
    equal = replace(record, acts=(POLL.moved(None, "1").moved(None, "2"), replace(POLL, id="p-2")))
    voted: Any = report_json(facts_of(equal))["tomorrow"]
    assert [each["label"] for each in voted["voted"]] == ["草莓", "荔枝"]


def test_the_same_wish_of_one_viewer_counts_once() -> None:
    record = a_lively_evening()
    (first, *_) = [each for each in record.comments if "车厘子" in each.comment.text]
    assert [wish.viewers for wish in wishes_of([first, first])] == [1]


def test_what_the_host_says_is_no_wish() -> None:
    stream = a_stream()
    stream.say(person(HOST), "打A上点草莓", chats(Intent.WISH))
    assert stage_of(stream.end()).wishes == ()


def test_a_prize_that_nobody_has_come_for_is_still_to_be_done() -> None:
    tasks = {task.title: task.text for task in tasks_of(facts_of(a_lively_evening()))}
    assert tasks["1 份奖品没领"].startswith("铁锅一口。")


def test_the_page_shows_deals_bags_and_polls_and_leads_to_the_proof_where_there_is_a_service() -> None:
    facts = facts_of(a_lively_evening())
    page = report_html(facts, links_from_report("s1"))
    for text in ("开抢 2.0 秒 抢光", "3 人参加", "荔枝 2、草莓 1", "得票最多", "有没有车厘子", 'href="../draw/g-1"'):
        assert text in page
    assert "/draw/" not in report_html(facts)


def test_an_evening_without_any_says_nothing_of_them() -> None:
    page = report_html(facts_of(a_small_evening()))
    assert "福袋" not in page
    assert "明天上什么" not in page
