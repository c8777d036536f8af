from __future__ import annotations

import pytest

from live.domain.viewer import identify, is_weak, mask_name


@pytest.mark.parametrize("name", ["薛***", "堂**", "t**1", "***", " 薛*** ", "a***"])
def test_a_masked_name_is_weak_whatever_its_id(name: str) -> None:
    assert is_weak("u-1", name)


@pytest.mark.parametrize("user_id", ["0", "111111"])
def test_an_id_that_everybody_shares_is_weak_whatever_the_name(user_id: str) -> None:
    assert is_weak(user_id, "张姐")


@pytest.mark.parametrize("name", ["张姐", "5*5 的店", "东门**水果店老板"])
def test_a_plain_name_is_not_weak(name: str) -> None:
    assert not is_weak("u-1", name)


def test_two_strangers_with_the_same_mask_are_never_one() -> None:
    first = identify(platform="douyin", user_id="111111", name="堂***", cause="m-1")
    second = identify(platform="douyin", user_id="111111", name="堂***", cause="m-2")
    assert first.weak
    assert second.weak
    assert first.key != second.key


def test_a_known_id_is_the_same_viewer_under_a_new_name() -> None:
    before = identify(platform="douyin", user_id="u-1", name="张姐", cause="m-1")
    after = identify(platform="douyin", user_id="u-1", name="张姐（东门）", cause="m-2")
    assert before.key == after.key


def test_one_id_on_two_platforms_is_two_viewers() -> None:
    here = identify(platform="douyin", user_id="u-1", name="张姐", cause="m-1")
    there = identify(platform="kuaishou", user_id="u-1", name="张姐", cause="m-1")
    assert here.key != there.key


@pytest.mark.parametrize("user_id", [None, ""])
def test_without_an_id_the_plain_name_is_the_viewer(user_id: str | None) -> None:
    first = identify(platform="zhongkongtai", user_id=user_id, name="张姐", cause="m-1")
    again = identify(platform="zhongkongtai", user_id=user_id, name="张姐", cause="m-2")
    assert first == again
    assert first.id is None
    assert not first.weak


def test_a_name_is_masked_to_its_first_character() -> None:
    assert mask_name(" 张姐") == "张*"
    assert mask_name("") == "*"


@pytest.mark.parametrize("name", ["张*", "星*"])
def test_one_star_hides_a_name_as_well_as_three(name: str) -> None:
    assert is_weak("u-1", name)


def test_no_two_people_share_a_key_whatever_their_platform_and_id() -> None:
    people = [("p:q", "1", "甲"), ("p", "q:1", "乙"), ("p", "@张姐", "丙"), ("p", None, "张姐"), ("p", None, "id/1")]
    keys = {identify(platform=p, user_id=u, name=n, cause="c").key for p, u, n in people}
    assert len(keys) == len(people)
