from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given

from live.reports.fulfilment.documents import fulfilment_of
from live.reports.fulfilment.labels import LINES_A_BAG, Names
from tests.reports.cycles import arrive, cut_off, cycles, noodle, pear, pork, the_cycle
from tests.reports.factories import a_stream, egg, person

if TYPE_CHECKING:
    from live.reports.fulfilment.figures import Label
    from live.store.port import CycleRecord
    from tests.reports.factories import Stream

ZHANG = person("张姐")


def labels(stream: Stream, names: Names = Names.MASKED) -> tuple[Label, ...]:
    return fulfilment_of(the_cycle(stream), names).labels


def a_full_basket() -> Stream:
    stream = a_stream(egg(), pork(), pear(), noodle())
    for offer, variant in (("egg", None), ("pork", None), ("pear", None), ("noodle", "wide"), ("noodle", "thin")):
        stream.buys(ZHANG, offer, 2, variant)
    return stream


def test_a_label_masks_its_owner_unless_the_shop_wants_the_name() -> None:
    stream = a_stream(egg())
    stream.buys(ZHANG, "egg", 1)
    assert [label.name for label in labels(stream)] == ["张*"]
    assert [label.name for label in labels(stream, Names.FULL)] == ["张姐"]


def test_more_kinds_than_a_bag_has_room_for_get_a_second_label() -> None:
    first, second = labels(a_full_basket())
    assert (len(first.lines), len(second.lines)) == (LINES_A_BAG, 1)
    assert [(label.part, label.parts, str(label.number)) for label in (first, second)] == [(1, 2, "1"), (2, 2, "1")]
    assert first.code == second.code == a_full_basket().code_of(ZHANG)


def test_what_was_handed_over_needs_no_label() -> None:
    stream = a_stream(egg(), pork())
    stream.buys(ZHANG, "egg", 1)
    stream.buys(ZHANG, "pork", 1)
    cut_off(stream)
    arrive(stream)
    stream.collects(ZHANG, stream.of(ZHANG, "egg").id)
    [label] = labels(stream)
    assert [line.goods.title for line in label.lines] == ["土猪前腿肉"]
    stream.collects(ZHANG)
    assert labels(stream) == ()


def test_a_bag_of_one_s_own_is_named_on_the_label() -> None:
    stream = a_stream(egg())
    stream.buys(ZHANG, "egg", 1)
    stream.fetches(ZHANG, own_bag=True)
    assert [label.own_bag for label in labels(stream)] == [True]


@given(cycles())
def test_the_labels_hold_all_that_is_still_to_be_handed_over_in_the_order_of_the_list(cycle: CycleRecord) -> None:
    documents = fulfilment_of(cycle)
    entries = [entry for point in documents.picks.points for entry in point.entries]
    owed = Counter(line for entry in entries for line in entry.lines if not line.done)
    assert Counter(line for label in documents.labels for line in label.lines) == owed
    order = {(point.name, entry.number): None for point in documents.picks.points for entry in point.entries}
    told = list(dict.fromkeys((label.point, label.number) for label in documents.labels))
    assert told == [key for key in order if key in told]
    assert all(1 <= label.part <= label.parts for label in documents.labels)
