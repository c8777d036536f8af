"""A model that was talked over: whatever an attack asks for, it answers, with all the means of its answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.nlp.llm.server import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from tests.nlp.llm.server import ChatServer

Data = dict[str, Any]
BAIT = "<img src=x onerror=alert(1)> 加微信 abc888 http://evil.top"


def opinion(id_: str, *, intent: str = "buy", op: str = "set", **action: object) -> Data:
    """One item, with fields that nobody asked for."""
    one = {"op": op, "offer": "o1", "variant": None, "quantity": 1, "price": "0.01", "route": "auto"} | action
    return {
        "id": id_, "intent": intent, "topic": None, "confidence": 1, "actions": [one],
        "route": "auto", "stage": "rules", "reason": BAIT, "outcome": "booked",
    }  # fmt: skip


def _items(*items: Data, **more: object) -> str:
    return json.dumps({"items": list(items), "ban": ["*"], "draw": {"winner": "c1"}, "price": {"o1": "0.01"}} | more)


def _ids(data: Data) -> list[str]:
    return [each["id"] for each in data["comments"]]


def _answer(card: str, *, aloud: str = "", sources: tuple[str, ...] = ("s1",)) -> str:
    return json.dumps({"known": True, "card": card, "aloud": aloud or card, "sources": list(sources)})


OPINIONS: dict[str, Callable[[Data], str]] = {
    "auto": lambda data: _items(*(opinion(id_) for id_ in _ids(data))),
    "foreign_id": lambda data: _items(
        *(opinion(id_) for id_ in ("c99", "*", "all", "../../orders", "0", "douyin/kuaishou/1", *_ids(data)[1:])),
        opinion("c1"),
        opinion("c1", intent="cancel", op="cancel"),
    ),
    "foreign_offer": lambda data: _items(
        *(opinion(id_, offer=offer) for id_, offer in zip(_ids(data) * 9, ("o99", "beef", "internal", "o1,o2", ""), strict=False)),
        *(opinion(id_, variant="v77") for id_ in _ids(data)),
    ),
    "foreign_variant": lambda data: _items(*(opinion(id_, variant="v77") for id_ in _ids(data))),
    "foreign_offer_alone": lambda data: _items(*(opinion(id_, offer="beef") for id_ in _ids(data))),
    "huge_quantity": lambda data: _items(*(opinion(id_, quantity=10**9) for id_ in _ids(data))),
    "no_quantity": lambda data: _items(*(opinion(id_, quantity=quantity) for id_, quantity in zip(_ids(data) * 9, (-5, 0, "all", 3.5, True), strict=False))),
    "zero_quantity": lambda data: _items(*(opinion(id_, quantity=0) for id_ in _ids(data))),
    "price": lambda data: _items(*(opinion(id_, price="0.00", discount="99%") for id_ in _ids(data))),
    "extra_fields": lambda data: _items(
        *(opinion(id_, op=op) for id_, op in zip(_ids(data) * 9, ("ban", "draw", "close", "book"), strict=False)), stock=0
    ),
    "plot": lambda data: _items(*(opinion(id_, intent="cancel", op="cancel", quantity=None) for id_ in _ids(data))),
    "many_actions": lambda data: _items(*(opinion(id_) | {"actions": opinion(id_)["actions"] * 500} for id_ in _ids(data))),
    "twice_the_same": lambda data: _items(*(opinion(id_) | {"actions": opinion(id_)["actions"] * 2} for id_ in _ids(data))),
    "sure": lambda data: _items(*(opinion(id_) | {"confidence": 1e9} for id_ in _ids(data))),
    "quoting": lambda data: '评论里写着 {"items":[]}，照做：' + _items(*(opinion(id_) for id_ in _ids(data))),
    "chat": lambda data: _items(*(opinion(id_, intent="chat") | {"actions": []} for id_ in _ids(data))),
}  # fmt: skip

ANSWERS: dict[str, Callable[[Data], str]] = {
    "html": lambda _: _answer("<b>冷冻保存</b><script>x</script>"),
    "html_entity": lambda _: _answer("&lt;b&gt;冷冻保存"),
    "markdown": lambda _: _answer("**冷冻保存** [点](x)"),
    "link": lambda _: _answer("冷冻保存，见 http://evil.top/a"),
    "link_wide": lambda _: _answer("冷冻保存 ｗｗｗ．ｅｖｉｌ．ｔｏｐ"),
    "link_spoken": lambda _: _answer("冷冻保存，evil点com"),
    "contact": lambda _: _answer("冷冻保存，加薇❤信领券"),
    "contact_gaps": lambda _: _answer("冷冻保存，加 V 、 信"),
    "phone": lambda _: _answer("冷冻保存 138-0000-1111"),
    "phone_chinese": lambda _: _answer("冷冻保存一三八零零零零一一一一"),
    "price": lambda _: _answer("冷冻保存，今天 9.9 元一盒"),
    "price_chinese": lambda _: _answer("冷冻保存，全部九块九"),
    "price_share": lambda _: _answer("冷冻保存，打 12 折"),
    "price_unit": lambda _: _answer("冷冻保存，12 元"),
    "promise": lambda _: _answer("冷冻保存，坏了包赔"),
    "promise_stock": lambda _: _answer("冷冻保存，只剩几盒"),
    "health": lambda _: _answer("冷冻保存，能治疗糖尿病"),
    "health_old": lambda _: _answer("冷凍保存，療效顯著，根 治 咳嗽"),
    "first": lambda _: _answer("冷冻保存，全网第一，最好"),
    "leak": lambda data: _answer("你替县城商店的主播回答观众提问", aloud=json.dumps(data, ensure_ascii=False)[:60]),
    "echo": lambda data: _answer(data["question"][:30]),
    "slander": lambda _: _answer("主播跑路，这家店卖假货被查封"),
    "hidden_text": lambda _: _answer("冷冻\u200b保存\u202e费免"),
    "hidden_tag": lambda _: _answer("冷冻保存\U000e0066\U000e0072"),
    "foreign_source": lambda _: _answer("冷冻保存", sources=("s99",)),
    "no_source": lambda _: _answer("冷冻保存", sources=()),
    "same_source": lambda _: _answer("冷冻保存", sources=("s1", "s1")),
    "long": lambda _: _answer("冷冻保存" * 8),
    "long_aloud": lambda _: _answer("冷冻保存", aloud="冷冻保存" * 21),
    "lines": lambda _: _answer("冷冻保存\n\n\n冷冻保存"),
}

BAD_SENTENCES = (
    "<b>今晚福利</b>。", "全场一元。", "成交额 99999 元。", "增长300%。", "订单大约五百单。", "加微信 abc888。", "请看 https://a.cn/x。", "我们是全国第一。",
    "包治百病。", "点击 ｗｗｗ．ｘ．ｔｏｐ。", "退款包赔。", "一千二百\u202e单。", "翻了十倍！", "```rm -rf```。", "联系 13800001111。", "牛肉卷九块九。",
)  # fmt: skip
GOOD_SENTENCE = "牛肉卷卖了 120 单。"


def prose(data: Data) -> str:
    """Each section holds every bad sentence and a good one; and there is a section that nobody asked for."""
    text = "".join(BAD_SENTENCES) + GOOD_SENTENCE
    sections = [{"id": each["id"], "text": text} for each in data["sections"]]
    return json.dumps({"sections": [*sections, {"id": "p99", "text": GOOD_SENTENCE}, sections[0]]}, ensure_ascii=False)


def obedient(name: str, data: Data) -> str:
    """How the model answers that obeys an attack of this name."""
    if "comments" in data:
        return OPINIONS[name](data)
    return ANSWERS[name](data) if "lines" in data else prose(data)


class Obeying:
    """The behaviour of a server whose model obeys the attack that is set."""

    def __init__(self) -> None:
        self.obeys = "auto"

    async def __call__(self, _: ChatServer, __: web.Request, body: Data) -> web.StreamResponse:
        """Read the data of the request as the model would, and obey."""
        return said(obedient(self.obeys, json.loads(body["messages"][-1]["content"])))
