"""What a page shows of a session: lines, sums and places, made from what is committed."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageFilter

from live.domain import commands as c
from live.domain.offer import OfferPhase
from live.service.basket_book import Held
from live.service.codes import pickup_codes
from live.service.session_view import session_view
from live.service.view import view_of
from live.web.basket_view import basket, part, qr_rows
from tests.domain.bags import bag, claim, drawn, forfeit, id_of, won_by
from tests.domain.factories import Evening, add, an_evening, apple, egg, viewer

ZHANG, LI = viewer("张姐"), viewer("李叔")


def held(evening: Evening, by: str = "张姐") -> Held:
    view = session_view(view_of(evening.state).snapshot())
    assert view is not None
    return Held(view=view, viewer_key=viewer(by).key)


def shown(evening: Evening, by: str = "张姐") -> Any:
    return part(held(evening, by), {})


def states(evening: Evening, by: str = "张姐") -> list[tuple[str, int, int, int | None]]:
    lines = shown(evening, by)["lines"]
    return [(line["state"], line["quantity"], line["waiting"], line["place"]) for line in lines]


def test_what_is_promised_and_what_waits_of_one_kind_is_one_line() -> None:
    evening = an_evening(egg(quota=3))
    evening.buys(2, by=LI)
    evening.buys(4, by=ZHANG)
    assert states(evening) == [("open", 1, 3, 1)]
    assert shown(evening)["amount"] == "39.90", "what waits costs nothing yet"


def test_kinds_of_an_offer_are_lines_of_their_own() -> None:
    evening = an_evening(apple())
    evening.buys(2, "apple", "l", by=ZHANG)
    evening.buys(3, "apple", "s", by=ZHANG)
    assert [(line["variant"], line["quantity"]) for line in shown(evening)["lines"]] == [("大果", 2), ("小果", 3)]


def test_a_price_that_has_changed_is_summed_as_each_was_promised() -> None:
    evening = an_evening(egg())
    evening.buys(1, by=ZHANG)
    evening.sells_at(2990)
    evening.changes(add(1), by=ZHANG)
    [line] = shown(evening)["lines"]
    assert (line["quantity"], line["amount"]) == (2, "69.80")


def test_of_what_was_cancelled_only_the_last_is_told_and_only_while_nothing_took_its_place() -> None:
    evening = an_evening(egg())
    for quantity in (2, 3):
        evening.buys(quantity, by=ZHANG)
        evening.do(c.PageChange(pickup_code=held(evening).code, line=c.PageLine(offer_id="egg", quantity=0)))
    assert states(evening) == [("cancelled", 3, 0, None)]
    evening.buys(1, by=ZHANG)
    assert states(evening) == [("open", 1, 0, None)]


def test_the_way_of_a_line_after_the_cut_off() -> None:
    evening = an_evening(egg(quota=2), apple())
    evening.buys(3, by=ZHANG)
    evening.buys(1, "apple", "s", by=ZHANG)
    evening.do(c.CloseCycle())
    assert states(evening) == [("locked", 2, 0, None), ("locked", 1, 0, None)]
    evening.do(c.MarkReady())
    assert states(evening) == [("ready", 2, 0, None), ("ready", 1, 0, None)]
    assert shown(evening)["may_move"] is False


def test_who_has_said_nothing_fetches_at_the_first_point_and_has_left_no_phone() -> None:
    evening = an_evening()
    evening.buys(1, by=ZHANG)
    told = shown(evening)
    assert (told["point_id"], told["has_phone_tail"], told["own_bag"], told["may_move"]) == ("p1", False, False, True)


def test_a_reservation_of_an_offer_that_has_failed_says_so() -> None:
    evening = an_evening(egg(phase=OfferPhase.OPEN))
    evening.buys(1, by=ZHANG)
    evening.do(c.UpdateOffer(offer_id="egg", changes={"min_quantity": 5}))
    evening.do(c.CloseCycle())
    [line] = shown(evening)["lines"]
    assert (line["state"], line["offer_state"]) == ("cancelled", "failed")


def test_the_symbol_is_a_square_of_ones_and_zeros() -> None:
    rows = qr_rows("K7M49XQ2PLWT")
    assert len(rows) == 21, "the smallest there is: a scanner reads it from a bad screen"
    assert all(len(row) == 21 and set(row) <= {"0", "1"} for row in rows)


def test_every_symbol_is_read_as_its_code_also_from_a_small_and_blurred_picture() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    code_of = pickup_codes(b"k" * 32)
    for n in range(100):
        code = code_of("s1", f"viewer-{n}")
        [found] = zxingcpp.read_barcodes(_picture(qr_rows(code)))
        assert found.text == code


def _picture(rows: tuple[str, ...]) -> Image.Image:
    """A symbol, four pixels a module, out of focus."""
    size = len(rows) + 8
    picture = Image.new("L", (size, size), 255)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if module == "1" else 255)
    return picture.resize((size * 4, size * 4), Image.Resampling.NEAREST).filter(ImageFilter.GaussianBlur(1.6))


def test_the_code_s_own_part_comes_first() -> None:
    evening = an_evening()
    for one in (ZHANG, LI):
        evening.buys(1, by=one)
    told: Any = basket([held(evening, "李叔"), held(evening)], 7, {})
    assert [each["name"] for each in told["parts"]] == ["李*", "张*"]
    assert (told["code"], told["points"]) == (held(evening, "李叔").code, 7)


def draws_of(evening: Evening, by: str) -> Any:
    told = part(held(evening, by), {("g-1", viewer(by).key): id_of(evening, by)})
    return told["draws"]


def with_orders(*names: str) -> Evening:
    evening = drawn()
    for name in names:
        evening.buys(1, by=viewer(name))
    return evening


def test_a_winner_reads_what_they_have_won_and_until_when_it_waits() -> None:
    evening = with_orders("张姐", "李叔", "赵奶奶", "王婶", "小雨")
    (winner,) = won_by(evening)
    [draw] = draws_of(evening, winner)
    assert (draw["state"], draw["entry"]) == ("drawn", id_of(evening, winner))
    prize = draw["prize"]
    assert (prize["prize"], prize["state"], prize["how"]) == ("铁锅一口", "won", "到自提点出示提货码")
    assert (prize["claim_until"], prize["claimed_at"]) == ("2026-01-09T20:00:00.000+08:00", None)
    evening.do(claim(draw["entry"]))
    [draw] = draws_of(evening, winner)
    assert (draw["prize"]["state"], draw["prize"]["claimed_at"]) == ("claimed", "2026-01-07T20:00:00.000+08:00")


def test_who_has_not_won_reads_their_entry_and_nobody_else_s() -> None:
    evening = with_orders("张姐", "李叔", "赵奶奶", "王婶", "小雨")
    (winner,) = won_by(evening)
    loser = next(name for name in ("张姐", "李叔") if name != winner)
    [draw] = draws_of(evening, loser)
    assert draw["prize"] is None
    assert winner not in str(draw)
    assert id_of(evening, winner) not in str(draw)


def test_a_prize_that_was_drawn_again_is_the_other_s() -> None:
    evening = with_orders("张姐", "李叔", "赵奶奶", "王婶", "小雨")
    evening.do(forfeit(bag(evening).prizes[0].entry_id))
    first, second = won_by(evening)
    assert [draws_of(evening, name)[0]["prize"]["state"] for name in (first, second)] == ["forfeited", "won"]


def test_who_is_in_no_draw_reads_of_none() -> None:
    evening = with_orders("路人甲")
    assert part(held(evening, "路人甲"), {})["draws"] == []
