"""States of a room for the picture, in the shapes of the wire as an overlay gets them: usual, longest, largest, nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.picture import at
from tests.pages.shop import CYCLE, LONG_TITLE

if TYPE_CHECKING:
    from tests.pages.shop import Json

LONG_NAME = "住*"
LONG_WORDS = "你们家这个散养的老母鸡到底是现杀现送还是冷冻的呀，我妈牙口不好能不能帮忙剁成小块，另外周六晚上八点以后去东门便利店还能提到货吗"
LONG_ANSWER = (
    "都是当天早上现杀的，免费帮您剁小块，下单写一句就行；东门便利店开到晚上十点，周六八点以后去也提得到，别忘了带提货码"
)


def room(*, pinned: str | None = "egg", **more: object) -> Json:
    """An evening with three offers."""
    session = {
        "id": "s1",
        "room": "live",
        "title": "今晚接单",
        "state": "running",
        "started_at": at(-3600),
        "ended_at": None,
        "pinned_offer_id": pinned,
        "cycle": CYCLE,
        "order_code": False,
    }
    state: Json = {
        "session": session,
        "prompt": None,
        "offers": [egg(), hen(), tea(), salt()],
        "reservations": [],
        "flash_sales": [],
        "giveaways": [],
        "polls": [],
        "questions": [],
        "shown": None,
        "sources": [{"id": "x", "platform": "wechat_channels", "state": "listening", "since": at(-60)}],
        "totals": {"comments": 0, "buyers": 0, "reserved_quantity": 0, "waitlisted_quantity": 0},
    }
    return state | more


def with_session(state: Json, **more: object) -> Json:
    """The same with other fields of the session."""
    return state | {"session": state["session"] | more}


def offer(offer_id: str, title: str, **more: object) -> Json:
    """An offer as everybody sees it."""
    plain = {
        "id": offer_id,
        "number": 1,
        "title": title,
        "unit": "份",
        "price": "9.90",
        "quota": 100,
        "reserved": 0,
        "waitlisted": 0,
        "available": 100,
        "state": "open",
        "open": True,
        "per_viewer_limit": None,
        "case_size": 1,
        "min_quantity": 0,
        "facts": {},
        "variants": [],
        "picture": None,
    }
    return plain | more


def egg(**more: object) -> Json:
    """The usual."""
    usual: Json = {"unit": "箱", "price": "39.90", "quota": 100, "reserved": 68, "available": 32, "case_size": 12}
    return offer("egg", "土鸡蛋 30 枚", **(usual | more))


def hen(**more: object) -> Json:
    """The longest."""
    return offer(
        "hen",
        LONG_TITLE,
        number=128,
        unit="只",
        price="12888.00",
        quota=10_000,
        reserved=1,
        available=9_999,
        case_size=24,
        **more,
    )


def tea(**more: object) -> Json:
    """The dearest, and a line behind it."""
    return offer(
        "tea",
        "明前龙井特级礼盒装",
        number=7,
        unit="礼盒",
        price="9999999.99",
        quota=2,
        reserved=2,
        available=0,
        waitlisted=10_000,
        state="sold_out",
        case_size=6,
        **more,
    )


def salt(**more: object) -> Json:
    """Nothing of anything."""
    return offer("salt", "盐", number=None, unit="包", price="0.50", quota=0, available=0, state="closed", **more)


def flash(**more: object) -> Json:
    """A flash deal that runs."""
    sale: Json = {
        "id": "f1",
        "offer_id": "egg",
        "price": "19.90",
        "regular_price": "39.90",
        "quota": 60,
        "sold": 37,
        "available": 23,
        "waitlisted": 0,
        "per_viewer_limit": 2,
        "state": "running",
        "announced_at": at(-90),
        "starts_at": at(-60),
        "ends_at": at(244.9),
        "paused_at": None,
        "ended_at": None,
    }
    return sale | more


def announced(**more: object) -> Json:
    """A flash deal that is counted down to."""
    return flash(state="announced", starts_at=at(44.9), ends_at=at(344.9), sold=0, available=60, **more)


def rules(**more: object) -> Json:
    """The rules of a draw."""
    return {
        "title": "福袋",
        "prize": "土鸡蛋一箱（30 枚）",
        "prize_value": "39.90",
        "winners": 3,
        "keyword": "福袋",
        "closes_at": at(120),
        "who": {"must_have_reserved": False, "not_won_within_days": None},
        "who_text": "看直播的都能参加",
        "how": "…",
        "claim": {"hours": 48, "how": "到自提点出示提货码"},
    } | more


def bag(**more: object) -> Json:
    """A lucky bag that can be entered."""
    giveaway: Json = {
        "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "kind": "lucky_bag",
        "title": "福袋",
        "keyword": "福袋",
        "state": "open",
        "rules": rules(),
        "opened_at": at(-60),
        "closes_at": at(95.9),
        "closed_at": None,
        "drawn_at": None,
        "commitment": "0" * 64,
        "list_hash": None,
        "entries": 1234,
        "witnessed": 0,
        "rounds": [],
        "claim_until": None,
    }
    return giveaway | more


def drawn(winners: int = 3, since: float = 1, **more: object) -> Json:
    """A lucky bag that has been drawn."""
    names = ["张*", "李*", "王*", "欧*", "赵*", "A*", "住*", "小*", "晓*", "飞*", "梅*", "云*"]
    won = [
        {"entry": f"{n:064x}", "name": names[n % len(names)], "state": "won", "claimed_at": None}
        for n in range(winners)
    ]
    rounds = [{"round": 1, "winners": won, "reason": None}]
    return bag(state="drawn", drawn_at=at(-since), closed_at=at(-since - 8), witnessed=5, rounds=rounds, **more)


def poll(*labels: str, votes: tuple[int, ...] = (), **more: object) -> Json:
    """A poll with these answers."""
    options = [
        {"key": str(n + 1), "label": label, "votes": votes[n] if n < len(votes) else 0}
        for n, label in enumerate(labels)
    ]
    held: Json = {
        "id": "p1",
        "question": "明天上什么？",
        "options": options,
        "votes": sum(votes),
        "state": "open",
        "opened_at": at(-20),
        "closes_at": at(45.9),
        "closed_at": None,
    }
    return held | more


def prompt(**more: object) -> Json:
    """A call to write "1"."""
    call: Json = {
        "id": "c1",
        "keyword": "1",
        "meaning": "claim",
        "ref_id": "egg",
        "opened_at": at(-10),
        "closes_at": at(24.9),
        "open": True,
    }
    return call | more


def said(as_: str, text: str, answer: str | None = None, name: str = "张*") -> Json:
    """Words that the host has put on the picture."""
    return {
        "id": f"{as_}-{len(text)}",
        "as": as_,
        "comment_id": "m1",
        "platform": "douyin",
        "name": name,
        "text": text,
        "answer": answer,
        "shown_at": at(-2),
        "until": at(600),
        "open": True,
    }


def scenes(picture: str | None = None) -> dict[str, Json]:
    """Every layer in every state worth a look, by name; `picture` is the address of an offer's picture."""
    fruit = poll("草莓", "蓝莓", "车厘子", "都行", votes=(128, 64, 31, 9))
    long_poll = poll(
        *["丹东九九牛奶草莓三斤礼盒装", "云南怡颗莓特大果蓝莓十二盒", "智利车厘子JJJ级五斤", "老板看着办"],
        votes=(10_000, 10_000, 0, 1),
        question="明天晚上八点那一场大家最想让我们上哪一种又便宜又好吃的水果？",
    )
    many = poll(*[f"第{n}种水果" for n in range(1, 9)], votes=(1, 2, 3, 4, 5, 6, 7, 80))
    huge = {
        "price": "8888.00",
        "regular_price": "12888.00",
        "offer_id": "hen",
        "quota": 10_000,
        "sold": 1,
        "available": 9_999,
    }
    return {
        "offer": room(),
        "offer-picture": room(offers=[egg(picture=picture)]),
        "offer-long": room(pinned="hen"),
        "offer-long-picture": room(pinned="hen", offers=[hen(picture=picture)]),
        "offer-dear-out": room(pinned="tea"),
        "offer-dear-picture": room(pinned="tea", offers=[tea(picture=picture)]),
        "offer-nothing": room(pinned="salt"),
        "flash-announced": room(flash_sales=[announced()]),
        "flash-announced-far": room(flash_sales=[announced() | {"starts_at": at(754.9)}]),
        "flash-running": room(flash_sales=[flash()]),
        "flash-last": room(flash_sales=[flash(ends_at=at(8.9), sold=59, available=1)]),
        "flash-out": room(flash_sales=[flash(sold=60, available=0, waitlisted=12)]),
        "flash-paused": room(flash_sales=[flash(state="paused", paused_at=at(-5))]),
        "flash-ended": room(flash_sales=[flash(state="ended", ended_at=at(0), sold=60, available=0)]),
        "flash-huge": room(pinned="hen", flash_sales=[flash(**huge, ends_at=at(7199.9))]),
        "flash-dearest": room(
            pinned="tea",
            flash_sales=[
                flash(
                    price="8888888.88",
                    regular_price="9999999.99",
                    offer_id="tea",
                    quota=1,
                    sold=1,
                    available=0,
                    waitlisted=10_000,
                )
            ],
        ),
        "bag-open": room(giveaways=[bag()]),
        "bag-open-nobody": room(giveaways=[bag(entries=0, closes_at=at(8.9))]),
        "bag-open-long": room(
            giveaways=[
                bag(
                    title="周年庆大福袋第三波",
                    keyword="我要抽老母鸡礼盒",
                    entries=1_234_567,
                    closes_at=at(7199),
                    rules=rules(prize=LONG_TITLE, winners=100),
                )
            ]
        ),
        "bag-closed": room(giveaways=[bag(state="closed", closed_at=at(-2), witnessed=2)]),
        "bag-drawn-one": room(giveaways=[drawn(1)]),
        "bag-drawn-three": room(giveaways=[drawn(3)]),
        "bag-drawn-many": room(giveaways=[drawn(100)]),
        "bag-drawn-nobody": room(giveaways=[drawn(0)]),
        "bag-proof": room(giveaways=[drawn(3, since=20)]),
        "bag-proof-many": room(giveaways=[drawn(100, since=20)]),
        "poll": room(polls=[fruit]),
        "poll-long": room(polls=[long_poll]),
        "poll-many": room(polls=[many]),
        "poll-two": room(polls=[poll("要", "不要", votes=(0, 0))]),
        "poll-closed": room(polls=[fruit | {"state": "closed", "closed_at": at(-1)}]),
        "prompt": room(prompt=prompt()),
        "prompt-hot": room(prompt=prompt(closes_at=at(7.9))),
        "prompt-long": room(
            pinned="hen", prompt=prompt(ref_id="hen", keyword="要的打老母鸡三个字", closes_at=at(3599))
        ),
        "prompt-kinds": room(
            offers=[
                egg(
                    variants=[
                        {"id": "a", "name": "老豆腐", "quota": 5, "reserved": 0, "available": 5},
                        {"id": "b", "name": "嫩豆腐", "quota": 5, "reserved": 0, "available": 5},
                    ]
                )
            ],
            prompt=prompt(),
        ),
        "prompt-presence": room(prompt=prompt(meaning="presence", ref_id=None)),
        "question": room(shown=said("question", "明天几点能提？", "早上十点以后")),
        "question-bare": room(shown=said("question", "鸡蛋是今天捡的吗")),
        "question-long": room(shown=said("question", LONG_WORDS, LONG_ANSWER)),
        "bubble": room(shown=said("bubble", "上次的鸡蛋特别香，孩子一顿吃俩")),
        "bubble-long": room(shown=said("bubble", LONG_WORDS)),
        "fallback": with_session(room(), order_code=True),
        "fallback-deaf": room(sources=[{"id": "x", "platform": "douyin", "state": "silent", "since": at(-60)}]),
        "all": with_session(
            room(
                flash_sales=[flash()],
                giveaways=[bag()],
                polls=[fruit],
                prompt=prompt(),
                shown=said("question", "明天几点能提？", "早上十点以后"),
                offers=[egg(picture=picture)],
            ),
            order_code=True,
        ),
        "all-long": room(
            pinned="hen",
            flash_sales=[flash(**huge, ends_at=at(7199.9))],
            giveaways=[
                bag(title="周年庆大福袋第三波", keyword="我要抽老母鸡礼盒", entries=1_234_567, closes_at=at(7199))
            ],
            prompt=prompt(ref_id="hen", keyword="要的打老母鸡三个字", closes_at=at(3599)),
        ),
        "all-question": room(
            flash_sales=[announced()],
            giveaways=[bag(state="closed", closed_at=at(-2), witnessed=3)],
            shown=said("question", LONG_WORDS, LONG_ANSWER),
        ),
        "all-drawn": room(
            flash_sales=[flash(sold=60, available=0, waitlisted=3)], giveaways=[drawn(12)], polls=[fruit]
        ),
        "bag-question": room(giveaways=[bag()], shown=said("bubble", "老板娘好")),
        "flash-fallback": with_session(room(flash_sales=[flash()]), order_code=True),
    }
