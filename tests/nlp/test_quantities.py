from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import write_chinese
from nlp.types import Route
from tests.nlp.shop import actions, read, told

CIRCLED = {value: chr(0x2460 + value - 1) for value in range(1, 21)}
FINANCIAL = "零壹贰叁肆伍陆柒捌玖"


def forms(value: int) -> list[str]:
    written = [
        str(value),
        write_chinese(value),
        str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ]
    if value in CIRCLED:
        written.append(CIRCLED[value])
    if value < 10:
        written += [f"{value}\ufe0f\u20e3", FINANCIAL[value]]
    return written


@given(st.integers(min_value=1, max_value=999))
def test_a_quantity_survives_every_numeral_form(value: int) -> None:
    for form in forms(value):
        assert actions(f"核桃{form}袋") == [f"set walnut - {value}"], form


@given(
    st.integers(min_value=1, max_value=20),
    st.sampled_from(["6号+{}", "6号➕{}", "核桃x{}", "核桃×{}", "核桃*{}", "6号＋{}袋"]),
)
def test_a_quantity_survives_every_operator(value: int, pattern: str) -> None:
    assert actions(pattern.format(value)) == [f"set walnut - {value}"]


def test_spoken_and_hasty_forms_are_read() -> None:
    assert actions("核桃俩") == ["set walnut - 2"]
    assert actions("核桃仨") == ["set walnut - 3"]
    assert actions("6号十2") == ["set walnut - 2"]
    assert actions("三代核桃") == ["set walnut - 3"]
    assert actions("两香红枣") == ["set jujube - 2"]


def test_inexact_amounts_have_no_quantity() -> None:
    for text in ("核桃两三袋", "半袋核桃", "来点核桃", "核桃来几袋", "核桃一袋半", "核桃十来袋", "核桃来个十袋八袋的"):
        assert actions(text) == ["set walnut - -"], text


def test_the_weight_of_the_pack_is_no_quantity() -> None:
    assert actions("3斤的核桃来两袋") == ["set walnut - 2"]
    assert actions("核桃3斤") == ["set walnut - -"]


@given(st.integers(min_value=21, max_value=999))
def test_a_large_quantity_is_never_booked_unasked(value: int) -> None:
    assert read(f"核桃{value}袋").route is Route.CONFIRM


def test_pieces_count_only_where_one_piece_is_one() -> None:
    assert told(read("鸭子来一个")) == ["set duck - 1"]
    assert told(read("红枣来十个")) == ["set jujube - -"]
    assert told(read("5号来一个")) == ["set jujube - 1"]


def test_half_a_dozen_is_six_pieces() -> None:
    assert actions("灰的毛巾半打") == ["set towel grey 6"]
    assert actions("红枣半打") == ["set jujube - -"]


def test_what_only_repeats_the_content_of_the_pack_orders_nothing() -> None:
    assert actions("9枚", "pear") == []


def test_the_same_amount_said_again_is_that_amount() -> None:
    assert told(read("一瓶一瓶一瓶", "honey")) == ["set honey - 1"]


def test_a_size_may_stand_before_the_measure_word() -> None:
    assert actions("来两大瓶蜂蜜") == ["set honey - 2"]


@given(st.integers(min_value=1_000, max_value=99_999_999))
def test_more_than_anybody_takes_is_no_quantity_in_any_numeral(value: int) -> None:
    for text in (f"核桃{value}袋", f"核桃{write_chinese(value)}袋", f"核桃+{write_chinese(value)}"):
        assert not any(action.endswith(str(value)) for action in actions(text)), text


def test_millions_in_words_are_put_to_nobody_as_an_amount() -> None:
    assert not [each for each in actions("核桃给我记九百九十九万袋") if "999" in each]
    assert actions("核桃给我记九百九十九袋") == ["set walnut - 999"]
