from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.llm_budget import EVENING_MS, MINUTE_MS, Budget
from nlp.llm_types import Bounds, Prices, Spend

MUCH = Spend(requests=10**6, tokens=10**9, micro_fen=10**15)


def budget(minute: Spend = MUCH, evening: Spend = MUCH) -> Budget:
    return Budget(Bounds(minute=minute, evening=evening))


def test_what_does_not_fit_is_not_taken_whichever_bound_it_breaks() -> None:
    most = Spend(requests=2, tokens=100, micro_fen=50)
    one = Spend(requests=1, tokens=10, micro_fen=10)
    for spend in (
        Spend(requests=3, tokens=1, micro_fen=1),
        Spend(requests=1, tokens=101, micro_fen=1),
        Spend(requests=1, tokens=1, micro_fen=51),
    ):
        assert budget(minute=most).take(0, spend) is None
        assert budget(evening=most).take(0, spend) is None
    assert budget(minute=most, evening=most).take(0, one) is not None


def test_a_minute_ago_counts_no_more_but_an_evening_does() -> None:
    one = Spend(requests=1, tokens=10, micro_fen=1)
    spending = budget(minute=one, evening=Spend(requests=2, tokens=20, micro_fen=2))
    assert spending.take(0, one) is not None
    assert spending.take(MINUTE_MS - 1, one) is None
    assert spending.take(MINUTE_MS, one) is not None
    assert spending.take(2 * MINUTE_MS, one) is None
    assert spending.take(EVENING_MS, one) is not None


def test_what_was_not_spent_is_free_again() -> None:
    spending = budget(minute=Spend(requests=2, tokens=100, micro_fen=100))
    charge = spending.take(0, Spend(requests=1, tokens=100, micro_fen=100))
    assert charge is not None
    assert spending.take(0, Spend(requests=1, tokens=1, micro_fen=1)) is None
    spending.settle(charge, Spend(requests=1, tokens=3, micro_fen=4), 0)
    assert spending.take(0, Spend(requests=1, tokens=97, micro_fen=96)) is not None
    assert spending.spent(0)[0] == Spend(requests=2, tokens=100, micro_fen=100)


def test_what_is_settled_late_is_not_counted_into_a_minute_that_has_passed() -> None:
    spending = budget()
    charge = spending.take(0, Spend(requests=1, tokens=100, micro_fen=100))
    assert charge is not None
    spending.settle(charge, Spend(requests=1, tokens=7, micro_fen=7), MINUTE_MS)
    assert spending.spent(MINUTE_MS) == (Spend(), Spend(requests=1, tokens=7, micro_fen=7))
    assert spending.spent(EVENING_MS) == (Spend(), Spend())


def test_money_is_counted_to_the_millionth_of_a_fen() -> None:
    assert Prices(input_fen=200, output_fen=800).of(100, 20) == Spend(requests=1, tokens=120, micro_fen=36_000)
    assert Prices(input_fen=1, output_fen=0).of(1_000_000, 0).micro_fen == 1_000_000


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30_000),
            st.integers(1, 400),
            st.one_of(st.none(), st.integers(0, 400)),
        ),
        max_size=60,
    )
)
def test_never_is_more_taken_within_a_minute_than_may_be(steps: list[tuple[int, int, int | None]]) -> None:
    spending = budget(minute=Spend(requests=10, tokens=1000, micro_fen=10**9))
    now_ms, held = 0, []
    for wait, tokens, settled in steps:
        now_ms += wait
        charge = spending.take(now_ms, Spend(requests=1, tokens=tokens, micro_fen=tokens))
        if charge is not None:
            held.append(charge)
            if settled is not None:
                spending.settle(charge, Spend(requests=1, tokens=min(settled, tokens), micro_fen=0), now_ms)
        lately = [each.spend for each in held if each.at_ms > now_ms - MINUTE_MS]
        assert spending.spent(now_ms)[0].tokens == sum(each.tokens for each in lately) <= 1000
        assert len(lately) <= 10
