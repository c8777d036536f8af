from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.classifier import Classifier, build_catalogue
from nlp.lexicon import LexiconError, load_lexicon
from nlp.tokens import Tag
from nlp.types import Context
from tests.nlp.shop import OFFERS, told

if TYPE_CHECKING:
    from pathlib import Path


def local(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "local.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_lists_of_the_product_load() -> None:
    words = load_lexicon().words
    assert words["要"] is Tag.TAKE
    assert words["不要了"] is Tag.CANCEL


def test_a_host_adds_the_words_of_the_local_dialect(tmp_path: Path) -> None:
    lexicon = load_lexicon(local=local(tmp_path, 'take = ["薅羊毛来"]'))
    found = Classifier(build_catalogue(OFFERS, lexicon)).classify("薅羊毛来两袋核桃", Context())
    assert told(found) == ["set walnut - 2"]


@pytest.mark.parametrize("text", ["核桃撤噜", "核桃退唻", "核桃不要啦", "把核桃取笑掉", "核桃去消"])
def test_a_word_is_known_however_a_dialect_ends_it_or_speech_input_hears_it(text: str) -> None:
    found = Classifier(build_catalogue(OFFERS)).classify(text, Context())
    assert told(found) == ["cancel walnut - -"]


@pytest.mark.parametrize("text", ["现在要两袋核桃", "正在给我妈看，核桃要两袋"])
def test_again_is_not_heard_where_a_longer_word_stands(text: str) -> None:
    found = Classifier(build_catalogue(OFFERS)).classify(text, Context())
    assert told(found) == ["set walnut - 2"]


def test_an_unknown_section_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no section named taken"):
        load_lexicon(local=local(tmp_path, 'taken = ["要"]'))


def test_a_word_in_two_sections_is_told_with_both(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="整点 stands in take and in cancel"):
        load_lexicon(local=local(tmp_path, 'take = ["整点"]\ncancel = ["整点"]'))


def test_a_file_that_is_no_toml_is_told_by_path(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"local\.toml: not TOML"):
        load_lexicon(local=local(tmp_path, "take = ["))
