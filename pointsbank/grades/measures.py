"""What a band asks for (提醒, 谈话, 培训, 表彰) is done for each who is in it: by whom, on which day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import ledger, roster, villages
from pointsbank.database import execute
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, Refused
from pointsbank.grades.bands import Band
from pointsbank.grades.known_tables import GradeTable, adopted_tables, one_table
from pointsbank.grades.models import GradeBandRow, GradeMeasureRow, GradeRow
from pointsbank.grades.periods import find_period
from pointsbank.scoring import period_in_words
from pointsbank.text import clean_required


class MeasureDayInvalid(Invalid):
    """A measure was done in the future, or before its period ended."""

    code = "grade_measure_day_invalid"
    sentence = "日期“{day}”有误：这一期过完以后、今天以前做的才登记，请重新填写。"
    fixed_by = "村委"
    at = ("done_on",)


class NobodyChosen(Invalid):
    """Nobody was chosen for whom a measure was done."""

    code = "grade_nobody_chosen"
    sentence = "没有选给谁做过，请先勾选。"
    at = ("participants",)


class NothingAsked(Refused):
    """The band of somebody asks for nothing, or the period is not frozen yet."""

    code = "grade_nothing_asked"
    sentence = "{code}在这一期没有要做的事：还没有月结定下来，或者所在的一档没有写怎么做。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Done:
    """That a measure was done: by whom, on which day, and who wrote it down."""

    done_on: date
    done_by: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class MeasureWaiting:
    """How many of a frozen period wait for what a band asks."""

    table: GradeTable
    period: str
    band: Band
    count: int

    @property
    def in_words(self) -> str:
        """As home says it: 文明三色2026年第三季度“红”要谈话的还有3个没有做."""
        whose = f"{self.table.name}{period_in_words(self.period)}"
        if self.table.measured_on == "patrol":
            return f"{whose}“{self.band.name}”（{self.band.measure}）还有{self.count}个没有登记签领"
        return f"{whose}“{self.band.name}”要{self.band.measure}的还有{self.count}个没有做"


def mark_done(
    session: Session,
    *,
    village: str,
    table: int,
    period: str,
    participants: Sequence[str] = (),
    bands: Sequence[int] = (),
    done_on: date,
    done_by: str,
    by: str,
    at: datetime,
) -> int:
    """Write down that what their band asks for was done for some participants; return how many are new.

    Locks the village. Who has it written down already is passed over.

    Args:
        participants: codes.
        bands: places of bands, from 0 for the highest: all who are in them, too.
        done_on: after the last day of the period, not after today.
        done_by: who did it, 1 to 60 characters.

    Raises:
        VillageUnknown, TableUnknown, GradePeriodInvalid: there is no such village, table or period.
        NobodyChosen: no participant is named.
        ParticipantUnknown: there is none with such a code.
        TextInvalid: who did it is empty or too long.
        MeasureDayInvalid: the day cannot be.
        NothingAsked: nothing is asked for one of them.

    And those of `ledger.record`.

    Example:
        grades.mark_done(session, table=1, period="2026-Q3", participants=["0101"], done_by="李", **more)  # 1
    """
    villages.lock(session, village=village)
    found = one_table(session, village=village, table=table)
    wanted = find_period(found.period, period)
    doer = clean_required(done_by, maximum=60)
    if done_on > day_of(at) or (wanted.last is not None and done_on <= wanted.last):
        raise MeasureDayInvalid(day=done_on.isoformat())
    ids = {roster.by_code(session, village=village, code=code).id: code for code in participants}
    ids |= {id: "" for id in _in_bands(session, village, table, wanted.code, bands) if id not in ids}
    if not ids:
        raise NobodyChosen()
    known = measures_done(session, village=village, table=table, period=wanted.code)
    new = [id for id in ids if id not in known]
    _refuse_unasked(session, village, found, wanted.code, {id: ids[id] for id in new})
    for id in new:
        session.add(
            GradeMeasureRow(
                village_id=village,
                table_number=table,
                period=wanted.code,
                participant_id=id,
                done_on=done_on,
                done_by=doer,
                recorded_at=at,
                recorded_by=by,
            )
        )
    session.flush()
    if new:
        words = {
            "table": table,
            "name": found.name,
            "period": wanted.code,
            "participants": new,
            "done_on": done_on.isoformat(),
            "done_by": doer,
        }
        ledger.record(session, village=village, kind="grade_measure_done", by=by, at=at, words=words)
    return len(new)


def _in_bands(session: Session, village: str, table: int, period: str, bands: Sequence[int]) -> list[str]:
    """Return who (id) is in some bands of a frozen period."""
    row = GradeRow
    query = select(row.participant_id).where(
        row.in_village(village),
        col(row.table_number) == table,
        col(row.period) == period,
        col(row.band).in_(bands),
    )
    return list(session.exec(query)) if bands else []


def _refuse_unasked(
    session: Session, village: str, table: GradeTable, period: str, codes: Mapping[str, str]
) -> None:
    """Raise NothingAsked for one of these (id to code) of whom no band asks for anything."""
    for id, code in codes.items():
        row = session.get(GradeRow, (village, table.number, period, id))
        if row is None or row.band is None or not table.bands[row.band].measure:
            raise NothingAsked(code=code or table.name)


def measures_done(session: Session, *, village: str, table: int, period: str) -> dict[str, Done]:
    """Return for whom (id) what their band asks for was done in a period.

    Example:
        grades.measures_done(session, village="cy", table=1, period="2026-Q3")[wang.id].done_by  # "李卫东"
    """
    row = GradeMeasureRow
    query = select(row).where(
        row.in_village(village), col(row.table_number) == table, col(row.period) == period
    )
    return {one.participant_id: one.into(Done) for one in session.exec(query)}


def measures_waiting(session: Session, *, village: str) -> list[MeasureWaiting]:
    """Return what bands of frozen periods still ask for, the latest period first.

    Example:
        grades.measures_waiting(session, village="chayuan")[0].count  # 3
    """
    grade, band, done = GradeRow, GradeBandRow, GradeMeasureRow
    key: tuple[Any, ...] = (col(grade.table_number), col(grade.period), col(grade.band))
    asked = (
        select_columns(*key, func.count())
        .join(
            band,
            band.in_village_of(grade)
            & (col(band.table_number) == col(grade.table_number))
            & (col(band.position) == col(grade.band)),
        )
        .where(grade.in_village(village), col(band.measure) != "")
        .group_by(*key)
    )
    made = (
        select_columns(*key, func.count())
        .join(
            done,
            done.in_village_of(grade)
            & (col(done.table_number) == col(grade.table_number))
            & (col(done.period) == col(grade.period))
            & (col(done.participant_id) == col(grade.participant_id)),
        )
        .where(grade.in_village(village))
        .group_by(*key)
    )
    waiting: list[Any] = list(execute(session, asked))
    over: list[Any] = list(execute(session, made))
    counted = Counter({tuple(one[:3]): int(one[3]) for one in waiting})
    counted.subtract({tuple(one[:3]): int(one[3]) for one in over})
    tables = {one.number: one for one in adopted_tables(session, village=village)}
    found = [
        MeasureWaiting(tables[table], period, tables[table].bands[position], left)
        for (table, period, position), left in sorted(counted.items(), reverse=True)
        if left > 0
    ]
    return sorted(
        found, key=lambda one: find_period(one.table.period, one.period).last or date.min, reverse=True
    )


@ledger.describes("grade_measure_done")
def _done(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 文明三色2026年第三季度：3个，李卫东做的."""
    whose = f"{words['name']}{period_in_words(words['period'])}"
    return f"{whose}：{len(words['participants'])}个，{words['done_by']}做的"
