"""Much at once: a meeting settled, a roster and a hundred thousand scores brought in from Excel."""

import io
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from benching.redeeming import closing_database
from benching.rounds import Plan, compare, processor_seconds, seconds, tell
from benching.scene import COMMITTEE, ROSTER_HEADERS, START, household_rows, sqlite_file
from benching.workbook import workbook
from pointsbank import governing, roster, scoring
from pointsbank.database import Database
from pointsbank.dates import start_of_day
from pointsbank.ledger import HONOUR, POINTS
from pointsbank.roster import Participant
from pointsbank.spreadsheets import Table, read_table

HOUSEHOLDS = 1149
SCHEME = Table.of(
    ["编号", "类别", "条目", "方向", "分值"],
    [[f"A{n}", "卫生", f"门前整洁{n}", "加分", "1"] for n in range(5)],
)
_DAY = date(2026, 8, 3)
_ALONE = """
import resource, sys
sys.path[:0] = {path!r}
from pathlib import Path
from benching.bulk import import_alone
import_alone(Path({folder!r}), {who!r}, {number})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def settling(plan: Plan) -> None:
    """Posting five scores for each of 1,149 households, against the same rows by executemany."""
    people_wanted = plan.some(300, HOUSEHOLDS)
    with closing_database(sqlite_file(plan.folder, "settling.sqlite3")) as database:
        people = found(database, "village", people_wanted)
        found(database, "limit", people_wanted)
        meetings = _meetings(database, people, plan.rounds)

        def ours() -> float:
            scores = next(meetings)

            def settle() -> None:
                with database.writing() as session:
                    scoring.settle_scores(session, village="village", scores=scores, by=COMMITTEE, at=START)

            return len(scores) / seconds(settle)

        compare(
            f"settling {people_wanted} x 5 scores",
            lambda: len(people) * 5 / seconds(lambda: _plain_rows(database, len(people) * 5)),
            ours,
            rounds=plan.rounds,
            unit="scores/s",
        )


def _meetings(database: Database, people: list[Participant], number: int) -> Any:
    """Closed and published meetings with five scores for everybody, made one at a time."""
    _adopt(database, "village")
    for n in range(number):
        with database.writing() as session:
            common: dict[str, Any] = {"village": "village", "by": COMMITTEE, "at": START}
            meeting = scoring.open_meeting(
                session, held_on=_DAY, title=f"第{n}次", judges=["李"], absentees=[], **common
            ).id
            rows = [
                scoring.ScoreRow(person.code, f"A{item}", date(2026, 7, n % 28 + 1))
                for person in people
                for item in range(5)
            ]
            entered = scoring.enter_scores(session, meeting=meeting, rows=rows, **common)
            scoring.close_meeting(session, meeting=meeting, **common)
            scoring.publish(session, village="village", meeting=meeting)
        yield [score.id for score in entered]


def _plain_rows(database: Database, number: int) -> None:
    """The rows of so many awards by executemany, nothing hashed, in another village of the same file."""
    path = str(database.engine.url.database)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        _write_plain(connection, number)
        connection.execute("COMMIT")


def _write_plain(connection: sqlite3.Connection, number: int) -> None:
    """Log entries, transactions, two postings each, and as many rows changed as scores are marked."""
    run = connection.executemany
    asked = "SELECT coalesce(max(log_index) + 1, 0) FROM log_entry WHERE village_id='limit'"
    (first,) = connection.execute(asked).fetchone()
    asked = "SELECT id FROM account WHERE village_id='limit' AND kind='participant' AND unit='points'"
    own = [row[0].split(".")[0] for row in connection.execute(asked)]
    numbers, moment = range(first, first + number), "2026-09-01 02:00:00.000000"
    run(
        "INSERT INTO log_entry (village_id, log_index, kind, recorded_at, ref, public, leaf)"
        " VALUES ('limit',?,'award',?,NULL,?,?)",
        [(n, moment, bytes(210), os.urandom(32)) for n in numbers],
    )
    run(
        "INSERT INTO log_private (village_id, log_index, salt, private) VALUES ('limit',?,?,?)",
        [(n, os.urandom(32), bytes(400)) for n in numbers],
    )
    run(
        'INSERT INTO "transaction" (village_id, log_index, kind, occurred_on, recorded_at, actor_id,'
        " source_kind, source_id) VALUES ('limit',?,'award','2026-07-01',?,'li','score',?)",
        [(n, moment, f"plain-{n}") for n in numbers],
    )
    run(
        "INSERT INTO posting (village_id, log_index, line, source_account_id, destination_account_id, unit,"
        " amount, source_balance, destination_balance) VALUES ('limit',?,?,?,?,?,100,0,0)",
        [
            (n, line, f"issuance.{unit}", f"{own[n % len(own)]}.{unit}", unit)
            for n in numbers
            for line, unit in enumerate((POINTS, HONOUR))
        ],
    )
    run(
        "UPDATE account SET balance=balance+100 WHERE village_id='limit' AND id=?",
        [(f"{own[n % len(own)]}.{POINTS}",) for n in numbers],
    )


def importing_roster(plan: Plan) -> None:
    """1,149 households from Excel, against reading the file and posting every row by the plain driver."""
    people = plan.some(300, HOUSEHOLDS)
    data = workbook(ROSTER_HEADERS, household_rows(people))
    _import(plan, f"import of {people} households from xlsx", data, people, _import_roster)


def importing_scores(plan: Plan) -> None:
    """100,000 score rows from Excel, against reading the file and posting every row, one commit."""
    number = plan.some(5_000, 100_000)
    _import(plan, f"import of {number} score rows from xlsx", score_rows(number), number, _import_scores)


def score_rows(number: int) -> bytes:
    """A spreadsheet of so many scores of July."""
    rows = [
        [f"H{n % HOUSEHOLDS:05d}", f"A{n % 5}", f"2026-07-{n % 28 + 1:02d}", "", "", ""]
        for n in range(number)
    ]
    return workbook(["户号", "条目", "日期", "数量", "分值", "说明"], rows)


def importing_memory(plan: Plan) -> None:
    """The most memory a process takes for an import of scores, against reading and posting each row."""
    number = plan.some(5_000, 100_000)
    data = plan.folder / "scores.xlsx"
    data.write_bytes(score_rows(number))

    def peak(who: str) -> float:
        code = _ALONE.format(path=sys.path[:3], who=who, number=number, folder=str(plan.folder))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return float(done.stdout)

    tell(f"peak memory of an import of {number} score rows", [(peak("limit"), peak("ours"))], "MB")


def import_alone(folder: Path, who: str, number: int) -> None:
    """One import, for a process of its own."""
    data = (folder / "scores.xlsx").read_bytes()
    with closing_database(sqlite_file(folder, f"memory-{who}.sqlite3")) as database:
        found(database, "limit", HOUSEHOLDS)
        ours = who == "ours"
        run = _import_scores(database, who, data) if ours else _plain_import(database, data, number)
        run()


def _plain_import(database: Database, data: bytes, number: int) -> Any:
    """Reading the file and posting each row by the plain driver, ready to be run."""

    def run() -> None:
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        _plain_rows(database, number)

    return run


def _import(plan: Plan, figure: str, data: bytes, number: int, verb: Any) -> None:
    """Measure an import against calamine and posting each row by the plain driver, both by processor time."""
    made = iter(range(1000))
    with closing_database(sqlite_file(plan.folder, f"import-{number}.sqlite3")) as database:
        found(database, "limit", HOUSEHOLDS)

        def limit() -> float:
            return number / processor_seconds(_plain_import(database, data, number))

        def ours() -> float:
            run = verb(database, f"village{next(made)}", data)
            return number / processor_seconds(run)

        compare(figure, limit, ours, rounds=plan.some(2, 3), unit="rows/s of processor")


def _import_roster(database: Database, village: str, data: bytes) -> Any:
    """An import into a village without anybody, ready to be run."""
    found(database, village, 0)

    def run() -> None:
        table = read_table("roster.xlsx", data)
        with database.writing() as session:
            roster.import_roster(session, village=village, table=table, by=COMMITTEE, at=START)

    return run


def _import_scores(database: Database, village: str, data: bytes) -> Any:
    """An import into a meeting of a full village, ready to be run."""
    found(database, village, HOUSEHOLDS)
    common: dict[str, Any] = {"village": village, "by": COMMITTEE, "at": START}
    _adopt(database, village)
    with database.writing() as session:
        meeting = scoring.open_meeting(
            session, held_on=_DAY, title="评议会", judges=["李"], absentees=[], **common
        )

    def run() -> None:
        table = read_table("scores.xlsx", data)
        with database.writing() as session:
            scoring.import_scores(session, meeting=meeting.id, table=table, **common)

    return run


def found(database: Database, village: str, households: int) -> list[Participant]:
    """A village with so many households."""
    common: dict[str, Any] = {"by": COMMITTEE, "at": START}
    with database.writing() as session:
        governing.found_village(session, code=village, name="测速村", **common)
        if households:
            table = Table.of(ROSTER_HEADERS, household_rows(households))
            roster.import_roster(session, village=village, table=table, **common)
        return roster.everyone(session, village=village)


def _adopt(database: Database, village: str) -> None:
    """Adopt the five items."""
    with database.writing() as session:
        scoring.import_scheme(
            session,
            village=village,
            table=SCHEME,
            resolution="村民会议",
            from_date=date(2026, 1, 1),
            by=COMMITTEE,
            at=start_of_day(date(2025, 12, 1)),
        )
