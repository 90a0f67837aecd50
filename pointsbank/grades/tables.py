"""The village's tables of bands: adopted by a recorded resolution from a day on, replaced by later ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pointsbank import governing, law, ledger, villages
from pointsbank.dates import day_in_words, day_of, last_day
from pointsbank.errors import Invalid, Refused
from pointsbank.grades.bands import Band, Scale, in_order, scale_of
from pointsbank.grades.known_tables import GradeTable, TableUnknown, adopted_tables, one_table
from pointsbank.grades.models import BAND_WORDS, GradeBandRow, GradeRow, GradeTableRow
from pointsbank.grades.ranges import Range
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.law import People, Use
from pointsbank.text import clean, clean_required

FARTHEST_DAYS = 366
KEEPER = "keeper"
PATROL = "patrol"
OF_CATEGORY = ("category", "stars")


class TableTooEarly(Refused):
    """A table does not begin before the one it replaces, nor in a period that is graded already."""

    code = "grade_table_too_early"
    sentence = "“{name}”最早只能从{day}起，再早的已经定了，请改日期。"
    fixed_by = "村委"


class TableTooFar(Invalid):
    """It begins so far ahead that it is a slip of the pen."""

    code = "grade_table_too_far"
    sentence = "施行日期最晚到{last}，请改日期。"
    fixed_by = "村委"
    at = ("from_date",)


class TableUnfit(Invalid):
    """What is measured does not fit whom the table grades, or its category is missing."""

    code = "grade_table_unfit"
    sentence = "{why}，请改好再通过。"
    fixed_by = "村委"
    at = ("measured_on", "category", "kinds")


def adopt_table(
    session: Session,
    *,
    village: str,
    name: str,
    kinds: Sequence[str],
    period: str,
    measured_on: str,
    bands: Sequence[Band],
    resolution: str,
    from_date: date,
    category: str = "",
    below: str = "",
    by: str,
    at: datetime,
) -> GradeTable:
    """Put a table of bands into force by a recorded resolution; the same again is one adoption.

    Locks the village. It grades from the first period that begins on `from_date` or later, and takes the
    place of the table of the same name; what is graded already stays.

    Args:
        kinds: codes of `labels.participant_kind`.
        period: month, quarter, half_year or year.
        measured_on: a code of `labels.grade_measure`.
        bands: in any order; each mark falls in exactly one.
        below: what marks under the lowest band are called, where the table says nothing of them.
        category: of which items, where it is measured on one category or on stars.
        resolution: which meeting resolved it, 1 to 200 characters.

    Raises:
        VillageUnknown: there is no such village.
        TextInvalid: a text is empty or too long.
        Wording, NamesSomebody: a text holds what may not be shown, or names somebody; as `law.check`.
        TableUnfit: what is measured does not fit.
        TableTooFar: it would begin more than a year from now.
        TableTooEarly: there is a later one of this name, or its first period is graded already.

    And those of `bands.in_order` and of `ledger.record`.

    Example:
        grades.adopt_table(session, name="星级户", period="year", bands=bands, **more).number
    """
    villages.lock(session, village=village)
    people = governing.named_people(session, village=village)
    scale = scale_of(measured_on)
    every = [*bands, _beneath(below.strip(), bands, scale)] if below.strip() and bands else list(bands)
    table = GradeTable(
        number=0,
        name=_cleared(name, 40, "表名", people, "name"),
        kinds=tuple(code for code in PARTICIPANT_KIND.codes if code in kinds),
        period=period,
        measured_on=measured_on,
        category=clean(category, maximum=60),
        resolution=_cleared(resolution, 200, "决议", people, "resolution"),
        from_date=from_date,
        is_end=False,
        bands=tuple(_worded(band, people) for band in in_order(every, scale)),
    )
    _check_fit(table)
    return _written(session, table, village=village, by=by, at=at)


def end_table(
    session: Session, *, village: str, table: int, resolution: str, from_date: date, by: str, at: datetime
) -> GradeTable:
    """End a table of bands by a recorded resolution from a day on; what is graded already stays.

    Raises:
        VillageUnknown, TableUnknown: there is no such village or table, or the table has ended.
        TextInvalid, Wording, NamesSomebody, TableTooFar, TableTooEarly: as `adopt_table`.

    Example:
        grades.end_table(session, table=1, resolution="村民会议", from_date=day, **common).is_end
    """
    villages.lock(session, village=village)
    known = one_table(session, village=village, table=table)
    latest = _latest(session, village, known.name)
    if latest is None or latest.is_end:
        raise TableUnknown()
    people = governing.named_people(session, village=village)
    cleared = _cleared(resolution, 200, "决议", people, "resolution")
    ending = replace(latest, resolution=cleared, from_date=from_date, is_end=True, bands=())
    return _written(session, ending, village=village, by=by, at=at)


def _beneath(name: str, bands: Sequence[Band], scale: Scale) -> Band:
    """Return the band of all marks under the lowest."""
    lowest = min(bands, key=lambda band: band.range.first(scale.step) or 0).range
    written = "" if lowest.low is None else f"{'低于' if lowest.low_included else '不超过'}最低一档"
    return Band(name, "", Range(None, False, lowest.low, not lowest.low_included, written))


def _cleared(words: str, maximum: int, field: str, people: People, at: str) -> str:
    """Return words, tidied, that may be shown."""
    tidy = clean_required(words, maximum=maximum)
    law.check(tidy, Use.HEADING, field=field, people=people, at=(at,))
    return tidy


def _worded(band: Band, people: People) -> Band:
    """Return a band whose words may be shown."""
    name = _cleared(band.name, 20, "等级", people, "bands")
    measure = _cleared(band.measure, 60, "怎么做", people, "bands") if band.measure.strip() else ""
    return Band(name, band.sign, band.range, measure)


def _check_fit(table: GradeTable) -> None:
    """Raise TableUnfit where what is measured does not fit whom the table grades."""
    why = ""
    if not table.kinds:
        why = "没有选给谁评"
    elif (table.measured_on in OF_CATEGORY) != bool(table.category):
        wanted = table.measured_on in OF_CATEGORY
        why = "要写明是哪个类别" if wanted else "按这个评不用写类别"
    elif table.measured_on == PATROL and table.kinds != (KEEPER,):
        why = "检查平均分只给管护员评"
    if why:
        raise TableUnfit(why=why)


def _latest(session: Session, village: str, name: str) -> GradeTable | None:
    known = adopted_tables(session, village=village)
    return next((one for one in known if one.name == name), None)


def _written(session: Session, table: GradeTable, *, village: str, by: str, at: datetime) -> GradeTable:
    """Write a table and its entry in the log, unless it is what is known already."""
    farthest = day_of(at) + timedelta(days=FARTHEST_DAYS)
    if table.from_date > farthest:
        raise TableTooFar(last=day_in_words(farthest))
    known = adopted_tables(session, village=village)
    last = next((one for one in known if one.name == table.name), None)
    if last is not None and replace(table, number=last.number) == last:
        return last
    earliest = _earliest(session, village, table, last)
    if earliest is not None and table.from_date < earliest:
        raise TableTooEarly(name=table.name, day=day_in_words(earliest))
    table = replace(table, number=known[0].number + 1 if known else 1)
    fields = {
        name: getattr(table, name) for name in GradeTable.__slots__ if name not in ("bands", "kinds")
    } | {"kinds": ",".join(table.kinds)}
    session.add(GradeTableRow(village_id=village, **fields, adopted_at=at, adopted_by=by))
    session.flush()
    banded = []
    for position, band in enumerate(table.bands):
        row = GradeBandRow(
            village_id=village,
            table_number=table.number,
            position=position,
            name=band.name,
            sign=band.sign,
            low=band.range.low,
            low_included=band.range.low_included,
            high=band.range.high,
            high_included=band.range.high_included,
            written=band.range.written,
            measure=band.measure,
        )
        session.add(row)
        banded.append([getattr(row, name) for name in BAND_WORDS])
    session.flush()
    words = fields | {"from_date": table.from_date.isoformat(), "bands": banded}
    ledger.record(session, village=village, kind="grade_table_adopted", by=by, at=at, words=words)
    return table


def _earliest(session: Session, village: str, table: GradeTable, last: GradeTable | None) -> date | None:
    """Return the first day from which a table of this name may be in force; None for any."""
    if last is None:
        return None
    numbers = [one.number for one in adopted_tables(session, village=village) if one.name == table.name]
    graded = session.exec(
        select(func.max(col(GradeRow.month))).where(
            GradeRow.in_village(village), col(GradeRow.table_number).in_(numbers)
        )
    ).one()
    return max(last.from_date, last_day(graded) + timedelta(days=1)) if graded else last.from_date


@ledger.describes("grade_table_adopted")
def _adopted(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 星级户，2026年1月1日起：五星、四星、三星."""
    day = day_in_words(date.fromisoformat(words["from_date"]))
    if words["is_end"]:
        return f"{words['name']}，{day}起不再评"
    return f"{words['name']}，自{day}起：{'、'.join(band[0] for band in words['bands'])}"
