"""What a comment holds clause by clause, for the judgement: words met, letters not understood, whether it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.tokens import Tag, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Asks only for a nod, 是吧: what follows stands.
_NODS = frozenset(
    {
        "是吧",
        "对吧",
        "行不",
        "行吗",
        "好吗",
        "可以吗",
        "得不",
        "成不",
        "成吗",
        "中不中",
        "好不好",
        "能吗",
        "好伐",
        "好勿好",
        "得唔得",
        "好唔好",
        "得伐",
        "行伐",
        "可好",
        "妥不",
        "妥不妥",
        "可以不",
        "可中",
        "可行",
        "行啵",
        "好波",
        "行波",
        "是伐",
        "对伐",
        "能伐",
        "可以伐",
        "阔以不",
        "中不",
        "要得不",
        "要得啵",
        "要得吗",
        "要得嘛",
        "要得哇",
        "得行不",
        "得不得行",
    }
)
#: 牙口不行 says no.
_DENIED = frozenset({"行", "好", "中", "可以", "可", "得"})
#: 一抢就没 says that it is gone.
_GONE = frozenset({"就", "也", "都"})
_DONE = frozenset({"了", "啦", "喽"})
_ENDINGS = frozenset({"不", "没", "没有", "吗", "么"})
_SEES = ("看看", "看娃", "看孩子", "看他", "看她", "看合", "看好", "看喜", "试试", "瞧瞧", "尝尝看", "看")
_PEOPLE = (
    "姐妹", "兄弟", "同事", "朋友", "同学", "邻居", "孩子", "娃", "亲戚", "室友", "小的", "小", "老", "人", "大人", "侄", "孙", "外孙", "街坊", "亲家", "伙计", "工友", "学生",
)  # fmt: skip
#: 地址还是粮站, 电话还是那个: the same as before.
_KNOWN_FACTS = frozenset({"地址", "电话", "手机", "手机号", "尾号", "后四位", "姓", "名字", "自提点", "提货点"})
#: Words that put a question off: 多少钱到摊上再算.
_PUTS_OFF = frozenset({"再算", "再说", "再付", "再结", "到时候", "再给钱"})
#: 念叨好久了, 好久没吃: a long time.
_LONG_SINCE = frozenset({"了", "啦", "没", "不", "都"})
_A_PAIR = 2
_MATCHED = frozenset({"哪个", "哪款", "哪种", "啥", "什么", "谁", "多少", "怎么", "咋", "哪里", "哪儿", "几个"})
#: Looked up once: a member of an enumeration costs a call each time.
_BREAK, _SPACE, _LETTER, _ASKS, _OR = Tag.BREAK, Tag.SPACE, Tag.LETTER, Tag.ASKS, Tag.OR
_MOST_NODDING = 1
_EITHER_OR = re.compile(r"(?<![不没])(\w{1,3})[不没]\1")
#: 开没开刃都行 asks nothing.
_ANY_WILL_DO = (
    "都方便",
    "都没事",
    "都没问题",
    "都一样",
    "都行",
    "都可以",
    "都中",
    "都好",
    "都成",
    "都要得",
    "都得行",
    "都无所谓",
    "都ok",
)
_ANSWERABLE = frozenset({Tag.FILLER, Tag.SPACE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One clause: its tokens, the letters that no word covers, and how it asks."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    tags: frozenset[Tag]
    letters: int
    asks: bool
    #: It asks, but only whether the rest is fine: 取消一下行不.
    nods: bool

    def has(self, *tags: Tag) -> bool:
        """Whether one of the tags was met."""
        return not self.tags.isdisjoint(tags)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The clauses of a comment."""

    clauses: tuple[Clause, ...]
    tags: frozenset[Tag]

    def has(self, *tags: Tag) -> bool:
        """Whether one of the tags was met anywhere."""
        return not self.tags.isdisjoint(tags)

    @property
    def letters(self) -> int:
        """All letters that no word covers."""
        return sum(clause.letters for clause in self.clauses)


def gather(tokens: Sequence[Token], text: str) -> Facts:
    """Cut tokens into clauses as the grammar does, and look at each."""
    clauses = [_clause(run, text, asked=asked) for run, asked in _runs(tokens)]
    return Facts(clauses=tuple(clauses), tags=frozenset(token.tag for token in tokens))


