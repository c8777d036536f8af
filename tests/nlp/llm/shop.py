"""The words and the folding of the tests of the model's uses, built once."""

from __future__ import annotations

from functools import lru_cache

from nlp.fold import Folding, build_folding
from nlp.llm_wording import Wording, load_wording


@lru_cache(maxsize=1)
def folding() -> Folding:
    return build_folding()


@lru_cache(maxsize=1)
def wording() -> Wording:
    return load_wording(folding())
