"""The second implementation: the page's own JavaScript finds what the service finds, in Chromium, record by record."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from live.domain import draws
from live.domain.draw_proof import check
from tests.domain.draw_records import any_record
from tests.domain.test_draw_proof import paths

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.pages.shop import Shop

ON_THE_PAGES_LOOP = pytest.mark.asyncio(loop_scope="package")
RECORDS = 1_000
SPOILT = 600
BOUNDARIES = (
    0,
    1,
    2,
    3,
    54,
    55,
    56,
    57,
    62,
    63,
    64,
    65,
    66,
    111,
    112,
    118,
    119,
    120,
    121,
    127,
    128,
    129,
    191,
    192,
    1_000,
)
RUBBISH: tuple[object, ...] = (
    None,
    True,
    0,
    1,
    2,
    1.5,
    "",
    "x",
    "ab" * 32,
    "AB" * 32,
    [],
    {},
    ["a"],
    ["b", "a"],
    "\ud800",
    2**60,
)

WINNERS = """async ([records, base]) => {
  const { standing, commitmentOf, listHashOf, witnessHashOf } = await import(`${base}/static/draw/ranks.js`);
  return records.map(({ seed, entries, witness, counts }) => {
    const witnessHash = witnessHashOf(witness);
    const rounds = [];
    counts.forEach((count, i) => {
      const order = standing({ seed, entries, witnessHash, round: i + 1, leavingOut: rounds.flat() });
      rounds.push(order.slice(0, count).map(({ entry }) => entry));
    });
    return [commitmentOf(seed), listHashOf(entries), witnessHash, rounds];
  });
}"""

FAULTS = """async ([records, base]) => {
  const { verify } = await import(`${base}/static/draw/verify.js`);
  const { drawZhCN } = await import(`${base}/static/draw/words/zh-CN.js`);
  const { fill } = await import(`${base}/static/shared/i18n/fill.js`);
  const say = ({ code, ...values }) => fill(drawZhCN.faults[code], values);
  return records.map((text) => verify(JSON.parse(text)).map(({ step, faults }) => [step, faults.map(say)]));
}"""

HASHES = """async ([texts, base]) => {
  const { sha256 } = await import(`${base}/static/draw/sha256.js`);
  const { hmacOf } = await import(`${base}/static/draw/hmac.js`);
  const { fromHex, toHex } = await import(`${base}/static/draw/bytes.js`);
  return texts.map((hex) => [toHex(sha256(fromHex(hex))), toHex(hmacOf(fromHex(hex))(fromHex(hex)))]);
}"""


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # the same records every time


async def on_a_page(page: Page, shop: Shop, script: str, value: object) -> Any:
    await page.goto(f"{shop.base}/")
    return await page.evaluate(script, [value, shop.base])


@ON_THE_PAGES_LOOP
async def test_both_give_the_same_winners_for_a_thousand_records(page: Page, shop: Shop) -> None:
    chance = seeded(20260107)
    records = [any_record(chance) for _ in range(RECORDS)]
    given = [
        {name: record[name] for name in ("seed", "witness")}
        | {"entries": chance.sample(record["entries"], len(record["entries"]))}
        | {"counts": [record["rules"]["winners"], *(len(each["winners"]) for each in record["rounds"][1:])]}
        for record in records
    ]
    found = await on_a_page(page, shop, WINNERS, given)
    assert len(found) == RECORDS
    assert found == [
        [
            record["commitment"],
            record["list_hash"],
            record["witness"]["hash"],
            [each["winners"] for each in record["rounds"]],
        ]
        for record in records
    ]


def test_the_thousand_records_are_of_every_kind() -> None:
    chance = seeded(20260107)
    records = [any_record(chance) for _ in range(RECORDS)]
    assert {len(record["entries"]) for record in records} >= {0, 1, 2}
    assert {record["witness"]["kind"] for record in records} == {"comments", "drand"}
    assert {len(record["rounds"]) for record in records} >= {1, 2, 3}
    texts = [each["text"] for record in records for each in record["witness"].get("comments", [])]
    assert any(ord(letter) > 0xFFFF for text in texts for letter in text)


def spoilt(chance: Random) -> dict[str, Any]:
    """A record with one to three places changed, taken out or doubled."""
    record = any_record(chance)
    for _ in range(chance.randrange(1, 4)):
        twin = copy.deepcopy(record)
        *way, last = chance.choice(list(paths(twin)))
        place: Any = twin
        for name in way:
            place = place[name]
        if chance.random() < 0.2:
            del place[last]
        elif isinstance(place, list) and chance.random() < 0.3:
            place.append(copy.deepcopy(place[0]))
            chance.shuffle(place)
        else:
            place[last] = chance.choice(RUBBISH)
        record = twin
    return record


@ON_THE_PAGES_LOOP
async def test_both_find_the_same_differences_in_the_same_words(page: Page, shop: Shop) -> None:
    chance = seeded(7)
    records = [spoilt(chance) for _ in range(SPOILT)]
    found = await on_a_page(page, shop, FAULTS, [json.dumps(record) for record in records])
    wanted = [[[each.step.value, list(each.faults)] for each in check(record)] for record in records]
    assert found == wanted
    told = {fault for record in wanted for _, faults in record for fault in faults}
    assert len(told) > 30


@ON_THE_PAGES_LOOP
async def test_the_hashes_are_those_of_the_standard_around_every_block_boundary(page: Page, shop: Shop) -> None:
    chance = seeded(3)
    texts = [chance.randbytes(length) for length in BOUNDARIES]
    found = await on_a_page(page, shop, HASHES, [text.hex() for text in texts])
    assert found == [
        [hashlib.sha256(text).hexdigest(), hmac.digest(text, text, hashlib.sha256).hex()] for text in texts
    ]


@ON_THE_PAGES_LOOP
async def test_ten_thousand_entries_are_ranked_on_the_page_as_in_the_service(page: Page, shop: Shop) -> None:
    chance = seeded(11)
    entries = sorted(chance.randbytes(16).hex() for _ in range(10_000))
    seed, witness = chance.randbytes(32), {"kind": "comments", "comments": []}
    given = [{"seed": seed.hex(), "entries": entries, "witness": witness, "counts": [100]}]
    [[_, _, hashed, [first]]] = await on_a_page(page, shop, WINNERS, given)
    assert first == list(draws.winners(seed, entries, hashed, round_=1, count=100))
