"""Checks a published draw: recomputes every step of its record and says, in words for a viewer, what does not agree.

The record is that of section 6 of the public contract, and may come from anybody: nothing in it is believed, and no JSON
value of whatever shape raises. `static/draw/verify.js` finds the same in the viewer's browser. What a hash does not cover
(the wording of the rules, the times) is checked for its form alone: it is proven by having been read before the draw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from live.domain import draws

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typing_extensions import TypeIs

MOST = 2**53 - 1
"""The largest number that every reader of JSON takes for the same one (RFC 8259, section 6)."""

NOT_DRAWN = "还没有开奖：记录里还没有种子和中奖名单，开奖以后再来核对。"
NO_RECORD = "这不是一份抽奖记录：应该是一个 JSON 对象。"

_HEX = re.compile("[0-9a-f]{64}")
_ENTRY = re.compile("[0-9a-z_-]{1,128}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: UTF-8 cannot say it, so nothing that holds one can be hashed."""


class Step(StrEnum):
    """What is checked, in this order."""

    RECORD = "record"
    SEED = "seed"
    LIST = "list"
    WITNESS = "witness"
    ROUNDS = "rounds"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """One step and what differs in it; nothing: it agrees."""

    step: Step
    faults: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ground:
    """What the ranks are worked out from, recomputed; None where the record does not hold it."""

    seed: bytes | None
    entries: Sequence[str] | None
    witness_hash: str | None
    count: int | None


def verify(record: object) -> list[str]:
    """Every difference between a record and what follows from it, all at once; nothing: it is verified."""
    return [fault for checked in check(record) for fault in checked.faults]


def check(record: object) -> Sequence[Checked]:
    """Check a record step by step; what is no record of a draw fails in its first step and has no others."""
    if not _is_object(record):
        return [Checked(step=Step.RECORD, faults=[NO_RECORD])]
    if _is_hex(record.get("commitment")) and record.get("seed") is None and record.get("rounds") in (None, []):
        return [Checked(step=Step.RECORD, faults=[NOT_DRAWN])]
    checks = {
        Step.RECORD: _record(record),
        Step.SEED: _seed(record),
        Step.LIST: _list(record),
        Step.WITNESS: _witness(record.get("witness")),
        Step.ROUNDS: _rounds(record.get("rounds"), _ground(record)),
    }
    return [Checked(step=step, faults=list(faults)) for step, faults in checks.items()]


def _ground(record: Mapping[str, Any]) -> _Ground:
    seed, entries, rules = record.get("seed"), record.get("entries"), record.get("rules")
    return _Ground(
        seed=bytes.fromhex(seed) if _is_hex(seed) else None,
        entries=entries if _are_entries(entries) else None,
        witness_hash=_hash_of_witness(record.get("witness")),
        count=rules.get("winners") if _is_object(rules) and _is_count(rules.get("winners")) else None,
    )


def _record(record: Mapping[str, Any]) -> Iterator[str]:
    name = record.get("giveaway_id")
    if not _is_text(name) or name == "":
        yield "记录里缺少抽奖编号（giveaway_id）。"
    for field, words in (("opened_at", "开始时间"), ("closed_at", "截止时间")):
        moment = record.get(field)
        if not isinstance(moment, str) or _MOMENT.fullmatch(moment) is None:
            yield f"记录里缺少{words}（{field}），或者写得不对：应该像 2026-01-07T20:30:00+08:00。"
    rules = record.get("rules")
    if not _is_object(rules):
        yield "记录里缺少规则（rules）。"
    elif not _is_count(rules.get("winners")):
        yield "规则里没有写清抽几名（rules.winners）：应该是 1 或更大的整数。"


def _seed(record: Mapping[str, Any]) -> Iterator[str]:
    seed, published = record.get("seed"), record.get("commitment")
    yield from _hex_fault("种子（seed）", seed)
    yield from _hex_fault("开始时公布的种子指纹（commitment）", published)
    if _is_hex(seed) and _is_hex(published) and draws.commitment(bytes.fromhex(seed)) != published:
        yield "种子换过了：它的指纹和开始时公布的种子指纹不一样。"


def _list(record: Mapping[str, Any]) -> Iterator[str]:
    entries, published = record.get("entries"), record.get("list_hash")
    yield from _hex_fault("名单指纹（list_hash）", published)
    if not _are_entries(entries):
        yield "参与名单（entries）不能用：应该全是参与号，参与号只有小写字母、数字、“-”和“_”。"
        return
    if len(set(entries)) < len(entries):
        yield "参与名单里有重复的参与号：每人只能有一个。"
    if any(first > second for first, second in pairwise(entries)):
        yield "参与名单没有按顺序排好。"
    if _is_hex(published) and draws.list_hash(entries) != published:
        yield "参与名单改过了：它的指纹和记录里的名单指纹不一样。"


def _witness(witness: object) -> Iterator[str]:
    if not _is_object(witness):
        yield "记录里缺少见证（witness）。"
        return
    yield from _hex_fault("见证指纹（witness.hash）", witness.get("hash"))
    if witness.get("kind") == "comments":
        yield from _comments(witness.get("comments"))
    elif witness.get("kind") == "drand":
        yield from _drand(witness)
    else:
        yield "见证的种类（witness.kind）不认识：应该是 comments（评论）或 drand（公共随机数）。"
    hashed = _hash_of_witness(witness)
    if hashed is not None and _is_hex(witness.get("hash")) and hashed != witness.get("hash"):
        yield "见证改过了：它的指纹和记录里的见证指纹不一样。"


