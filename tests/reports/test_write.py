from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING

import pytest

from live.reports.write import Paths, ReportNotWritten, why, write_reports
from tests.reports.factories import a_small_evening

if TYPE_CHECKING:
    from pathlib import Path


def test_three_files_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    out = tmp_path / "复盘" / "周三"
    paths = write_reports(a_small_evening(), out)
    assert paths == Paths(html=out / "report.html", json=out / "report.json", workbook=out / "orders.xlsx")
    assert {path.name for path in out.iterdir()} == {"report.html", "report.json", "orders.xlsx"}


def test_the_json_is_utf8_that_people_can_read(tmp_path: Path) -> None:
    text = write_reports(a_small_evening(), tmp_path).json.read_text(encoding="utf-8")
    assert "张姐" in text
    assert json.loads(text)["totals"]["amount"] == "258.50"


def test_writing_again_replaces_and_gives_the_same_page_and_json(tmp_path: Path) -> None:
    first = write_reports(a_small_evening(), tmp_path)
    before = first.html.read_bytes(), first.json.read_bytes()
    first.html.write_text("half a page")
    again = write_reports(a_small_evening(), tmp_path)
    assert (again.html.read_bytes(), again.json.read_bytes()) == before


def test_names_can_be_masked_in_all_three(tmp_path: Path) -> None:
    paths = write_reports(a_small_evening(), tmp_path, mask_names=True)
    assert "张姐" not in paths.html.read_text(encoding="utf-8") + paths.json.read_text(encoding="utf-8")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "out"
    taken.write_text("mine")
    with pytest.raises(ReportNotWritten, match=r"建不了文件夹 .*out：同名的东西已经在那里.*--out"):
        write_reports(a_small_evening(), taken)
    assert taken.read_text() == "mine"


def test_a_folder_in_the_place_of_a_file_is_named_and_nothing_half_is_left(tmp_path: Path) -> None:
    (tmp_path / "orders.xlsx").mkdir()
    with pytest.raises(ReportNotWritten, match=r"写不了 .*orders\.xlsx：那里有个同名的文件夹"):
        write_reports(a_small_evening(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "report.json", "orders.xlsx"}


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "没有权限"), (errno.EROFS, "--out"), (errno.ENAMETOOLONG, "--out")],
)
def test_every_fault_says_what_to_do(number: int, words: str) -> None:
    assert words in why(OSError(number, os.strerror(number)))
