"""Persons: 李哥, 老王 and 张三姐 are one word each, and 俺老孙 is the writer.

A title (哥, 姐, 婶) with the surname before it is one person; so is 老 or 小 with a surname, somebody else unless 我, 俺 or 咱
stands before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.tokens import Tag, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿"
)
#: 梅姐, 强哥: given names stand before a title too.
_GIVEN = _SURNAMES | frozenset(
    "梅兰芳英红霞燕丽娟云玲敏静琴萍秀珍凤桂月春花香莲菊慧娜婷颖雪琳倩欣怡军强勇伟斌涛明华辉刚杰飞鹏波超磊亮建国平峰东海洋胖大小二三四老阿"
)
_FAMILIAR = frozenset("老小阿")
_TITLES = frozenset({Tag.THIRD_TITLE, Tag.THIRD})
_SELF = frozenset({"我", "俺", "咱"})


def may_name_persons(tags: Iterable[Tag], text: str) -> bool:
    """Whether there is anything that a person could be made of."""
    return not (_FAMILIAR.isdisjoint(text) and _TITLES.isdisjoint(tags))


def with_persons(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens, with each person as one of them."""
    found: list[Token] = []
    for token in tokens:
        if _is_title(token, text) and found and _is_letter(found[-1], text, _GIVEN):
            found.append(token._replace(start=_opened(found, text)))
        elif _is_letter(token, text, _SURNAMES) and found and _is_letter(found[-1], text, _FAMILIAR):
            found.append(_familiar(token, found, text))
        else:
            found.append(token)
    return found


def _is_title(token: Token, text: str) -> bool:
    """哥, 姐; or 大哥, 大姐, which are persons by themselves too."""
    return token.tag is Tag.THIRD_TITLE or (token.tag is Tag.THIRD and text[token.start] == "大")


def _is_letter(token: Token, text: str, among: frozenset[str]) -> bool:
    return token.tag is Tag.LETTER and text[token.start] in among


def _opened(found: list[Token], text: str) -> int:
    """Take the surname before a title off the list, and 老 or 小 before that; where the person begins."""
    start = found.pop().start
    if found and found[-1].end == start and _is_letter(found[-1], text, _FAMILIAR):
        start = found.pop().start
    return start


def _familiar(token: Token, found: list[Token], text: str) -> Token:
    """老孙, 小王: another person, or with 我 before it the writer."""
    start = found.pop().start
    if found and found[-1].end == start and text[found[-1].start : found[-1].end] in _SELF:
        return Token(Tag.FILLER, found.pop().start, token.end)
    return Token(Tag.THIRD, start, token.end)
