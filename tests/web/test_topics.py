from __future__ import annotations

import pytest

from live.web.problems import ProblemRaised
from live.web.topics import parse_topics, wants, wants_comments


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("", "offer_opened", True),
        ("offer", "offer_opened", True),
        ("offer", "offers", False),
        ("offer_opened", "offer_opened", True),
        ("offer_opened", "offer_closed", False),
        (" reservation , prompt,", "prompt_opened", True),
        ("comment", "comment_needs_confirmation", True),
        ("o", "offer_opened", False),
    ],
)
def test_topics_are_kinds_and_families(text: str, kind: str, *, wanted: bool) -> None:
    assert wants(parse_topics(text), kind) is wanted


def test_comments_come_with_everything_or_by_name() -> None:
    assert wants_comments(parse_topics(""))
    assert wants_comments(parse_topics("offer,comment"))
    assert not wants_comments(parse_topics("offer,comment_needs_confirmation"))


@pytest.mark.parametrize("text", ["Offer", "offer;prompt", "a b", "x" * 41, ",".join(f"t{'a' * n}" for n in range(41))])
def test_what_cannot_be_a_kind_is_refused(text: str) -> None:
    with pytest.raises(ProblemRaised) as raised:
        parse_topics(text)
    assert raised.value.problem.code == "invalid_topics"
