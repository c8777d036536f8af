from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Settings
from live.reports.fulfilment.labels import Names
from live.reports.run import NoSuchSession, refuse_missing_file, run_report
from live.store.factory import open_store
from live.store.port import Change, OfferChange, SessionRecord
from tests.reports.factories import a_small_evening


async def keep(record: SessionRecord, url: str) -> None:
    """Write a record as one batch, as the service would."""
    store = open_store(url)
    await store.start()
    change = Change(
        room=record.session.room,
        seq_before=0,
        seq_after=1,
        n_before=0,
        n_after=len(record.comments),
        session=record.session,
        offers=tuple(OfferChange(before=None, after=offer) for offer in record.offers),
        reservations=record.reservations,
        comments=record.comments,
    )
    await store.commit(change)
    await store.close()


async def stored(folder: Path) -> tuple[Settings, SessionRecord]:
    record, settings = a_small_evening(), Settings(data_dir=folder / "data")
    await keep(record, settings.database_url)
    return settings, record


@pytest.fixture(name="kept")
def what_is_kept(tmp_path: Path) -> tuple[Settings, SessionRecord]:
    import asyncio  # noqa: PLC0415  # the command brings its own loop, so the test must not stand in one

    return asyncio.run(stored(tmp_path))


def test_the_report_of_a_stored_session_is_written_and_its_files_are_named(
    kept: tuple[Settings, SessionRecord], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, record = kept
    assert run_report(settings, session=record.session.id, out=tmp_path / "out") == 0
    named = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in named] == [
        "report.html",
        "report.json",
        "orders.xlsx",
        "purchase.html",
        "picklist.html",
        "labels-58mm.html",
        "labels-a4.html",
        "fulfilment.xlsx",
    ]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in named}
    assert "¥</small>258.50" in named[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(("names", "shown"), [(Names.MASKED, False), (Names.FULL, True)])
def test_labels_name_viewers_as_the_shop_chooses(
    kept: tuple[Settings, SessionRecord], tmp_path: Path, names: Names, *, shown: bool
) -> None:
    settings, record = kept
    run_report(settings, session=record.session.id, out=tmp_path, names=names)
    for name in ("labels-58mm.html", "labels-a4.html"):
        assert ("张姐" in (tmp_path / name).read_text(encoding="utf-8")) is shown


def test_an_unknown_session_is_named_with_the_mend(kept: tuple[Settings, SessionRecord], tmp_path: Path) -> None:
    with pytest.raises(NoSuchSession, match=r"没有“nope”这一场。.*--data"):
        run_report(kept[0], session="nope", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_mistyped_folder_is_named_and_not_made(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "dtaa")
    with pytest.raises(NoSuchSession, match=r"没有数据文件 .*dtaa.*--data"):
        run_report(settings, session="s1", out=tmp_path)
    assert not (tmp_path / "dtaa").exists()


def test_a_server_is_no_file() -> None:
    refuse_missing_file("postgresql://shop@127.0.0.1/linbo")
