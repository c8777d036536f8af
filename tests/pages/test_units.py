"""The rules of the pages, run by Node: `tests/pages/units/*.test.mjs`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.pages.browser import browser_is_required

UNITS = sorted((Path(__file__).parent / "units").glob("*.test.mjs"))


def find_node() -> str | None:
    """Node, or the one that playwright brings along."""
    import playwright  # noqa: PLC0415  # only its folder is wanted

    name = shutil.which("node")
    bundled = Path(playwright.__file__).parent / "driver" / "node"
    return name or (str(bundled) if bundled.exists() else None)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name.removesuffix(".test.mjs"))
def test_the_rules_of_the_pages_hold_in_node(unit: Path) -> None:
    node = find_node()
    if node is None and not browser_is_required():
        pytest.skip("there is no Node on this machine")
    assert node is not None, "LINBO_REQUIRE_BROWSER=1, but there is no Node on this machine"
    done = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(unit)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fail 0" in done.stdout


def test_there_are_units() -> None:
    assert len(UNITS) > 5
