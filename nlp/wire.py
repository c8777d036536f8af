"""The JSON of comment understanding: catalogues and lines in, classifications out (the public contract, section 5).

Readers gather every fault of an input and raise them together in one `WireError`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from nlp.types import CatalogueOffer, CatalogueVariant, Context, Prompt, PromptMeaning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nlp.classifier import Classifier
    from nlp.types import Action, Classification

# Whole yuan, and up to two digits of jiao and fen.
_PRICE = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


class WireError(ValueError):
    """An input that does not follow the contract; `faults` says for each fault where it is and what is wrong."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True, slots=True)
class InputLine:
    """One comment to classify: its line number (from 1), its id, the text and what the host showed."""

    number: int
    id: str
    text: str
    context: Context


class _Reader:
    """Takes fields out of one JSON object and notes each fault with its place."""

    def __init__(self, value: Mapping[str, object], where: str, faults: list[str]) -> None:
        self._value, self._where, self._faults = value, where, faults

    def fault(self, name: str, wanted: str) -> None:
        self._faults.append(f"{self._where}: {name}: {wanted}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._value.get(name, default)
        if isinstance(value, str):
            return value
        self.fault(name, "a string is needed")
        return ""

    def optional_text(self, name: str) -> str | None:
        return None if self._value.get(name) is None else self.text(name)

    def optional_int(self, name: str) -> int | None:
        value = self._value.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.fault(name, "a whole number is needed")
        return None

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._value.get(name, [])
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            return tuple(values)
        self.fault(name, "a list of strings is needed")
        return ()

    def mapping(self, name: str) -> Mapping[str, object] | None:
        value = self._value.get(name)
        if value is None or isinstance(value, dict):
            return value
        self.fault(name, "an object is needed")
        return None

    def objects(self, name: str) -> Iterator[_Reader]:
        values = self._value.get(name, [])
        if not isinstance(values, list):
            self.fault(name, "a list of objects is needed")
            return
        for place, value in enumerate(values):
            if isinstance(value, dict):
                yield _Reader(value, f"{self._where}: {name}[{place}]", self._faults)
            else:
                self.fault(f"{name}[{place}]", "an object is needed")

    def fen(self, name: str) -> int | None:
        value = self._value.get(name)
        return None if value is None else self._fen_of(name, value)

    def _fen_of(self, name: str, value: object) -> int | None:
        found = _PRICE.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            self.fault(name, 'a price such as "39.90" is needed')
            return None
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def offers_from(value: Mapping[str, object], where: str = "catalog") -> list[CatalogueOffer]:
    """Read `{"offers": [Offer…]}`; raises `WireError` with every fault."""
    faults: list[str] = []
    offers = [_offer(reader) for reader in _Reader(value, where, faults).objects("offers")]
    if faults:
        raise WireError(faults)
    return offers


def _offer(reader: _Reader) -> CatalogueOffer:
    return CatalogueOffer(
        id=reader.text("id"),
        number=reader.optional_int("number"),
        title=reader.text("title"),
        aliases=reader.texts("aliases"),
        unit=reader.text("unit", "份"),
        price_fen=reader.fen("price"),
        variants=tuple(_variant(each) for each in reader.objects("variants")),
        facts=MappingProxyType({str(key): str(fact) for key, fact in (reader.mapping("facts") or {}).items()}),
    )


def _variant(reader: _Reader) -> CatalogueVariant:
    return CatalogueVariant(id=reader.text("id"), name=reader.text("name"), aliases=reader.texts("aliases"))


def load_catalogue(path: Path) -> list[CatalogueOffer]:
    """Read a catalogue file, `{"offers": [Offer…]}`; raises `WireError` and `OSError`."""
    return offers_from(_object_of(path), path.name)


def load_catalogues(path: Path) -> dict[str, list[CatalogueOffer]]:
    """Read a file of named catalogues, `{"name": {"offers": [Offer…]}}`; raises `WireError` and `OSError`."""
    faults: list[str] = []
    found: dict[str, list[CatalogueOffer]] = {}
    for name, value in _object_of(path).items():
        if not isinstance(value, dict):
            faults.append(f"{path.name}: {name}: an object is needed")
            continue
        try:
            found[name] = offers_from(value, f"{path.name}: {name}")
        except WireError as error:
            faults.extend(error.faults)
    if faults:
        raise WireError(faults)
    return found


def _object_of(path: Path) -> dict[str, object]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise WireError([f"{path.name}: not JSON in UTF-8: {error}"]) from error
    if isinstance(value, dict):
        return value
    raise WireError([f"{path.name}: a JSON object is needed"])


def objects_of(lines: Iterable[str]) -> list[tuple[int, dict[str, object]]]:
    """Read JSON Lines into (line number, object) pairs, empty lines skipped; raises `WireError` with every fault."""
    faults: list[str] = []
    found: list[tuple[int, dict[str, object]]] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            _take_object(number, line, found, faults)
    if faults:
        raise WireError(faults)
    return found


def _take_object(number: int, line: str, found: list[tuple[int, dict[str, object]]], faults: list[str]) -> None:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        faults.append(f"line {number}: not JSON: {error.msg} at column {error.colno}")
        return
    if isinstance(value, dict):
        found.append((number, value))
    else:
        faults.append(f"line {number}: a JSON object is needed")


def input_lines(objects: Iterable[tuple[int, Mapping[str, object]]]) -> list[InputLine]:
    """Read the fields of input lines; raises `WireError` with every fault."""
    faults: list[str] = []
    found = [_input_line(number, value, faults) for number, value in objects]
    if faults:
        raise WireError(faults)
    return found


def _input_line(number: int, value: Mapping[str, object], faults: list[str]) -> InputLine:
    where = f"line {number}"
    reader = _Reader(value, where, faults)
    context = Context(pinned=reader.optional_text("pinned"), prompt=_prompt(reader, f"{where}: prompt", faults))
    return InputLine(number=number, id=reader.text("id", str(number)), text=reader.text("text"), context=context)


def _prompt(parent: _Reader, where: str, faults: list[str]) -> Prompt | None:
    value = parent.mapping("prompt")
    if value is None:
        return None
    reader = _Reader(value, where, faults)
    meaning = reader.text("meaning")
    if meaning not in tuple(PromptMeaning):
        reader.fault("meaning", f"one of {' '.join(PromptMeaning)} is needed")
        return None
    options = tuple((each.text("key"), each.text("label")) for each in reader.objects("options"))
    return Prompt(
        keyword=reader.text("keyword"),
        meaning=PromptMeaning(meaning),
        ref_id=reader.optional_text("ref_id"),
        options=options,
    )


def action_dict(action: Action) -> dict[str, object]:
    """An action as the wire writes it."""
    return {"op": str(action.op), "offer": action.offer, "variant": action.variant, "quantity": action.quantity}


def classification_dict(found: Classification) -> dict[str, object]:
    """A classification as the wire writes it, without the id of its line."""
    return {
        "intent": str(found.intent),
        "topic": None if found.topic is None else str(found.topic),
        "confidence": round(found.confidence, 4),
        "route": str(found.route),
        "actions": [action_dict(action) for action in found.actions],
        "evidence": [[piece.text, piece.role] for piece in found.evidence],
        "stage": str(found.stage),
        "reason": found.reason,
    }


def output_line(id_: str, found: Classification) -> str:
    """One output line of `classify`, without a line break."""
    return json.dumps({"id": id_, **classification_dict(found)}, ensure_ascii=False)


def classify_lines(lines: Iterable[str], classifier: Classifier) -> Iterator[str]:
    """Classify JSON Lines in order; every fault of the input is raised as one `WireError` before the first answer."""
    return _outputs(input_lines(objects_of(lines)), classifier.classify)


def _outputs(lines: Iterable[InputLine], classify: Callable[[str, Context], Classification]) -> Iterator[str]:
    return (output_line(line.id, classify(line.text, line.context)) for line in lines)
