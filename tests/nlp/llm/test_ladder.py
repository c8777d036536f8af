from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.llm_answer import Answer
from nlp.llm_ladder import MAX_ANSWER, Rung, below, read_answer, request_parts, schema_of, speaks_of_the_format
from nlp.llm_opinion import Opinions
from nlp.llm_prose import Prose
from tests.nlp.llm.ask import Word


def word(text: str) -> str | None:
    found = read_answer(text, Word)
    return None if found is None else found.word


def test_the_ladder_has_three_rungs_and_ends() -> None:
    assert [below(rung) for rung in Rung] == [Rung.OBJECT, Rung.TEXT, None]


@pytest.mark.parametrize("shape", [Opinions, Answer, Prose])
def test_every_object_of_a_schema_is_closed_and_wants_all_its_properties(
    shape: type[Opinions | Answer | Prose],
) -> None:
    schema = schema_of(shape)
    objects = [schema, *schema.get("$defs", {}).values()]  # type: ignore[attr-defined]  # a schema's definitions are an object
    for each in objects:
        if "properties" in each:
            assert each["additionalProperties"] is False
            assert each["required"] == list(each["properties"])


def test_each_rung_asks_in_its_way() -> None:
    schema, nothing = request_parts(Rung.SCHEMA, Word)
    assert schema["response_format"]["type"] == "json_schema"  # type: ignore[index]  # an object of JSON
    assert nothing == ""
    parts, told = request_parts(Rung.OBJECT, Word)
    assert parts == {"response_format": {"type": "json_object"}}
    assert "JSON" in told
    assert request_parts(Rung.TEXT, Word) == ({}, told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"word": "好"}', "好"),
        (' \n{"word": "好", "why": "多的不看"}\n', "好"),
        ('```json\n{"word": "好"}\n```', "好"),
        ('```\n{"word": "好"}', "好"),
        ('好的，答案是 {"word": "好"}，请看。', "好"),
        ('<think>先想 {"word": "坏"}</think>{"word": "好"}', "好"),
        ('```{"word": "好"}```', "好"),
        ("```" + " " * 15_000 + '{"word": "好"}', "好"),
        ("```" + " " * 15_000 + "x", None),
        ("<think>一直想，没有答", None),
        ('{"word": "好"} {"word": "好"}', "好"),
        ('{"word": "坏"} {"word": "好"}', None),
        ('{"items": [{"word": "里面的不算"}]}', None),
        ('{"word": 7}', None),
        ('[{"word": "列表不是"}]', None),
        ('{"word": "没完', None),
        ("null", None),
        ("", None),
        ("{" * 10_000, None),
        ('{"a":' * 5_000, None),
        ("{ " * 50 + '{"word": "太靠后"}', None),
        ('{"word": NaN}', None),
    ],
)
def test_the_one_object_of_the_right_shape_is_found(text: str, found: str | None) -> None:
    assert word(text) == found


def test_beyond_the_longest_answer_nothing_is_read() -> None:
    assert word(" " * MAX_ANSWER + '{"word": "好"}') is None


@given(st.text(max_size=200))
def test_no_text_makes_reading_raise(text: str) -> None:
    read_answer(text, Word)
    read_answer('{"word": ' + text, Word)


@given(st.text(max_size=50), st.text(alphabet="好的，请看。\n", max_size=20))
def test_whatever_stands_around_an_answer_it_is_found(value: str, around: str) -> None:
    assert word(around + json.dumps({"word": value}) + around) == value


def test_only_errors_about_the_format_step_the_ladder_down() -> None:
    assert speaks_of_the_format("This response_format type is unavailable now")
    assert speaks_of_the_format("Invalid schema: json_schema.strict")
    assert not speaks_of_the_format("Content Exists Risk")
    assert not speaks_of_the_format("Input data may contain inappropriate content.")
