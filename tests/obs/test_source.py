from __future__ import annotations

import pytest

from live.obs.source import Canvas, Overlay, Source, is_ours, kept_options, size_for, wanted_settings

URL = "http://127.0.0.1:8000/overlay/live?token=new"
OVERLAY = Overlay(name="邻播叠加层", url=URL, scene=None)


@pytest.mark.parametrize(
    ("canvas", "size"),
    [
        ((1080, 1920), (1080, 1920)),
        ((720, 1280), (1080, 1920)),
        ((1920, 1080), (1920, 1080)),
        ((3840, 2160), (1920, 1080)),
        ((1000, 1000), (1920, 1920)),
    ],
)
def test_the_page_has_the_shape_of_the_canvas_and_the_size_it_is_drawn_for(
    canvas: tuple[int, int], size: tuple[int, int]
) -> None:
    assert size_for(Canvas(width=canvas[0], height=canvas[1])) == size


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", URL),
        ("https://elsewhere.example/?layers=offer", URL),
        ("http://[broken", URL),
        ("http://127.0.0.1:9000/overlay/live?token=old", URL),
        ("http://127.0.0.1:9000/overlay/live?layers=offer%2Cflash&token=old&bg=", f"{URL}&layers=offer%2Cflash&bg="),
    ],
)
def test_the_address_is_ours_and_what_was_added_to_it_the_hosts(before: str, after: str) -> None:
    assert kept_options(before, URL) == after
    assert kept_options(after, URL) == after


def test_a_source_is_ours_by_its_name_or_by_its_page() -> None:
    assert is_ours(Source(name="邻播叠加层", settings={}), OVERLAY)
    assert is_ours(Source(name="别的", settings={"url": "http://192.168.1.5:80/overlay/live?token=x"}), OVERLAY)
    assert not is_ours(Source(name="别的", settings={"url": "http://127.0.0.1:8000/overlay/other"}), OVERLAY)
    assert not is_ours(Source(name="别的", settings={}), OVERLAY)
    assert not is_ours(Source(name="别的", settings={"url": "http://[broken"}), OVERLAY)


def test_the_size_of_a_source_that_the_host_has_made_is_the_hosts() -> None:
    canvas = Canvas(width=1080, height=1920)
    assert wanted_settings(Source(name="别的", settings={}), OVERLAY, canvas) == {"url": URL}
    ours = wanted_settings(Source(name="邻播叠加层", settings={}), OVERLAY, canvas)
    assert ours == {"url": URL, "width": 1080, "height": 1920}
