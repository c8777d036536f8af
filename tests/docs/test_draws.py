"""The page on draws: its vectors hold, its program agrees with ours, and its table of ranks is worked out anew."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from live.domain import draws
from live.domain.draw_proof import verify
from tests.docs.pages import blocks, inline, read

if TYPE_CHECKING:
    from pathlib import Path

PAGE = read("how-to/draws.md")
VECTORS: list[dict[str, Any]] = [json.loads(block.text) for block in blocks(PAGE, "json")]
(PROGRAM,) = (block.text for block in blocks(PAGE, "python"))
IDS = [vector["giveaway_id"] for vector in VECTORS]


def recompute(record: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    program, file = folder / "recompute.py", folder / "record.json"
    program.write_text(PROGRAM, encoding="utf-8")
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(program), str(file)], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_vectors_are_of_every_kind() -> None:
    assert {vector["witness"]["kind"] for vector in VECTORS} == {"comments", "drand"}
    assert any(len(vector["rounds"]) > 1 for vector in VECTORS)
    assert any(vector["witness"].get("comments") == [] for vector in VECTORS)
    assert any(vector["entries"] == [] for vector in VECTORS)


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_every_vector_is_verified(vector: dict[str, Any]) -> None:
    assert verify(vector) == []


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_the_program_on_the_page_verifies_every_vector(vector: dict[str, Any], tmp_path: Path) -> None:
    done = recompute(vector, tmp_path)
    assert (done.returncode, done.stdout) == (0, "verified\n"), done.stderr


@pytest.mark.parametrize("field", ["seed", "list_hash"])
def test_the_program_on_the_page_notices_a_change(field: str, tmp_path: Path) -> None:
    assert recompute(VECTORS[0] | {field: "00" * 32}, tmp_path).returncode == 1


def test_the_ranks_on_the_page_are_those_of_its_first_vector() -> None:
    record = VECTORS[0]
    seed, witness = bytes.fromhex(record["seed"]), record["witness"]["hash"]
    ranks = {
        draws.rank(seed, record["list_hash"], witness, entry, number)
        for entry in record["entries"]
        for number in (1, 2)
    }
    shown = {text for text in inline(PAGE) if len(text) == 64}
    assert shown == ranks