def _comments(comments: object) -> Iterator[str]:
    if not _are_comments(comments):
        yield "见证的评论（witness.comments）不能用：每条都应该有编号（id）和内容（text）。"
    elif len(comments) > draws.MOST_COMMENTS:
        yield f"见证的评论多于 {draws.MOST_COMMENTS} 条：只能用截止后的前 {draws.MOST_COMMENTS} 条。"


def _drand(witness: Mapping[str, Any]) -> Iterator[str]:
    if not _is_count(witness.get("round")):
        yield "公共随机数的期号（witness.round）不对：应该是 1 或更大的整数。"
    yield from _hex_fault("公共随机数（witness.randomness）", witness.get("randomness"))


def _rounds(rounds: object, ground: _Ground) -> Iterator[str]:
    if not isinstance(rounds, list) or not rounds:
        yield "记录里没有中奖名单（rounds）。"
        return
    if None in {ground.seed, ground.witness_hash, ground.count} or ground.entries is None:
        yield "没法重算中奖的人：种子、参与名单、见证和抽几名，缺了或坏了一样。"
    before: list[str] = []
    for number, each in enumerate(rounds, 1):
        if not _is_object(each) or not _are_entries(each.get("winners")):
            yield f"第 {number} 轮的中奖名单不能用：应该有轮次（round）和中奖的参与号（winners）。"
            continue
        won = each["winners"]
        yield from _round(number, each, before)
        yield from _too_many(number, each, rounds, ground, before)
        yield from _who_won(number, won, ground, before)
        before = [*before, *won]


def _round(number: int, each: Mapping[str, Any], before: Sequence[str]) -> Iterator[str]:
    won, reason = each["winners"], each.get("reason")
    if isinstance(each.get("round"), bool) or each.get("round") != number:
        yield f"轮次不对：第 {number} 个中奖名单应该写着第 {number} 轮。"
    if number == 1 and reason is not None:
        yield "第 1 轮写着重抽的原因（reason）：第 1 轮不是重抽，应该是空的（null）。"
    if number > 1 and (not _is_text(reason) or reason.strip(" ") == ""):
        yield f"第 {number} 轮是重抽，却没有写原因（reason）。"
    if len(set(won)) < len(won):
        yield f"第 {number} 轮里同一个参与号中了两次。"
    for entry in sorted(set(won) & set(before)):
        yield f"第 {number} 轮的 {_short(entry)} 前面已经中过：重抽要除开已中的人。"


def _too_many(
    number: int, each: Mapping[str, Any], rounds: Sequence[Any], ground: _Ground, before: Sequence[str]
) -> Iterator[str]:
    """Whether a round has as many winners as it should; a redraw has no more than there are prizes."""
    if ground.entries is None or ground.count is None:
        return
    have, left = len(each["winners"]), len(set(ground.entries) - set(before))
    if number == 1 and have != min(ground.count, left):
        yield f"第 1 轮应该抽 {min(ground.count, left)} 名，记录里是 {have} 名。"
    prizes = len(_winners_of(rounds[0]))
    if number > 1 and have > prizes:
        yield f"第 {number} 轮重抽了 {have} 名，可是一共只有 {prizes} 份奖品。"
    if number > 1 and have == 0 and left > 0:
        yield f"第 {number} 轮重抽没有抽出人，可是名单里还有没中过的人。"


def _who_won(number: int, won: Sequence[str], ground: _Ground, before: Sequence[str]) -> Iterator[str]:
    if ground.entries is not None:
        for entry in sorted(set(won).difference(ground.entries)):
            yield f"第 {number} 轮的 {_short(entry)} 不在参与名单里。"
    if ground.seed is None or ground.entries is None or ground.witness_hash is None:
        return
    due = draws.winners(
        ground.seed, ground.entries, ground.witness_hash, round_=number, count=len(won), leaving_out=before
    )
    for place, (entry, wanted) in enumerate(zip(won, due, strict=False), 1):
        if entry != wanted:
            yield f"第 {number} 轮第 {place} 名应该是 {_short(wanted)}，记录里是 {_short(entry)}。"


def _hash_of_witness(witness: object) -> str | None:
    """The hash that follows from what a witness holds; None where it holds nothing that can be hashed."""
    if not _is_object(witness):
        return None
    if witness.get("kind") == "comments" and _are_comments(witness.get("comments")):
        return draws.witness_hash_of_comments([(each["id"], each["text"]) for each in witness["comments"]])
    if witness.get("kind") == "drand" and _is_count(witness.get("round")) and _is_hex(witness.get("randomness")):
        return draws.witness_hash_of_drand(witness["round"], witness["randomness"])
    return None


def _winners_of(round_: object) -> Sequence[str]:
    return round_["winners"] if _is_object(round_) and _are_entries(round_.get("winners")) else []


def _hex_fault(name: str, value: object) -> Iterator[str]:
    if not _is_hex(value):
        yield f"{name}缺了，或者写得不对：应该是 64 个小写的十六进制数字。"


def _short(entry: str) -> str:
    return entry if len(entry) <= 16 else f"{entry[:12]}…"  # noqa: PLR2004  # as much as is read at a glance


def _is_object(value: object) -> TypeIs[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_hex(value: object) -> TypeIs[str]:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def _is_text(value: object) -> TypeIs[str]:
    return isinstance(value, str) and _HALF.search(value) is None


def _is_count(value: object) -> TypeIs[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST


def _are_entries(value: object) -> TypeIs[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) and _ENTRY.fullmatch(each) for each in value)


def _are_comments(value: object) -> TypeIs[list[Mapping[str, str]]]:
    return isinstance(value, list) and all(
        _is_object(each) and _is_text(each.get("id")) and each["id"] != "" and _is_text(each.get("text"))
        for each in value
    )
