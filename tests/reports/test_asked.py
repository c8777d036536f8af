from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from live.reports.asked import answering_of
from live.reports.document import report_json
from live.reports.facts import facts_of
from live.reports.figures import Answering, Unanswered
from live.reports.html import report_html
from live.reports.sheets import sheets_of
from tests.reports.askings import an_asking_evening
from tests.reports.factories import EVENING_MS, a_quiet_evening
from tests.reports.reading import read

if TYPE_CHECKING:
    from live.reports.figures import ReportFacts


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", read(html).text)


def desk_of(facts: ReportFacts) -> dict[str, Any]:
    whole: Any = report_json(facts)
    return dict(whole["question_desk"])


def test_like_questions_are_one_and_their_askers_are_counted() -> None:
    found = answering_of(an_asking_evening().questions)
    assert (found.raised, found.answered, found.voiced) == (4, 2, 1)
    assert (found.askers, found.heard) == (7, 4)
    assert found.share == 0.5


def test_the_wait_is_from_the_first_who_asked_to_the_answer() -> None:
    found = answering_of(an_asking_evening().questions)
    assert (found.wait_p50_ms, found.wait_p90_ms) == (20_000, 90_000)


def test_what_nobody_answered_is_told_the_most_asked_first_with_numbers_masked() -> None:
    big, delivery = answering_of(an_asking_evening().questions).unanswered
    assert big == Unanswered(text="有大的吗", askers=2, orders=1, first_asked_ms=EVENING_MS + 170_000)
    assert delivery.text.startswith("能送到138")
    assert "13812345678" not in delivery.text


def test_an_evening_without_questions_has_no_share() -> None:
    facts = facts_of(a_quiet_evening())
    assert facts.answering == Answering()
    assert facts.answering.share is None
    assert "一样的问题" not in report_html(facts)
    assert desk_of(facts)["share"] is None


def test_the_page_says_how_many_were_answered_and_how_fast() -> None:
    text = text_of(report_html(facts_of(an_asking_evening())))
    assert "共 4 个，答了 2 个，其中口头 1 个；7 人次里 4 人次得到了回答" in text
    assert "一半在 20 秒内，九成在 90 秒内" in text
    assert "没答的 2 个" in text
    assert "13812345678" not in text


def test_the_workbook_and_the_json_say_the_same() -> None:
    facts = facts_of(an_asking_evening())
    [rows] = [list(sheet.rows) for sheet in sheets_of(facts) if sheet.columns[0].title == "怎么分"]
    answered = [(row[1], row[2]) for row in rows if row[0] == "答问题"]
    assert answered[:3] == [("提出", 4), ("答了", 2), ("其中口头", 1)]
    assert next(row[4] for row in rows if row[0] == "没答的") == "有大的吗"
    desk = desk_of(facts)
    assert (desk["raised"], desk["answered"], desk["by_voice"], desk["share"]) == (4, 2, 1, 0.5)
    assert desk["wait_ms"] == {"p50": 20_000, "p90": 90_000}
    assert [each["askers"] for each in desk["unanswered"]] == [2, 1]
