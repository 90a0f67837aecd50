"""What one participant's grades are, told to itself: by table the open one, and the last that was frozen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.dates import day_of
from pointsbank.grades.bands import Band
from pointsbank.grades.grading import Grade, PeriodGrades, frozen_periods, grades_of, periods
from pointsbank.grades.known_tables import GradeTable
from pointsbank.labels.grade_absence import GRADE_ABSENCE
from pointsbank.labels.grade_period import GRADE_PERIOD

RECENT = timedelta(days=400)
"""So long a settled grade is somebody's: after that its table has ended, or nobody closes months."""


@dataclass(frozen=True, slots=True)
class OwnGrade:
    """The grade of a participant in a period: its line, its band, and how far to the next one, in words.

    `meaning`: what it is measured by, and which marks are which grade.
    """

    table: str
    title: str
    frozen: bool
    line: Grade
    band: Band | None
    next_up: str
    meaning: str = ""

    @property
    def absence(self) -> str:
        """Why there is none, or why it is the lowest, in words."""
        return GRADE_ABSENCE.name(self.line.absence) if self.line.absence else ""

    @property
    def in_words(self) -> str:
        """As statements and slips say it: 星级文明户2026年第三季度：四星."""
        return f"{self.table}{self.title}：{self.band.name if self.band else self.absence}"


def own_grades(
    session: Session, *, village: str, participant: str, left: Collection[str], at: datetime
) -> list[OwnGrade]:
    """Return the grades of a participant (id) by table: of the open period, then the last that was frozen.

    Args:
        left: who (id) stands on no board now, as boards knows it.

    Raises:
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: never of what `periods` returns.

    Example:
        grades.own_grades(session, village="cy", participant=wang.id, left=left, at=now)[0].next_up
        # "再得12分就是“四星”"
    """
    found: dict[tuple[str, bool], OwnGrade] = {}
    frozen = {(table.number, period.code) for table, period in frozen_periods(session, village=village)}
    for table, period in periods(session, village=village, at=at):
        key = (table.name, (table.number, period.code) in frozen)
        if key in found:
            continue
        one = kept_grades(session, village=village, table=table.number, period=period.code, left=left, at=at)
        line = next((line for line in one.lines if line.participant_id == participant), None)
        if line is None or not (one.frozen or one.has_grades):
            continue
        found[key] = OwnGrade(
            table=table.name,
            title=one.title,
            frozen=one.frozen,
            line=line,
            band=one.band(line),
            next_up=one.next_up(line),
            meaning=_meaning(one.table),
        )
    return list(found.values())


def _meaning(table: GradeTable) -> str:
    """Return e.g. 按荣誉合计，每季度评一次：五星（96以上）、四星（低于96）。"""
    bands = "、".join(f"{one.name}（{one.range.in_words}）" for one in table.bands)
    return f"按{table.measured_in_words}，{GRADE_PERIOD.name(table.period)}评一次：{bands}。"


def settled_grades(
    session: Session, *, village: str, participant: str, left: Collection[str], at: datetime
) -> list[OwnGrade]:
    """Return the last settled grade of a participant (id) by each table, of the year that is past at most.

    Args:
        left: who (id) stands on no board now, as boards knows it.

    Raises:
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: never of what `frozen_periods` returns.

    Example:
        grades.settled_grades(session, village="cy", participant=wang.id, left=left, at=now)[0].in_words
        # "星级文明户2026年第三季度：四星"
    """
    found: dict[str, OwnGrade] = {}
    for table, period in frozen_periods(session, village=village):
        if table.name in found or period.last is None or period.last < day_of(at) - RECENT:
            continue
        one = kept_grades(session, village=village, table=table.number, period=period.code, left=left, at=at)
        line = next((line for line in one.lines if line.participant_id == participant), None)
        if line is not None and line.band is not None:
            found[table.name] = OwnGrade(table.name, one.title, True, line, one.band(line), "")
    return list(found.values())


def kept_grades(
    session: Session, *, village: str, table: int, period: str, left: Collection[str], at: datetime
) -> PeriodGrades:
    """Return the grades of a period, counted once while nothing but sales is written in the village.

    Raises:
        TableUnknown, GradePeriodInvalid, PeriodNotGraded: as `grades_of`.
    """
    return ledger.kept(
        session,
        village=village,
        about=("grades", table, period, day_of(at)),
        make=lambda: grades_of(session, village=village, table=table, period=period, left=left, at=at),
        size=lambda one: len(one.lines),
        but_sales=True,
    )
