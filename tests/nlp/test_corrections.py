"""What takes back, corrects or keeps an order that was just given."""

from __future__ import annotations

import pytest

from nlp.types import Intent, Route
from tests.nlp.shop import actions, read


@pytest.mark.parametrize(
    "text",
    [
        "核桃两袋 打错了 三袋", "核桃两袋，写错了，三袋", "核桃两袋 说错了是三袋", "核桃两袋…手抖 三袋", "核桃两袋不对，三袋", "核桃两袋，哦不，三袋",
        "核桃2袋 报错了 3袋", "核桃两袋 更正 三袋",
    ],
)  # fmt: skip
def test_the_amount_behind_a_correction_is_the_one_that_counts(text: str) -> None:
    assert actions(text) == ["set walnut - 3"]


@pytest.mark.parametrize("text", ["核桃两袋 哦不对 三袋", "核桃两袋，不对，三袋够了", "核桃两袋 打错了 三袋"])
def test_what_is_put_right_in_the_same_comment_was_never_booked(text: str) -> None:
    assert read(text).intent is Intent.BUY


@pytest.mark.parametrize("text", ["我核桃报的两袋，给我写成五袋", "刚订的核桃两袋打错了，三袋"])
def test_what_stands_already_is_changed(text: str) -> None:
    assert read(text).intent is Intent.CHANGE


def test_not_this_but_that_takes_the_one_back_and_sets_the_other() -> None:
    assert actions("我说错了 不是红枣 是核桃") == ["cancel jujube - -", "set walnut - -"]


@pytest.mark.parametrize("text", ["按错啦 不算不算", "刚说的全不算", "手滑 不算"])
def test_what_does_not_count_is_withdrawn(text: str) -> None:
    found = read(text)
    assert (found.intent, actions(text)) == (Intent.CANCEL, ["cancel - - -"])


@pytest.mark.parametrize("text", ["先要一瓶蜂蜜吧 好喝的话下回再加两瓶", "蜂蜜一瓶，下次再来两瓶"])
def test_what_may_come_another_day_is_no_order_of_today(text: str) -> None:
    assert actions(text) == ["set honey - 1"]


@pytest.mark.parametrize("text", ["要2瓶 要3瓶", "来两瓶，来三瓶", "蜂蜜两瓶 蜂蜜三瓶", "2瓶，要3瓶"])
def test_two_amounts_for_one_thing_are_put_to_the_host(text: str) -> None:
    assert read(text, "honey").route is Route.CONFIRM


@pytest.mark.parametrize("text", ["算了 一瓶", "算了，来一瓶", "算啦 来一瓶吧", "算了就一瓶"])
def test_an_oh_well_that_nothing_stands_before_takes_nothing_back(text: str) -> None:
    found = read(text, "honey")
    assert [each.quantity for each in found.actions] == [1]
    assert found.route is Route.AUTO


