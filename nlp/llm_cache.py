"""A bounded memory of answers: what was asked longest ago is forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

V = TypeVar("V")


class Cache(Generic[V]):
    """Remembers at most `most` values; a key that is looked up counts as used."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[tuple[str, ...], V] = OrderedDict()

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._values)

    def get(self, key: tuple[str, ...] | None) -> V | None:
        """The value of *key*, if it is remembered."""
        if key is None or key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key]

    def put(self, key: tuple[str, ...] | None, value: V) -> None:
        """Remember *value*; without a key nothing is remembered."""
        if key is None or self._most < 1:
            return
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
