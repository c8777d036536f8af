from __future__ import annotations

import pytest

from live.domain.refusal import INVALID, NOT_FOUND, RefusalCode, Refused


@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_refusal_has_one_of_three_kinds(code: RefusalCode) -> None:
    assert Refused(code=code, detail="").kind in {"not_found", "invalid", "conflict"}


def test_no_refusal_is_of_two_kinds() -> None:
    assert frozenset() == NOT_FOUND & INVALID


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (RefusalCode.UNKNOWN_OFFER, "not_found"),
        (RefusalCode.INVALID_QUANTITY, "invalid"),
        (RefusalCode.OVER_LIMIT, "conflict"),
        (RefusalCode.CUTOFF_PASSED, "conflict"),
    ],
)
def test_a_refusal_says_what_kind_it_is(code: RefusalCode, kind: str) -> None:
    assert Refused(code=code, detail="").kind == kind
