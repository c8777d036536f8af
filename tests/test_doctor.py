from __future__ import annotations

import socket
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from config.settings import OutboundSettings, SourceSettings, load_settings
from live.doctor import machine, outbound, services
from live.doctor.check import Verdict, bad, good
from live.doctor.run import findings, run_doctor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest


@contextmanager
def listening() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield int(server.getsockname()[1])


def closed_port() -> int:
    with listening() as port:
        return port


def test_a_finding_is_one_line_with_its_mend() -> None:
    assert good("Redis", "没有配置").line() == "✓ Redis：没有配置"
    assert bad("端口", "被\n占用", "换一个").line() == "✗ 端口：被 占用。换一个"


def test_a_machine_without_configuration_is_looked_at_in_full_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings(None, {}, {"data_dir": str(tmp_path / "data"), "server": {"port": closed_port()}})
    assert run_doctor(settings) == 0
    names = [line.partition("：")[0][2:] for line in capsys.readouterr().out.splitlines()]
    assert names == [
        "Python",
        "ffmpeg",
        "中文字体",
        "端口",
        "数据文件夹",
        "数据库",
        "Redis",
        "大模型",
        "来源",
        "公开网址",
        "消息去处",
        "OBS",
    ]
    assert list(tmp_path.iterdir()) == []


def test_one_bad_finding_ends_with_one(tmp_path: Path) -> None:
    with listening() as port:
        settings = load_settings(None, {}, {"data_dir": str(tmp_path), "server": {"port": port}})
        assert run_doctor(settings) == 1
        assert [each.name for each in findings(settings) if each.verdict is Verdict.BAD] == ["端口"]


def test_a_busy_port_is_told_from_one_that_is_not_ours() -> None:
    with listening() as port:
        assert "已被占用" in machine.port("127.0.0.1", port).text
    assert "不能监听" in machine.port("192.0.2.7", 8000).text
    assert machine.port("127.0.0.1", 0).verdict is Verdict.GOOD


def test_a_data_folder_that_cannot_be_written_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert machine.data_folder(file).verdict is Verdict.BAD
    assert machine.data_folder(tmp_path / "new" / "data").verdict is not Verdict.BAD


def test_a_whole_database_is_good_and_a_torn_one_is_bad(tmp_path: Path) -> None:
    path = tmp_path / "店 铺#1.db"
    assert "新建" in services.database(f"sqlite:///{path}").text
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 100,)] * 1000)
    connection.close()
    assert services.database(f"sqlite:///{path}").verdict is Verdict.GOOD
    path.write_bytes(path.read_bytes()[:8192] + b"\xff" * 20_000)
    assert services.database(f"sqlite:///{path}").verdict is Verdict.BAD


def test_servers_that_do_not_answer_are_told_without_their_passwords() -> None:
    port = closed_port()
    for finding in (
        services.database(f"postgresql://u:geheim@127.0.0.1:{port}/d"),
        services.redis_server(f"redis://:geheim@127.0.0.1:{port}/0"),
    ):
        assert finding.verdict is Verdict.BAD
        assert f"127.0.0.1:{port}" in finding.line()
        assert "geheim" not in finding.line()


def test_each_source_is_knocked_at() -> None:
    with listening() as port:
        there = SourceSettings(kind="oba", room="main", url=f"ws://127.0.0.1:{port}/x?token=geheim")
        away = SourceSettings(kind="barrage_grab", room="main", url=f"ws://127.0.0.1:{closed_port()}")
        found = services.sources([there, away])
    assert [(each.name, each.verdict) for each in found] == [
        ("来源 oba（main）", Verdict.GOOD),
        ("来源 barrage_grab（main）", Verdict.BAD),
    ]
    assert "geheim" not in found[0].line()


KEY = "693a91f6-7b4c-4bc4-97a0-0ec2f1fa5aaa"


def hook(url: str, **more: object) -> dict[str, object]:
    return {"name": "erp", "url": url, "secret": "geheim-geheim-geheim"} | more


def told_of(**targets: object) -> list[str]:
    """What is said of the places that messages go to."""
    return [each.line() for each in outbound.targets(OutboundSettings.model_validate(targets))]


def test_each_place_that_messages_go_to_is_knocked_at_and_sent_nothing() -> None:
    with listening() as port:
        robot = {"name": "tuan", "key": KEY, "base_url": f"http://127.0.0.1:{port}"}
        away = hook(f"http://u:geheim@127.0.0.1:{closed_port()}/geheim?token=geheim")
        there, gone = told_of(wecom=[robot], webhook=[away])
    assert there.startswith(f"✓ 消息去处 tuan：127.0.0.1:{port} 能连上")
    assert gone.startswith("! 消息去处 erp：127.0.0.1:")
    assert "geheim" not in there + gone
    assert KEY not in there + gone


def test_a_kind_of_event_that_there_is_not_is_told_with_the_nearest() -> None:
    (line,) = told_of(webhook=[hook("https://erp.example/x", kinds=["reservation", "cycle_close", "qwerty"])])
    assert "没有 cycle_close（是不是 cycle_closed？）、 qwerty 这种事件" in line


def test_names_of_customers_should_not_go_unencrypted_through_the_internet() -> None:
    (line,) = told_of(webhook=[hook("http://erp.example/x")])
    assert line.startswith("! 消息去处 erp：网址不是 https")
    for near in ("localhost", "127.0.0.1", "192.168.1.9", "erp.local", "kasse"):
        assert not outbound._is_open_to_all(f"http://{near}/x")
