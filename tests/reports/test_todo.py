from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.reports.facts import facts_of
from live.reports.todo import replayed, tasks_of
from tests.reports.cycles import a_fetched_evening, cut_off
from tests.reports.factories import a_quiet_evening, a_small_evening, a_stream, chats, egg, person

if TYPE_CHECKING:
    from live.store.port import SessionRecord


def titles(record: SessionRecord) -> list[str]:
    return [task.title for task in tasks_of(facts_of(record))]


def test_a_quiet_evening_leaves_nothing_to_do() -> None:
    assert titles(a_quiet_evening()) == []


def test_what_is_left_to_do_comes_with_the_most_urgent_first() -> None:
    record = a_small_evening()
    wrong = tuple(replace(offer, waitlisted=9) if offer.id == "egg" else offer for offer in record.offers)
    assert titles(replace(record, offers=wrong)) == [
        "账对不上",
        "1 条评论等您点",
        "1 种还没成团",
        "1 种有人排队",
        "1 种不够整件",
        "1 条评论到得晚",
    ]


def test_a_task_says_what_and_how_much() -> None:
    texts = {task.title: task.text for task in tasks_of(facts_of(a_small_evening()))}
    assert texts["1 种有人排队"] == "柳树湾土鸡蛋 30 枚 2 箱。能补货就在中控台加库存，排队的自动补上"
    assert texts["1 种不够整件"] == "凑满最后一件还差：柳树湾土鸡蛋 30 枚 7 箱"
    assert texts["1 种还没成团"].startswith("还差：红富士苹果 4 箱。")


def test_a_long_list_names_the_largest_and_says_that_there_are_more() -> None:
    stream = a_stream(*(replace(egg(quota=1), id=f"e{n}", number=n, title=f"货{n}", case_size=1) for n in range(1, 6)))
    for n in range(1, 6):
        stream.buys(person(), f"e{n}", 1 + n)
    (task,) = tasks_of(facts_of(stream.end()))
    assert task.title == "5 种有人排队"
    assert task.text.startswith("货5 5 箱、货4 4 箱、货3 3 箱等。")


def test_an_offer_nobody_wants_need_not_reach_its_minimum() -> None:
    stream = a_stream(replace(egg(), min_quantity=5))
    assert titles(stream.end()) == []


def test_one_late_comment_among_many_is_no_task() -> None:
    stream = a_stream()
    for n in range(40):
        stream.say(person(), "来了", chats(), delay_ms=20_000 if n == 0 else 300)
    facts = facts_of(stream.end())
    assert facts.arrival.late == 1
    assert tasks_of(facts) == ()


def test_a_recording_is_not_taken_for_a_slow_network() -> None:
    stream = a_stream()
    stream.say(person(), "来了", chats(), delay_ms=40 * 24 * 3_600_000)
    facts = facts_of(stream.end())
    assert replayed(facts)
    assert tasks_of(facts) == ()


def test_the_day_after_asks_for_answers_promises_and_what_was_not_fetched() -> None:
    assert titles(a_fetched_evening()) == ["1 个售后等答复", "1 个答应了还没办", "1 种没成团", "1 单还没提"]


def test_each_of_them_says_whom_it_is_about() -> None:
    texts = " ".join(task.text for task in tasks_of(facts_of(a_fetched_evening())))
    assert "李哥 退款，办好点“办结”" in texts
    assert "红富士苹果（1 位要过）。请告诉顾客不做了" in texts
    assert "1 位还没来提，应收 ¥39.90" in texts


def test_after_the_cut_off_nobody_is_asked_to_fill_a_case() -> None:
    stream = a_stream(egg())
    stream.buys(person(), "egg", 1)
    assert "1 种不够整件" in titles(stream.record())
    cut_off(stream)
    assert "1 种不够整件" not in titles(stream.record())
