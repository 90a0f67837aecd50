"""The tables of bands that a village knows: each adoption, and which one grades a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from pointsbank.errors import NotFound
from pointsbank.grades.bands import Band, Scale, scale_of
from pointsbank.grades.models import GradeBandRow, GradeTableRow
from pointsbank.grades.periods import first_period
from pointsbank.grades.ranges import Range
from pointsbank.labels.grade_measure import GRADE_MEASURE
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.once import once_a_reading
from pointsbank.points import Points
from pointsbank.scoring import BasePeriod


class TableUnknown(NotFound):
    """There is no such table of bands, or it has ended."""

    code = "grade_table_unknown"
    sentence = "没有这张等级表，请回到“等级”页再看。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class GradeTable:
    """A table of bands from a day on, the highest band first; with `is_end` it says that there is none."""

    number: int
    name: str
    kinds: tuple[str, ...]
    period: str
    measured_on: str
    category: str
    resolution: str
    from_date: date
    is_end: bool
    bands: tuple[Band, ...]

    @property
    def scale(self) -> Scale:
        """Which marks there are."""
        return scale_of(self.measured_on)

    @property
    def first(self) -> BasePeriod:
        """The first period that it grades."""
        return first_period(self.period, self.from_date)

    @property
    def kinds_in_words(self) -> str:
        """As pages name them: 户、党员."""
        return "、".join(map(PARTICIPANT_KIND.name, self.kinds))

    @property
    def measured_in_words(self) -> str:
        """As pages say it: 荣誉合计, or 一个类别的得分（环境卫生）."""
        more = f"（{self.category}）" if self.category else ""
        return f"{GRADE_MEASURE.name(self.measured_on)}{more}"


@once_a_reading
def adopted_tables(session: Session, *, village: str) -> list[GradeTable]:
    """Return every adoption of a table, the latest first.

    Example:
        grades.adopted_tables(session, village="chayuan")[0].name  # "星级户"
    """
    banded: dict[int, list[Band]] = {}
    query = select(GradeBandRow).where(GradeBandRow.in_village(village))
    for one in session.exec(query.order_by(col(GradeBandRow.table_number), col(GradeBandRow.position))):
        low = None if one.low is None else Points(one.low)
        high = None if one.high is None else Points(one.high)
        marks = Range(low, one.low_included, high, one.high_included, one.written)
        banded.setdefault(one.table_number, []).append(Band(one.name, one.sign, marks, one.measure))
    row = GradeTableRow
    rows = session.exec(select(row).where(row.in_village(village)).order_by(col(row.number).desc()))
    return [
        each.into(GradeTable, kinds=tuple(each.kinds.split(",")), bands=tuple(banded.get(each.number, ())))
        for each in rows
    ]


def one_table(session: Session, *, village: str, table: int) -> GradeTable:
    """Return one adoption of a table by its number.

    Raises:
        TableUnknown: there is none with this number.

    Example:
        grades.one_table(session, village="chayuan", table=1).name  # "星级户"
    """
    found = next((one for one in adopted_tables(session, village=village) if one.number == table), None)
    if found is None:
        raise TableUnknown()
    return found


def tables_now(tables: Sequence[GradeTable], today: date) -> list[tuple[GradeTable, bool]]:
    """Return of each name the table that grades now, then those that are to come, with whether it is one.

    An end that is to come is one of them; of a name that ended nothing is left.

    Args:
        tables: every adoption, the latest first.

    Example:
        grades.tables_now(grades.adopted_tables(session, village="chayuan"), today)[0][1]  # False
    """
    found: list[tuple[GradeTable, bool]] = []
    for name in dict.fromkeys(one.name for one in reversed(tables)):
        own = [one for one in tables if one.name == name]
        first = next((place for place, one in enumerate(own) if _has_begun(one, today)), len(own))
        current = [(one, False) for one in own[first : first + 1] if not one.is_end]
        coming = own[:first][::-1]
        found += [*current, *((one, True) for one in coming if current or not one.is_end)]
    return found


def _has_begun(table: GradeTable, today: date) -> bool:
    """Return whether the first period of a table has begun."""
    return table.first.first is not None and table.first.first <= today


def table_number(given: str) -> int:
    """Return the number of a table as an address says it.

    Raises:
        TableUnknown: it is no number.

    >>> table_number("12")
    12
    """
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise TableUnknown()
    return int(given)


def in_force(tables: Sequence[GradeTable], name: str, period: BasePeriod) -> GradeTable | None:
    """Return the table of a name that grades a period: the last that began by its first day; else None."""
    own = [one for one in tables if one.name == name]
    begun = next((one for one in own if period.first is not None and one.from_date <= period.first), None)
    return None if begun is None or begun.is_end or begun.period != _kind_of(period) else begun


def _kind_of(period: BasePeriod) -> str:
    """Return which kind of period one is: month, quarter, half_year or year."""
    part = period.code.partition("-")[2]
    return "year" if not part else {"Q": "quarter", "H": "half_year"}.get(part[0], "month")
