"""Long prints are made in order, cancelled, begun again after a kill, and kept for a week."""

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pointsbank import folders, jobs, publicity, reports, roster, scoring
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.duties import Runner, Site, find
from pointsbank.duties.kinds.print_runs import put_ready
from pointsbank.folders import Making
from pointsbank.folders.kind import folder_of
from pointsbank.folders.packing import Folder, NameTaken
from pointsbank.folders.pieces import pieces_of
from pointsbank.jobs import Run, RunCancelled
from tests.builders import COMMITTEE, HOUSEHOLDS, SUPERVISOR, VILLAGE
from tests.proof import month
from tests.proof.month import MONTH, on
from tests.spot_checks import scene as spot

problems = jobs.problems
AT = on(8, month=10)


def site(database: Database, folder: Path) -> Site:
    """An installation with this database."""
    address = "http://village.test"
    return Site(database, Settings(data_dir=folder, database_url="", public_url=address, secret_key=""))


def asked(database: Database, kind: str = "month", **options: Any) -> Run:
    """Li asks for one."""
    given = options or {"month": MONTH}
    with database.writing() as session:
        made = jobs.request_run(
            session, village=VILLAGE, kind=kind, title=kind, options=given, by=COMMITTEE, at=AT
        )
        jobs.request(session, name="print_runs", by=COMMITTEE, at=AT)
    return made


def worked(database: Database, folder: Path, **later: float) -> None:
    """The program looks once, so much later."""
    at = AT + timedelta(**later)
    Runner(site(database, folder), now=lambda: at, duties=[find("print_runs")], patience=0).run_due()


def stands(database: Database, one: Run) -> Run:
    """It as it is now."""
    with database.reading() as session:
        return jobs.run(session, village=VILLAGE, run_id=one.id)


def file_of(database: Database, folder: Path, one: Run) -> Path:
    """Its file."""
    return folder_of(site(database, folder).settings) / stands(database, one).file


def batches(database: Database) -> int:
    """How many batches of cards were issued."""
    with database.reading() as session:
        return len(roster.batches(session, village=VILLAGE))


def making(database: Database, folder: Path, options: dict[str, Any], report: Callable[..., None]) -> Making:
    """What a maker is handed."""
    here = site(database, folder)
    return Making(database, here.settings, VILLAGE, COMMITTEE, AT, options, report)


def test_two_are_made_in_the_order_in_which_they_were_asked_for(database: Database, tmp_path: Path):
    month.live(database)
    first, second = asked(database, "cards", group="*"), asked(database)
    worked(database, tmp_path)

    ended = [stands(database, one) for one in (first, second)]
    assert [one.state for one in ended] == ["done", "done"]
    assert ended[0].file.endswith(".pdf") and ended[1].file.endswith(".zip")
    assert ended[0].began_at <= ended[1].began_at  # type: ignore[operator]


def test_the_same_again_while_it_waits_is_one_and_six_are_too_many(sqlite_database: Database):
    month.live(sqlite_database)
    assert asked(sqlite_database).id == asked(sqlite_database).id
    for number in range(4):
        asked(sqlite_database, month=f"2026-0{number + 1}")

    with pytest.raises(problems.RunsWaiting):
        asked(sqlite_database, month="2025-12")


def test_a_folder_s_file_is_its_owner_s_only_and_goes_after_a_week(sqlite_database: Database, tmp_path: Path):
    month.live(sqlite_database)
    one = asked(sqlite_database)
    worked(sqlite_database, tmp_path)
    file = file_of(sqlite_database, tmp_path, one)
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700

    worked(sqlite_database, tmp_path, days=6)
    assert file.exists()
    worked(sqlite_database, tmp_path, days=8)

    assert not file.exists()
    assert stands(sqlite_database, one).state == "removed"


def test_what_was_being_made_when_the_program_was_killed_is_begun_again(
    sqlite_database: Database, tmp_path: Path
):
    month.live(sqlite_database)
    one = asked(sqlite_database, "cards", group="*")
    with sqlite_database.writing() as session:
        jobs.begin_run(session, village=VILLAGE, run_id=one.id, at=AT)
        seen = jobs.find(session, name="print_runs")
        jobs.take(session, seen=seen, worker="killed", at=AT)
    folder = folder_of(site(sqlite_database, tmp_path).settings)
    folder.mkdir()
    (folder / f".{one.id}.pdf.x.part").write_bytes(b"half")
    before = batches(sqlite_database)
    runner = Runner(site(sqlite_database, tmp_path), now=lambda: AT, duties=[find("print_runs")], patience=0)
    runner.run_due()
    runner.run_due()

    assert (stands(sqlite_database, one).state, stands(sqlite_database, one).attempts) == ("done", 2)
    assert [file.name for file in folder.iterdir()] == [f"{one.id}.pdf"]
    assert batches(sqlite_database) == before + 1


def test_cancelled_while_it_waits_it_is_never_made(sqlite_database: Database, tmp_path: Path):
    month.live(sqlite_database)
    one = asked(sqlite_database, "cards", group="*")
    with sqlite_database.writing() as session:
        jobs.cancel_run(session, village=VILLAGE, run_id=one.id, at=AT)
    worked(sqlite_database, tmp_path)

    assert stands(sqlite_database, one).state == "cancelled"
    assert not folder_of(site(sqlite_database, tmp_path).settings).exists()


