"""Giveaways for the pages of draws: told as the service tells them, in whatever state a test wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from live.domain import draws
from tests.domain.draw_records import entry, of_comments, record_of

Json = dict[str, Any]

SEED = bytes(range(100, 132))
COMMENTS = [
    ("wx-90123", "恭喜恭喜，沾沾喜气"),
    ("wx-90124", "主播快开"),
    ("wx-90125", "1"),
    ("dy-7", "🎉🎉"),
    ("wx-9", "来了"),
]
RULES: Json = {
    "title": "今晚福袋",
    "prize": "柳树湾土鸡蛋 30 枚一箱",
    "prize_value": "39.90",
    "winners": 2,
    "keyword": "福袋",
    "closes_at": "2026-01-07T20:30:00.000+08:00",
    "who": {"must_have_reserved": False, "not_won_within_days": None},
    "who_text": "看直播的每位观众，每人一次",
    "how": "截止后用事先封存的种子、锁定的名单和截止后的头五条评论一起算，谁也挑不了",
    "claim": {"hours": 48, "how": "到自提点出示提货码"},
}
NAMES = ("张*", "梅*", "东*", "欧*")


def told_of(
    *,
    entries: int = 6,
    comments: list[tuple[str, str]] = COMMENTS,
    counts: list[int] | None = None,
    rules: Json | None = None,
    **more: object,
) -> Json:
    """A giveaway that was drawn, with everything that a careless service might tell."""
    counts = [2] if counts is None else counts
    listed = [entry(number) for number in range(entries)]
    record = record_of(seed=SEED, entries=listed, witness=of_comments(comments), counts=counts)
    record["rules"] = RULES | {"winners": counts[0]} | (rules or {})
    won = [each for round_ in record["rounds"] for each in round_["winners"]]
    return {
        "record": record,
        "state": "drawn",
        "title": record["rules"]["title"],
        "entries": entries,
        "closes_at": "2026-01-07T20:30:00.000+08:00",
        "claim_until": "2026-01-09T20:30:09.000+08:00",
        "names": {each: NAMES[place % len(NAMES)] for place, each in enumerate(won)},
        "states": dict.fromkeys(won, "won"),
    } | more


@dataclass(kw_only=True, slots=True)
class Bag:
    """What knows the draws, for a test: `told` by id; counts how often it was asked."""

    told: dict[str, Json] = field(default_factory=dict)
    asked: int = 0

    async def record(self, giveaway_id: str) -> Json | None:
        self.asked += 1
        return self.told.get(giveaway_id)


COMMITMENT = draws.commitment(SEED)