def _runs(tokens: Sequence[Token]) -> Iterable[tuple[list[Token], bool]]:
    run: list[Token] = []
    previous: Tag | None = None
    for token in tokens:
        tag = token.tag
        if tag is _BREAK:
            yield run, token.value == 1
            run = []
        elif tag is not _SPACE:
            run.append(token)
        elif previous is not None and previous is not _SPACE:
            yield run, False
            run = []
        previous = tag
    yield run, False


def _clause(run: Sequence[Token], text: str, *, asked: bool) -> Clause:
    words = tuple([text[token.start : token.end] for token in run])
    tags = [token.tag for token in run]
    asking = _asking(tags, words) if _ASKS in tags else []
    open_question = [word for word in asking if word not in _NODS]
    letters = tags.count(_LETTER)
    return Clause(
        tokens=tuple(run),
        words=words,
        tags=frozenset(tags),
        letters=letters,
        asks=bool(open_question) or asked or (bool(asking) and letters > _MOST_NODDING) or _ends_open(run, words, text),
        nods=bool(asking) and not open_question and letters <= _MOST_NODDING,
    )


def _asking(tags: Sequence[Tag], words: Sequence[str]) -> list[str]:
    """The words that ask, unless another puts the question off."""
    if not _PUTS_OFF.isdisjoint(words):
        return []
    following = (*words[1:], "")
    found = [
        word
        for tag, word, after in zip(tags, words, following, strict=True)
        if tag is _ASKS and not _counts_people(word, words) and not (word == "好久" and after in _LONG_SINCE)
    ]
    return [] if _is_matched(found, words) else found


def _is_matched(asking: Sequence[str], words: Sequence[str]) -> bool:
    """哪个好闻就认哪个, 有啥要啥: the same word of asking twice, with what is done between, asks nothing."""
    pair = len(asking) == _A_PAIR and asking[0] == asking[1] and asking[0] in _MATCHED
    return pair and words.index(asking[0]) + 1 < len(words) - 1 - list(reversed(words)).index(asking[0])


def _ends_open(run: Sequence[Token], words: Sequence[str], text: str) -> bool:
    """甜不, 甜不甜, 今天还是明天; but 甜不甜都行 asks nothing."""
    if not run or "".join(words[-5:]).endswith(_ANY_WILL_DO):
        return False
    return _ends_asking(run, words) or _is_either_or(text, run) or _is_choice(run, words)


def _counts_people(word: str, words: Sequence[str]) -> bool:
    """厂里几个姐妹分: a few people, no question."""
    place = words.index(word) + 1
    return word in {"几个", "几口人"} and any(each.startswith(_PEOPLE) for each in words[place : place + 1])


def _ends_asking(run: Sequence[Token], words: Sequence[str]) -> bool:
    """甜不, 到了没, 能送到家吗: the last word that is no filler asks; but 看娃肯吃不 only says what will be seen."""
    later = ""
    for token, word in zip(reversed(run), reversed(words), strict=True):
        if word in _ENDINGS:
            gone = word == "没" and words[-2:-1] and words[-2] in _GONE
            return (
                len(run) > 1 and not words[0].startswith(_SEES) and not (word == "不" and later in _DENIED) and not gone
            )
        later = word
        if token.tag not in _ANSWERABLE or word in _DONE:
            return False
    return False


def _is_choice(run: Sequence[Token], words: Sequence[str]) -> bool:
    """一趟拿还是分两天拿: 还是 with something on both sides, unless it means "rather" (还是来两箱) or "still" (地址还是粮站)."""
    place = next((place for place, token in enumerate(run) if token.tag is _OR), None)
    if place is None or place in {0, len(run) - 1} or words[place - 1] in _KNOWN_FACTS:
        return False
    return run[place + 1].tag not in {Tag.TAKE, Tag.CANCEL, Tag.SETTLE, Tag.SWAP}


def _is_either_or(text: str, run: Sequence[Token]) -> bool:
    """甜不甜, 带不带, 新鲜不新鲜: a letter or a word, 不 or 没, and the same again."""
    if not run:
        return False
    start, end = run[0].start, run[-1].end
    found = _EITHER_OR.search(text, start, end)
    if found is None or len(found[1]) > 1:
        return found is not None
    nods = {token.start + 1 for token in run if text[token.start : token.end] in _NODS}
    return any(
        place not in nods and text[place] in "不没" and text[place - 1] == text[place + 1] and text[place - 1].isalpha()
        for place in range(start + 1, end - 1)
    )
