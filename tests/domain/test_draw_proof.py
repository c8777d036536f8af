"""A record that holds is verified; any that does not is told in words, and no JSON of whatever shape breaks the check."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain import draws
from live.domain.draw_proof import NO_RECORD, NOT_DRAWN, Step, check, verify
from tests.domain.draw_records import entry, of_comments, of_drand, record_of, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = bytes(range(32))
ENTRIES = [entry(number) for number in range(6)]
COMMENTS = [("m-1", "恭喜"), ("m-2", "来了来了"), ("m-3", "1")]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.fixture
def record() -> dict[str, Any]:
    return record_of(seed=SEED, entries=ENTRIES, witness=of_comments(COMMENTS), counts=[2, 1])


@given(records)
def test_what_the_service_publishes_is_verified(record: dict[str, Any]) -> None:
    assert verify(record) == []
    assert verify(json.loads(json.dumps(record))) == []


@pytest.mark.parametrize("rubbish", [None, True, 3, 0.5, "福袋", [], [{}], [None]])
def test_what_is_no_object_is_no_record(rubbish: object) -> None:
    assert verify(rubbish) == [NO_RECORD]


def test_a_giveaway_that_is_still_open_is_said_to_be_so() -> None:
    commitment = draws.commitment(SEED)
    assert verify({"giveaway_id": "g-1", "commitment": commitment, "rules": {"winners": 1}}) == [NOT_DRAWN]


def test_an_empty_object_lacks_every_step() -> None:
    assert [each.step for each in check({}) if each.faults] == list(Step)


def test_every_difference_is_told_at_once(record: dict[str, Any]) -> None:
    record["seed"], record["list_hash"], record["witness"]["hash"] = "00" * 32, "00" * 32, "00" * 32
    failed = {each.step for each in check(record) if each.faults}
    assert failed == {Step.SEED, Step.LIST, Step.WITNESS, Step.ROUNDS}


def _set(record: dict[str, Any], path: str, value: object) -> None:
    *way, last = path.split(".")
    place: Any = record
    for name in way:
        place = place[int(name)] if isinstance(place, list) else place[name]
    place[int(last) if isinstance(place, list) else last] = value


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("giveaway_id", "", "缺少抽奖编号"),
        ("opened_at", "昨天晚上", "开始时间"),
        ("closed_at", 1767788400, "截止时间"),
        ("rules", [], "缺少规则"),
        ("rules.winners", 0, "抽几名"),
        ("rules.winners", True, "抽几名"),
        ("rules.winners", 2.0, "抽几名"),
        ("rules.winners", 3, "应该抽 3 名，记录里是 2 名"),
        ("seed", SEED.hex().upper(), "种子（seed）"),
        ("seed", SEED.hex()[2:], "种子（seed）"),
        ("seed", "01" * 32, "种子换过了"),
        ("commitment", draws.commitment(SEED).upper(), "种子指纹"),
        ("commitment", None, "种子指纹"),
        ("entries", None, "参与名单"),
        ("entries.0", 7, "参与名单"),
        ("entries.0", "张姐", "参与名单"),
        ("entries.0", "", "参与名单"),
        ("entries.1", min(ENTRIES), "重复"),
        ("entries.0", "ff" * 16, "按顺序"),
        ("entries.5", "ff" * 16, "名单改过了"),
        ("list_hash", "AB" * 32, "名单指纹"),
        ("witness", None, "缺少见证"),
        ("witness.kind", "dice", "种类"),
        ("witness.comments", {}, "评论"),
        ("witness.comments.0.text", None, "内容"),
        ("witness.comments.0.id", 1, "编号"),
        ("witness.comments.0.text", "恭喜\ud800", "内容"),
        ("witness.comments.0.text", "恭喜！", "见证改过了"),
        ("witness.hash", "", "见证指纹"),
        ("rounds", [], "没有中奖名单"),
        ("rounds", {"round": 1}, "没有中奖名单"),
        ("rounds.0", "张姐", "第 1 轮的中奖名单不能用"),
        ("rounds.0.round", 2, "轮次不对"),
        ("rounds.0.round", True, "轮次不对"),
        ("rounds.1.round", 1, "轮次不对"),
        ("rounds.0.winners", "ab", "第 1 轮的中奖名单不能用"),
        ("rounds.0.winners", [], "应该抽 2 名，记录里是 0 名"),
        ("rounds.0.winners.0", "ff" * 16, "不在参与名单里"),
        ("rounds.1.winners", [], "没有抽出人"),
        ("rounds.0.reason", "没来领", "不是重抽"),
        ("rounds.1.reason", None, "没有写原因"),
        ("rounds.1.reason", "  ", "没有写原因"),
    ],
)
def test_what_is_wrong_is_said_in_words(record: dict[str, Any], path: str, value: object, told: str) -> None:
    _set(record, path, value)
    assert any(told in fault for fault in verify(record))


def test_a_sixth_comment_is_one_too_many() -> None:
    witness = of_comments([(f"m-{number}", "来了") for number in range(6)])
    told = verify(record_of(seed=SEED, entries=ENTRIES, witness=witness, counts=[1]))
    assert told == ["见证的评论多于 5 条：只能用截止后的前 5 条。"]


def test_a_round_of_drand_is_counted_from_one() -> None:
    told = verify(record_of(seed=SEED, entries=ENTRIES, witness=of_drand(0, "ab" * 32), counts=[1]))
    assert any("期号" in fault for fault in told)


def test_a_redraw_may_not_name_who_has_won_before(record: dict[str, Any]) -> None:
    first = record["rounds"][0]["winners"][0]
    record["rounds"][1]["winners"] = [first]
    assert any("前面已经中过" in fault for fault in verify(record))


def test_nobody_wins_twice_in_one_round(record: dict[str, Any]) -> None:
    first = record["rounds"][0]["winners"][0]
    record["rounds"][0]["winners"] = [first, first]
    assert any("中了两次" in fault for fault in verify(record))


def test_a_redraw_gives_no_more_than_there_are_prizes() -> None:
    told = verify(record_of(seed=SEED, entries=ENTRIES, witness=of_comments([]), counts=[1, 2]))
    assert told == ["第 2 轮重抽了 2 名，可是一共只有 1 份奖品。"]


def test_winners_in_another_order_are_told_place_by_place(record: dict[str, Any]) -> None:
    record["rounds"][0]["winners"].reverse()
    first, second = record["rounds"][0]["winners"]
    assert verify(record) == [
        f"第 1 轮第 1 名应该是 {second[:12]}…，记录里是 {first[:12]}…。",
        f"第 1 轮第 2 名应该是 {first[:12]}…，记录里是 {second[:12]}…。",
    ]


def test_only_the_list_is_to_blame_where_only_its_hash_is_wrong(record: dict[str, Any]) -> None:
    record["list_hash"] = "00" * 32
    assert [each.step for each in check(record) if each.faults] == [Step.LIST]


def paths(value: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a record, inner ones too."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield (*way, name)
        yield from paths(inner, (*way, name))


def hashed(way: tuple[Any, ...]) -> bool:
    """Whether a place goes into a hash or a rank: the words of the rules, the times and the reason of a redraw do not."""
    if way[0] == "rules":
        return way in {("rules",), ("rules", "winners")}
    return way[0] not in {"giveaway_id", "opened_at", "closed_at"} and way[-1] != "reason"


def changed(record: dict[str, Any], way: tuple[Any, ...], change: Callable[[Any], Any]) -> dict[str, Any]:
    twin: dict[str, Any] = copy.deepcopy(record)
    place: Any = twin
    for name in way[:-1]:
        place = place[name]
    place[way[-1]] = change(place[way[-1]])
    return twin


def otherwise(value: Any, new: Any) -> Any:
    """Another value of the same kind, so that what is noticed is the change and not the type."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value[:1] in set("0123456789abcdef"):
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return f"{value}。" if isinstance(value, str) else new


