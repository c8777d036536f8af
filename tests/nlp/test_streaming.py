from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.classifier import Classifier, build_catalogue
from nlp.lexicon import LexiconError
from nlp.scan import tokens_of
from nlp.streaming import heard, load_stream_words
from nlp.types import STREAM, CatalogueOffer, Context, Evidence, Intent

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = build_catalogue(
    [CatalogueOffer(id="radio", number=1, title="收音机"), CatalogueOffer(id="egg", number=2, title="土鸡蛋")]
)
WORDS = load_stream_words()


def spans(text: str) -> list[str]:
    folded = CATALOGUE.folding.fold(text)
    return [folded[start:end] for start, end, _ in heard(folded, tokens_of(folded, CATALOGUE), WORDS)]


@pytest.mark.parametrize(
    "text",
    ["没声音", "没声音啊主播", "怎么没声音了", "沒有聲音", "卡了", "太卡了", "一直卡住不动", "看不清", "看不清字", "画面好糊", "黑屏了", "声音断断续续的", "有杂音", "话筒坏了吧", "听不见你说啥"],
)  # fmt: skip
def test_what_a_viewer_says_of_picture_and_sound_is_about_the_stream(text: str) -> None:
    assert len(spans(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["鸡蛋碎了俩", "上次买的音响没声音", "昨天收到的电视黑屏", "收音机没声音", "拿回家一开机就卡住", "客服不理人", "没收到货", "快递单号看不清", "会员按钮没了", "付了款就卡住"],
)  # fmt: skip
def test_what_a_viewer_says_of_goods_or_an_order_is_not(text: str) -> None:
    assert spans(text) == []


def test_a_complaint_about_the_stream_shows_the_words_that_say_so() -> None:
    found = Classifier(CATALOGUE).classify("主播没声音啊", Context())
    assert (found.intent, found.evidence) == (Intent.COMPLAINT, (Evidence(text="没声音", role=STREAM),))


def test_the_words_are_shown_as_they_were_typed() -> None:
    found = Classifier(CATALOGUE).classify("沒聲音啊[流泪]", Context())
    assert [piece.text for piece in found.evidence] == ["沒聲音"]


def test_what_is_no_complaint_has_no_such_evidence() -> None:
    found = Classifier(CATALOGUE).classify("要两份土鸡蛋，刚才没声音", Context())
    assert found.intent is not Intent.COMPLAINT
    assert STREAM not in {piece.role for piece in found.evidence}


def test_no_word_of_the_one_list_hides_behind_one_of_the_other() -> None:
    """Such a word could never be heard."""
    assert [word for word in WORDS.stream if any(other in word for other in WORDS.goods)] == []


def test_no_word_stands_twice() -> None:
    assert len(set(WORDS.stream)) == len(WORDS.stream)
    assert len(set(WORDS.goods)) == len(WORDS.goods)


def test_the_words_are_folded_as_comments_are() -> None:
    for word in (*WORDS.stream, *WORDS.goods):
        assert CATALOGUE.folding.fold(word) == word


@pytest.mark.parametrize("text", ["stream = [", 'stream = ["卡"]\n', "\udcff"])
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "stream.toml").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(LexiconError, match=r"stream\.toml"):
        load_stream_words(tmp_path)
