"""Labels (标签): one a bag, on which the counter finds the bag and the bag its goods."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from live.domain.viewer import mask_name
from live.reports.fulfilment.figures import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from live.reports.fulfilment.figures import PickEntry, PickList, PointList

LINES_A_BAG = 4
"""More kinds of goods than this get a second bag and label: no label has room for more."""


class Names(StrEnum):
    """How a label names its owner: strangers read it at the pickup point."""

    MASKED = "masked"
    FULL = "full"


def labels_of(picks: PickList, names: Names = Names.MASKED) -> tuple[Label, ...]:
    """The labels of all that is still to be handed over, in the order of the pick list."""
    return tuple(label for point in picks.points for entry in point.entries for label in _labels(point, entry, names))


def _labels(point: PointList, entry: PickEntry, names: Names) -> Iterable[Label]:
    lines = [line for line in entry.lines if not line.done]
    bags = [tuple(lines[at : at + LINES_A_BAG]) for at in range(0, len(lines), LINES_A_BAG)]
    for part, bag in enumerate(bags, start=1):
        yield Label(
            number=entry.number,
            name=label_name(entry, names),
            point=point.name,
            code=entry.codes[0],
            lines=bag,
            part=part,
            parts=len(bags),
            own_bag=entry.own_bag,
        )


def label_name(entry: PickEntry, names: Names) -> str:
    """A person as their label names them: "张*", or whole as the shop chooses."""
    return entry.name if names is Names.FULL else mask_name(entry.names[0])
