"""The small shops before which the lines of our own writing are read: one that sells goods, one that sells vouchers, none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.catalogue import build_catalogue
from nlp.types import CatalogueOffer, CatalogueVariant

if TYPE_CHECKING:
    from nlp.catalogue import Catalogue

_ABSENT = ("草莓", "荔枝", "小龙虾", "电饭煲", "冰淇淋", "猪蹄", "连衣裙")
_HOSTS = (
    "小杨", "阿强", "大壮", "老李", "燕子", "妞妞", "强哥", "梅姐", "阿川", "主播", "老板", "小胡", "佳佳", "文文",
    "东哥", "李老师", "王姐",
)  # fmt: skip
_FLAVOURS = (CatalogueVariant(id="plain", name="原味"), CatalogueVariant(id="hot", name="香辣", aliases=("辣的",)))
_GOODS = (
    ("苹果", "箱", (), ()), ("鸡蛋", "板", (), ()), ("面条", "袋", (), _FLAVOURS), ("香菇酱", "瓶", (), ()),
    ("双人套餐", "份", (), ()),
)  # fmt: skip
_VOUCHERS = (
    ("双人套餐", "份", (), ()), ("单人牛肉餐", "份", ("单人餐",), ()), ("全家福套餐", "份", ("全家福",), ()),
    ("早餐券", "份", ("早餐",), ()), ("甜品券", "张", ("甜品",), ()), ("四人火锅餐", "份", ("火锅餐",), ()),
    ("鸡翅拼盘套餐", "份", ("鸡翅",), ()),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Shop:
    """A compiled catalogue, and what each capital letter of a line may become before it."""

    catalogue: Catalogue
    choices: dict[str, tuple[str, ...]]


def training_shops() -> dict[str, Shop]:
    """The shops by the mark that a line begins with: none for goods, `+` for vouchers, `-` for an empty catalogue."""
    goods = ("苹果", "3号", "鸡蛋", "面条", "5号", "双人套餐", "1号链接")
    vouchers = (
        "双人套餐", "1号", "3号", "2号链接", "全家福", "早餐", "火锅餐", "5号", "六号", "鸡翅", "二号链接",
    )  # fmt: skip
    return {
        "": Shop(catalogue=build_catalogue(_offers("t", _GOODS)), choices=_choices(goods)),
        "+": Shop(catalogue=build_catalogue(_offers("v", _VOUCHERS)), choices=_choices(vouchers)),
        "-": Shop(catalogue=build_catalogue([]), choices=_choices(goods)),
    }


def _choices(offers: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {"O": offers, "A": _ABSENT, "N": _HOSTS}


def _offers(
    mark: str, rows: tuple[tuple[str, str, tuple[str, ...], tuple[CatalogueVariant, ...]], ...]
) -> list[CatalogueOffer]:
    return [
        CatalogueOffer(
            id=f"{mark}{number}",
            number=number,
            title=title,
            unit=unit,
            price_fen=1990 + number,
            aliases=aliases,
            variants=variants,
        )
        for number, (title, unit, aliases, variants) in enumerate(rows, start=1)
    ]
