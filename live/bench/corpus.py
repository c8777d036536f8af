"""What the benchmark says: believable comments, three in ten of them orders, the same every time."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GOODS = (
    ("egg", "土鸡蛋", "箱"),
    ("berry", "奶油草莓", "盒"),
    ("orange", "脐橙", "箱"),
    ("noodle", "手擀面", "袋"),
    ("tofu", "石磨豆腐", "块"),
    ("pork", "五花肉", "斤"),
    ("milk", "纯牛奶", "箱"),
    ("oil", "菜籽油", "桶"),
    ("rice", "东北大米", "袋"),
    ("tissue", "抽纸", "提"),
)
"""(id, name, unit); the number of an offer is its place here, from 1."""

ORDERS = ("要{n}{unit}{name}", "{number}号+{n}", "{number}号来{n}{unit}", "给我留{n}{unit}{name}", "{name}要{n}{unit}")
TALK = (
    "晚上好",
    "主播今天气色真好",
    "哈哈哈哈",
    "666",
    "这个{name}甜不甜呀",
    "{n}点可以去提货吗",
    "{name}多少钱一{unit}",
    "上次买的{name}特别好吃",
    "刚下班赶来看直播",
    "声音有点小",
    "孩子放学就要吃这个",
    "明天下雨还能提吗",
    "支持王姐",
    "老公说家里还有{name}",
    "{name}能放几天",
    "我家离东门{n}里路",
)
OPENINGS = ("", "", "", "主播", "王姐", "老板娘", "姐", "你好", "那个", "嗨")
ENDINGS = (
    "",
    "",
    "",
    "哈",
    "呀",
    "谢谢",
    "[玫瑰]",
    "[赞][赞]",
    "～",
    "！",
    "😊",
    "。",
    "…",
    "哈哈",
    "[呲牙]",
    "辛苦了",
)
"""Openings and endings make about as many comments differ as in a real room, where three in four do."""

ORDER_SHARE = 0.3
BENCH_QUOTA = 1_000_000


def offers() -> list[dict[str, object]]:
    """The catalogue, with quotas that never run out, and one that does: `rush`, number 11."""
    plenty = [
        {"id": id_, "number": number, "title": name, "unit": unit, "price": "19.90", "quota": BENCH_QUOTA}
        for number, (id_, name, unit) in enumerate(GOODS, 1)
    ]
    return [*plenty, {"id": "rush", "number": 11, "title": "限量蜂蜜", "unit": "瓶", "price": "59.00", "quota": 1_000}]


def frames(count: int, *, prefix: str, seed: int = 7, share: float = ORDER_SHARE) -> Iterator[str]:
    """Section 2 frames with ids `prefix`-0, `prefix`-1, …; `share` of them orders."""
    chance = Random(seed)  # noqa: S311  # the same talk every time, no secret
    for i in range(count):
        viewer = chance.randrange(max(1, count // 3))
        yield comment(f"{prefix}-{i}", viewer, _text(chance, share))


def rush_frames(count: int, *, prefix: str) -> Iterator[str]:
    """So many viewers who each want one of the same thing."""
    return (comment(f"{prefix}-{i}", i, "11号来1瓶") for i in range(count))


def comment(id_: str, viewer: int, text: str) -> str:
    """One comment frame."""
    user = {"id": f"bench-{viewer}", "name": f"邻居{viewer}"}
    frame = {"type": "comment", "platform": "wechat_channels", "id": id_, "user": user, "text": text}
    return json.dumps(frame, ensure_ascii=False)


def _text(chance: Random, share: float) -> str:
    form = chance.choice(ORDERS if chance.random() < share else TALK)
    number = chance.randrange(len(GOODS))
    _, name, unit = GOODS[number]
    text = form.format(n=chance.randint(1, 3), number=number + 1, name=name, unit=unit)
    return f"{chance.choice(OPENINGS)}{text}{chance.choice(ENDINGS)}"
