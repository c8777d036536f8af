"""The whole evening, as a newcomer starts it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import OutboundSettings, load_settings
from live.demo.run import on_stage

ROOT = Path(__file__).parents[2]


def show(data: Path) -> subprocess.CompletedProcess[str]:
    command = ["run_live.py", "demo", "--data", str(data), "--port", "0", "--speed", "1000", "--once"]
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def test_the_evening_ends_by_itself_with_its_report_and_can_be_shown_again(tmp_path: Path) -> None:
    first = show(tmp_path)
    assert first.returncode == 0, first.stderr
    again = show(tmp_path)
    assert again.returncode == 0, again.stderr
    totals = [totals_of(path) for path in sorted(tmp_path.glob("reports/*/report.json"))]
    assert len(totals) == 2
    assert all(each["comments"] >= 600 and each["reserved_quantity"] > 100 for each in totals)
    assert "复盘写好了" in first.stdout
    assert "▶ 讲解" in first.stdout
    assert "/reports/" in first.stdout
    for name in ("orders.xlsx", "purchase.html", "picklist.html", "labels-58mm.html", "fulfilment.xlsx"):
        assert all(path.with_name(name).stat().st_size > 0 for path in tmp_path.glob("reports/*/report.json"))


def test_no_real_group_hears_of_an_evening_that_is_made_up(tmp_path: Path) -> None:
    hook = {"name": "erp", "url": "https://shop.example/linbo", "secret": "x" * 16}
    settings = load_settings(None, {}, {"data_dir": tmp_path, "outbound": {"webhook": [hook]}})
    assert settings.outbound.webhook
    assert on_stage(settings).outbound == OutboundSettings()
    assert on_stage(settings).data_dir == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a process can answer")
def test_an_evening_that_is_cut_off_before_its_report_has_failed(tmp_path: Path) -> None:
    command = ["run_live.py", "demo", "--data", str(tmp_path), "--port", "0", "--speed", "1", "--once"]
    with subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if "● 开播" in line)
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.splitlines() == ["邻播：这一晚还没放完就停了，复盘没有写。要看复盘，请再运行一次 demo"]


def totals_of(report: Path) -> dict[str, int]:
    document = json.loads(report.read_text(encoding="utf-8"))
    totals: dict[str, int] = document["totals"]
    return totals
