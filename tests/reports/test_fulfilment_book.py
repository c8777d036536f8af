from __future__ import annotations

from dataclasses import replace

from live.domain import commands as c
from live.reports.fulfilment.book import books_of, heading_of, shelf_of
from tests.reports.cycles import cut_off, noodle, pear, the_cycle
from tests.reports.factories import CYCLE, a_stream, drops, egg, person


def test_a_number_in_line_is_the_place_of_the_first_reservation_and_stays_when_it_is_cancelled() -> None:
    stream = a_stream(egg(), pear())
    stream.buys(person("张姐"), "egg", 1)
    stream.buys(person("李哥"), "egg", 1)
    stream.buys(person("张姐"), "pear", 1)
    stream.say(person("张姐"), "鸡蛋不要了", drops("egg"))
    [book] = books_of(the_cycle(stream))
    assert {name: str(book.numbers[person(name).key]) for name in ("张姐", "李哥")} == {"张姐": "1", "李哥": "2"}


def test_two_rooms_tell_their_numbers_apart_by_a_letter() -> None:
    east, north = a_stream(egg()), a_stream(egg(), room="beiqiao")
    east.buys(person("张姐"), "egg", 1)
    north.buys(person("李哥"), "egg", 1)
    numbers = [str(number) for book in books_of(the_cycle(east, north)) for number in book.numbers.values()]
    assert numbers == ["A1", "B1"]


def test_a_room_in_which_nobody_reserved_brings_no_letters() -> None:
    east, north = a_stream(egg()), a_stream(egg(), room="beiqiao")
    east.buys(person("张姐"), "egg", 1)
    assert [str(number) for number in books_of(the_cycle(east, north))[0].numbers.values()] == ["1"]


def test_goods_stand_by_number_and_what_has_none_comes_last() -> None:
    stream = a_stream(pear(number=None), noodle(), egg())
    shelf = shelf_of(books_of(the_cycle(stream)))
    titles = [(title, variant) for title, _, variant in sorted(shelf, key=shelf.__getitem__)]
    assert titles == [
        ("柳树湾土鸡蛋 30 枚", ""),
        ("手工挂面", ""),
        ("手工挂面", "宽面"),
        ("手工挂面", "细面"),
        ("砀山酥梨 9 斤", ""),
    ]


def test_numbers_stand_once_every_room_of_the_cycle_is_cut_off() -> None:
    east, north = a_stream(egg()), a_stream(egg(), room="beiqiao")
    cut_off(east)
    heading = heading_of(books_of(the_cycle(east, north)))
    assert (heading.final, heading.rooms, heading.open_rooms) == (False, ("dongmen", "beiqiao"), ("beiqiao",))
    cut_off(north)
    heading = heading_of(books_of(the_cycle(east, north)))
    assert (heading.final, heading.open_rooms, heading.closed_ms) == (True, (), north.now_ms)


def test_the_heading_names_the_time_to_which_the_pickup_was_moved_and_why() -> None:
    stream = a_stream(egg())
    cut_off(stream)
    later = CYCLE.pickup_at_ms + 3_600_000
    stream.do(c.MovePickup(pickup_at_ms=later, notice="冷链车坏了"))
    heading = heading_of(books_of(the_cycle(stream)))
    assert (heading.pickup_at_ms, heading.notice) == (later, "冷链车坏了")


def test_a_reservation_of_goods_that_are_gone_from_the_list_is_known_by_their_id() -> None:
    stream = a_stream(egg())
    stream.buys(person(), "egg", 1)
    cycle = the_cycle(stream)
    bare = replace(cycle, sessions=(replace(cycle.sessions[0], offers=()),))
    [book] = books_of(bare)
    assert book.goods_of(book.held[0]).title == "egg"
