from __future__ import annotations

import errno
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import SettingsError
from live.cli.main import main, sentence, take_debug

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("serve", "demo", "replay", "classify", "evaluate", "report", "verify-draw", "bench", "test", "doctor")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"run_live.py {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv",
    [
        ["sevre"],
        ["serve", "--prot", "1"],
        ["serve", "--port", "70000"],
        ["serve", "--role", "boss"],
        ["replay"],
        ["replay", "no-such-file", "--url", "ws://h", "--token", "t"],
        ["demo", "--speed", "0"],
    ],
)
def test_wrong_usage_ends_with_two(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "Error" in capsys.readouterr().err


def test_a_failure_is_one_line_and_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVE_SERVER__PORT", "x")
    config = tmp_path / "linbo.toml"
    config.write_text("[server]\nprot = 1\n", encoding="utf-8")
    assert main(["doctor", "--config", str(config)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    variable = "环境变量 LIVE_SERVER__PORT：server.port 应是整数"
    file = f"配置文件 {config}：没有 server.prot 这个设置（是不是 server.port？）"
    assert err.splitlines() == [f"邻播：{variable}；{file}"]


def test_the_traceback_comes_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVE_SERVER__PORT", "x")
    with pytest.raises(SettingsError):
        main(["doctor", "--debug"])


def test_debug_may_stand_anywhere_but_after_test_it_is_pytests() -> None:
    assert take_debug(["serve", "--debug", "--port", "1"]) == (["serve", "--port", "1"], True)
    assert take_debug(["test", "--debug"]) == (["test", "--debug"], False)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SettingsError(["甲", "乙"]), "甲；乙"),
        (
            OSError(errno.EADDRINUSE, "Address already in use"),
            "端口已被别的程序占用。请关掉那个程序，或用 --port 换一个",
        ),
        (
            OSError(errno.EADDRNOTAVAIL, "error while attempting to bind on address ('8.8.8.8', 8000)"),
            "这台电脑没有这个地址。请用 --host 127.0.0.1；要让手机打开，请用 --host 0.0.0.0",
        ),
        (
            PermissionError(errno.EACCES, "error while attempting to bind on address ('127.0.0.1', 80)"),
            "没有权限用这个端口。请用 --port 换一个，例：8000",
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            "找不到这个地址。请检查 --host 和设置里的网址有没有写错",
        ),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.jsonl"), "a.jsonl：No such file"),
        (KeyError("x"), "KeyError：'x'（加 --debug 看出错的位置）"),
    ],
)
def test_an_error_becomes_a_sentence(error: Exception, told: str) -> None:
    assert sentence(error) == told


def test_help_does_not_load_what_only_the_commands_need() -> None:
    code = "import sys; from live.cli.main import main; main(['serve', '--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & {"aiohttp", "sqlalchemy", "jieba", "openai", "redis"} == set()


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--version"], 0), (["--no-such-option"], 2), (["no-such-file.py"], 2)]
)
def test_the_arguments_of_test_go_to_pytest_and_its_answer_comes_back(arguments: list[str], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "run_live.py", "test", *arguments], cwd=ROOT, check=False, capture_output=True
    )
    assert done.returncode == code


def test_classify_reads_and_writes_json_lines(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text('{"offers": []}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "run_live.py", "classify", "--catalog", str(catalogue)],
        cwd=ROOT,
        input='\ufeff{"id":"c1","text":"晚上好"}\n{"id":"c2","text":"哈哈哈"}\n',
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["c1", "c2"]
