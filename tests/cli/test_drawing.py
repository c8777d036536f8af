from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from live.cli.main import main
from tests.domain.draw_records import entry, of_comments, record_of

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = [entry(number) for number in range(3)]


@pytest.fixture
def record() -> dict[str, Any]:
    witness = of_comments([("m-1", "恭喜</script><b>"), ("m-2", "来了")])
    return record_of(seed=bytes(range(32)), entries=ENTRIES, witness=witness, counts=[1, 1])


def write(folder: Path, text: str | bytes, name: str = "record.json") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def page_of(record: dict[str, Any]) -> str:
    inside = json.dumps({"record": record, "names": {}}).replace("<", "\\u003c")
    return (
        f'<!doctype html><p>福袋</p><script id="record" type="application/json">{inside}</script><script>1 < 2</script>'
    )


def test_a_record_that_holds_is_verified_and_said_in_a_line(
    tmp_path: Path, record: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-draw", write(tmp_path, json.dumps(record))]) == 0
    first, second = (each["winners"][0] for each in record["rounds"])
    told = f"3 人参与；第 1 轮抽中 {first}；第 2 轮抽中 {second}"
    assert capsys.readouterr().out.splitlines() == ["verified", told]


def test_a_draw_that_nobody_entered_is_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(seed=bytes(32), entries=[], witness=of_comments([]), counts=[1])
    assert main(["verify-draw", write(tmp_path, json.dumps(record))]) == 0
    assert "0 人参与；第 1 轮抽中 （没有人）" in capsys.readouterr().out


def test_a_saved_page_is_read_like_the_record_itself(
    tmp_path: Path, record: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-draw", write(tmp_path, page_of(record), "福袋核对.html")]) == 0
    assert capsys.readouterr().out.startswith("verified\n")


def test_standard_input_is_a_file_too(
    record: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + json.dumps(record).encode())))
    assert main(["verify-draw", "-"]) == 0
    assert capsys.readouterr().out.startswith("verified\n")


def test_what_differs_is_told_line_by_line(
    tmp_path: Path, record: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    record["commitment"], record["list_hash"] = "00" * 32, "00" * 32
    assert main(["verify-draw", write(tmp_path, json.dumps(record))]) == 1
    out, err = capsys.readouterr()
    assert [line[:3] for line in out.splitlines()] == ["种子换", "参与名"]
    assert err.splitlines() == ["邻播：这份抽奖记录对不上，有 2 处。"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "不是 JSON"),
        ("{", "不是 JSON"),
        ("[" * 200_000, "不是 JSON"),
        ("9" * 5_000, "不是 JSON"),
        (b"\xff\xfe\x00", "不是 UTF-8"),
        ("<html><p>你好", "没有抽奖记录"),
        ('<script id="record">nothing</script>', "不是 JSON"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(
    tmp_path: Path, text: str | bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-draw", write(tmp_path, text)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert told in err


@pytest.mark.parametrize("text", ["[]", "null", '"福袋"', "{}", '{"record": []}'])
def test_json_that_is_no_record_differs(tmp_path: Path, text: str) -> None:
    assert main(["verify-draw", write(tmp_path, text)]) == 1


@pytest.mark.parametrize("name", ["there-is-none.json", "."])
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-draw", str(tmp_path / name)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_is_too_large_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("live.cli.drawing.MOST_BYTES", 10)
    assert main(["verify-draw", write(tmp_path, " " * 11)]) == 1
    assert "太大了" in capsys.readouterr().err
