from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.declared import Requirement, declared, release

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements-run.txt", "requirements-dev.txt", "requirements-uv.txt")
MEND = "see docs/how-to/update-locks.md"


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, flags=re.MULTILINE))


def is_pinned(wanted: Requirement, versions: dict[str, str]) -> bool:
    version = versions.get(wanted.name.lower())
    return version is not None and release(version) >= wanted.version


@pytest.mark.parametrize(("name", "purpose"), [("requirements-run.txt", "run"), ("requirements-dev.txt", "dev")])
def test_the_lock_holds_everything_that_is_declared_in_a_fitting_version(name: str, purpose: str) -> None:
    wanted = declared(ROOT / "pyproject.toml", "dev" if purpose == "dev" else "run")
    assert [each.name for each in wanted if not is_pinned(each, locked(name))] == [], MEND


def test_tests_run_on_the_versions_that_users_get() -> None:
    dev = locked("requirements-dev.txt")
    assert {name: dev.get(name) for name in locked("requirements-run.txt")} == locked("requirements-run.txt"), MEND


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_hashes_and_no_package_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip())), MEND
