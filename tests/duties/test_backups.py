"""A backup a day, checked, in the folders that are set; which ones go; nothing half-made stays."""

import gzip
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from pointsbank import backups, duties, encryption, jobs
from pointsbank.database import Database
from pointsbank.dates import SHANGHAI
from pointsbank.durable import locked
from pointsbank.duties import Runner, Site, backup_places
from tests.builders import chayuan
from tests.duties.together import site

NIGHT = datetime(2026, 9, 1, 3, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost nothing to make: a real one takes 256 MiB."""
    defaults = encryption.locking.__wrapped__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(defaults, "cost", encryption.Cost(memory=64, passes=1))


@pytest.fixture
def here(sqlite_database: Database, tmp_path: Path) -> Site:
    """The cast's village, with a stick."""
    chayuan(sqlite_database)
    data, stick = tmp_path / "data", tmp_path / "stick"
    (data / "backups").mkdir(parents=True)
    stick.mkdir()
    found = site(sqlite_database.url, data)
    return Site(sqlite_database, replace(found.settings, backup_to=(stick,)))


def look(here: Site, at: datetime = NIGHT) -> jobs.Job:
    """Look once at this moment, and return how the backup stands."""
    Runner(here, now=lambda: at, duties=[duties.find("backup")]).run_due()
    with here.database.reading() as session:
        return jobs.find(session, name="backup")


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(one.name for one in folder.iterdir())


def stick_of(here: Site) -> Path:
    """Where backups are copied to."""
    return here.settings.backup_to[0]


def copied(here: Site) -> list[str]:
    """What lies on the stick, without the mark of whose it is."""
    mark = backup_places.mark_in(stick_of(here), here.settings)
    return [one.replace(f"-{mark}", "") for one in names(stick_of(here))]


def on_stick(here: Site) -> list[backup_places.Kept]:
    """This installation's copies on the stick, newest first."""
    return backup_places.kept_in(stick_of(here), backup_places.mark_in(stick_of(here), here.settings))


def test_a_backup_a_day_begins_at_two_and_lies_in_every_folder(here: Site):
    times = [NIGHT, NIGHT + timedelta(hours=22), NIGHT + timedelta(hours=23), NIGHT + timedelta(hours=24)]
    for at in times:
        assert look(here, at).state == "done"

    expected = ["pointsbank-20260901-030000.sqlite3.gz", "pointsbank-20260902-020000.sqlite3.gz"]
    assert names(here.settings.backups_dir) == copied(here) == expected
    phrase = backup_places.passphrase(here.settings)
    copy = next(stick_of(here).glob("pointsbank-20260901*"))
    assert backups.is_locked(copy)
    with backups.opened(copy, aside=here.settings.data_dir, passphrase=phrase) as plain:
        rows = sqlite3.connect(plain).execute("SELECT count(*) FROM participant").fetchone()
    assert rows == (12,)


def test_a_stick_that_is_away_is_said_and_gets_its_copy_when_it_is_back(here: Site):
    stick_of(here).rmdir()
    told = look(here)
    assert "不在，没有复制" in told.result

    stick_of(here).mkdir()
    look(here, NIGHT + timedelta(minutes=1))

    # What is there already is copied, not made again.
    assert copied(here) == names(here.settings.backups_dir) == [backup_places.name_of(NIGHT)]


def test_a_full_stick_is_a_sentence_and_the_backup_here_is_made_once(here: Site, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pointsbank.duties.kinds.backup.writing_whole", full)
    for minute in (0, 1, 3):
        told = look(here, NIGHT + timedelta(minutes=minute))

    assert "没有复制到" in told.error and "没有空间了" in told.error
    assert told.attempts == 3
    assert len(names(here.settings.backups_dir)) == 1


def test_a_backup_that_could_not_be_restored_is_none(here: Site, monkeypatch):
    whole = backups.backup

    def torn(database: Database, file: Path) -> int:
        size = whole(database, file)
        file.write_bytes(file.read_bytes()[: size // 2])
        return size

    monkeypatch.setattr(backups, "backup", torn)
    told = look(here)

    assert told.state == "failed"
    assert names(here.settings.backups_dir) == names(stick_of(here)) == []


def test_what_a_killed_backup_left_goes_and_nothing_else(here: Site):
    folder = here.settings.backups_dir
    for name in (".backup-x1", ".pointsbank-x.part", "before-upgrade-20260101-000000.sqlite3.gz", "mine.gz"):
        (folder / name).touch()
        os.utime(folder / name, (0, 0))
    (folder / ".backup-young").mkdir()
    os.utime(folder / ".backup-young", (NIGHT.timestamp(), NIGHT.timestamp()))

    look(here)

    assert names(folder) == sorted(
        [
            ".backup-young",
            "before-upgrade-20260101-000000.sqlite3.gz",
            "mine.gz",
            backup_places.name_of(NIGHT),
        ]
    )


def test_a_clock_that_goes_back_or_was_years_ahead_stops_no_backup(here: Site):
    look(here, NIGHT + timedelta(days=3650))
    look(here, NIGHT)
    look(here, NIGHT - timedelta(days=1))
    look(here, NIGHT)

    days = [one.made_at.astimezone(SHANGHAI).day for one in on_stick(here)]
    own = backup_places.places(here.settings, at=NIGHT)[0]
    assert len(days) == 3
    assert own.newest is not None and own.newest.made_at == NIGHT


def test_on_a_server_s_database_there_is_no_such_duty(tmp_path: Path):
    assert not duties.find("backup").serves(site("postgresql+psycopg://nobody@127.0.0.1:1/nothing", tmp_path))


def test_a_stick_that_cannot_be_written_keeps_no_other_from_its_copy(here: Site, tmp_path: Path):
    # A folder in which nobody, the superuser neither, can make a file.
    no_stick, second = Path("/proc"), tmp_path / "second"
    second.mkdir()
    here = Site(here.database, replace(here.settings, backup_to=(no_stick, second)))

    told = look(here)

    assert told.error.startswith("备份做好了，但没有复制到 /proc：文件或文件夹不在了")
    [copy] = second.iterdir()
    assert copy.name.startswith(names(here.settings.backups_dir)[0].removesuffix(".sqlite3.gz"))


def test_old_ones_go_from_every_folder(here: Site):
    backup_places.passphrase(here.settings)
    for folder in (here.settings.backups_dir, stick_of(here)):
        mark = backup_places.mark_in(folder, here.settings)
        for days in range(1, 40):
            name = backup_places.name_of(NIGHT - timedelta(days=days), mark)
            (folder / name).write_bytes(gzip.compress(b""))

    look(here)

    left = on_stick(here)
    assert copied(here) == names(here.settings.backups_dir)
    # Fourteen newest, and the last of July, since the last of August is among them.
    assert len(left) == backup_places.NEWEST + 1
    assert left[-1].made_at.astimezone(UTC).month == 7


def test_two_villages_with_one_stick_neither_count_nor_remove_the_other_s(here: Site, tmp_path: Path):
    (tmp_path / "other" / "backups").mkdir(parents=True)
    other = Site(here.database, replace(here.settings, data_dir=tmp_path / "other"))
    for number, one in enumerate((here, other)):
        backup_places.passphrase(one.settings)
        mark = backup_places.mark_in(stick_of(here), one.settings)
        for day in range(1 + number, 14):
            name = backup_places.name_of(NIGHT - timedelta(days=day, minutes=number), mark)
            (stick_of(here) / name).touch()
    newest = backup_places.places(other.settings, at=NIGHT)[1].newest

    assert newest is not None and newest.made_at == NIGHT - timedelta(days=2, minutes=1)
    assert look(other).state == "done"
    assert (len(on_stick(here)), len(on_stick(other))) == (13, 13)


def test_two_who_make_the_passphrase_at_once_have_the_same(here: Site):
    folder, begun = here.settings.data_dir, Event()

    def phrase() -> str:
        begun.set()
        return backup_places.passphrase(here.settings)

    with ThreadPoolExecutor(1) as other:
        with locked(folder / "backup_passphrase.lock", 1):
            found = other.submit(phrase)
            begun.wait()
            # Long enough for who waits for nobody.
            wait([found], 0.4)
            (folder / "backup_passphrase").write_text("0000-1111", "ascii")

        assert found.result() == "0000-1111"


def test_backups_of_a_clock_years_ahead_push_none_out():
    years = [NIGHT + timedelta(days=9000 + day) for day in range(20)]
    days = [NIGHT - timedelta(days=day) for day in range(14)]
    kept = [backup_places.Kept(Path(backup_places.name_of(day)), day, 1) for day in (*years, *days)]

    assert backup_places.surplus(kept, at=NIGHT) == []
