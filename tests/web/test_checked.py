from __future__ import annotations

from typing import Annotated, Literal

import pytest
from aiohttp.test_utils import make_mocked_request
from pydantic import Field, TypeAdapter

from live.web.checked import checked, idempotency_key, object_of, request_hash
from live.web.command_fields import Model
from live.web.problems import ProblemRaised


class One(Model):
    type: Literal["one"]
    number: int


class Other(Model):
    type: Literal["other"]


PLAIN: TypeAdapter[One] = TypeAdapter(One)
UNION: TypeAdapter[One | Other] = TypeAdapter(Annotated[One | Other, Field(discriminator="type")])


def test_a_body_becomes_its_model() -> None:
    assert checked(PLAIN, b'{"type":"one","number":2}', what="命令", tagged=False) == One(type="one", number=2)


@pytest.mark.parametrize(
    ("adapter", "tagged", "data", "fields"),
    [
        (PLAIN, False, b'{"type":"one","number":"2"}', ["number"]),
        (PLAIN, False, b"{}", ["type", "number"]),
        (UNION, True, b'{"type":"one","number":"2"}', ["number"]),
        (UNION, True, b"{}", ["type"]),
        (UNION, True, b'{"type":"third"}', ["type"]),
    ],
)
def test_every_fault_is_named_by_its_place(
    adapter: TypeAdapter[object], data: bytes, fields: list[str], *, tagged: bool
) -> None:
    with pytest.raises(ProblemRaised) as raised:
        checked(adapter, data, what="订单", tagged=tagged)
    assert raised.value.problem.status == 422
    assert [fault.field for fault in raised.value.problem.errors] == fields
    assert all(fault.message for fault in raised.value.problem.errors)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"7", b'{"a":NaN}', b'{"a":1e999}', b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(ProblemRaised) as raised:
        object_of(data, example="{}")
    assert raised.value.problem.status == 400


def test_the_order_of_fields_and_spaces_make_no_other_request() -> None:
    assert request_hash(b'{"a":1,"b":2}') == request_hash(b'{ "b": 2, "a": 1 }')
    assert request_hash(b'{"a":1}') != request_hash(b'{"a":2}')


@pytest.mark.parametrize(
    ("key", "good"), [("k", True), ("x" * 255, True), ("", False), ("x" * 256, False), ("a\tb", False)]
)
def test_a_key_is_short_and_printable(key: str, *, good: bool) -> None:
    request = make_mocked_request("POST", "/", headers={"Idempotency-Key": key})
    if good:
        assert idempotency_key(request) == key
        return
    with pytest.raises(ProblemRaised):
        idempotency_key(request)


def test_a_request_without_a_key_has_none() -> None:
    assert idempotency_key(make_mocked_request("POST", "/")) is None
