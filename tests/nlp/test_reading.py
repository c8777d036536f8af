from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.catalogue import build_catalogue
from nlp.reading import Reader
from nlp.scan import scan
from nlp.types import Op
from tests.nlp.shop import OFFERS

if TYPE_CHECKING:
    from nlp.drafts import Draft

CATALOGUE = build_catalogue(OFFERS)


def drafts(text: str) -> list[Draft]:
    return Reader(scan(text, CATALOGUE), text).read()


def counted(text: str) -> list[tuple[tuple[str, ...] | None, list[int | None]]]:
    return [(draft.ids, [each.value for each in draft.quantities]) for draft in drafts(text)]


def test_an_amount_belongs_to_the_item_before_it() -> None:
    assert counted("核桃两袋红枣一箱") == [(("walnut",), [2]), (("jujube",), [1])]


def test_a_clause_that_begins_with_an_amount_gives_it_to_the_item_behind() -> None:
    assert counted("两袋核桃一箱红枣") == [(("walnut",), [2]), (("jujube",), [1])]


def test_a_clause_of_an_amount_alone_completes_the_order_before() -> None:
    assert counted("核桃，两袋") == [(("walnut",), [2])]
    assert counted("核桃——两袋") == [(("walnut",), [2])]


def test_an_amount_before_a_new_item_begins_its_order() -> None:
    assert counted("核桃，一箱红枣") == [(("walnut",), []), (("jujube",), [1])]


def test_each_gives_the_amount_to_all_that_wait() -> None:
    assert counted("核桃红枣各两份") == [(("walnut",), [2]), (("jujube",), [2])]


def test_a_number_and_its_name_are_one_item() -> None:
    assert [draft.ids for draft in drafts("6号核桃两袋")] == [("walnut",)]


def test_a_price_for_so_much_is_no_amount() -> None:
    assert counted("三块一斤") == []


def test_a_withdrawal_reaches_back_over_a_space() -> None:
    assert [(draft.ids, draft.op) for draft in drafts("核桃 取消")] == [(("walnut",), Op.CANCEL)]


def test_what_was_not_meant_is_forgotten() -> None:
    assert counted("来两袋 算了红枣一箱") == [(("jujube",), [1])]


def test_a_comment_holds_a_bounded_number_of_orders() -> None:
    assert len(drafts("核桃两袋红枣一箱" * 60)) <= 24
