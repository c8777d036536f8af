"""Which column is which: the names that shops give them, forgivingly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = {
    "id": "id 商品id 商品编码 编码 货号 sku 条码 商品条码",
    "number": "编号 序号 号 号码 链接 链接号 几号链接 商品编号 商品序号 no no. number #",
    "title": "品名 商品 商品名 商品名称 名称 产品 产品名 产品名称 货品 货名 菜品 title name",
    "price": "价格 单价 售价 团购价 团价 团长价 零售价 现价 卖价 价钱 今日价 直播价 price",
    "unit": "单位 计量单位 销售单位 售卖单位 unit",
    "quota": "限量 库存 数量 名额 份数 总量 备货 备货量 可售 可售数量 总份数 总限量 配额 quota stock",
    "per_viewer_limit": "每人限购 限购 每人限量 每户限购 单人限购 每人最多 限购数 limit",
    "case_size": "箱规 装箱数 每箱 每箱数量 件规 每件数量 整件数量 整箱数量 case",
    "min_quantity": "成团 起团 成团数 成团数量 最低成团 起订 起订量 最少成团",
    "supplier": "供应商 供货商 厂家 货源 供货 supplier",
    "aliases": "别名 俗称 简称 叫法 口语 又名 也叫 aliases",
    "variants": "规格 口味 颜色 尺码 款式 型号 variants",
    "weighed": "称重 按重量 散称 是否称重 weighed",
    "picture": "图片 主图 照片 商品图 picture",
}
FIELDS = MappingProxyType({name: field for field, names in _NAMES.items() for name in names.split()})
TITLE, PRICE = "title", "price"
MOST_SEARCHED = 15
"""The heading stands near the top: above it a shop writes its name, the date, a greeting."""

_ASIDE = re.compile(r"[(\[【<].*?[)\]】>]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """Where the heading stands, and by place what a column holds: a field of ours, or the name of a fact; with its own name."""

    row: int
    fields: tuple[str | None, ...]
    names: tuple[str, ...]

    def name_of(self, field: str) -> str | None:
        """What the list itself calls a field."""
        return next((name for each, name in zip(self.fields, self.names, strict=True) if each == field), None)


def field_of(name: str) -> str | None:
    """Which field a column's name means: `价格（元）`, `*品名`; None for none of ours."""
    plain = unicodedata.normalize("NFKC", name).lower().replace("*", "").replace(" ", "")
    return FIELDS.get(_ASIDE.sub("", plain).strip(":"))


def find_heading(rows: Sequence[tuple[int, tuple[str, ...]]]) -> Heading | None:
    """The first line that names the goods and one thing more; None where there is none."""
    for row, cells in rows[:MOST_SEARCHED]:
        fields = _once([field_of(cell) for cell in cells])
        if TITLE in fields and len([field for field in fields if field]) > 1:
            return Heading(row=row, fields=fields, names=tuple(cell.strip() for cell in cells))
    return None


def _once(fields: Sequence[str | None]) -> tuple[str | None, ...]:
    """The first column of a kind is that field; a second one of its name is a fact."""
    seen: set[str | None] = {None}
    kept: list[str | None] = []
    for field in fields:
        kept.append(None if field in seen else field)
        seen.add(field)
    return tuple(kept)
