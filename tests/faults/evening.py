"""A small evening of our own writing: people buy, change their minds, wait and talk. The same seed, the same evening."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.faults.desk import comment, egg, offer

if TYPE_CHECKING:
    from tests.faults.desk import Json

OFFERS = (
    egg(40),
    offer(
        "apple",
        2,
        "红富士苹果",
        quota=30,
        aliases=["苹果"],
        variants=[{"id": "l", "name": "大果", "quota": 12}, {"id": "s", "name": "小果"}],
    ),
    offer("rice", 3, "五常大米 10 斤", quota=25, aliases=["大米"], unit="袋", per_viewer_limit=6),
)

SAYINGS = (
    ("要{n}箱鸡蛋", 24),
    ("要{n}箱大果苹果", 8),
    ("要{n}箱小果苹果", 8),
    ("要{n}袋大米", 12),
    ("再加{n}箱鸡蛋", 6),
    ("鸡蛋改成{n}箱", 8),
    ("大米改成{n}袋", 4),
    ("鸡蛋不要了", 8),
    ("取消大米", 4),
    ("晚上好", 4),
    ("鸡蛋多少钱一箱", 3),
    ("哈哈哈", 2),
)
"""What is said, and how often."""

VIEWERS = 45
NUMBERS = "一两三四"


def an_evening(count: int, *, seed: int) -> list[Json]:
    """So many comments of `VIEWERS` people."""
    random = Random(seed)  # noqa: S311  # an evening is no secret
    texts, weights = zip(*SAYINGS, strict=True)
    said = random.choices(texts, weights, k=count)
    return [_one(random, place, text) for place, text in enumerate(said)]


def _one(random: Random, place: int, text: str) -> Json:
    who = random.randrange(VIEWERS)
    return comment(f"m-{place}", text.format(n=random.choice(NUMBERS)), user=f"u-{who}", name=f"顾客{who}")
