from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
import typer

from live.cli.main import build_app
from tests.docs.pages import PAGES, ROOT, blocks, inline, name_of, read, rows, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click import Command

README = read(ROOT / "README.md")
_RUN = re.compile(r"run_live\.py +(.+)")
_OPTION = re.compile(r"^--[a-z][a-z-]*")
_VARIABLE = re.compile(r"\b(?:LIVE|LINBO)_[A-Z_]+\b")
PYTEST_ALONE = {"test"}
"""Commands whose further arguments are another program's."""


def commands() -> dict[str, Command]:
    return dict(getattr(typer.main.get_command(build_app()), "commands"))  # noqa: B009  # typed as a plain command


COMMANDS = commands()


def options_of(command: Command) -> set[str]:
    return {"--help", "--debug", *(option for parameter in command.params for option in parameter.opts)}


def lines(text: str) -> Iterator[str]:
    """Command lines of a page: those of shell blocks, and those in `code`."""
    for block in blocks(text, "sh"):
        yield from block.text.splitlines()
    yield from inline(text)


def calls(text: str) -> Iterator[list[str]]:
    for line in lines(text):
        found = _RUN.search(line.partition(" # ")[0])
        if found and not found[1].startswith(("COMMAND", "…")):
            yield shlex.split(found[1].replace("[ARGS…]", ""))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_line_in_the_documents_is_one_that_runs(page: Path) -> None:
    for name, *arguments in calls(read(page)):
        assert name in COMMANDS, f"{name_of(page)}: there is no command {name}"
        if name not in PYTEST_ALONE:
            unknown = {each for each in arguments if each.startswith("--")} - options_of(COMMANDS[name])
            assert not unknown, f"{name_of(page)}: {name} has no {unknown}"


def test_the_readme_lists_every_command_and_no_other() -> None:
    table = [inline(command)[0].split()[0] for command, _ in rows(section(README, "Commands"))]
    assert sorted(table) == sorted(COMMANDS)


def test_the_readmes_commands_have_the_options_that_are_told_of() -> None:
    for command, told in rows(section(README, "Commands")):
        name, *given = inline(command)[0].split()
        named = {match[0] for code in [*given, *inline(told)] if (match := _OPTION.match(code))}
        assert named <= options_of(COMMANDS[name]), name


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_option_that_is_named_belongs_to_some_command(page: Path) -> None:
    every = {option for command in COMMANDS.values() for option in options_of(command)}
    named = {match[0] for code in inline(read(page)) if (match := _OPTION.match(code))}
    assert named <= every | OTHERS


OTHERS = {"--constraints", "--universal", "--upgrade"}
"""Options of uv, in the page about the locks."""


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_environment_variable_that_is_named_is_read_somewhere(page: Path) -> None:
    settings = set(_VARIABLE.findall(read("settings.md")))
    code = {name for path in (ROOT / "config").glob("*.py") for name in _VARIABLE.findall(path.read_text("utf-8"))}
    code |= {name for path in (ROOT / "tests").rglob("*.py") for name in _VARIABLE.findall(path.read_text("utf-8"))}
    assert set(_VARIABLE.findall(read(page))) <= settings | code | {"LIVE_"}
