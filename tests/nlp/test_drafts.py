from __future__ import annotations

from nlp.drafts import Draft
from nlp.tokens import OfferRef, Quantity, Tag, Token
from nlp.types import Op


def token(start: int, end: int, tag: Tag = Tag.OFFER) -> Token:
    return Token(tag, start, end)


def test_two_references_leave_what_both_can_mean() -> None:
    draft = Draft(clause=0)
    draft.name(token(0, 2), OfferRef(("a", "b"), "head"))
    draft.name(token(2, 4), OfferRef(("b",), "name"))
    assert draft.ids == ("b",)
    assert not draft.conflict


def test_references_that_contradict_each_other_leave_nothing() -> None:
    draft = Draft(clause=0)
    draft.name(token(0, 2), OfferRef(("a",), "number"))
    draft.name(token(2, 4), OfferRef(("b",), "name"))
    assert draft.ids == ()
    assert draft.conflict


def test_a_verb_says_what_an_amount_does() -> None:
    draft = Draft(clause=0)
    draft.count(token(0, 2, Tag.QUANTITY), Quantity(1, "箱"), Tag.LESS)
    assert draft.op is Op.REDUCE


def test_settling_turns_what_was_said_into_what_is_had() -> None:
    draft = Draft(clause=0)
    draft.count(token(0, 2, Tag.QUANTITY), Quantity(2, "箱"), None)
    draft.resettle()
    assert (draft.held, draft.quantities, draft.op) == (Quantity(2, "箱"), [], Op.SET)