@given(records, st.data())
def test_any_change_of_one_field_is_noticed(record: dict[str, Any], data: st.DataObject) -> None:
    way = data.draw(st.sampled_from([each for each in paths(record) if hashed(each)]))
    twin = changed(record, way, lambda value: otherwise(value, data.draw(json_values.filter(lambda new: new != value))))
    few = way == ("rules", "winners") and len(record["entries"]) <= record["rules"]["winners"]
    assert few or verify(twin)


@given(records, st.data())
def test_any_field_that_is_missing_is_noticed(record: dict[str, Any], data: st.DataObject) -> None:
    ways = [each for each in paths(record) if isinstance(each[-1], str) and (each[0] != "rules" or hashed(each))]
    way = data.draw(st.sampled_from([each for each in ways if each[-1] != "reason" or each[1] > 0]))
    twin = copy.deepcopy(record)
    place: Any = twin
    for name in way[:-1]:
        place = place[name]
    del place[way[-1]]
    assert verify(twin)


@given(records, st.data())
def test_rubbish_in_any_place_is_told_and_breaks_nothing(record: dict[str, Any], data: st.DataObject) -> None:
    for way in data.draw(st.lists(st.sampled_from(list(paths(record))), max_size=3, unique=True)):
        try:
            record = changed(record, way, lambda _: data.draw(json_values))
        except (KeyError, IndexError, TypeError):
            continue  # the place went with an earlier one
    assert all("\n" not in fault for fault in verify(record))


@given(json_values)
def test_no_json_breaks_the_check(value: object) -> None:
    assert verify(value)
