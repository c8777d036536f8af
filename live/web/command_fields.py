"""The small values that commands are made of, with their bounds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")

PRICE = r"^[0-9]{1,7}(\.[0-9]{1,2})?$"
"""A decimal string in CNY with at most two decimals; never a float on any way."""

PLATFORM = r"^[a-z0-9_:-]{1,40}$"

CODE = r"^[0-9A-Za-z]{4,40}$"

TAIL = r"^[0-9]{4}$"

WEIGHT = r"^[0-9]{1,4}(\.[0-9]{1,3})?$"

_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
_LINES = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
"""As above, with tabs and line breaks. PostgreSQL keeps no NUL, and ESC turns a terminal over."""

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)

Id = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_PRINTABLE)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=CODE)]
"""A pickup code as people type it: small letters will do."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=_PRINTABLE)]
Line = Annotated[str, StringConstraints(max_length=500, pattern=_LINES)]
Platform = Annotated[str, StringConstraints(pattern=PLATFORM)]
Picture = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}\.(jpg|png|webp)$")]
"""The name that an upload was given (`live.web.pictures`): the picture cannot be another one tomorrow."""
Price = Annotated[str, StringConstraints(pattern=PRICE)]
Quota = Annotated[int, Field(ge=0, le=1_000_000)]
Quantity = Annotated[int, Field(ge=1, le=100_000)]
Number = Annotated[int, Field(ge=1, le=999)]


def _on_the_calendar(moment: datetime) -> datetime:
    """Refuse what another time zone would carry over the edge of the calendar."""
    if _FIRST <= moment < _LAST:
        return moment
    raise PydanticCustomError("off_calendar", "时间要在 1970 年到 9998 年之间")


Moment = Annotated[AwareDatetime, AfterValidator(_on_the_calendar)]


class Model(BaseModel):
    """Closed, strict and frozen: a misspelt field is a fault, and "2" is no number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def unique(name: str, key: Callable[[T], Hashable]) -> AfterValidator:
    """Make the check that no two of a list share a value; None is shared freely."""

    def check(items: list[T]) -> list[T]:
        twice = [str(value) for value in doubled(map(key, items)) if value is not None]
        if twice:
            raise PydanticCustomError("duplicate", "{name}重复了：{twice}", {"name": name, "twice": "、".join(twice)})
        return items

    return AfterValidator(check)


def doubled(values: Iterable[Hashable]) -> list[Hashable]:
    """The values that come more than once."""
    return [value for value, count in Counter(values).items() if count > 1]
