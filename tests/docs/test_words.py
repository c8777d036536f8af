"""What the pages tell a host about comments is what becomes of such comments."""

from __future__ import annotations

import json
import re

import pytest

from nlp.classifier import Classifier, build_catalogue
from nlp.types import Classification, Context, Intent, Prompt, PromptMeaning, Route
from nlp.wire import offers_from
from tests.docs.pages import ROOT, read, rows, section

SESSION = json.loads((ROOT / "config" / "demo" / "session.json").read_text(encoding="utf-8"))
CLASSIFIER = Classifier(build_catalogue(offers_from(SESSION)))

SHOWN = Context(pinned="egg")
NOTHING = Context()
CALLED = Context(pinned="egg", prompt=Prompt(keyword="1", meaning=PromptMeaning.CLAIM, ref_id="egg"))
ORDERS = {Intent.BUY, Intent.CHANGE, Intent.CANCEL}

README_ROWS = ("booked", "booked-pinned", "called", "booked", "asked", "nothing")
GUIDE_ROWS = ("booked", "booked", "booked-pinned", "booked", "booked", "asked", "asked", "nothing", "nothing")


def examples(text: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each comment of a table with what its row says of it; what stands in brackets explains."""
    table = list(rows(text))
    assert len(table) == len(kinds)
    return [
        (kind, comment.strip())
        for kind, (comments, _) in zip(kinds, table, strict=True)
        for comment in re.sub(r"（[^）]*）", "", comments).split(" · ")
    ]


CASES = examples(section(read(ROOT / "README.md"), "评论怎么写会记单"), README_ROWS) + examples(
    section(read("host-guide.zh-CN.md"), "评论怎么算"), GUIDE_ROWS
)


def understood(text: str, context: Context) -> Classification:
    return CLASSIFIER.classify(text, context)


def is_booked(text: str, context: Context) -> bool:
    found = understood(text, context)
    return found.route is Route.AUTO and found.intent in ORDERS and bool(found.actions)


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind == "booked"])
def test_what_is_said_to_be_booked_at_once_is(text: str) -> None:
    assert is_booked(text, SHOWN)
    assert is_booked(text, NOTHING), "it names its offer: nothing has to be shown"


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind == "booked-pinned"])
def test_what_means_the_offer_being_shown_does_and_nothing_without_one(text: str) -> None:
    assert is_booked(text, SHOWN)
    assert [action.offer for action in understood(text, SHOWN).actions] == ["egg"]
    assert not is_booked(text, NOTHING)


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind == "called"])
def test_a_bare_one_counts_only_while_it_is_called_for(text: str) -> None:
    assert [(action.offer, action.quantity) for action in understood(text, CALLED).actions] == [("egg", 1)]
    assert is_booked(text, CALLED)
    assert not understood(text, SHOWN).actions


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind == "asked"])
def test_what_is_said_to_wait_for_a_tap_does(text: str) -> None:
    found = understood(text, SHOWN)
    assert found.intent in ORDERS
    assert found.route in {Route.CONFIRM, Route.ASK}


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind == "nothing"])
def test_what_is_said_to_be_no_order_is_none(text: str) -> None:
    assert understood(text, SHOWN).route is Route.IGNORE
