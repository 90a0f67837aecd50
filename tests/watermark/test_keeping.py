"""While a server runs, its stubs follow each commit; what happened behind its back is noticed."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from pointsbank import ledger, watermark
from pointsbank.database import Database
from pointsbank.watermark import Keeper, Place, Standing, keeping
from pointsbank.watermark.comparing import compare
from pointsbank.watermark.standing import bring_up_to_date
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan
from tests.ledger.moves import award
from tests.ledger.tampering import tamper

PATIENCE = 60.0


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for what others did more often than a server does."""
    monkeypatch.setattr(keeping, "_POLL", 0.3)


@contextmanager
def _kept(database: Database, folders: list[Path]) -> Iterator[Keeper]:
    watermark.begin(database, [Place(folder) for folder in folders], just_made=True)
    keeper = Keeper(database, folders)
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()


def _until(what: Callable[[], object]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.05)


def _sizes(places: list[Place]) -> list[int]:
    stubs = [place.read(VILLAGE) for place in places]
    return [stub.size for stub in stubs if stub and not stub.damaged and not stub.cut]


def _post(village: Chayuan, times: int) -> None:
    for _ in range(times):
        village.write(ledger.post, entries=[award(village.wang, 2)])


def test_what_is_committed_is_in_every_stub_soon_and_at_the_stop(
    village: Chayuan, folders: list[Path], places: list[Place]
):
    with _kept(village.database, folders):
        _post(village, 4)
        _until(lambda: _sizes(places) == [4, 4])
        _post(village, 3)

    assert _sizes(places) == [7, 7]
    assert [one.standing for one in watermark.examine(village.database, places)] == [Standing.AGREES] * 2


def test_many_tills_and_a_meeting_leave_no_gap(village: Chayuan, folders: list[Path], places: list[Place]):
    with _kept(village.database, folders):
        tills = [Thread(target=_post, args=(village, 25)) for _ in range(4)]
        for till in tills:
            till.start()
        village.write(ledger.post, entries=[award(village.li, 1)] * 300)
        for till in tills:
            till.join()

    assert _sizes(places) == [400, 400]
    assert [one.standing for one in watermark.examine(village.database, places)] == [Standing.AGREES] * 2


def test_an_undone_write_is_never_told(village: Chayuan, folders: list[Path], places: list[Place]):
    with _kept(village.database, folders):
        with pytest.raises(RuntimeError), village.database.writing() as session:
            ledger.post(session, [award(village.wang, 2)], village=VILLAGE, by=COMMITTEE, at=NOW)
            raise RuntimeError
        _post(village, 1)

    assert _sizes(places) == [1, 1]


def test_a_village_founded_while_the_server_runs_has_a_stub(
    village: Chayuan, folders: list[Path], places: list[Place]
):
    with _kept(village.database, folders) as keeper:
        village.found_neighbour()
        _until(lambda: places[0].has("zhuyuan"))

        assert keeper.warnings() == []


def test_what_another_process_wrote_is_added(village: Chayuan, folders: list[Path], places: list[Place]):
    own = Database(village.database.url)
    other = replace(village, database=own)
    with _kept(village.database, folders):
        _post(other, 3)
        _post(village, 2)
        _until(lambda: _sizes(places) == [5, 5])
    own.dispose()


def test_what_comes_after_a_comparison_is_not_added_by_it(
    village: Chayuan, places: list[Place], folders: list[Path]
):
    watermark.begin(village.database, places, just_made=True)
    _post(village, 2)
    found = [compare(village.database, place, VILLAGE) for place in places]

    _post(village, 1)
    for one in found:
        bring_up_to_date(village.database, one, at=NOW)

    assert _sizes(places) == [2, 2]


def test_a_stick_that_is_away_is_said_and_catches_up(
    village: Chayuan, folders: list[Path], places: list[Place], tmp_path: Path
):
    with _kept(village.database, folders) as keeper:
        folders[1].rename(tmp_path / "in a pocket")
        _post(village, 2)
        _until(lambda: any("不在" in sentence for sentence in keeper.warnings(VILLAGE)))
        (tmp_path / "in a pocket").rename(folders[1])
        _until(lambda: not keeper.warnings(VILLAGE))
        _until(lambda: _sizes(places) == [2, 2])


def test_a_stub_spoilt_under_the_server_is_made_anew_and_said(
    village: Chayuan, folders: list[Path], places: list[Place]
):
    with _kept(village.database, folders) as keeper:
        _post(village, 3)
        _until(lambda: _sizes(places) == [3, 3])
        file = folders[0] / "chayuan.watermark"
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(bytes(content) + b"x")
        _post(village, 1)
        _until(lambda: keeper.warnings(VILLAGE))
        _until(lambda: _sizes(places) == [4, 4])


def test_a_database_that_went_back_under_the_server_is_held(village: Chayuan, folders: list[Path]):
    """As after a fail-over to a standby that had not received the last entries."""
    with _kept(village.database, folders) as keeper:
        _post(village, 3)
        _until(lambda: _sizes([Place(folder) for folder in folders]) == [3, 3])
        with village.database.reading() as session:
            before = ledger.frontier_at(session, village=VILLAGE, size=2)
        peaks = f"x'{before.pack().hex()}'" if village.database.is_sqlite else f"'\\x{before.pack().hex()}'"
        tamper(
            village.database,
            *(
                f"DELETE FROM {table} WHERE log_index = 2"
                for table in ("posting", '"transaction"', "log_private")
            ),
            "DELETE FROM log_entry WHERE log_index = 2",
            f"UPDATE log_head SET size = 2, peaks = {peaks}",
        )
        _until(lambda: keeper.refusal)

    assert isinstance(keeper.refusal, watermark.problems.LogBehindWatermark)
    assert _sizes([Place(folder) for folder in folders]) == [3, 3]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody exchange an open file")
def test_a_file_exchanged_under_the_server_is_held(
    sqlite_database: Database, folders: list[Path], tmp_path: Path
):
    file = Path(sqlite_database.url.removeprefix("sqlite:///"))
    shutil.copyfile(file, tmp_path / "from the sync folder")
    with _kept(sqlite_database, folders) as keeper:
        os.replace(tmp_path / "from the sync folder", file)
        _until(lambda: keeper.refusal)

    assert isinstance(keeper.refusal, watermark.problems.DatabaseExchanged)
