from __future__ import annotations

from dataclasses import replace

import pytest

from live.domain import commands as c
from live.domain.refusal import RefusalCode
from live.domain.session import SESSION_TRANSITIONS, Policy, Repeat, SessionState
from tests.domain.factories import an_evening, session


def test_every_state_has_its_row_in_the_table() -> None:
    assert set(SESSION_TRANSITIONS) == set(SessionState)


@pytest.mark.parametrize("state", list(SessionState))
def test_a_session_ends_where_the_table_lets_it(state: SessionState) -> None:
    evening = an_evening()
    evening.state.session = replace(session(), state=state)
    if SessionState.ENDED in SESSION_TRANSITIONS[state]:
        evening.do(c.EndSession())
    else:
        assert evening.refuse(c.EndSession()).code is RefusalCode.SESSION_ENDED
    assert evening.state.session.state is SessionState.ENDED


def test_the_policy_of_a_shop_that_says_nothing_is_the_contracts() -> None:
    assert Policy() == Policy(repeat=Repeat.REPLACE, cancel_by_comment=True, hold_minutes=None, max_auto_quantity=20)


@pytest.mark.parametrize(
    ("user_id", "name", "host"),
    [
        ("h-1", "谁都行", True),
        ("u-9", "小王助播", True),
        (None, " 小王助播 ", True),
        ("u-9", "张姐", False),
        (None, "张姐", False),
    ],
)
def test_a_host_is_known_by_id_or_by_name(user_id: str | None, name: str, host: bool) -> None:
    assert session(hosts=("h-1", "小王助播")).is_host(user_id=user_id, name=name) is host
