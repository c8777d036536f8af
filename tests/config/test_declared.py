from __future__ import annotations

from pathlib import Path

import pytest

from config.declared import Requirement, declared, is_met, missing, parse_requirement, release

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = ROOT / "pyproject.toml"


def test_a_requirement_with_everything_is_read() -> None:
    assert parse_requirement("redis[hiredis]>=7.4; sys_platform != 'win32'") == Requirement(
        name="redis", extras=frozenset({"hiredis"}), version=(7, 4), platform="win32", platform_excluded=True
    )


def test_a_form_that_is_not_known_is_refused_with_its_text() -> None:
    with pytest.raises(ValueError, match="redis~=7"):
        parse_requirement("redis~=7")


@pytest.mark.parametrize(
    ("text", "numbers"), [("2.14.3", (2, 14, 3)), ("3.0rc1", (3, 0)), ("9.1.2.post2", (9, 1, 2)), ("", ())]
)
def test_a_version_is_compared_by_its_leading_numbers(text: str, numbers: tuple[int, ...]) -> None:
    assert release(text) == numbers


def test_a_requirement_for_another_platform_is_not_missing() -> None:
    windows_only = parse_requirement("no-such-thing>=1; sys_platform == 'win32'")
    assert missing([windows_only], platform="linux") == []
    assert missing([windows_only], platform="win32") == ["no-such-thing"]


def test_too_old_a_version_or_another_one_than_the_exact_is_not_enough() -> None:
    assert is_met(parse_requirement("pytest>=1"))
    assert not is_met(parse_requirement("pytest>=999"))
    assert not is_met(parse_requirement("pytest==1.0"))


def test_an_extra_counts_as_well() -> None:
    assert is_met(parse_requirement("sqlalchemy[asyncio]>=2"))
    assert not is_met(parse_requirement("sqlalchemy[oracle]>=2"))


def test_this_python_has_everything_that_the_tests_need() -> None:
    assert missing(declared(PYPROJECT, "dev")) == []


def test_what_the_tests_need_includes_what_users_run() -> None:
    run, dev = declared(PYPROJECT, "run"), declared(PYPROJECT, "dev")
    assert dev[: len(run)] == run
    assert "pytest" in {wanted.name for wanted in dev}
