"""Frames that nobody should send: the wrong bytes, the wrong JSON, the wrong types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.faults.desk import comment

if TYPE_CHECKING:
    from tests.faults.desk import Json

BYTES: dict[str, bytes] = {
    "empty": b"",
    "zeros": bytes(1000),
    "every-byte": bytes(range(256)),
    "not-utf-8": '{"type":"comment","text":"要两箱鸡蛋"}'.encode("gbk"),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "utf-16": json.dumps(comment("g-1", "晚上好")).encode("utf-16"),
}

TEXTS: dict[str, str] = {
    "nothing": "",
    "space": "   ",
    "chinese": "要两箱鸡蛋",
    "half": '{"type":"comment",',
    "two-at-once": "{}{}",
    "trailing-comma": '{"type":"presence","viewers":1,}',
    "null": "null",
    "true": "true",
    "number": "17",
    "string": '"comment"',
    "list": "[]",
    "list-of-comments": json.dumps([comment("g-2", "晚上好")]),
    "no-type": "{}",
    "nan": '{"type":"presence","viewers":NaN}',
    "infinity": '{"type":"presence","viewers":Infinity}',
    "unknown-type": '{"type":"order"}',
    "type-of-another-end": '{"type":"ack","ids":["m-1"]}',
    "deep-lists": "[" * 100_000 + "]" * 100_000,
    "deep-objects": '{"type":' * 20_000 + "1" + "}" * 20_000,
    "deep-inside": '{"type":"comment","user":' + "[" * 50_000 + "]" * 50_000 + "}",
    "ten-thousand-keys": json.dumps({f"k{n}": n for n in range(10_000)}),
    "huge-number": '{"type":"presence","viewers":' + "9" * 5000 + "}",
    "huge-exponent": '{"type":"presence","viewers":1e999999}',
    "batch-of-nothing": '{"type":"batch"}',
    "batch-of-text": '{"type":"batch","items":"comments"}',
    "batch-of-501": json.dumps({"type": "batch", "items": [comment(f"g-{n}", "晚上好") for n in range(501)]}),
    "activity-of-no-kind": '{"type":"activity","platform":"kuaishou","kind":"dance"}',
    "presence-of-minus-one": '{"type":"presence","viewers":-1}',
}

VALUES: dict[str, object] = {
    "null": None,
    "true": True,
    "zero": 0,
    "minus-one": -1,
    "half": 0.5,
    "beyond-64-bits": 10**30,
    "beyond-floats": 10**400,
    "empty-string": "",
    "spaces": "   ",
    "nul": "\x00",
    "nul-inside": "要\x00两\x00箱",
    "lone-surrogate": "\ud83d",
    "reversed-surrogates": "\ude00\ud83d",
    "bidi": "\u202e要两箱\u202c",
    "zalgo": "蛋" + "\u0300" * 400,
    "sql": "'); DROP TABLE comment; --",
    "html": "<script>alert(1)</script>",
    "long": "长" * 10_000,
    "list": [],
    "nested-list": [[[[]]]],
    "object": {},
    "object-with-many-keys": {f"k{n}": n for n in range(10_000)},
}

FIELDS = ("type", "platform", "id", "user", "user.id", "user.name", "user.level", "user.badges", "text", "at")


def with_field(field: str, value: object, *, id_: str) -> str:
    """A comment of small talk with one field replaced, as JSON."""
    whole = comment(id_, "晚上好")
    owner, _, inner = field.partition(".")
    if inner:
        whole[owner][inner] = value
    else:
        whole[owner] = value
    return json.dumps(whole)


def batch_of_all() -> Json:
    """One batch with a bad comment for every value, and a good one among them."""
    bad = [comment(f"b-{name}", "晚上好") | {"user": {"name": value}} for name, value in VALUES.items()]
    return {"type": "batch", "items": [*bad[:5], comment("b-good", "晚上好"), *bad[5:]]}


def frames() -> list[str | bytes]:
    """Everything that is no frame of ours."""
    return [*BYTES.values(), *TEXTS.values()]
