"""A shop of our own for the tests, and short ways to ask the classifier."""

from __future__ import annotations

from functools import lru_cache

from nlp.classifier import Classifier, build_catalogue
from nlp.types import CatalogueOffer, CatalogueVariant, Classification, Context, Prompt, PromptMeaning

OFFERS = (
    CatalogueOffer(id="beef", number=1, title="黄牛肉卷 500 克", aliases=("牛肉卷", "肥牛"), unit="盒", price_fen=3990),
    CatalogueOffer(id="lamb", number=2, title="羔羊肉卷 500 克", aliases=("羊肉卷",), unit="盒", price_fen=4590),
    CatalogueOffer(
        id="ball", number=3, title="潮汕牛肉丸 1 斤", aliases=("牛肉丸",), unit="袋", price_fen=2990,
        variants=(
            CatalogueVariant(id="tendon", name="牛筋丸", aliases=("筋的",)),
            CatalogueVariant(id="meat", name="纯肉丸", aliases=("肉的",)),
        ),
    ),
    CatalogueOffer(id="honey", number=4, title="土蜂蜜 2 斤装", aliases=("蜂蜜",), unit="瓶", price_fen=6800),
    CatalogueOffer(id="jujube", number=5, title="新疆灰枣 5 斤", aliases=("红枣", "灰枣"), unit="箱", price_fen=4990),
    CatalogueOffer(id="walnut", number=6, title="薄皮核桃 3 斤", aliases=("核桃",), unit="袋", price_fen=3590),
    CatalogueOffer(id="garlic", number=7, title="大蒜", aliases=("蒜",), unit="斤", price_fen=400),
    CatalogueOffer(id="duck", number=8, title="盐水鸭", aliases=("鸭子",), unit="只", price_fen=3800),
    CatalogueOffer(
        id="towel", number=9, title="纯棉毛巾", aliases=("毛巾",), unit="条", price_fen=990,
        variants=(
            CatalogueVariant(id="grey", name="灰色", aliases=("灰的",)),
            CatalogueVariant(id="pink", name="粉色", aliases=("粉的",)),
        ),
    ),
    CatalogueOffer(id="pear", number=10, title="秋月梨 9 枚", aliases=("秋月梨",), unit="箱", price_fen=5990),
    CatalogueOffer(id="pear2", number=11, title="丰水梨 5 斤", aliases=("丰水梨",), unit="箱", price_fen=2890),
)  # fmt: skip


@lru_cache(maxsize=1)
def classifier() -> Classifier:
    """One classifier for all tests of this shop."""
    return Classifier(build_catalogue(OFFERS))


def read(
    text: str, pinned: str | None = None, keyword: str | None = None, meaning: str = "claim", ref: str | None = None
) -> Classification:
    """Classify one comment."""
    prompt = None if keyword is None else Prompt(keyword=keyword, meaning=PromptMeaning(meaning), ref_id=ref)
    return classifier().classify(text, Context(pinned=pinned, prompt=prompt))


def actions(text: str, pinned: str | None = None) -> list[str]:
    """The actions of a comment, each written as `op offer variant quantity` with - for what is not known."""
    return told(read(text, pinned))


def told(found: Classification) -> list[str]:
    """The actions of a classification, written out."""
    return [
        f"{each.op} {each.offer or '-'} {each.variant or '-'} {'-' if each.quantity is None else each.quantity}"
        for each in found.actions
    ]
