"""What `pyproject.toml` declares, and whether this Python has it. Standard library only."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Purpose = Literal["run", "dev"]

REQUIREMENT = re.compile(
    r"(?P<name>[\w.-]+?)(?:\[(?P<extras>[\w,-]+)\])?"
    r"(?:(?P<operator>>=|==)(?P<version>\d[\d.]*))?"
    r"(?:\s*;\s*sys_platform\s*(?P<marker>==|!=)\s*'(?P<platform>\w+)')?"
)
EXTRA_PART = re.compile(r"^(?P<name>[\w.-]+).*;.*extra\s*==\s*[\"'](?P<extra>[\w-]+)[\"']")


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """One line of `dependencies`, in the forms that this project uses: `name[extra]>=1.2; sys_platform != 'win32'`."""

    name: str
    extras: frozenset[str] = frozenset()
    exact: bool = False
    version: tuple[int, ...] = ()
    platform: str | None = None
    platform_excluded: bool = False

    def applies_to(self, platform: str) -> bool:
        """Whether the line counts on *platform*, a value of `sys.platform`."""
        return self.platform is None or (self.platform == platform) is not self.platform_excluded


def parse_requirement(line: str) -> Requirement:
    """Read one declared requirement.

    Raises:
        ValueError: the line is of a form that `Requirement` does not know.
    """
    found = REQUIREMENT.fullmatch(line.strip())
    if found is None:
        raise ValueError(
            f"pyproject.toml: {line!r} is no requirement of the form name[extra]>=1.2; sys_platform == 'x'"
        )
    return Requirement(
        name=found["name"],
        extras=frozenset((found["extras"] or "").split(",")) - {""},
        exact=found["operator"] == "==",
        version=release(found["version"] or ""),
        platform=found["platform"],
        platform_excluded=found["marker"] == "!=",
    )


def release(version: str) -> tuple[int, ...]:
    """Give the leading numbers of a version: `"2.14.3rc1"` is `(2, 14, 3)`."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def declared(pyproject: Path, purpose: Purpose) -> list[Requirement]:
    """List what *purpose* needs: `run` the dependencies, `dev` the extras and the group `dev` as well."""
    document = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    lines = list(document["project"]["dependencies"])
    if purpose == "dev":
        lines += [line for extra in document["project"]["optional-dependencies"].values() for line in extra]
        lines += document["dependency-groups"]["dev"]
    return [parse_requirement(line) for line in lines]


def missing(requirements: list[Requirement], *, platform: str = sys.platform) -> list[str]:
    """Name the requirements that the running Python does not meet, in order."""
    return [wanted.name for wanted in requirements if wanted.applies_to(platform) and not is_met(wanted)]


def is_met(wanted: Requirement) -> bool:
    """Whether the running Python has *wanted* in a fitting version, with its extras."""
    try:
        found = metadata.distribution(wanted.name)
    except metadata.PackageNotFoundError:
        return False
    have = release(found.version)
    fits = have[: len(wanted.version)] == wanted.version if wanted.exact else have >= wanted.version
    return fits and all(is_installed(name) for name in extra_parts(found, wanted.extras))


def extra_parts(found: metadata.Distribution, extras: frozenset[str]) -> Iterator[str]:
    """Name the distributions that *extras* of *found* bring along."""
    for line in found.requires or []:
        part = EXTRA_PART.match(line)
        if part and part["extra"] in extras:
            yield part["name"]


def is_installed(name: str) -> bool:
    """Whether the running Python has a distribution called *name*, whatever its version."""
    return any(True for _ in metadata.distributions(name=name))
