from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from live.domain.comment import FINGERPRINT_BUCKET_MS, fingerprint
from tests.domain.factories import EVENING_MS, comment, viewer


def test_the_key_of_a_comment_is_its_platform_and_id() -> None:
    assert comment(by=viewer(platform="douyin"), id="m-7").key == ("douyin", "m-7")


def test_like_comments_within_three_seconds_have_one_fingerprint() -> None:
    bucket = EVENING_MS - EVENING_MS % FINGERPRINT_BUCKET_MS
    first = fingerprint(platform="douyin", user="u-1", text="要两箱", at_ms=bucket)
    again = fingerprint(platform="douyin", user="u-1", text="要两箱", at_ms=bucket + 2_999)
    later = fingerprint(platform="douyin", user="u-1", text="要两箱", at_ms=bucket + 3_000)
    assert first == again
    assert first != later


parts = st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)).filter(
    lambda found: not any("\x1f" in part for part in found)
)


@given(parts, parts)
def test_comments_that_differ_have_fingerprints_that_differ(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    prints = [fingerprint(platform=p, user=u, text=t, at_ms=EVENING_MS) for p, u, t in (one, other)]
    assert (prints[0] == prints[1]) == (one == other)
