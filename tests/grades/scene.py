"""A September that closes the third quarter, graded by three colours."""

from datetime import date
from typing import Any

from pointsbank import boards, grades, proof, roster
from pointsbank.database import Database
from pointsbank.grades import Band, GradeTable, PeriodGrades
from tests.builders import COMMITTEE, VILLAGE
from tests.founding import founded_once
from tests.proof import month
from tests.proof.month import on

QUARTER = "2026-Q3"
HERE: dict[str, Any] = {"village": VILLAGE}
BY_LI: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": on(1)}
COLOURS = [
    ("蓝", "blue", "10以上", "表彰"),
    ("黄", "yellow", "0不到10", ""),
    ("红", "red", "低于0", "谈话"),
]
TABLE: dict[str, Any] = {
    "name": "文明三色",
    "kinds": ["household"],
    "period": "quarter",
    "measured_on": "honour_sum",
    "resolution": "2026年村民会议",
    "from_date": date(2026, 7, 1),
}


def bands(*rows: tuple[str, str, str, str]) -> list[Band]:
    """Bands as somebody types them."""
    return [Band(name, sign, grades.read_range(written), measure) for name, sign, written, measure in rows]


def adopted(database: Database, *rows: tuple[str, str, str, str], **more: Any) -> GradeTable:
    """A table that a resolution puts into force."""
    given = {**BY_LI, **TABLE, "bands": bands(*(rows or COLOURS)), **more}
    with database.writing() as session:
        return grades.adopt_table(session, **given)


@founded_once
def scored(database: Database) -> None:
    """The month is scored and posted, with the table in force: 0302 is away, 0303 left all boards."""
    month.begin(database)
    adopted(database)
    month.object_and_settle(database, month.meet(database))
    with database.writing() as session:
        boards.leave(session, **BY_LI | {"at": on(26)}, participant="0303", signed_on=date(2026, 9, 26))
        away = {"facts": roster.NewFacts(status="away"), "reason": "全家外出"}
        roster.edit(session, **BY_LI | {"at": on(26)}, code="0302", **away)


@founded_once
def closed(database: Database) -> None:
    """And closed, which freezes the quarter."""
    scored(database)
    with database.writing() as session:
        proof.close_month(session, village=VILLAGE, month="2026-09", by=COMMITTEE, at=on(30, 8))


def of_quarter(database: Database, table: int = 1, period: str = QUARTER) -> PeriodGrades:
    """The grades of the quarter."""
    with database.reading() as session:
        left = boards.who_left(session, village=VILLAGE)
        return grades.grades_of(session, village=VILLAGE, table=table, period=period, left=left, at=on(30, 9))


def by_code(database: Database, found: PeriodGrades) -> dict[str, tuple[str, int | None, str]]:
    """Of each participant by code: its band, its mark, why it has none."""
    with database.reading() as session:
        codes = {one.id: one.code for one in roster.everyone(session, village=VILLAGE)}
    named = {}
    for line in found.lines:
        band = found.band(line)
        named[codes[line.participant_id]] = (band.name if band else "", line.value, line.absence)
    return named