@pytest.mark.parametrize("text", ["打错啦5号6号一并作废", "手滑了 5号6号都取消", "写错了5号6号不要了"])
def test_a_withdrawal_may_have_a_slip_as_its_reason(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.CANCEL
    assert actions(text) == ["cancel jujube - -", "cancel walnut - -"]


@pytest.mark.parametrize(
    "text", ["红枣和核桃全给我撤了", "红枣跟核桃都给我取消", "红枣核桃都帮我退了", "红枣，核桃 都给我抹了"]
)
def test_a_withdrawal_done_for_the_writer_takes_nothing(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.CANCEL
    assert all(each.op == "cancel" for each in found.actions)


@pytest.mark.parametrize("text", ["毛巾灰的退了粉的留着", "取消灰的毛巾，留着粉的", "灰毛巾取消 粉的不变"])
def test_what_is_kept_beside_a_withdrawal_stays(text: str) -> None:
    assert actions(text) == ["cancel towel grey -"]


def test_what_stays_as_before_beside_a_withdrawal_stays() -> None:
    assert actions("毛巾灰的取消，粉的照旧") == ["cancel towel grey -"]


@pytest.mark.parametrize("text", ["核桃订多了，三袋里头抽掉一袋", "核桃三袋里面减一袋"])
def test_one_of_those_one_has_is_taken_off(text: str) -> None:
    assert actions(text) == ["reduce walnut - 1"]


def test_a_question_that_the_writer_answers_is_an_order() -> None:
    assert actions("走亲戚拿点啥呢，就核桃三袋吧") == ["set walnut - 3"]


def test_what_is_taken_off_without_a_name_is_of_the_goods_just_named() -> None:
    assert actions("红枣五箱太多啦，砍掉仨") == ["reduce jujube - 3"]


@pytest.mark.parametrize(
    "text", ["红枣 核桃 退", "红枣、核桃我都不要了", "红枣，核桃都撤了", "点错了，红枣跟核桃我都不要"]
)
def test_a_withdrawal_is_of_all_the_names_before_it(text: str) -> None:
    assert actions(text) == ["cancel jujube - -", "cancel walnut - -"]


def test_what_something_becomes_is_asked_where_it_only_points() -> None:
    assert read("蜂蜜那瓶就换成它吧").route is not Route.AUTO


@pytest.mark.parametrize("text", ["蜂蜜一瓶够了，给我记上", "毛巾灰的三条粉的两条，一家老小够用了"])
def test_enough_beside_one_amount_changes_nothing(text: str) -> None:
    assert read(text).intent is Intent.BUY


@pytest.mark.parametrize("text", ["订的两瓶 就给我一瓶", "我买了三袋核桃，只收到两袋"])
def test_fewer_than_were_ordered_is_a_complaint(text: str) -> None:
    assert read(text).intent is Intent.COMPLAINT


def test_what_somebody_else_let_go_is_told() -> None:
    assert read("隔壁王姨把核桃退了，她嫌沉").intent is Intent.CHAT


def test_an_order_of_before_that_is_let_go_is_withdrawn() -> None:
    assert actions("订的蜂蜜算了哈，老人喝不惯") == ["cancel honey - -"]


@pytest.mark.parametrize("text", ["核桃去掉", "核桃减掉吧", "核桃给我去掉", "核桃扣掉"])
def test_taking_off_without_an_amount_withdraws(text: str) -> None:
    assert actions(text) == ["cancel walnut - -"]


@pytest.mark.parametrize("text", ["核桃去掉一袋", "核桃减掉一袋", "三袋核桃减一袋", "核桃刨掉一袋", "核桃退一袋"])
def test_taking_off_an_amount_reduces(text: str) -> None:
    assert actions(text) == ["reduce walnut - 1"]


@pytest.mark.parametrize(
    "text", ["核桃添成三袋", "核桃补到三袋", "核桃凑到三袋", "核桃升到三袋", "核桃调成三袋", "核桃不要两袋了要三袋"]
)
def test_a_change_may_use_any_verb_of_becoming(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.CHANGE
    assert actions(text) == ["set walnut - 3"]


@pytest.mark.parametrize(
    "text", ["核桃追一袋", "核桃再补一袋", "核桃往上加一袋", "核桃要多一袋", "核桃续一袋", "核桃另加一袋"]
)
def test_more_may_be_asked_for_in_any_words(text: str) -> None:
    assert actions(text) == ["add walnut - 1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灰毛巾改成三条", "set towel grey 3"),
        ("粉的毛巾改成一条", "set towel pink 1"),
        ("灰的毛巾加到两条", "set towel grey 2"),
    ],
)
def test_a_change_of_the_amount_keeps_the_variant(text: str, expected: str) -> None:
    found = read(text)
    assert actions(text) == [expected]
    assert found.route is Route.AUTO


@pytest.mark.parametrize("text", ["核桃我那单数量得改改", "核桃那单改一下", "改改核桃的数量"])
def test_a_change_that_says_no_amount_has_none(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.CHANGE
    assert [each.quantity for each in found.actions] == [None]
    assert found.route is not Route.AUTO


@pytest.mark.parametrize(
    "text", ["刚要了核桃两袋 再来一箱红枣", "刚才订了核桃两袋，再要一箱红枣", "已经要了两袋核桃 再加一箱红枣"]
)
def test_what_was_ordered_before_is_not_ordered_again(text: str) -> None:
    assert [each.offer for each in read(text).actions] == ["jujube"]


@pytest.mark.parametrize("text", ["没有红枣那核桃来三袋", "没有红枣那就拿核桃三袋", "没得红枣，核桃来三袋"])
def test_goods_that_lack_are_not_ordered(text: str) -> None:
    assert actions(text) == ["set walnut - 3"]


@pytest.mark.parametrize(
    "text", ["先不要核桃了", "今天不要核桃了", "还是不要核桃了", "先别要核桃", "没想买核桃", "不会要两袋核桃", "不再要核桃", "懒得买核桃", "不打算买两袋核桃"]
)  # fmt: skip
def test_what_is_refused_before_its_verb_is_never_bought(text: str) -> None:
    assert read(text).intent is not Intent.BUY


@pytest.mark.parametrize("text", ["红枣换一袋核桃", "红枣换成一袋核桃", "把红枣换一袋核桃", "红枣退了换成核桃一袋"])
def test_the_amount_behind_a_swap_is_of_the_new_goods(text: str) -> None:
    assert actions(text) == ["cancel jujube - -", "set walnut - 1"]


@pytest.mark.parametrize("text", ["给我换一袋核桃", "核桃换一袋", "上次的核桃不好 换一袋"])
def test_an_exchange_that_names_one_thing_is_put_to_the_host(text: str) -> None:
    assert read(text).route is not Route.AUTO


@pytest.mark.parametrize("text", ["核桃两袋 重复的别算", "核桃两袋 发重的取消"])
def test_a_withdrawal_of_something_else_leaves_the_order(text: str) -> None:
    assert actions(text) == ["set walnut - 2"]


@pytest.mark.parametrize("text", ["我两袋核桃 我妈一袋", "核桃我要两袋，我姐一袋"])
def test_an_amount_for_another_person_is_never_passed_over(text: str) -> None:
    assert read(text).route is not Route.AUTO


@pytest.mark.parametrize("text", ["我报了两袋核桃", "核桃我登记了两袋", "我订了两袋核桃"])
def test_what_was_booked_before_is_a_report(text: str) -> None:
    assert read(text).route is Route.IGNORE


@pytest.mark.parametrize(
    "text", ["6号唔使留喇", "核桃毋需留了", "核桃无需记了", "6号勿要了", "核桃弗用留了", "核桃莫留了", "核桃唔好留喇", "6号不用啦", "核桃无须装了", "订的核桃不用啦", "核桃免了吧"]
)  # fmt: skip
def test_a_refusal_of_any_dialect_before_its_verb_withdraws(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.CANCEL
    assert actions(text) == ["cancel walnut - -"]


@pytest.mark.parametrize(
    "text", ["多捎一袋核桃", "核桃多带一袋", "核桃多装一袋", "核桃多备一袋", "多拎一袋核桃", "核桃再捎一袋", "核桃额外加一袋", "核桃另要一袋", "多搬一袋核桃", "核桃多囤一袋"]
)  # fmt: skip
def test_more_with_any_verb_of_taking_adds(text: str) -> None:
    assert actions(text) == ["add walnut - 1"]


@pytest.mark.parametrize(
    "text", ["核桃三袋砍成一袋", "核桃三袋降到一袋", "核桃三袋压到一袋", "核桃三袋缩减到一袋", "核桃变更为一袋", "核桃更正为一袋", "核桃写反了 一袋", "核桃一袋才对", "核桃应该是一袋", "核桃多打个0 是1袋不是10袋"]
)  # fmt: skip
def test_a_smaller_amount_put_right_is_a_change(text: str) -> None:
    found = read(text)
    assert found.intent is Intent.CHANGE
    assert actions(text) == ["set walnut - 1"]


@pytest.mark.parametrize(
    "text", ["红枣核桃我写反了，红枣两箱 核桃一袋", "红枣核桃说反了 红枣两箱 核桃一袋", "红枣核桃弄混了，红枣两箱，核桃一袋", "红枣跟核桃打反了 红枣两箱核桃一袋", "红枣和核桃记岔了，红枣两箱 核桃一袋"]
)  # fmt: skip
def test_goods_named_before_they_are_counted_are_said_once(text: str) -> None:
    assert actions(text) == ["set jujube - 2", "set walnut - 1"]
    assert read(text).intent is Intent.CHANGE


@pytest.mark.parametrize(
    "text", ["我刚才那条撤回", "刚才的取消", "我刚才的不要了", "刚刚那单取消", "上一单撤了", "前面那单退了", "我之前的取消吧", "早上订的不要了", "先前那单作废"]
)  # fmt: skip
def test_what_was_written_before_is_not_what_is_shown(text: str) -> None:
    found = read(text, "honey")
    assert actions(text, "honey") == ["cancel - - -"]
    assert found.route is not Route.AUTO


@pytest.mark.parametrize(
    "text", ["刚订完核桃，又要一袋", "刚要完核桃 再来一袋", "刚拍完核桃，还要一袋", "刚买完核桃，再加一袋", "才订的核桃 又来一袋"]
)  # fmt: skip
def test_more_of_what_was_just_booked_adds(text: str) -> None:
    assert actions(text) == ["add walnut - 1"]


@pytest.mark.parametrize(
    "text", ["核桃还有半袋呢", "家里核桃还有一袋", "核桃还有两袋没动", "我这核桃有三袋呢", "核桃还有两袋 先不囤"]
)
def test_what_the_writer_still_has_is_no_order(text: str) -> None:
    assert read(text).route is not Route.AUTO
    assert read(text).intent is not Intent.BUY


@pytest.mark.parametrize("text", ["更正，蜂蜜是450毫升", "更正 蜂蜜是2斤", "更正一下，蜂蜜是500克"])
def test_the_host_set_right_about_the_pack_alters_nothing(text: str) -> None:
    assert read(text, "honey").route is Route.IGNORE
