from __future__ import annotations

import ast
import re

import pytest

from tests.docs.pages import ROOT, inline, read, section

PAGE = "glossary.md"
SOURCES = sorted((ROOT / "live" / "domain").glob("*.py"))
TO_COME = "Names kept for what is to come"


def classes() -> dict[str, str]:
    """Every public class of the rules, with the module that has it."""
    return {
        node.name: path.stem
        for path in SOURCES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def words(text: str) -> set[str]:
    """The class names in code, also those of `LiveSession.hosts`."""
    return {word for code in inline(text) for word in re.findall(r"\b[A-Z][A-Za-z]+\b", code)}


@pytest.mark.parametrize("name", sorted(classes()))
def test_the_glossary_has_every_public_class_of_the_rules(name: str) -> None:
    assert name in words(read(PAGE)), f"live/domain/{classes()[name]}.py: {name} has no row in docs/glossary.md"


def test_the_glossary_names_no_class_that_is_not_there() -> None:
    page = read(PAGE)
    built = page.replace(section(page, TO_COME), "")
    assert words(built) == {*classes(), "Command", "CommentKey"}


def test_a_name_that_is_kept_for_later_is_not_taken_yet() -> None:
    to_come = {code for code in inline(section(read(PAGE), TO_COME)) if code.isidentifier()}
    taken = {name for name in to_come if name in classes()}
    assert not taken, f"built now: move {taken} up to its place"
