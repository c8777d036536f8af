from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from live.sources.faults import say_all


def told(shape: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(shape).validate_python(value, strict=True)
    return say_all(caught.value)


def test_a_fault_names_its_place() -> None:
    assert told(dict[str, list[int]], {"a": [1, "x"]}) == "a.1: must be a whole number"


def test_a_fault_of_the_whole_has_no_place() -> None:
    assert told(list[int], 5) == "must be a list"


def test_faults_are_joined() -> None:
    assert told(list[int], ["x", "y"]) == "0: must be a whole number; 1: must be a whole number"


def test_a_limit_is_told() -> None:
    assert told(Annotated[int, Field(ge=1)], 0) == "at least 1"


def test_a_fault_without_words_of_ours_is_told_in_those_of_the_library() -> None:
    assert told(Annotated[int, Field(multiple_of=2)], 3) == "Input should be a multiple of 2"
