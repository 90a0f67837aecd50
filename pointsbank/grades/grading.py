"""Grades of a period: counted live while it is open, frozen when its last month is closed.

Who left all boards is known to boards, which stands above us: whoever asks hands it in.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import roster, villages
from pointsbank.dates import day_of
from pointsbank.errors import NotFound
from pointsbank.grades.bands import MEANS, Band, band_for, next_up
from pointsbank.grades.known_tables import GradeTable, adopted_tables, in_force, one_table
from pointsbank.grades.measuring import Marks, measure
from pointsbank.grades.models import GradeRow
from pointsbank.grades.periods import ends_in, find_period, months_in
from pointsbank.once import once_a_reading
from pointsbank.prepared import execute_many, fetch
from pointsbank.scoring import BasePeriod, period_in_words, period_of

TITLES = "titles"
"""The kind of restriction that leaves a participant in the lowest band."""
AWAY, LEFT, CLOSED, UNMEASURED, RESTRICTED = "away", "left", "closed", "unmeasured", "restricted"
_INSERT = insert(GradeRow)
_OPEN = 24
"""Open periods that are looked at: whoever has not closed a month for two years sees the latest of them."""


class PeriodNotGraded(NotFound):
    """A table does not grade a period: it begins later, another took its place, or it has ended."""

    code = "grade_period_not_graded"
    sentence = "{period}不按这张“{name}”评：施行得晚、换了新的表，或者已经不再评，请回到“等级”页再看。"
    fixed_by = "本人"


class Grade(NamedTuple):
    """The grade of a participant (id): its mark in hundredths, the place of its band, or why it has none."""

    participant_id: str
    group_id: str | None
    value: int | None
    band: int | None
    absence: str


_FROZEN = select_columns(*GradeRow.columns_of(Grade)).where(
    GradeRow.in_village(bindparam("village")),
    col(GradeRow.table_number) == bindparam("table"),
    col(GradeRow.period) == bindparam("period"),
)


@dataclass(frozen=True, slots=True)
class PeriodGrades:
    """What a table gives in a period, frozen or as it is now; `counts`: of how many in each band."""

    table: GradeTable
    period: str
    frozen: bool
    lines: tuple[Grade, ...]

    @property
    def title(self) -> str:
        """The period as pages name it."""
        return period_in_words(self.period)

    @property
    def counts(self) -> list[int]:
        """Return how many there are in each band, in the order of the bands."""
        found = Counter(line.band for line in self.lines)
        return [found[place] for place in range(len(self.table.bands))]

    @property
    def has_grades(self) -> bool:
        """Return whether anybody has a grade: nobody has one before anything is scored."""
        return any(line.band is not None for line in self.lines)

    def band(self, line: Grade) -> Band | None:
        """Return the band of a line."""
        return None if line.band is None else self.table.bands[line.band]

    def next_up(self, line: Grade) -> str:
        """Return how far a line is from the next band, in words; nothing where a veto stands against it."""
        if line.value is None or line.band is None or line.absence:
            return ""
        is_mean = self.table.measured_on in MEANS
        return next_up(line.value, self.table.bands, self.table.scale, is_mean=is_mean)


def grade_of(
    one: roster.Counted, marks: Marks, table: GradeTable, left: Collection[str], restricted: Collection[str]
) -> Grade:
    """Return the grade of one participant: none for who is away, left the boards or ended."""
    mark = marks.marks.get(one.id, 0 if marks.all_have and marks.has_begun else None)
    absence = ""
    if one.status == "closed":
        absence = CLOSED
    elif one.status == AWAY:
        absence = AWAY
    elif one.id in left:
        absence = LEFT
    elif mark is None:
        absence = UNMEASURED
    elif one.id in restricted:
        return Grade(one.id, one.group_id, mark, len(table.bands) - 1, RESTRICTED)
    band = None if absence or mark is None else band_for(mark, table.bands, table.scale)
    return Grade(one.id, one.group_id, mark, band, absence)


def periods(session: Session, *, village: str, at: datetime) -> list[tuple[GradeTable, BasePeriod]]:
    """Return what can be looked at, the latest first: every frozen period, and those still open.

    Example:
        grades.periods(session, village="chayuan", at=now)[0][1].code  # "2026-Q3"
    """
    tables = adopted_tables(session, village=village)
    frozen = frozen_periods(session, village=village)
    open_ones = []
    for name, kind in {(one.name, one.period): None for one in tables}:
        for period in _open_periods(session, village, kind, at):
            table = in_force(tables, name, period)
            if table is not None and table.period == kind:
                open_ones.append((table, period))
    found = {(table.number, period.code): (table, period) for table, period in [*frozen, *open_ones]}
    order = {name: place for place, name in enumerate(dict.fromkeys(one.name for one in reversed(tables)))}
    every = sorted(found.values(), key=lambda one: order[one[0].name])
    return sorted(every, key=_last_day, reverse=True)


@once_a_reading
def frozen_periods(session: Session, *, village: str) -> list[tuple[GradeTable, BasePeriod]]:
    """Return every period that is frozen, with its table, the latest first.

    Example:
        grades.frozen_periods(session, village="chayuan")[0][1].code  # "2026-Q3"
    """
    known = {one.number: one for one in adopted_tables(session, village=village)}
    row = GradeRow
    rows = session.exec(
        select(col(row.table_number), col(row.period)).where(row.in_village(village)).distinct()
    )
    found = [(known[number], find_period(known[number].period, code)) for number, code in sorted(rows)]
    return sorted(found, key=_last_day, reverse=True)


def _last_day(one: tuple[GradeTable, BasePeriod]) -> date:
    return one[1].last or date.max


def grades_of(
    session: Session, *, village: str, table: int, period: str, left: Collection[str], at: datetime
) -> PeriodGrades:
    """Return the grades of a period by a table: frozen, or as the scores give them now.

    Args:
        left: who (id) stands on no board now, as boards knows it.

    Raises:
        TableUnknown: there is no such table.
        GradePeriodInvalid: the table grades no such period.
        PeriodNotGraded: another table grades it, or none.

    Example:
        grades.grades_of(session, village="cy", table=1, period="2026-Q3", left=left, at=now).counts  # [2, 5]
    """
    found = one_table(session, village=village, table=table)
    wanted = find_period(found.period, period)
    rows = _frozen(session, village, table, wanted.code)
    if not rows and in_force(adopted_tables(session, village=village), found.name, wanted) != found:
        raise PeriodNotGraded(name=found.name, period=wanted.in_words)
    lines = rows or _counted(session, village, found, wanted, left, at)
    return PeriodGrades(found, wanted.code, bool(rows), tuple(lines))


def freeze_grades(session: Session, *, village: str, month: str, left: Collection[str], at: datetime) -> int:
    """Freeze the grades of every period that ends with a month, when it is closed; return how many rows.

    Its rows are told with the entry that closes the month.

    Raises:
        MonthInvalid: `month` is not YYYY-MM.

    Example:
        grades.freeze_grades(session, village="chayuan", month="2026-09", left=left, at=now)  # 86
    """
    rows = []
    tables = adopted_tables(session, village=village)
    for name, kind in dict.fromkeys((one.name, one.period) for one in tables):
        period = ends_in(kind, month)
        table = in_force(tables, name, period) if period else None
        if table is None or period is None or table.period != kind:
            continue
        for line in _counted(session, village, table, period, left, at):
            rows.append(
                {
                    "village_id": village,
                    "table_number": table.number,
                    "period": period.code,
                    "month": month,
                    **line._asdict(),
                }
            )
    execute_many(session, _INSERT, *rows)
    return len(rows)


def _frozen(session: Session, village: str, table: int, period: str) -> list[Grade]:
    asked = {"village": village, "table": table, "period": period}
    return _in_order(fetch(session, _FROZEN, asked, into=Grade).all())


def _counted(
    session: Session,
    village: str,
    table: GradeTable,
    period: BasePeriod,
    left: Collection[str],
    at: datetime,
) -> list[Grade]:
    """Return the grades as the scores give them now."""
    marks = measure(session, table, period, village=village)
    restricted = roster.restricted(session, village=village, kind=TITLES, at=at)
    lines = [
        grade_of(one, marks, table, left, restricted)
        for one in roster.counted(session, village=village)
        if one.kind in table.kinds and (one.status != "closed" or one.id in marks.marks)
    ]
    return _in_order(lines)


def _in_order(lines: Sequence[Grade]) -> list[Grade]:
    """Return grades from the highest down, those without one last."""
    last = 1_000
    return sorted(
        lines,
        key=lambda one: (last if one.band is None else one.band, -(one.value or 0), one.participant_id),
    )


def _open_periods(session: Session, village: str, kind: str, at: datetime) -> list[BasePeriod]:
    """Return the periods of a kind that have begun and whose last month is not closed: the latest first."""
    closed = villages.closed_months(session, village=village)
    found = list[BasePeriod]()
    period = period_of(kind, day_of(at))
    while len(found) < _OPEN and period.first is not None and months_in(period)[-1] not in closed:
        found.append(period)
        period = period_of(kind, period.first - timedelta(days=1))
    return found