def test_cancelled_while_it_is_made_leaves_no_file_and_issues_no_card(
    sqlite_database: Database, tmp_path: Path
):
    month.live(sqlite_database)
    one, file = asked(sqlite_database, "cards", group="*"), tmp_path / "cards.pdf"
    options = {"group": "*", "old_address": False}
    with file.open("wb") as out:
        made = folders.find("cards").make(making(sqlite_database, tmp_path, options, lambda *_: None), out)
    with sqlite_database.writing() as session:
        jobs.cancel_run(session, village=VILLAGE, run_id=one.id, at=AT)
    before = batches(sqlite_database)

    with pytest.raises(RunCancelled):
        put_ready(site(sqlite_database, tmp_path), one, made, file, at=AT)
    assert not file.exists()
    assert batches(sqlite_database) == before


def test_one_that_is_refused_says_why_and_the_next_is_made(sqlite_database: Database, tmp_path: Path):
    month.live(sqlite_database)
    wrong, right = asked(sqlite_database, "inspection", span="2026-Q9"), asked(sqlite_database)
    worked(sqlite_database, tmp_path)

    assert stands(sqlite_database, wrong).state == "failed"
    assert "2026-Q9" in stands(sqlite_database, wrong).error
    assert stands(sqlite_database, right).state == "done"


def folder(
    database: Database, tmp_path: Path, kind: str, **options: Any
) -> tuple[zipfile.ZipFile, list[str]]:
    """A folder as it is packed, and what was said while it was."""
    said: list[str] = []
    out = io.BytesIO()
    folders.find(kind).make(
        making(database, tmp_path, options, lambda step, steps, doing: said.append(doing)), out
    )
    return zipfile.ZipFile(out), said


def test_the_inspection_folder_holds_the_book_and_what_it_rests_on_by_names_that_name_nobody(
    sqlite_database: Database, tmp_path: Path
):
    month.live(sqlite_database)
    packed, said = folder(sqlite_database, tmp_path, "inspection", span="2026-Q3")
    index = packed.read("index.html").decode()

    assert packed.testzip() is None
    names = [*packed.namelist(), index]
    assert {"book.xlsx", "book.pdf", "answers.pdf", "oversight.pdf", "rules.pdf"} <= set(packed.namelist())
    assert any(one.startswith("minutes/") for one in names) and f"posters/{MONTH}.pdf" in names
    assert len(set(packed.namelist())) == len(packed.namelist())
    assert not [name for _, name, _, _ in HOUSEHOLDS.values() if name in "".join([*names, *said])]
    assert all(f'href="{name}"' in index for name in packed.namelist() if name != "index.html")


def test_the_folder_holds_corrections_and_the_sheets_of_spot_checks(
    sqlite_database: Database, tmp_path: Path
):
    spot.closed(sqlite_database)
    spot.planned(sqlite_database)
    spot.thrown(sqlite_database)
    with sqlite_database.writing() as session:
        posted = [one for one in scoring.scores(session, village=VILLAGE) if one.status == "posted"]
        score = posted[0]
        struck = scoring.ShouldBe(score.code, score.item_code, score.occurred_on, struck=True)
        people: dict[str, Any] = {"by": COMMITTEE, "second": SUPERVISOR, "at": on(20)}
        publicity.correct_score(
            session, village=VILLAGE, score=score.id, should_be=struck, reason="认错了户", **people
        )
    with sqlite_database.reading() as session:
        quarter = reports.parse_span("2026-Q3")
        pieces = {one.file: one for one in pieces_of(session, village=VILLAGE, span=quarter)}
        other = {one.file for one in pieces_of(session, village=VILLAGE, span=reports.parse_span("2026-Q4"))}
    packed, _ = folder(sqlite_database, tmp_path, "inspection", span="2026-Q3")

    own = {"corrections/2026-09-20-1.pdf", "spot-checks/2026-09.pdf"}
    assert own <= set(packed.namelist())
    assert not own & other
    assert pieces["spot-checks/2026-09.pdf"].personal
    assert not pieces["corrections/2026-09-20-1.pdf"].personal
    # Nobody gets by a folder what may not be printed alone.
    for kind in (folders.find("inspection"), folders.find("month")):
        assert all(kind.permission.roles <= one.drawn_by.permission.roles for one in pieces.values())


def test_the_page_before_names_whose_names_leave(sqlite_database: Database):
    month.live(sqlite_database)
    with sqlite_database.reading() as session:
        ahead = folders.find("inspection").outlook(
            session, village=VILLAGE, at=AT, public_url="", span="2026-Q3"
        )

    assert [one for one in ahead.personal if one.startswith("评议会记录")]
    assert len(ahead.files) == len(set(ahead.files))


def test_equal_folders_are_equal_bytes(sqlite_database: Database, tmp_path: Path):
    month.live(sqlite_database)
    first, _ = folder(sqlite_database, tmp_path, "month", month=MONTH)
    second, _ = folder(sqlite_database, tmp_path, "month", month=MONTH)

    assert {one: first.read(one) for one in first.namelist()} == {
        one: second.read(one) for one in second.namelist()
    }


def test_contents_that_come_twice_are_packed_once_and_a_name_never_twice():
    packing = Folder(io.BytesIO())
    packing.add("a.pdf", "甲", b"same")
    packing.add("b.pdf", "乙", b"same")

    assert [one.instead != "" for one in packing.lines] == [False, True]
    with pytest.raises(NameTaken):
        packing.add("a.pdf", "丙", b"other")


def test_options_are_kept_as_they_were_typed(sqlite_database: Database):
    month.live(sqlite_database)
    assert json.dumps(stands(sqlite_database, asked(sqlite_database)).options) == '{"month": "2026-09"}'
