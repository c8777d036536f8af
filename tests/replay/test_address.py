from __future__ import annotations

import pytest

from live.replay.address import ingest_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8000/?room=kfc", "ws://127.0.0.1:8000/ws/ingest?room=kfc"),
        ("https://shop.example/live?room=kfc", "wss://shop.example/live/ws/ingest?room=kfc"),
        ("ws://127.0.0.1:8000/ws/ingest?room=kfc", "ws://127.0.0.1:8000/ws/ingest?room=kfc"),
        ("wss://[::1]:8000/ws/ingest/?room=kfc&token=t", "wss://[::1]:8000/ws/ingest?room=kfc&token=t"),
        ("127.0.0.1:8000?room=kfc", "ws://127.0.0.1:8000/ws/ingest?room=kfc"),
        ("http://127.0.0.1:8000", "ws://127.0.0.1:8000/ws/ingest?room=live"),
        ("localhost:8000?room=kfc#top", "ws://localhost:8000/ws/ingest?room=kfc"),
    ],
)
def test_any_way_of_writing_the_address_leads_to_ingest(url: str, address: str) -> None:
    assert ingest_address(url) == address


def test_a_room_given_beside_the_address_fills_in() -> None:
    assert ingest_address("http://127.0.0.1:8000", room="kfc") == "ws://127.0.0.1:8000/ws/ingest?room=kfc"
    assert ingest_address("http://127.0.0.1:8000?room=own", room="kfc").endswith("room=own")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000?room=", "http://h?room=KFC", "h?room=a/b"])
def test_a_room_that_is_no_name_is_told_with_what_a_name_is(url: str) -> None:
    with pytest.raises(ValueError, match=r"\?room=房间名"):
        ingest_address(url)


@pytest.mark.parametrize("url", ["", "ftp://host?room=kfc", "http://?room=kfc"])
def test_what_is_no_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValueError, match="应写成 http://"):
        ingest_address(url)
