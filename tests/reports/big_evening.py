"""An evening as large as a county shop's best: what the pictures and the page's limits are tried on."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from live.domain.offer import Offer, Variant
from nlp.types import Intent, Route, Topic
from tests.reports.factories import HOST, a_stream, asks, chats, drops, hidden, person, wants

if TYPE_CHECKING:
    from live.domain.viewer import Viewer
    from live.store.port import SessionRecord
    from tests.reports.factories import Stream

GOODS = (
    ("egg", "柳树湾土鸡蛋 30 枚", "鸡蛋", "箱", 3990, 12, 360),
    ("noodle", "手工挂面 2 斤装", "挂面", "袋", 1290, 20, 400),
    ("tofu", "石磨豆腐 2 斤", "豆腐", "份", 680, 1, 120),
    ("berry", "大棚红颜草莓 3 斤礼盒（现摘现装，坏果包赔，当天到店）", "草莓", "盒", 5990, 6, 240),
    ("rice", "稻花香新米 10 斤", "大米", "袋", 5500, 4, 240),
    ("oil", "小榨菜籽油 5 升", "菜籽油", "桶", 12800, 4, 180),
    ("pork", "土猪前腿肉 1 斤", "猪肉", "斤", 2680, 1, 260),
    ("yam", "蜜薯 5 斤", "红薯", "箱", 1990, 10, 260),
    ("honey", "崖蜜 500 克", "蜂蜜", "瓶", 8800, 6, 160),
    ("pear", "砀山酥梨 9 斤", "梨", "箱", 2990, 8, 200),
    ("duck", "咸鸭蛋 20 枚", "鸭蛋", "盒", 3200, 10, 200),
    ("wine", "米酒 2 斤", "米酒", "坛", 2500, 6, 90),
)
SURNAMES = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何林高罗"
CALLED = ("姐", "大妈", "叔", "哥", "奶奶", "婶", "老师", "师傅", "妹", "爸爸")
PLACES = ("", "东门", "北街", "三中", "河西", "桂花巷", "水厂", "小区")
ODD_NAMES = ("静待花开🌸", "=1+1", "@全体", "<script>alert(1)</script>", "平安是福平安是福平安是福平安是福")
QUESTIONS = (
    (Topic.PRICE, "{}多少钱"),
    (Topic.STOCK, "{}还有吗"),
    (Topic.QUALITY, "{}甜不甜"),
    (Topic.SPEC, "{}几斤一份"),
    (Topic.PICKUP, "明天几点能提"),
    (Topic.DELIVERY, "能送到乡下吗"),
    (Topic.HOW_TO_ORDER, "怎么订啊"),
    (Topic.PAYMENT, "现在要付钱吗，我电话139 8765 4321"),
)
CHATTER = (
    (Intent.CHAT, "晚上好"),
    (Intent.CHAT, "哈哈哈"),
    (Intent.CHAT, "666"),
    (Intent.PRAISE, "上次的特别甜"),
    (Intent.GIVEAWAY, "福袋"),
    (Intent.WISH, "能不能上点车厘子"),
    (Intent.BOUGHT, "已拍"),
    (Intent.COMPLAINT, "上次的苹果坏了俩"),
    (Intent.SPAM, "加微信领红包"),
)


def goods() -> tuple[Offer, ...]:
    return tuple(
        Offer(
            id=id_,
            number=number,
            title=title,
            aliases=(alias,),
            unit=unit,
            price_fen=price,
            case_size=case,
            quota=quota,
            min_quantity=40 if id_ == "wine" else 0,
            variants=(Variant(id="wide", name="宽面"), Variant(id="thin", name="细面")) if id_ == "noodle" else (),
        )
        for number, (id_, title, alias, unit, price, case, quota) in enumerate(GOODS, start=1)
    )


def a_big_evening(*, viewers: int = 900, comments: int = 6_000, seed: int = 7) -> SessionRecord:
    """Half an hour that grows towards a rush; the same for the same arguments."""
    chance = random.Random(seed)  # noqa: S311  # the same evening each time, no secret
    stream = a_stream(*goods())
    people = [person(name) for name in _names(viewers, chance)]
    for place in range(comments):
        stream.now_ms += int(chance.expovariate(comments / (32 * 60_000 * (1.6 - place / comments))))
        _one_comment(stream, chance, people, place)
    return stream.end()


def _names(number: int, chance: random.Random) -> list[str]:
    plain = (f"{chance.choice(PLACES)}{chance.choice(SURNAMES)}{chance.choice(CALLED)}{i or ''}" for i in range(number))
    return [*ODD_NAMES, *plain][:number]


def _one_comment(stream: Stream, chance: random.Random, people: list[Viewer], place: int) -> None:
    by = chance.choice(people)
    id_, _, alias, *_ = chance.choices(GOODS, weights=(9, 6, 4, 14, 5, 3, 4, 5, 2, 4, 3, 2))[0]
    variant = chance.choice(("wide", "thin")) if id_ == "noodle" else None
    kind = chance.choices(("buy", "drop", "ask", "chat", "weak", "unclear", "host"), (26, 2, 16, 90, 3, 2, 1))[0]
    if kind == "buy":
        stream.say(by, f"要{alias}", wants(id_, chance.choice((1, 1, 1, 2, 2, 3)), variant), delay_ms=_delay(chance))
    elif kind == "drop":
        stream.say(by, f"{alias}不要了", drops(id_))
    elif kind == "ask":
        topic, text = chance.choice(QUESTIONS)
        stream.say(by, text.format(alias), asks(topic))
    elif kind == "chat":
        intent, text = chance.choices(CHATTER, (20, 10, 10, 3, 4, 2, 2, 1, 1))[0]
        stream.say(by, text, chats(intent), delay_ms=_delay(chance))
    elif kind == "host":
        stream.say(person(HOST), "要的打商品名加数量", chats())
    else:
        _unclear(stream, chance, hidden(str(place)) if kind == "weak" else by, id_, variant)


def _unclear(stream: Stream, chance: random.Random, by: Viewer, id_: str, variant: str | None) -> None:
    said = stream.say(by, "给我来点", wants(id_, 1, variant, route=Route.CONFIRM))
    tap = chance.random()
    if tap < 0.9:
        stream.tap(said, accept=tap < 0.7)


def _delay(chance: random.Random) -> int:
    return int(chance.lognormvariate(6.2, 0.7)) if chance.random() < 0.99 else chance.randint(12_000, 60_000)
