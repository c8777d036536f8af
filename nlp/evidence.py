"""Evidence: the spans that were read, cut from the comment as it was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.types import Evidence, Intent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.fold import Folding
    from nlp.types import Classification


def cut(
    found: Classification, raw: str, folded: str, spans: Sequence[tuple[int, int, str]], folding: Folding
) -> Classification:
    """Give a classification with actions, or of a complaint, its evidence: each span once, in the order written."""
    if not spans or not (found.actions or found.intent is Intent.COMPLAINT):
        return found
    places = None if len(folded) == len(raw) else folding.origins(raw)
    pieces = [
        Evidence(text=raw[start:end] if places is None else raw[places[start] : places[end]], role=role)
        for start, end, role in sorted(set(spans))
    ]
    return replace(found, evidence=tuple(piece for piece in pieces if piece.text.strip()))
